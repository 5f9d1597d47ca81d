import { addDays } from '../kernel/plain-date.js';
import type { Value } from './condition.js';
import { showFen } from './explain.js';
import { areaOf, isDeclaredMissing, NOT_FOUND, type ParameterRow, resolveParameter } from './parameters.js';
import type { CourtBook, RuleBook } from './rulebook.js';
import type { Place, Problem } from './source.js';
import type { ExpectedParameter } from './table-examples.js';
import { isInBand, natureOf, natureRowOf, triageOf, triageRowsOf } from './tables.js';

/** A cause's names from level 1 down. */
type PathOf = (cause: string) => readonly string[];

/** Checks the examples of every table, and that every row of a table has them, at each of its bounds. */
export function checkTables(book: RuleBook): Problem[] {
  const pathOf: PathOf = (cause) => book.causes.pathOf(cause) ?? [cause];
  return [
    ...checkParameters(book),
    ...checkNatures(book, pathOf),
    ...[...book.courts.values()].flatMap((court) => checkTriage(court, pathOf)),
  ];
}

function checkParameters(book: RuleBook): Problem[] {
  const problems: Problem[] = [];
  const shown = new Set<string>();
  for (const { parameter, area, date, expected, row, place } of book.parameterExamples) {
    shown.add(`${parameter.id} ${area} ${date}`);
    const resolved = resolveParameter(parameter, book.parameters, areasOf(area, book), date);
    const actual = resolved.value ?? (isDeclaredMissing(resolved) ? 'not_found' : 'none');
    const speaks = areaOf(resolved);
    if (actual === expected && (actual === 'none' || speaks === row)) continue;
    const message =
      actual === expected
        ? `${area} ${date}「${parameter.word}」应当按「${row}」的一行,实际按「${speaks}」的一行;确实如此就写「按: ${speaks}」`
        : `${area} ${date}「${parameter.word}」应当是 ${showExpected(expected)},表里是 ${showExpected(actual)}`;
    problems.push({ ...place, code: 'EXAMPLE_FAILED', message });
  }
  for (const row of book.parameters) {
    const missing = boundsOf(row).filter((day) => !shown.has(`${row.parameter.id} ${row.area} ${day}`));
    if (missing.length === 0) continue;
    const days = `${missing.join('、')} ${missing.length === 1 ? '这一天是' : '这几天各是'}多少`;
    const line = `- { 参数: ${row.parameter.word}, 适用: ${row.area}, 日期: ${missing[0]}, 值: … }`;
    const message = `「${row.parameter.word}」${row.area} ${row.validFrom} 起的一行缺少示例:${days};写在 ${examplesOf(row.place)} 的「示例」里,一天一行:${line}`;
    problems.push({ ...row.place, code: 'EXAMPLES', message });
  }
  return problems;
}

/** Where the examples of a table stand: beside it, under the same name. */
const examplesOf = ({ file }: Place): string => file.replace(/\.csv$/, '.yaml');

/** The days on either side of a row's beginning and end. */
const boundsOf = ({ validFrom, validTo }: ParameterRow): string[] => [
  addDays(validFrom, -1),
  validFrom,
  ...(validTo ? [addDays(validTo, -1), validTo] : []),
];

function areasOf(area: string, book: RuleBook): string[] {
  if (area === '全国') return [area];
  const court = book.courts.get(area);
  return court ? [area, court.province, '全国'] : [area, '全国'];
}

function showExpected(expected: ExpectedParameter): string {
  if (expected === 'not_found') return NOT_FOUND;
  if (expected === 'none') return '无(没有有效的一行)';
  return typeof expected === 'bigint' ? showFen(expected) : String(expected);
}

function checkRows(what: string, expected: readonly string[], speak: readonly string[], place: Place): Problem[] {
  const actual = [...new Set(speak)].sort();
  if ([...new Set(expected)].sort().join() === actual.join()) return [];
  const show = (rows: readonly string[]): string => (rows.length === 0 ? '没有哪一行' : `「${rows.join('」「')}」`);
  const cure = actual.length === 0 ? '' : `;确实如此就写「按: [${actual.join(', ')}]」`;
  return [{ ...place, code: 'EXAMPLE_FAILED', message: `${what}应当按${show(expected)},实际按${show(actual)}${cure}` }];
}

