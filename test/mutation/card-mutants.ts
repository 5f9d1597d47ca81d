import { type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { addDays, parsePlainDate } from '../../src/core/kernel/plain-date.js';
import { CASE_DAY_WORDS, CHOSEN_BY } from '../../src/core/rules/case-days.js';
import type { RuleFile } from '../../src/core/rules/source.js';
import type { Enumeration, Vocabulary } from '../../src/core/rules/vocabulary.js';
import type { Mutant } from './mutant.js';
import { asList, asMap, entryOf, TextEdit, wordOf } from './text-edit.js';

type Rows = YAMLMap<Node, Node>;

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  不超过: ['低于', '不低于'],
  超过: ['不低于', '不超过'],
  低于: ['不超过', '不低于'],
  不低于: ['超过', '低于'],
  属于: ['不属于'],
  不属于: ['属于'],
};

/** Every mutant of one file of cards. */
export function cardMutants(file: RuleFile, vocabulary: Vocabulary): Mutant[] {
  const root = asMap(parseDocument(file.text, { schema: 'failsafe' }).contents);
  const rules = root && asList(entryOf(root, '规则')?.value);
  if (!root || !rules) return [];
  return new CardMutants(file, vocabulary).all(rules);
}

class CardMutants {
  private readonly path: string;
  private readonly vocabulary: Vocabulary;
  private readonly edit: TextEdit;
  private readonly mutants: Mutant[] = [];
  private rule = '';

  constructor(file: RuleFile, vocabulary: Vocabulary) {
    this.path = file.path;
    this.vocabulary = vocabulary;
    this.edit = new TextEdit(file.text);
  }

  all(rules: YAMLSeq<Node>): Mutant[] {
    for (const [index, item] of rules.items.entries()) {
      const card = asMap(item);
      if (!card) continue;
      this.rule = wordOf(entryOf(card, '编号')?.value);
      const text = rules.items.length > 1 ? { text: this.edit.withoutItem(rules, index) } : {};
      this.mutants.push({ kind: '删去规则', name: `${this.rule} 删去`, path: this.path, ...text });
      this.card(card);
    }
    return this.mutants;
  }

  private add(kind: string, what: string, text: string): void {
    this.mutants.push({ kind, name: `${this.rule} ${what}`, path: this.path, text });
  }

  private card(card: Rows): void {
    this.conditions(card);
    this.conclusion(card);
    this.period(card);
    this.validity(card);
    this.names(card, '组');
    this.names(card, '例外于');
    this.bases(card, '');
    const exceptions = entryOf(card, '例外');
    const list = asList(exceptions?.value);
    if (!exceptions || !list) return;
    for (const [index, item] of list.items.entries()) {
      const exception = asMap(item);
      if (!exception) continue;
      const id = wordOf(entryOf(exception, '编号')?.value);
      const text =
        list.items.length > 1 ? this.edit.withoutItem(list, index) : this.edit.withoutPair(card, exceptions.index);
      this.add('删去例外', id, text);
      const condition = entryOf(exception, '条件');
      if (condition) this.condition(condition.value, `${id} 条件`, undefined);
      this.bases(exception, `${id} `);
    }
  }

  /** 适用 and 条件: one of the two may go where the other stays. */
  private conditions(card: Rows): void {
    const applies = entryOf(card, '适用');
    const condition = entryOf(card, '条件');
    for (const [name, entry, other] of [
      ['适用', applies, condition],
      ['条件', condition, applies],
    ] as const) {
      if (entry) this.condition(entry.value, name, other && (() => this.edit.withoutPair(card, entry.index)));
    }
  }

  /** `whole` gives the text without the node itself, where that still makes a rule. */
  private condition(node: Node, where: string, whole: (() => string) | undefined): void {
    const list = asList(node);
    if (list) {
      for (const [index, item] of list.items.entries()) {
        const without = list.items.length > 1 ? () => this.edit.withoutItem(list, index) : whole;
        const map = asMap(item);
        const [only, more] = map?.items ?? [];
        if (only && !more) {
          this.negation(only, `${where}[${index + 1}]`);
          this.member(only.key, only.value, `${where}[${index + 1}]`, without);
        } else this.condition(item, `${where}[${index + 1}]`, without);
      }
      return;
    }
    const map = asMap(node);
    for (const [index, pair] of map?.items.entries() ?? []) {
      const { key, value } = pair;
      this.negation(pair, where);
      const without = map && map.items.length > 1 ? () => this.edit.withoutPair(map, index) : whole;
      this.member(key, value, where, without);
    }
  }

