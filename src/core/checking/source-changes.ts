import { Problems, type RuleFile, readSource, type SourceMap, type SourceNode } from '../rules/source.js';

/** What decides nothing, wherever it stands. */
const REMARKS = new Set(['说明']);

/** Keys by which an item of a list is known among the others, the best first. */
const NAMES = ['名称', '词', '编号', '级别', '名'];

/**
 * What changed between two versions of a YAML file, in the file's own words: each value that is another, each item that came or went.
 * Remarks and comments left out; empty where nothing else changed. Undefined where a version cannot be read.
 */
export function sourceChanges(was: RuleFile, is: RuleFile): string[] | undefined {
  const problems = new Problems();
  const [before, after] = [readSource(was, problems), readSource(is, problems)];
  return before && after ? changesIn('', before, after) : undefined;
}

function changesIn(where: string, was: SourceNode, is: SourceNode): string[] {
  if (textOf(was) === textOf(is)) return [];
  if (was.kind === 'map' && is.kind === 'map') return keyChanges(where, was, is);
  const [before, after] = [itemsOf(was), itemsOf(is)];
  if (before && after) return itemChanges(where, before, after);
  return [`${where}：${textOf(was)} → ${textOf(is)}`];
}

function keyChanges(where: string, was: SourceMap, is: SourceMap): string[] {
  const under = (key: string): string => (where === '' ? key : `${where}的${key}`);
  return [...new Set([...was.entries.keys(), ...is.entries.keys()])]
    .filter((key) => !REMARKS.has(key))
    .flatMap((key) => {
      const [before, after] = [was.entries.get(key)?.value, is.entries.get(key)?.value];
      if (before && after) return changesIn(under(key), before, after);
      return after ? [`${under(key)}：新增 ${textOf(after)}`] : [`${under(key)}：删去 ${before ? textOf(before) : ''}`];
    });
}

/** A list by the names of its items; undefined where that is not how it is written. */
function itemsOf(node: SourceNode): ReadonlyMap<string, SourceNode> | undefined {
  if (node.kind !== 'list') return undefined;
  const items = new Map(node.items.map((item) => [nameOf(item) ?? textOf(item), item]));
  return items.size === node.items.length ? items : undefined;
}

function nameOf(node: SourceNode): string | undefined {
  if (node.kind !== 'map') return undefined;
  for (const key of NAMES) {
    const name = node.entries.get(key)?.value;
    if (name?.kind === 'text') return name.text;
  }
  return undefined;
}

function itemChanges(
  where: string,
  was: ReadonlyMap<string, SourceNode>,
  is: ReadonlyMap<string, SourceNode>,
): string[] {
  const shown = (name: string, node: SourceNode): string =>
    nameOf(node) === undefined ? name : `「${name}」${textOf(node)}`;
  const gone = [...was].filter(([name]) => !is.has(name)).map(([name, node]) => `${where}：删去 ${shown(name, node)}`);
  const come = [...is].filter(([name]) => !was.has(name)).map(([name, node]) => `${where}：新增 ${shown(name, node)}`);
  const kept = [...is].flatMap(([name, node]) => {
    const before = was.get(name);
    return before ? changesIn(`${where}「${name}」`, before, node) : [];
  });
  const order = (one: ReadonlyMap<string, SourceNode>, other: ReadonlyMap<string, SourceNode>): string =>
    [...one.keys()].filter((name) => other.has(name)).join('\u0000');
  const moved = order(was, is) === order(is, was) ? [] : [`${where}的次序`];
  return [...gone, ...come, ...kept, ...moved];
}

/** A value on one line, as one could have written it, without its remarks. */
function textOf(node: SourceNode): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'list':
      return `[${node.items.map(textOf).join(', ')}]`;
    case 'map': {
      const entries = [...node.entries].filter(([key]) => !REMARKS.has(key));
      return `{ ${entries.map(([key, { value }]) => `${key}: ${textOf(value)}`).join(', ')} }`;
    }
  }
}
