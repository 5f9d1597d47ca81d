import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';

/** A YAML text and edits of it that leave every other character where it was. */
export class TextEdit {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  source(node: Node): string {
    const [start, end] = rangeOf(node);
    return this.text.slice(start, end);
  }

  replace(node: Node, by: string): string {
    const [start, end] = rangeOf(node);
    return this.splice(start, end, by);
  }

  /** The text with a key and its value written otherwise. */
  replacePair({ key, value }: Pair<Node, Node | null>, by: string): string {
    return this.splice(rangeOf(key)[0], rangeOf(value ?? key)[1], by);
  }

  /** The text without one item of a list that has more. */
  withoutItem(list: YAMLSeq<Node>, index: number): string {
    if (list.flow === true) {
      const rest = list.items.filter((_, each) => each !== index).map((item) => this.source(item));
      return this.replace(list, `[${rest.join(', ')}]`);
    }
    const item = list.items[index] as Node;
    const next = list.items[index + 1];
    const end = next ? this.lineOf(rangeOf(next)[0]) : rangeOf(item)[2];
    return this.splice(this.lineOf(rangeOf(item)[0]), end, '');
  }

  /** The text without one key of a map that has more. */
  withoutPair(map: YAMLMap<Node, Node>, index: number): string {
    const pair = map.items[index] as Pair<Node, Node>;
    const next = map.items[index + 1];
    if (map.flow === true) {
      const rest = map.items.filter((each) => each !== pair);
      const texts = rest.map(({ key, value }) => `${this.source(key)}: ${this.source(value as Node)}`);
      return this.replace(map, `{ ${texts.join(', ')} }`);
    }
    if (next) return this.splice(rangeOf(pair.key)[0], rangeOf(next.key)[0], '');
    return this.splice(this.lineOf(rangeOf(pair.key)[0]), rangeOf(pair.value as Node)[2], '');
  }

  private splice(start: number, end: number, by: string): string {
    return this.text.slice(0, start) + by + this.text.slice(end);
  }

  private lineOf(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }
}

export function rangeOf(node: Node): readonly [number, number, number] {
  if (!node.range) throw new Error('a parsed node has a range');
  return node.range;
}

export const asMap = (node: unknown): YAMLMap<Node, Node> | undefined =>
  isMap(node) ? (node as YAMLMap<Node, Node>) : undefined;

export const asList = (node: unknown): YAMLSeq<Node> | undefined => (isSeq(node) ? (node as YAMLSeq<Node>) : undefined);

export const wordOf = (node: unknown): string => (isScalar(node) ? String((node as Scalar).value) : '');

/** The value of a key, and where it stands in its map. */
export function entryOf(map: YAMLMap<Node, Node>, key: string): { index: number; value: Node } | undefined {
  const index = map.items.findIndex((pair) => wordOf(pair.key) === key);
  const value = map.items[index]?.value;
  return value ? { index, value } : undefined;
}
