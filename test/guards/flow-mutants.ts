import { type Node, parseDocument, type YAMLMap } from 'yaml';
import type { RuleFile } from '../../src/core/rules/source.js';
import type { Vocabulary } from '../../src/core/rules/vocabulary.js';
import type { Mutant } from '../mutation/mutant.js';
import { asList, asMap, entryOf, TextEdit, wordOf } from '../mutation/text-edit.js';

type Rows = YAMLMap<Node, Node>;

/** Nobody is these to a matter before a run has begun, so that letting them begin one lets in nobody. */
const ONLY_IN_A_RUN: ReadonlySet<string> = new Set(['申请人', '被主张人']);

/** Every guard, clock and consequence of one flow file, each taken away or loosened by itself. */
export function flowMutants(file: RuleFile, vocabulary: Vocabulary): Mutant[] {
  const root = asMap(parseDocument(file.text, { schema: 'failsafe' }).contents);
  return root ? new FlowMutants(file, vocabulary).all(root) : [];
}

class FlowMutants {
  readonly #path: string;
  readonly #edit: TextEdit;
  readonly #vocabulary: Vocabulary;
  readonly #mutants: Mutant[] = [];

  constructor({ path, text }: RuleFile, vocabulary: Vocabulary) {
    this.#path = path;
    this.#edit = new TextEdit(text);
    this.#vocabulary = vocabulary;
  }

  all(root: Rows): Mutant[] {
    this.#guard(root, '适用', '');
    this.#flag(root, '每事由一次', '');
    const starts = new Set(
      this.#items(root, '状态').flatMap(({ map }) =>
        wordOf(entryOf(map, '起点')?.value) === '是' ? [wordOf(entryOf(map, '名称')?.value)] : [],
      ),
    );
    for (const { map, what } of this.#whole(root, '事由')) {
      this.#guard(map, '适用', what);
      for (const key of ['被主张人', '证据']) this.#words(map, key, '要求', what);
      this.#list(map, '一并终结', what);
    }
    for (const { map, what } of this.#whole(root, '期限')) {
      this.#words(map, '自', '流程期限起点', what);
      this.#words(map, '单位', '期间单位', what);
      this.#flag(map, '顺延', what);
      this.#length(map, what);
      const expiry = entryOf(map, '届满');
      if (expiry) {
        this.#pair(map, '届满', what);
        if (wordOf(expiry.value) !== '督促')
          this.#add('换届满', `${what} 届满→督促`, this.#edit.replace(expiry.value, '督促'));
      }
    }
    for (const { map, what } of this.#whole(root, '状态')) {
      this.#list(map, '等谁', what);
      this.#pair(map, '期限', what);
      this.#pair(map, '结果', what);
    }
    for (const { map, what } of this.#whole(root, '动作')) this.#action(map, what, starts);
    return this.#mutants;
  }

  #action(map: Rows, what: string, starts: ReadonlySet<string>): void {
    this.#list(map, '谁', what);
    this.#pair(map, '由', what);
    this.#widened(map, what, starts.has(wordOf(entryOf(map, '自')?.value)));
    this.#guard(map, '当', what);
    for (const key of ['期限内', '决定', '须说明理由']) this.#pair(map, key, what);
    this.#list(map, '后果', what);
    for (const item of asList(entryOf(map, '后果')?.value)?.items ?? []) {
      const effect = asMap(item);
      if (effect?.items[0] && wordOf(effect.items[0].key) === '通知') this.#list(effect, '通知', what);
    }
  }

  /** One more may do it. */
  #widened(map: Rows, what: string, isStart: boolean): void {
    const who = entryOf(map, '谁');
    if (!who) return;
    const given = asList(who.value)?.items.map(wordOf) ?? [wordOf(who.value)];
    for (const { word } of this.#vocabulary.enumerations.get('流程参与人')?.terms ?? []) {
      if (given.includes(word) || (isStart && ONLY_IN_A_RUN.has(word))) continue;
      this.#add(
        '放宽谁',
        `${what} 谁 也可以是${word}`,
        this.#edit.replace(who.value, `[${[...given, word].join(', ')}]`),
      );
    }
  }

  /** Items of a list, each of which may go as a whole. */
  #whole(root: Rows, key: string): { map: Rows; what: string }[] {
    const list = asList(entryOf(root, key)?.value);
    const items = this.#items(root, key);
    for (const { what, index } of items) {
      if (list && list.items.length > 1) this.#add(`删去${key}`, what, this.#edit.withoutItem(list, index));
    }
    return items;
  }

  #items(root: Rows, key: string): { map: Rows; what: string; index: number }[] {
    return (asList(entryOf(root, key)?.value)?.items ?? []).flatMap((item, index) => {
      const map = asMap(item);
      const where = map && entryOf(map, '自') ? `(${wordOf(entryOf(map, '自')?.value)})` : '';
      return map ? [{ map, what: `${key} ${wordOf(entryOf(map, '名称')?.value)}${where}`, index }] : [];
    });
  }

  #guard(map: Rows, key: string, what: string): void {
    const guard = asMap(entryOf(map, key)?.value);
    if (!guard) return;
    for (const [index, { key: fact, value }] of guard.items.entries()) {
      const where = `${what} ${key} ${wordOf(fact)}`;
      if (guard.items.length > 1) this.#add(`删去${key}`, where, this.#edit.withoutPair(guard, index));
      const list = asList(value);
      for (const [at, item] of list?.items.entries() ?? []) {
        if (list && list.items.length > 1)
          this.#add(`删去${key}的词`, `${where} ${wordOf(item)}`, this.#edit.withoutItem(list, at));
      }
    }
    this.#pair(map, key, what);
  }

  #pair(map: Rows, key: string, what: string): void {
    const entry = entryOf(map, key);
    if (entry) this.#add(`删去${key}`, `${what} ${key}`, this.#edit.withoutPair(map, entry.index));
  }

  /** Every item of a list, or the one word that stands in its place. */
  #list(map: Rows, key: string, what: string): void {
    const value = entryOf(map, key)?.value;
    const list = asList(value);
    if (value && (!list || list.items.length === 1)) this.#pair(map, key, what);
    else {
      for (const [index, item] of list?.items.entries() ?? []) {
        const word = wordOf(item) || this.#edit.source(item);
        if (list) this.#add(`删去${key}`, `${what} ${key} ${word}`, this.#edit.withoutItem(list, index));
      }
    }
  }

  #flag(map: Rows, key: string, what: string): void {
    const value = entryOf(map, key)?.value;
    if (value)
      this.#add(`反转${key}`, `${what} ${key}`, this.#edit.replace(value, wordOf(value) === '是' ? '否' : '是'));
  }

  #words(map: Rows, key: string, enumeration: string, what: string): void {
    const value = entryOf(map, key)?.value;
    for (const { word } of this.#vocabulary.enumerations.get(enumeration)?.terms ?? []) {
      if (value && word !== wordOf(value))
        this.#add(`换${key}`, `${what} ${key}→${word}`, this.#edit.replace(value, word));
    }
  }

  /** Another parameter of the same unit. */
  #length(map: Rows, what: string): void {
    const length = asMap(entryOf(map, '长度')?.value);
    const named = length && entryOf(length, '参数')?.value;
    if (!named) return;
    for (const { word } of this.#vocabulary.parameters.values()) {
      if (word !== wordOf(named)) this.#add('换期限长度', `${what} 长度→${word}`, this.#edit.replace(named, word));
    }
  }

  #add(kind: string, name: string, text: string): void {
    this.#mutants.push({ kind, name: name.trim(), path: this.#path, text });
  }
}