const NATURES = { monetaryClaim: '金钱给付', personalStatus: '人身关系', titleConfirmation: '财产确权' } as const;
const TRIAGES = { factsClear: '事实清楚', rightsClear: '权利义务关系明确', disputeMinor: '争议不大' } as const;
const showAnswer = (answer: boolean | undefined): string => (answer === undefined ? '不定' : answer ? '是' : '否');

function checkNatures(book: RuleBook, pathOf: PathOf): Problem[] {
  const problems: Problem[] = [];
  const shown = new Set<string>();
  for (const { cause, rows, answers, place } of book.natureExamples) {
    shown.add(cause);
    const path = pathOf(cause);
    const keys = Object.keys(NATURES) as (keyof typeof NATURES)[];
    const speak = keys.flatMap((key) => natureRowOf(book.natures, path, key)?.cause ?? []);
    problems.push(...checkRows(`「${cause}」`, rows, speak, place));
    for (const [fact, word] of Object.entries(NATURES)) {
      const key = fact as keyof typeof NATURES;
      const actual = natureOf(book.natures, path, key);
      if (actual === answers[key]) continue;
      const message = `「${cause}」的「${word}」应当是${showAnswer(answers[key])},表里是${showAnswer(actual)}`;
      problems.push({ ...place, code: 'EXAMPLE_FAILED', message });
    }
  }
  for (const { cause, place } of book.natures.values()) {
    if (shown.has(cause)) continue;
    problems.push({ ...place, code: 'EXAMPLES', message: `「${cause}」这一行没有示例;写在同名的 .yaml 文件里` });
  }
  return problems;
}

function checkTriage(court: CourtBook, pathOf: PathOf): Problem[] {
  const problems: Problem[] = [];
  for (const { cause, amount, parties, rows, answers, place } of court.triageExamples) {
    const what = `「${cause}」${amount === undefined ? '标的额不明' : `${showFen(amount)} 元`}、${parties} 人`;
    const keys = Object.keys(TRIAGES) as (keyof typeof TRIAGES)[];
    const speak = keys.flatMap((key) =>
      triageRowsOf(court.triage, pathOf(cause), amount, parties, key).map(({ id }) => id),
    );
    problems.push(...checkRows(what, rows, speak, place));
    for (const [fact, word] of Object.entries(TRIAGES)) {
      const key = fact as keyof typeof TRIAGES;
      const actual = triageOf(court.triage, pathOf(cause), amount, parties, key);
      if (actual === answers[key]) continue;
      const message = `${what},「${word}」应当是${showAnswer(answers[key])},表里是${showAnswer(actual)}`;
      problems.push({ ...place, code: 'EXAMPLE_FAILED', message });
    }
  }
  for (const row of court.triage) {
    const own = court.triageExamples.filter(({ cause }) => cause === row.cause);
    const has = (key: 'amount' | 'parties', value: Value): boolean => own.some((each) => each[key] === value);
    const missing = [
      ...[row.above, row.atMost]
        .flatMap((cut) => (cut === undefined ? [] : [cut, cut + 1n]))
        .map((fen) => ({ key: 'amount' as const, value: fen, text: `标的额 ${showFen(fen)}` })),
      ...(row.partiesAtMost === undefined ? [] : [row.partiesAtMost, row.partiesAtMost + 1]).map((count) => ({
        key: 'parties' as const,
        value: count,
        text: `人数 ${count}`,
      })),
    ].filter(({ key, value }) => !has(key, value));
    if (!own.some((each) => isInBand(row, each.amount, each.parties))) {
      problems.push({ ...row.place, code: 'EXAMPLES', message: `「${row.id}」这一行没有示例;写在同名的 .yaml 文件里` });
    } else if (missing.length > 0) {
      const texts = missing.map(({ text }) => text).join('、');
      problems.push({ ...row.place, code: 'BOUNDARY', message: `「${row.id}」的界线没有成对的示例:缺 ${texts}` });
    }
  }
  return problems;
}
