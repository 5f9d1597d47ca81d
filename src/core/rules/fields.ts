import { nearest, unknownWord } from './nearest.js';
import type { Place, Problems, SourceList, SourceMap, SourceNode, SourceText } from './source.js';

/** Reads the keys of one map, complaining in Chinese about what is missing, misspelt or of the wrong shape. */
export class Fields {
  readonly map: SourceMap;
  private readonly problems: Problems;
  private readonly rule: string | undefined;
  private readonly seen = new Set<string>();

  constructor(map: SourceMap, problems: Problems, rule?: string) {
    this.map = map;
    this.problems = problems;
    this.rule = rule;
  }

  fail(place: Place, code: string, message: string): undefined {
    this.problems.add(place, code, message, this.rule);
    return undefined;
  }

  get(key: string): SourceNode | undefined {
    this.seen.add(key);
    return this.map.entries.get(key)?.value;
  }

  /** Where the value of a key stands; the map itself where the key is missing. */
  placeOf(key: string): Place {
    return this.map.entries.get(key)?.value.place ?? this.map.place;
  }

  need(key: string): SourceNode | undefined {
    return this.get(key) ?? this.fail(this.map.place, 'FIELD_MISSING', `缺少「${key}」`);
  }

  text(key: string): string | undefined {
    const node = this.need(key);
    return node === undefined ? undefined : this.textOf(node, key);
  }

  optionalText(key: string): string | undefined {
    const node = this.get(key);
    return node === undefined ? undefined : this.textOf(node, key);
  }

  list(key: string): readonly SourceNode[] | undefined {
    const node = this.need(key);
    return node === undefined ? undefined : this.listOf(node, key);
  }

  optionalList(key: string): readonly SourceNode[] {
    const node = this.get(key);
    return node === undefined ? [] : (this.listOf(node, key) ?? []);
  }

  textList(key: string): readonly SourceText[] {
    const node = this.get(key);
    if (node === undefined) return [];
    if (node.kind === 'text') return this.textOf(node, key) === undefined ? [] : [node];
    const texts: SourceText[] = [];
    for (const item of this.listOf(node, key) ?? []) {
      if (item.kind === 'text' && item.text !== '') texts.push(item);
      else this.fail(item.place, 'FIELD_SHAPE', `「${key}」的每一项应当是一个词`);
    }
    return texts;
  }

  /** The key that the vocabulary has for the word under a key. */
  term(key: string, byWord: ReadonlyMap<string, { readonly key: string }> | undefined): string | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const words = byWord?.keys() ?? [];
    return byWord?.get(text)?.key ?? this.fail(this.placeOf(key), 'WORD_UNKNOWN', unknownWord(key, text, words));
  }

  /** 是 or 否. */
  flag(key: string): boolean | undefined {
    const text = this.text(key);
    if (text === undefined || text === '是' || text === '否') return text === undefined ? undefined : text === '是';
    return this.fail(this.placeOf(key), 'TYPE', `「${key}」只能是「是」或者「否」`);
  }

  mapOf(node: SourceNode, what: string): SourceMap | undefined {
    if (node.kind === 'map') return node;
    const hint = node.kind === 'text' && node.text.includes('：') ? ';这里的冒号是全角「：」,请改成「: 」' : '';
    return this.fail(node.place, 'FIELD_SHAPE', `「${what}」应当是一组「键: 值」${hint}`);
  }

  listOf(node: SourceNode, what: string): SourceList['items'] | undefined {
    return node.kind === 'list' ? node.items : this.fail(node.place, 'FIELD_SHAPE', `「${what}」应当是一个列表`);
  }

  textOf(node: SourceNode, what: string): string | undefined {
    if (node.kind === 'text' && node.text !== '') return node.text;
    return this.fail(
      node.place,
      'FIELD_SHAPE',
      `「${what}」应当是一段文字${node.kind === 'text' ? ',这里是空的' : ''}`,
    );
  }

  /** Refuses every key that nobody asked for. Call last. */
  done(): void {
    for (const [key, entry] of this.map.entries) {
      if (this.seen.has(key)) continue;
      const near = nearest(key, this.seen);
      this.fail(
        entry.keyPlace,
        'FIELD_UNKNOWN',
        near ? `没有「${key}」这个键,是不是「${near}」?` : `没有「${key}」这个键`,
      );
    }
  }
}
