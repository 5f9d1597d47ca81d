import { describe, expect, test } from 'vitest';
import { checkLadders } from '../../../src/core/flows/check-escalation.js';
import { readLadders } from '../../../src/core/flows/read-escalation.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import type { ParameterRow } from '../../../src/core/rules/parameters.js';
import { Problems } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { lawbook, RULES } from '../../support/court.js';

const { book, flows } = lawbook;
const shipped = readRuleFiles(RULES).filter(({ path }) => path.startsWith('escalation/'));
const text = shipped.find(({ path }) => path === 'escalation/late-work.yaml')?.text ?? '';

/** What is wrong with these files, as `line code`. */
function problemsOf(texts: readonly string[], more: readonly ParameterRow[] = []): string[] {
  const problems = new Problems();
  const files = texts.map((each, index) => ({ path: `escalation/${index}.yaml`, text: each }));
  const ladders = readLadders(files, flows, book.vocabulary, problems);
  const parameters = [...book.parameters, ...more].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  if (problems.list.length === 0) checkLadders({ flows, ladders, book: { ...book, parameters } }, problems);
  return problems.list.map(({ line, code }) => `${line} ${code}`);
}
function altered(from: string | RegExp, to: string): string[] {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return problemsOf([changed]);
}
const codes = (list: readonly string[]): string[] => list.map((each) => each.split(' ')[1] ?? '');
const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
const row = (word: string, value: number, area: string): ParameterRow => {
  const parameter = book.vocabulary.parameters.get(word);
  if (!parameter) throw new Error(`no ${word}`);
  const place = { file: 'a.csv', line: 2, column: 1 };
  const about = { validFrom: plainDate('2026-01-01'), documentNo: '', source: '本院', note: '' };
  return { parameter, value, area, status: 'local', place, ...about };
};

test('the shipped ladders are proved', () => {
  expect(problemsOf(shipped.map((each) => each.text))).toEqual([]);
  expect(lawbook.ladders).toHaveLength(shipped.length);
});

describe('a ladder is refused, at its place, where', () => {
  test.each([
    ['a level is not one', '级别: 催办单,', '级别: 催款单,', 'WORD_UNKNOWN'],
    ['somebody is not one', '送: 等谁, 抄送: 院庭长', '送: 审管办', 'WORD_UNKNOWN'],
    ['nobody is told', '送: 等谁 }', '送: [] }', 'ESCALATION_NOBODY'],
    ['nobody is answered to', '报: 院庭长', '报: []', 'FIELD_MISSING'],
    ['days are counted in months', '{ 参数: 催办逾期天数 }, 单位: 日', '1, 单位: 月', 'UNIT'],
    ['a number is a negative one', '{ 参数: 催办逾期天数 }', '-1', 'TYPE'],
    ['its flow is unknown', '适用: 全部', '适用: [{ 流程: 首审意见 }]', 'WORD_UNKNOWN'],
    ['its clock is unknown', '适用: 全部', '适用: [{ 流程: 首审异议, 期限: 复议 }]', 'WORD_UNKNOWN'],
    ['a key is misspelt', '抄送: 院庭长', '抄发: 院庭长', 'FIELD_UNKNOWN'],
    ['a level comes twice', '级别: 督办单', '级别: 催办单', 'ESCALATION_ORDER'],
    [
      'a heavier level is before the last day and a lighter one after',
      '时点: 届满后, 天数: { 参数: 督办逾期天数 }',
      '时点: 届满前, 天数: { 参数: 督办逾期天数 }',
      'ESCALATION_ORDER',
    ],
    ['a heavier level is not later', '{ 参数: 督办逾期天数 }', '1', 'ESCALATION_ORDER'],
    ['a number is in other units than its parameter', '单位: 日', '单位: 工作日', 'UNIT'],
  ])('%s', (_, from, to, code) => {
    expect(codes(altered(from, to))).toEqual([code]);
  });

  test('working days are followed by days that may be earlier', () => {
    const changed = text
      .replace(/天数: \{ 参数: 催办逾期天数 \}, 单位: 日/, '天数: 2, 单位: 工作日')
      .replace(/天数: \{ 参数: 督办逾期天数 \}, 单位: 工作日/, '天数: 3, 单位: 日');
    expect(problemsOf([changed])).toEqual([`${lineOf('级别: 督办单')} ESCALATION_ORDER`]);
    expect(problemsOf([changed.replace('天数: 3, 单位: 日', '天数: 3, 单位: 工作日')])).toEqual([]);
  });

  test('a court puts in numbers by which a heavier level is not later', () => {
    const late = row('催办逾期天数', 3, '川1527');
    expect(codes(problemsOf([text], [late]))).toEqual(['ESCALATION_ORDER']);
    expect(problemsOf([text], [late, row('督办逾期天数', 4, '川1527')])).toEqual([]);
    expect(problemsOf([text], [row('督办逾期天数', 0, '川1527')])).toEqual([]);
  });

  test('two are for the same clocks', () => {
    const other = text.replace('编号: GJ-CB-LC', '编号: GJ-CB-LD');
    expect(codes(problemsOf([text, other]))).toEqual(['ESCALATION_TWICE']);
    expect(problemsOf([text, other.replace('适用: 全部', '适用: [{ 流程: 首审异议 }]')])).toEqual([]);
  });

  test('it urges after a clock that acts by itself', () => {
    const other = text.replace('编号: GJ-CB-LC', '编号: GJ-CB-LD');
    const named = other.replace('适用: 全部', '适用: [{ 流程: 回避申请与复议, 期限: 申请复议 }]');
    expect(codes(problemsOf([text, named]))).toEqual(['ESCALATION_EXPIRY']);
  });

  test('a clock that only urges has nobody who is urged', () => {
    const found = codes(altered('适用: 全部', '适用: [{ 流程: 首审异议 }]'));
    expect(found.length).toBeGreaterThan(2);
    expect(new Set(found)).toEqual(new Set(['ESCALATION_GAP']));
    expect(new Set(codes(altered(/ {2}- \{ 级别: (催|督)办单.*\n/g, '')))).toEqual(new Set(['ESCALATION_GAP']));
  });
});
