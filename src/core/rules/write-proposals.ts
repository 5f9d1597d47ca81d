import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';
import { type Proposal, proposalLine } from './proposals.js';
import type { Vocabulary } from './vocabulary.js';

/** A rule file with proposals behind the examples of their cards. */
export interface Proposed {
  readonly text: string;
  readonly added: number;
  /** Ids of cards in whose 示例 nothing can be added: there is none, or it stands on one line. */
  readonly skipped: readonly string[];
}

/**
 * Adds proposals to the 示例 of their cards, each as a line that waits to be confirmed (待确认). Every other character of
 * the file stays; proposals of cards that it does not hold, and those whose name stands there already, are left out.
 */
export function withProposals(text: string, proposals: readonly Proposal[], vocabulary: Vocabulary): Proposed {
  const root = parseDocument(text, { schema: 'failsafe' }).contents;
  const rules = isMap(root) ? valueAt(root, '规则') : undefined;
  // The header of a table has the examples of all its rows.
  const isTable = isMap(root) && valueAt(root, '表') !== undefined;
  const skipped: string[] = [];
  const edits: { at: number; lines: readonly string[] }[] = [];
  for (const node of isTable ? [root] : isSeq(rules) ? rules.items : []) {
    if (!isMap(node)) continue;
    const card = node as YAMLMap<Node, Node>;
    const id = textOf(valueAt(card, '编号'));
    const examples = valueAt(card, '示例');
    const items = isSeq(examples) && examples.flow !== true ? examples.items : [];
    const names = new Set(items.map((item) => (isMap(item) ? textOf(valueAt(item as YAMLMap<Node, Node>, '名')) : '')));
    const isOwn = ({ rule: { card } }: Proposal): boolean => (isTable ? card.row !== undefined : card.id === id);
    const own = proposals.filter((each) => isOwn(each) && !names.has(each.name));
    if (own.length === 0) continue;
    const range = (items.at(-1) as Node | undefined)?.range;
    if (!range) {
      skipped.push(id);
      continue;
    }
    const indent = ' '.repeat(range[0] - text.lastIndexOf('\n', range[0] - 1) - 1 - '- '.length);
    const end = text.indexOf('\n', Math.max(range[0], range[1] - 1));
    edits.push({
      at: end < 0 ? text.length : end,
      lines: own.map((proposal) => `${indent}${proposalLine(proposal, vocabulary)}`),
    });
  }
  const changed = edits
    .sort((a, b) => b.at - a.at)
    .reduce((rest, { at, lines }) => `${rest.slice(0, at)}\n${lines.join('\n')}${rest.slice(at)}`, text);
  return { text: changed, added: edits.reduce((sum, { lines }) => sum + lines.length, 0), skipped };
}

const valueAt = (map: YAMLMap, key: string): unknown => map.items.find((pair) => textOf(pair.key) === key)?.value;

const textOf = (node: unknown): string => (isScalar(node) ? String(node.value) : '');
