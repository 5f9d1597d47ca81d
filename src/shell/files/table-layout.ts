import { answersSchema } from '../../core/documents/filing.js';
import { invariant } from '../../core/kernel/result.js';
import {
  type CellReader,
  enumReader,
  readAmount,
  readAnswer,
  readDate,
  readIdentity,
  readInteger,
  readList,
  readText,
} from './table-cell.js';

/** The words of the vocabulary that the table needs. */
export interface TableVocabulary {
  /** By the enumeration's Chinese name: Chinese word → key, in the order of the vocabulary. */
  readonly enumWords: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The questions at intake. */
  readonly answers: readonly TableAnswer[];
}

export interface TableAnswer {
  /** A key of a filing's `facts`; others are left out of the table. */
  readonly key: string;
  /** The column header. */
  readonly word: string;
  readonly type: '是否' | '整数';
  readonly note?: string;
}

export type ColumnKind = 'text' | 'identity' | 'date' | 'amount' | 'integer' | 'answer' | 'enum' | 'list';

/** One column of the table of filings. */
export interface TableColumn {
  readonly header: string;
  readonly scope: 'filing' | 'party';
  /** From the filing, or from the party. */
  readonly path: readonly string[];
  readonly kind: ColumnKind;
  readonly required: boolean;
  readonly note: string;
  /** The words that may be chosen, with their keys. */
  readonly words?: ReadonlyMap<string, string>;
  readonly read: CellReader;
}

/** Keys that the vocabulary needs for rules and that a filing says by leaving the field out. */
const SAME_AS_BLANK: ReadonlySet<string> = new Set(['none', 'unstated']);

const READERS: Readonly<Record<Exclude<ColumnKind, 'enum'>, CellReader>> = {
  text: readText,
  identity: readIdentity,
  date: readDate,
  amount: readAmount,
  integer: readInteger,
  answer: readAnswer,
  list: readList,
};

type Kind = Exclude<ColumnKind, 'enum'> | { readonly words: string; readonly nullable?: boolean };
type Spec = readonly [header: string, path: string, kind: Kind, required: boolean, note: string];

const FILING: readonly Spec[] = [
  ['登记号', 'id', 'text', true, '本院收案登记号,不能重复。同一件的其他当事人另起一行,本列留空或者填相同的登记号。'],
  ['法院代字', 'court', 'text', true, '例如 川1527'],
  ['案件类别', 'matter', { words: '案件类别' }, true, ''],
  ['审级', 'stage', { words: '审级' }, true, ''],
  ['收案日期', 'receivedOn', 'date', true, '收到起诉材料或者执行申请书之日,例如 2026-03-09'],
  ['初执移回日期', 'initialMeasuresReturnedOn', 'date', false, '执行案件:初执程序完成、移回执行指挥中心之日'],
  ['案由', 'cause', 'text', true, '官方案由全称;执行案件填执行依据的案由'],
  ['标的额', 'amount', 'amount', false, '元,最多两位小数,例如 86000.00;确实不知道的填「不知道」'],
  ['诉讼请求', 'claims', 'list', false, '一行一项(单元格内换行),或者用；隔开'],
  ['执行依据文号', 'instrument/caseNo', 'text', false, '例如 （2025）川1527民初88号'],
  ['执行依据种类', 'instrument/kind', { words: '执行依据种类' }, false, ''],
  ['分期期数', 'instrument/instalment', 'integer', false, '分期履行的,本次申请第几期'],
  ['来源关系', 'origin/relation', { words: '来源关系' }, false, '本案由另一案件而来的,填与来源案件的关系'],
  ['来源案号', 'origin/caseNo', 'text', false, '填了来源关系的必填'],
  ['引用案号', 'citedCases', 'list', false, '材料中写明的先前案号,用；或者换行隔开'],
];

const PARTY: readonly Spec[] = [
  ['诉讼地位', 'role', { words: '诉讼地位' }, true, ''],
  ['当事人类型', 'kind', { words: '当事人类型' }, true, ''],
  ['姓名或名称', 'name', 'text', true, '与证件、执照一致的全称'],
  ['身份证号', 'idNumber', 'identity', false, '18 位或者 15 位。本列须为文本格式,否则表格软件会丢掉后几位。'],
  ['信用代码', 'uscc', 'identity', false, '统一社会信用代码(18 位)或者组织机构代码(9 位)'],
  ['曾用名', 'formerNames', 'list', false, '多个用；或者换行隔开'],
  ['下落', 'whereabouts', { words: '下落', nullable: true }, false, '留空按下落明确推定'],
  ['当事人涉外', 'foreign', 'answer', false, '该当事人涉外或者涉港澳台'],
  ['被代理人', 'represents', 'text', false, '诉讼地位为代理人的,填被代理人的姓名或名称'],
];

function columnOf(vocabulary: TableVocabulary, scope: 'filing' | 'party', spec: Spec): TableColumn {
  const [header, pointer, kind, required, note] = spec;
  const common = { header, scope, path: pointer.split('/'), required, note };
  if (typeof kind === 'string') return { ...common, kind, read: READERS[kind] };
  const all = vocabulary.enumWords.get(kind.words);
  invariant(all !== undefined, `the vocabulary lacks the enumeration ${kind.words}`);
  const nullable = kind.nullable === true;
  const words = new Map([...all].filter(([, key]) => !SAME_AS_BLANK.has(key)));
  return { ...common, kind: 'enum', words, read: enumReader(all, { nullable, skip: SAME_AS_BLANK }) };
}

/** All columns in the order of the template: the filing's, its answers, the party's. */
export function tableColumns(vocabulary: TableVocabulary): TableColumn[] {
  const answers = vocabulary.answers
    .filter((answer) => Object.hasOwn(answersSchema.shape, answer.key))
    .map((answer): Spec => {
      const kind = answer.type === '整数' ? 'integer' : 'answer';
      const how = kind === 'answer' ? '是、否、不知道;没有问过的留空' : '只填数字;不知道的填「不知道」,没有问过的留空';
      return [
        answer.word,
        `facts/${answer.key}`,
        kind,
        false,
        answer.note === undefined ? how : `${answer.note}(${how})`,
      ];
    });
  return [
    ...FILING.map((spec) => columnOf(vocabulary, 'filing', spec)),
    ...answers.map((spec) => columnOf(vocabulary, 'filing', spec)),
    ...PARTY.map((spec) => columnOf(vocabulary, 'party', spec)),
  ];
}

/** The letter of a column, from 0: A … Z, AA … */
export function columnLetter(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