  /** A condition turned round: 非 around it, or taken from it. 是 and 否 are turned round by themselves. */
  private negation(pair: Pair<Node, Node | null>, where: string): void {
    const { key, value } = pair;
    const word = wordOf(key);
    if (!value || ['是', '否'].includes(wordOf(value))) return;
    const [written, inner] = [this.edit.source(key), this.edit.source(value)];
    if (inner.includes('\n')) return;
    if (word !== '非')
      this.add('加非', `${where} 非 ${word}`, this.edit.replacePair(pair, `非: { ${written}: ${inner} }`));
    else if (asMap(value))
      this.add('去非', `${where} ${word}`, this.edit.replacePair(pair, inner.replace(/^\{ ?| ?\}$/g, '')));
  }

  private member(key: Node, value: Node | null, where: string, without: (() => string) | undefined): void {
    const word = wordOf(key);
    const here = `${where} ${word}`;
    if (!value) return;
    if (without) this.add('删去条件', here, without());
    if (['全部', '任一', '非'].includes(word)) {
      this.condition(value, here, undefined);
      return;
    }
    const fact = this.vocabulary.facts.get(word);
    if (!fact) return;
    this.words(value, here, fact.enumeration);
    for (const [index, test] of asMap(value)?.items.entries() ?? []) {
      const operator = wordOf(test.key);
      if (!test.value) continue;
      for (const other of OPERATORS[operator] ?? []) {
        this.add('换运算', `${here} ${operator}→${other}`, this.edit.replace(test.key, other));
      }
      this.words(test.value, `${here} ${operator}`, fact.enumeration);
      this.threshold(test.value, `${here} ${operator}`, fact.type === 'amount');
      this.parameter(test.value, `${here} ${operator}`);
      if ((asMap(value)?.items.length ?? 0) > 1) {
        this.add('删去条件', `${here} ${operator}`, this.edit.withoutPair(value as Rows, index));
      }
    }
  }

  private words(value: Node, here: string, enumeration: Enumeration | undefined): void {
    const list = asList(value);
    if (list && list.items.length > 1) {
      for (const [index, item] of list.items.entries()) {
        this.add('删去列表项', `${here} ${wordOf(item)}`, this.edit.withoutItem(list, index));
      }
    }
    const word = wordOf(value);
    if (word === '是' || word === '否') {
      this.add('反转是否', here, this.edit.replace(value, word === '是' ? '否' : '是'));
    } else if (word !== '' && enumeration) {
      const other = otherWord(enumeration, word);
      if (other !== undefined) this.add('换条件的词', `${here} ${word}→${other}`, this.edit.replace(value, other));
    }
  }

  private threshold(value: Node, here: string, isAmount: boolean): void {
    const text = wordOf(value);
    if (!/^\d+(\.\d+)?$/.test(text)) return;
    for (const by of [1, -1]) {
      const changed = isAmount ? moved(text, by) : String(Number(text) + by);
      this.add('移界线', `${here} ${text}→${changed}`, this.edit.replace(value, changed));
    }
  }

  private parameter(value: Node, here: string): void {
    const map = asMap(value);
    const reference = map && entryOf(map, '参数')?.value;
    const parameter = reference && this.vocabulary.parameters.get(wordOf(reference));
    if (!reference || !parameter) return;
    for (const other of this.vocabulary.parameters.values()) {
      if (other === parameter || other.type !== parameter.type) continue;
      this.add('换参数', `${here} ${parameter.word}→${other.word}`, this.edit.replace(reference, other.word));
    }
  }

  private conclusion(card: Rows): void {
    const map = asMap(entryOf(card, '结果')?.value);
    const pair = map?.items[0];
    const enumeration = this.vocabulary.outcomes.get(wordOf(pair?.key))?.enumeration;
    if (!pair?.value || !enumeration) return;
    const word = wordOf(pair.value);
    for (const term of enumeration.terms) {
      if (term.word !== word) this.add('换结果', `结果 ${word}→${term.word}`, this.edit.replace(pair.value, term.word));
    }
  }

