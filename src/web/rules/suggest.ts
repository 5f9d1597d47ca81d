import type { RuleWords } from '../api/types.js';
import { type Spot, spotAt } from './rule-text.js';

/** What may stand at a place: what is shown, what is put in, and a word of explanation. */
export interface Suggestion {
  readonly label: string;
  /** What is put in, where it is more than the label. */
  readonly apply?: string;
  readonly detail?: string;
  readonly kind: 'key' | 'fact' | 'value' | 'parameter' | 'outcome';
}

/** Keys of a rule file by what they stand under, as `docs/rule-format.md` has them. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['名称', '说明', '层', '基准', '基准参数', '不设规则', '规则', '示例'],
  不设规则: ['名称', '条件', '说明'],
  规则: [
    '编号',
    '名称',
    '组',
    '例外于',
    '适用',
    '条件',
    '结果',
    '期间',
    '例外',
    '依据',
    '效力',
    '说明模板',
    '下级可细化',
    '重合',
    '示例',
    '复核',
  ],
  例外: ['编号', '名称', '条件', '依据', '说明模板'],
  依据: ['法规', '版本', '条', '款', '项', '效力', '原文', '来源', '采用'],
  期间: ['自', '长度', '单位', '顺延'],
  示例: ['名', '给', '得', '被挡', '全层', '待确认'],
  采用: ['模块', '施行', '说明', '依据'],
};
const FLOW_KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['名称', '编号', '代号', '说明', '依据', '效力', '适用', '每事由一次', '事由', '期限', '状态', '动作'],
  依据: KEYS.依据 ?? [],
  事由: ['名称', '代号', '适用', '被主张人', '证据', '一并终结'],
  期限: ['名称', '代号', '自', '长度', '单位', '顺延', '届满'],
  状态: ['名称', '代号', '起点', '等谁', '期限', '结果'],
  动作: ['名称', '代号', '谁', '由', '自', '至', '当', '决定', '期限内', '须说明理由', '后果'],
};
const VALIDITY = ['施行', '失效', '版本选择依据', '说明'];
const GROUPS = ['全部', '任一', '非'];
const ORDERS = ['不超过', '超过', '低于', '不低于'];
const MEMBERS = ['属于', '不属于'];
/** Under these stand facts. */
const OF_FACTS = new Set(['适用', '条件', '全部', '任一', '非', '基准', '给']);
const WITH_GROUPS = new Set(['适用', '条件', '全部', '任一', '非']);
const YES_NO = ['是', '否'];

/** Values of keys that are the same everywhere. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  顺延: YES_NO,
  失效: ['无'],
  版本选择依据: ['收案日期', '立案日期', '分案日期'],
  下级可细化: ['参数', '例外'],
};
const RESULTS = ['命中', '不命中', '无规则'];

/** What may be written at the end of `before` in a file of that path, best first; and how many characters of it are typed. */
export function suggest(
  before: string,
  path: string,
  words: RuleWords,
): { readonly typed: string; readonly options: readonly Suggestion[] } {
  const spot = spotAt(before);
  const all = spot.kind === 'key' ? keysAt(spot, path, words) : valuesAt(spot, words);
  return { typed: spot.typed, options: all.filter(({ label }) => !spot.beside.includes(label)) };
}

/** Whether a value at the place is the name of a cause, which is looked up. */
export function isCause(before: string, words: RuleWords): boolean {
  const { path, kind } = spotAt(before);
  return kind === 'value' && path.some((key) => words.facts.some((fact) => fact.word === key && fact.type === 'cause'));
}

const keyOf = (label: string): Suggestion => ({ label, apply: `${label}: `, kind: 'key' });
const wordOf = (label: string): Suggestion => ({ label, kind: 'value' });

