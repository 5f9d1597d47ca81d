import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { parseAmountFen } from '../law/money.js';
import type { CauseNames } from './causes.js';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import { NOT_FOUND, parameterValue } from './parameters.js';
import { type Place, type Problems, type RuleFile, readSource } from './source.js';
import type { CauseNatureRow, TriageRow } from './tables.js';
import type { ParameterWord, Vocabulary } from './vocabulary.js';

/** 值 of a parameter example: a number, or that a row declares it 未查明, or that no row is in force (无). */
export type ExpectedParameter = bigint | number | 'not_found' | 'none';

/** A line beside a parameter table: what a parameter is on one day for one 适用 (全国, a province's short name, a court code). */
export interface ParameterExample {
  readonly parameter: ParameterWord;
  readonly area: string;
  readonly date: PlainDate;
  readonly expected: ExpectedParameter;
  /** 适用 of the row that speaks (按); the line's own where not said. */
  readonly row: string;
  readonly place: Place;
}

/** A line beside `cause-nature.csv`: what the table settles for a cause, and the rows (按) that do; its own if not said. */
export interface NatureExample {
  readonly cause: string;
  readonly rows: readonly string[];
  readonly answers: CauseNatureRow['answers'];
  readonly place: Place;
}

/**
 * A line beside a court's `triage.csv`: what the table says of one cause, amount (fen; absent: 不明) and head count, and
 * the 编号 of the rows (按) that say so.
 */
export interface TriageExample {
  readonly cause: string;
  readonly amount?: bigint;
  readonly parties: number;
  readonly rows: readonly string[];
  readonly answers: TriageRow['answers'];
  readonly place: Place;
}

/**
 * The examples of a table stand beside it, in the YAML file of the same name (`small-claims.csv`, `small-claims.yaml`):
 * 名称 and 示例, one line each.
 */
export const isTableExamples = (path: string, paths: ReadonlySet<string>): boolean =>
  path.endsWith('.yaml') && paths.has(tableOf(path)) && !isMatrix(tableOf(path));

/** The CSV beside a YAML file. */
export const tableOf = (path: string): string => `${path.slice(0, -'.yaml'.length)}.csv`;

/** A CSV of rules, a row each: every one where cards can stand that is none of the tables with columns of their own. */
export const isMatrix = (path: string): boolean =>
  /^(?:national|links|modules|provinces|courts)\/.*\.csv$/.test(path) &&
  !/(?:^|\/)(?:parameters|triage)\.csv$/.test(path) &&
  path !== 'national/cause-nature.csv';

function readExamples<T>(file: RuleFile, problems: Problems, read: (fields: Fields) => T | undefined): T[] {
  const root = readSource(file, problems);
  if (root === undefined) return [];
  if (root.kind !== 'map') {
    problems.add(root.place, 'FIELD_SHAPE', '表的示例文件应当写「名称」和「示例」');
    return [];
  }
  const fields = new Fields(root, problems);
  fields.text('名称');
  fields.optionalText('说明');
  const examples: T[] = [];
  for (const node of fields.list('示例') ?? []) {
    const map = fields.mapOf(node, '示例');
    if (!map) continue;
    const inner = new Fields(map, problems);
    const example = read(inner);
    inner.done();
    if (example !== undefined) examples.push(example);
  }
  fields.done();
  return examples;
}