  private period(card: Rows): void {
    const map = asMap(entryOf(card, '期间')?.value);
    if (!map) return;
    const value = (key: string): Node | undefined => entryOf(map, key)?.value;
    const change = (key: string, changed: string): void => {
      const node = value(key);
      if (node) this.add('改期间', `期间 ${key} ${wordOf(node)}→${changed}`, this.edit.replace(node, changed));
    };
    const length = value('长度');
    if (length && /^\d+$/.test(wordOf(length))) {
      for (const by of [1, -1])
        if (Number(wordOf(length)) + by > 0) change('长度', String(Number(wordOf(length)) + by));
    } else if (length) this.parameter(length, '期间 长度');
    for (const [key, name] of [
      ['单位', '期间单位'],
      ['自', '期间起点'],
    ] as const) {
      for (const term of this.vocabulary.enumerations.get(name)?.terms ?? []) {
        if (term.word !== wordOf(value(key))) change(key, term.word);
      }
    }
    change('顺延', wordOf(value('顺延')) === '是' ? '否' : '是');
  }

  /** 施行 and 失效, a day earlier or later; by another day of the case. */
  private validity(card: Rows): void {
    const map = asMap(entryOf(card, '效力')?.value);
    for (const key of ['施行', '失效']) {
      const node = map && entryOf(map, key)?.value;
      const day = parsePlainDate(wordOf(node));
      for (const by of node && day ? [1, -1] : []) {
        if (node && day)
          this.add('改日期', `效力 ${key} ${addDays(day, by)}`, this.edit.replace(node, addDays(day, by)));
      }
    }
    const chosenBy = map && entryOf(map, CHOSEN_BY)?.value;
    for (const word of CASE_DAY_WORDS) {
      if (chosenBy && word !== wordOf(chosenBy)) this.add('改日期', `效力 ${word}`, this.edit.replace(chosenBy, word));
    }
  }

  private names(card: Rows, key: string): void {
    const entry = entryOf(card, key);
    const list = asList(entry?.value);
    if (!entry || !list) return;
    for (const [index, item] of list.items.entries()) {
      const text =
        list.items.length > 1 ? this.edit.withoutItem(list, index) : this.edit.withoutPair(card, entry.index);
      this.add(`删去${key}`, `${key} ${wordOf(item)}`, text);
    }
  }

  private bases(holder: Rows, where: string): void {
    for (const [index, item] of (asList(entryOf(holder, '依据')?.value)?.items ?? []).entries()) {
      const basis = asMap(item);
      if (!basis || !['国家', '政策'].includes(wordOf(entryOf(basis, '效力')?.value))) continue;
      const quote = entryOf(basis, '原文')?.value;
      if (quote) {
        const source = this.edit.source(quote);
        const middle = Math.floor(source.length / 2);
        const other = source[middle] === '甲' ? '乙' : '甲';
        const changed = source.slice(0, middle) + other + source.slice(middle + 1);
        this.add('改原文', `${where}依据${index + 1} 原文`, this.edit.replace(quote, changed));
      }
      const version = entryOf(basis, '版本')?.value;
      if (version) {
        const other = wordOf(version).replace(/^\d{4}/, (year) => String(Number(year) + 1));
        this.add('改版本', `${where}依据${index + 1} 版本→${other}`, this.edit.replace(version, other));
      }
      const article = entryOf(basis, '条')?.value;
      const number = Number(wordOf(article));
      for (const changed of article ? [number + 1, number - 1] : []) {
        if (changed > 0 && article)
          this.add('改条号', `${where}依据${index + 1} 条→${changed}`, this.edit.replace(article, String(changed)));
      }
    }
  }
}

function otherWord(enumeration: Enumeration, word: string): string | undefined {
  const at = enumeration.terms.findIndex((term) => term.word === word);
  return at < 0 ? undefined : enumeration.terms[(at + 1) % enumeration.terms.length]?.word;
}

/** An amount in yuan, a cent more or less. */
export function moved(yuan: string, cents: number): string {
  const [whole = '0', part = ''] = yuan.split('.');
  const fen = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0')) + BigInt(cents);
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
}