function keysAt({ path, layer }: Spot, file: string, words: RuleWords): Suggestion[] {
  const last = path.at(-1) ?? '';
  const fact = words.facts.find(({ word }) => word === last);
  if (fact !== undefined) {
    if (fact.type === 'enum') return [...MEMBERS, '不是'].map(keyOf);
    if (fact.type === 'cause') return MEMBERS.map((word) => ({ label: word, apply: `${word}: [`, kind: 'key' }));
    return ORDERS.map(keyOf);
  }
  if (ORDERS.includes(last) || last === '长度') return [keyOf('参数')];
  if (last === '基准参数') {
    return words.parameters.map(({ word, unit }) => ({
      label: word,
      apply: `${word}: `,
      detail: unit,
      kind: 'parameter',
    }));
  }
  if (last === '结果') {
    return words.outcomes
      .filter((outcome) => layer === undefined || outcome.layer === layer)
      .map(({ word, layer: of }) => ({ label: word, apply: `${word}: `, detail: `${of}层`, kind: 'outcome' }));
  }
  if (last === '效力') return VALIDITY.map(keyOf);
  if (OF_FACTS.has(last) && !file.startsWith('flows/')) {
    return [...(WITH_GROUPS.has(last) ? GROUPS.map(keyOf) : []), ...factsOf(layer, words)];
  }
  return ((file.startsWith('flows/') ? FLOW_KEYS : KEYS)[last] ?? []).map(keyOf);
}

function factsOf(layer: string | undefined, { layers, facts }: RuleWords): Suggestion[] {
  const groups = layers.find(({ word }) => word === layer)?.groups;
  return facts
    .filter(({ group }) => groups === undefined || groups.includes(group))
    .map(({ word, type, unit, meaning }) => ({
      label: word,
      apply: type === 'cause' ? `${word}: { 属于: [` : `${word}: `,
      detail: meaning ?? (unit === null ? TYPE_WORDS[type] : `${TYPE_WORDS[type]}，${unit}`),
      kind: 'fact',
    }));
}

const TYPE_WORDS = {
  boolean: '是否',
  enum: '枚举',
  integer: '整数',
  amount: '金额',
  date: '日期',
  cause: '案由',
} as const satisfies Readonly<Record<RuleWords['facts'][number]['type'], string>>;

function valuesAt({ path, layer }: Spot, words: RuleWords): Suggestion[] {
  const last = path.at(-1) ?? '';
  const before = path.at(-2) ?? '';
  const terms = (name: string): Suggestion[] => (words.enumerations[name] ?? []).map(wordOf);
  if (last === '层') return words.layers.map(({ word }) => wordOf(word));
  if (last === '参数')
    return words.parameters.map(({ word, unit }) => ({ label: word, detail: unit, kind: 'parameter' }));
  if (last === '得') return [...RESULTS, ...outcomeWords(layer, words)].map(wordOf);
  if (last === '全层') return outcomeWords(layer, words).map(wordOf);
  if (last === '效力' && path.includes('依据')) return terms('依据效力');
  if (last === '效力') {
    return [
      {
        label: '施行日起一直有效',
        apply: '{ 施行: ',
        detail: '{ 施行: …, 失效: 无, 版本选择依据: 收案日期 }',
        kind: 'key',
      },
    ];
  }
  if (before === '期间' && last === '自') return terms('期间起点');
  if (last === '单位') return terms('期间单位');
  if (last === '结果') {
    return words.outcomes
      .filter((outcome) => layer === undefined || outcome.layer === layer)
      .flatMap(({ word, values }) =>
        values.map((value) => ({
          label: `${word}：${value}`,
          apply: `{ ${word}: ${value} }`,
          kind: 'outcome' as const,
        })),
      );
  }
  const outcome = before === '结果' ? words.outcomes.find(({ word }) => word === last) : undefined;
  if (outcome) return outcome.values.map(wordOf);
  const fact = [last, before]
    .map((key) => words.facts.find(({ word }) => word === key))
    .find((each) => each !== undefined);
  if (fact) return factValues(fact, fact.word === last);
  if (ORDERS.includes(last)) return [{ label: '参数', apply: '{ 参数: ', kind: 'key' }];
  return (VALUES[last] ?? []).map(wordOf);
}

function factValues(fact: RuleWords['facts'][number], isWhole: boolean): Suggestion[] {
  switch (fact.type) {
    case 'boolean':
      return YES_NO.map(wordOf);
    case 'enum':
      return fact.values.map(wordOf);
    case 'cause':
      return isWhole ? [{ label: '属于', apply: '{ 属于: [', kind: 'key' }] : [];
    default:
      return isWhole
        ? ORDERS.map((word) => ({ label: word, apply: `{ ${word}: `, detail: fact.unit ?? '', kind: 'key' as const }))
        : [{ label: '参数', apply: '{ 参数: ', kind: 'parameter' }];
  }
}

const outcomeWords = (layer: string | undefined, { outcomes }: RuleWords): string[] =>
  outcomes
    .filter((outcome) => outcome.layer === layer)
    .flatMap(({ word, values }) => (values[0] === '是' ? [word] : values));
