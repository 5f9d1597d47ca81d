/** Where in a rule file somebody writes: under which keys, whether a key or a value, and what of it is typed already. */
export interface Spot {
  /** Keys around the place, the outermost first; the file itself is none. */
  readonly path: readonly string[];
  readonly kind: 'key' | 'value';
  readonly typed: string;
  /** Words that stand beside it already: keys of the same map, or values of the same list. */
  readonly beside: readonly string[];
  /** 层 of the file, once it says one. */
  readonly layer: string | undefined;
}

const KEY = /^(\s*)((?:- )*)\s*([^\s:#{}[\],"'][^:{}[\],"']*?):(?:\s|$)/;
const LAYER = /^层:\s*(\S+)/m;

interface Line {
  readonly indent: number;
  readonly key: string | undefined;
}

/** Where the end of a text stands in it: the text before the caret is all that counts. */
export function spotAt(before: string): Spot {
  const lines = before.split('\n');
  const last = lines.pop() ?? '';
  const layer = LAYER.exec(before)?.[1];
  const flow = flowSpot(last);
  const opened = KEY.exec(flow.outer);
  const indent = indentOf(flow.outer);
  const around = keysAround(lines, indent);
  if (flow.path.length > 0 || flow.inside) {
    const outer = opened ? [...around, opened[3] as string] : around;
    return { path: [...outer, ...flow.path], kind: flow.kind, typed: flow.typed, beside: flow.beside, layer };
  }
  if (opened) {
    const typed = last.slice(opened[0].length).trimStart();
    return { path: [...around, opened[3] as string], kind: 'value', typed, beside: [], layer };
  }
  const typed = last.replace(/^\s*(?:- )*/, '');
  const parent = around.at(-1);
  const isItem = /^\s*- /.test(last);
  const kind = isItem && parent !== undefined && LISTS_OF_WORDS.has(parent) ? 'value' : 'key';
  return { path: around, kind, typed, beside: siblings(lines, indent, isItem), layer };
}

/** Lists whose entries are words, not maps. */
const LISTS_OF_WORDS = new Set(['组', '例外于', '下级可细化', '属于', '不属于', '被挡', '全层']);

const indentOf = (line: string): number => {
  const item = /^(\s*)((?:- )*)/.exec(line);
  return (item?.[1]?.length ?? 0) + (item?.[2]?.length ?? 0);
};

const lineOf = (line: string): Line => ({ indent: indentOf(line), key: KEY.exec(line)?.[3] });

/** Keys of the lines above that the place stands under. */
function keysAround(lines: readonly string[], indent: number): string[] {
  const keys: string[] = [];
  let within = indent;
  for (const line of [...lines].reverse()) {
    if (line.trim() === '' || /^\s*#/.test(line)) continue;
    const own = lineOf(line);
    const at = /^\s*/.exec(line)?.[0].length ?? 0;
    if (own.key !== undefined && own.indent < within) {
      keys.unshift(own.key);
      within = own.indent;
    } else if (own.key === undefined && at < within) within = Math.min(within, own.indent);
    if (within === 0) break;
  }
  return keys;
}

function siblings(lines: readonly string[], indent: number, isItem: boolean): string[] {
  const keys: string[] = [];
  if (isItem) return keys;
  for (const line of [...lines].reverse()) {
    if (line.trim() === '') continue;
    const own = lineOf(line);
    if (own.indent < indent) break;
    if (own.indent === indent && own.key !== undefined) keys.push(own.key);
    if (own.indent === indent && /^\s*- /.test(line)) break;
  }
  return keys;
}

interface FlowSpot extends Omit<Spot, 'layer'> {
  /** The line before its first bracket. */
  readonly outer: string;
  readonly inside: boolean;
}

/** Where one is inside `{ }` and `[ ]` of one line. */
function flowSpot(line: string): FlowSpot {
  const stack: { readonly open: string; readonly key: string | undefined; words: string[] }[] = [];
  let token = '';
  let key: string | undefined;
  let outer: string | undefined;
  let quote = '';
  for (const [index, character] of [...line].entries()) {
    if (quote !== '') {
      if (character === quote) quote = '';
      token += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      token += character;
    } else if (character === '{' || character === '[') {
      outer ??= [...line].slice(0, index).join('');
      stack.push({ open: character, key: stack.length === 0 ? undefined : key, words: [] });
      token = '';
      key = undefined;
    } else if (character === '}' || character === ']') {
      stack.pop();
      token = '';
      key = undefined;
    } else if (character === ',') {
      if (key === undefined) stack.at(-1)?.words.push(token.trim());
      token = '';
      key = undefined;
    } else if (character === ':' && stack.at(-1)?.open === '{' && key === undefined) {
      key = token.trim();
      stack.at(-1)?.words.push(key);
      token = '';
    } else token += character;
  }
  const top = stack.at(-1);
  const path = stack.flatMap((each) => (each.key === undefined ? [] : [each.key]));
  return {
    outer: stack.length === 0 ? line : (outer ?? line),
    inside: stack.length > 0,
    path: key === undefined ? path : [...path, key],
    kind: top?.open === '[' || key !== undefined ? 'value' : 'key',
    typed: token.trimStart(),
    beside: top?.words ?? [],
  };
}