/** Reads the lines 「{ 参数: 小额诉讼法定限额, 适用: 河南, 日期: 2026-03-09, 值: 35120 }」. */
export function parseParameterExamples(file: RuleFile, vocabulary: Vocabulary, problems: Problems): ParameterExample[] {
  return readExamples(file, problems, (fields) => {
    const word = fields.text('参数');
    const area = fields.text('适用');
    const day = fields.text('日期');
    const text = fields.text('值');
    const row = fields.optionalText('按') ?? area ?? '';
    const place = fields.map.place;
    if (word === undefined || area === undefined || day === undefined || text === undefined) return undefined;
    const parameter = vocabulary.parameters.get(word);
    if (!parameter) {
      return fields.fail(
        fields.placeOf('参数'),
        'PARAMETER_UNKNOWN',
        unknownWord('参数', word, vocabulary.parameters.keys()),
      );
    }
    const date = parsePlainDate(day);
    if (!date) return fields.fail(fields.placeOf('日期'), 'TYPE', `「${day}」不是日期,请写成 2026-01-01`);
    const expected = text === NOT_FOUND ? 'not_found' : text === '无' ? 'none' : parameterValue(parameter, text);
    if (expected === undefined) {
      return fields.fail(
        fields.placeOf('值'),
        'TYPE',
        `「${text}」不是「${word}」的值:写半角数字(单位${parameter.unit})、「${NOT_FOUND}」或者「无」`,
      );
    }
    return { parameter, area, date, expected, row, place };
  });
}

/** Reads the lines 「{ 案由: 离婚纠纷, 金钱给付: 否, 人身关系: 是, 财产确权: 不定 }」. */
export function parseNatureExamples(file: RuleFile, causes: CauseNames, problems: Problems): NatureExample[] {
  return readExamples(file, problems, (fields) => {
    const cause = causeOf(fields, '案由', causes);
    const rows = fields.get('按') === undefined ? [cause ?? ''] : fields.textList('按').map(({ text }) => text);
    const answers = {
      monetaryClaim: answerOf(fields, '金钱给付'),
      personalStatus: answerOf(fields, '人身关系'),
      titleConfirmation: answerOf(fields, '财产确权'),
    };
    return cause === undefined ? undefined : { cause, rows, answers, place: fields.map.place };
  });
}

/** Reads the lines 「{ 案由: 民间借贷纠纷, 标的额: 30000, 人数: 2, 事实清楚: 是, 权利义务关系明确: 是, 争议不大: 不定, 按: SL-01 }」. */
export function parseTriageExamples(file: RuleFile, causes: CauseNames, problems: Problems): TriageExample[] {
  return readExamples(file, problems, (fields) => {
    const cause = causeOf(fields, '案由', causes);
    const amountText = fields.text('标的额');
    const partiesText = fields.text('人数');
    const rows = fields.textList('按').map(({ text }) => text);
    const answers = {
      factsClear: answerOf(fields, '事实清楚'),
      rightsClear: answerOf(fields, '权利义务关系明确'),
      disputeMinor: answerOf(fields, '争议不大'),
    };
    if (cause === undefined || amountText === undefined || partiesText === undefined) return undefined;
    const amount = amountText === '不明' ? undefined : parseAmountFen(amountText);
    if (amountText !== '不明' && amount === undefined) {
      return fields.fail(
        fields.placeOf('标的额'),
        'TYPE',
        `「${amountText}」不是金额:以元为单位的半角数字,或者「不明」`,
      );
    }
    if (!/^[1-9]\d{0,5}$/.test(partiesText)) {
      return fields.fail(fields.placeOf('人数'), 'TYPE', `「${partiesText}」不是人数`);
    }
    const example = { cause, parties: Number(partiesText), rows, answers, place: fields.map.place };
    return amount === undefined ? example : { ...example, amount };
  });
}

function causeOf(fields: Fields, key: string, causes: CauseNames): string | undefined {
  const name = fields.text(key);
  if (name === undefined) return undefined;
  const official = causes.pathOf(name)?.at(-1);
  if (official !== undefined) return official;
  return fields.fail(fields.placeOf(key), 'CAUSE_UNKNOWN', unknownWord('案由', name, causes.near(name)));
}

function answerOf(fields: Fields, key: string): boolean | undefined {
  const text = fields.text(key);
  if (text === undefined || text === '不定') return undefined;
  if (text === '是' || text === '否') return text === '是';
  return fields.fail(fields.placeOf(key), 'TYPE', `「${key}」只能写「是」「否」「不定」,不是「${text}」`);
}
