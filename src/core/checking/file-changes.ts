import type { Lawbook } from '../routing/lawbook.js';
import type { Card } from '../rules/card.js';
import { testsOf } from '../rules/condition.js';
import { showFen } from '../rules/explain.js';
import { NOT_FOUND, type ParameterRow } from '../rules/parameters.js';
import { conditionsOf } from '../rules/proof/layer-proof.js';
import { cardsOf, type RuleBook } from '../rules/rulebook.js';
import type { RuleFile } from '../rules/source.js';
import { sourceChanges } from './source-changes.js';
import { dayChanges, natureChanges, triageChanges, weightChanges } from './table-changes.js';

/** What changed in one file, in words; what of it decides cases is told by the proofs. */
export interface FileChange {
  readonly file: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** One line each: 「GJ-MS-165」的说明模板. */
  readonly what: readonly string[];
  /** The proofs look at everything in it that decides cases; otherwise somebody has to. */
  readonly isProved: boolean;
}

interface Side {
  readonly lawbook: Lawbook;
  readonly files: readonly RuleFile[];
}

/** Every file that is not the same, in order of path. */
export function fileChanges(before: Side, after: Side): FileChange[] {
  const then = new Map(before.files.map(({ path, text }) => [path, text]));
  const now = new Map(after.files.map(({ path, text }) => [path, text]));
  const changes: FileChange[] = [];
  const cards = cardChanges(before.lawbook.book, after.lawbook.book);
  const parameters = parameterChanges(before.lawbook.book, after.lawbook.book);
  const elsewhere = new Set(
    [...parameters].filter(([, rows]) => rows.some((row) => row.endsWith(ELSEWHERE))).map(([file]) => file),
  );
  for (const file of [...new Set([...then.keys(), ...now.keys()])].sort()) {
    const [was, is] = [then.get(file), now.get(file)];
    if (was === is) continue;
    const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    const known = [...(cards.get(file) ?? []), ...(parameters.get(file) ?? [])];
    const lines = lineChanges(was ?? '', is ?? '');
    if (lines === undefined) {
      changes.push({ file, kind, what: known.length > 0 ? known : ['只有注释或者空白'], isProved: true });
      continue;
    }
    const account = known.length > 0 ? undefined : accountOf(file, [was, before], [is, after]);
    const what = known.length > 0 ? known : account === undefined || account.length === 0 ? [] : account;
    // Of what is accounted for to the last row and finds nothing, nothing is left for a person to look at.
    const isIdle = account?.length === 0 || EXAMPLES.test(file);
    const isProved = isIdle || (PROVED.test(file) && !elsewhere.has(file));
    changes.push({ file, kind, what: what.length > 0 ? what : [account ? IDLE : lines], isProved });
  }
  return changes;
}

const IDLE = '只有说明、编号、次序或者来源：决定案件的，一处也没有改变';

/** What is read beside a table, and decides nothing. */
const EXAMPLES = /\/(triage|cause-nature)\.yaml$/;

type Version = readonly [text: string | undefined, side: Side];

/** What changed in a file that the proofs do not look at, to the last row, day and limit; undefined where there is no telling. */
function accountOf(file: string, [was, before]: Version, [is, after]: Version): string[] | undefined {
  const year = /^calendars\/(\d{4})\.yaml$/.exec(file)?.[1];
  if (year !== undefined) return dayChanges(before.lawbook.calendar, after.lawbook.calendar, year);
  if (file === 'national/cause-nature.csv') return natureChanges(before.lawbook, after.lawbook);
  if (file === 'links/evidence-weights.yaml') return weightChanges(before.lawbook, after.lawbook);
  if (file.endsWith('/triage.csv')) {
    const folder = file.slice(0, -'/triage.csv'.length);
    const courts = [...before.lawbook.book.courts.values(), ...after.lawbook.book.courts.values()];
    const court = courts.find((each) => each.file === `${folder}/court.yaml`);
    return court && triageChanges(before.lawbook, after.lawbook, court.code);
  }
  if (was === undefined || is === undefined || !file.endsWith('.yaml') || PROVED.test(file)) return undefined;
  return sourceChanges({ path: file, text: was }, { path: file, text: is });
}

/** Cards and parameters: what they decide is proved. Tables that derive facts, flows, clocks, calendars, weights, lists are not. */
const PROVED =
  /^(national|modules|provinces|links|courts|parameters)\/(?!.*(triage|cause-nature|evidence-weights|court)\.)/;

const cardsById = (book: RuleBook): Map<string, Card> => new Map(cardsOf(book).map((card) => [card.id, card]));

const FIELDS: readonly (readonly [label: string, of: (card: Card) => unknown])[] = [
  ['名称', ({ name }) => name],
  ['所在文件', ({ file }) => file],
  ['条件', ({ condition }) => condition],
  ['结果', ({ conclusion, period }) => [conclusion?.outcome.key, conclusion?.value, period]],
  ['例外', ({ exceptions }) => exceptions],
  ['例外于', ({ exceptionTo }) => exceptionTo.map(({ name }) => name)],
  ['组', ({ groups }) => groups],
  ['依据', ({ basis }) => basis],
  ['效力', ({ validFrom, validTo, chosenBy }) => [validFrom, validTo, chosenBy]],
  ['下级可细化', ({ delegates }) => delegates],
  ['说明模板', ({ template }) => template],
  ['示例', ({ examples }) => examples.map((each) => ({ ...each, given: [...each.given] }))],
  ['基准', ({ base, baseParameters }) => [[...base], [...baseParameters]]],
  ['重合', ({ overlaps }) => overlaps],
];

const textOf = (value: unknown): string =>
  JSON.stringify(value, (key, each) => (key === 'place' ? undefined : typeof each === 'bigint' ? `${each}` : each)) ??
  '';

/** By file: cards that came, went or read otherwise. */
function cardChanges(before: RuleBook, after: RuleBook): Map<string, string[]> {
  const [then, now] = [cardsById(before), cardsById(after)];
  const changes = new Map<string, string[]>();
  const add = (file: string, what: string): void => {
    changes.set(file, [...(changes.get(file) ?? []), what]);
  };
  for (const [id, card] of now) {
    const old = then.get(id);
    if (old === card) continue;
    if (!old) add(card.file, `新增「${id}」${card.name}`);
    else {
      const fields = FIELDS.filter(([, of]) => textOf(of(old)) !== textOf(of(card))).map(([label]) => label);
      if (fields.length > 0) add(card.file, `「${id}」的${fields.join('、')}`);
    }
  }
  for (const [id, card] of then) if (!now.has(id)) add(card.file, `删去「${id}」${card.name}`);
  return changes;
}

/** Parameters that no card reads still count in flows and clocks, of which nothing is proved. */
const ELSEWHERE = '（用在流程、期限里，请逐项核对）';

const parametersOf = (card: Card): string[] => [
  ...conditionsOf([card])
    .flatMap(testsOf)
    .flatMap(({ operand }) => (operand.kind === 'parameter' ? [operand.id] : [])),
  ...(typeof card.period?.length === 'object' ? [card.period.length.parameter] : []),
];

/** By file: rows of parameter tables that came, went or say otherwise. */
function parameterChanges(before: RuleBook, after: RuleBook): Map<string, string[]> {
  const keyOf = ({ parameter, area, validFrom }: ParameterRow): string => `${parameter.id} ${area} ${validFrom}`;
  const [then, now] = [before, after].map(({ parameters }) => new Map(parameters.map((row) => [keyOf(row), row])));
  const changes = new Map<string, string[]>();
  const read = new Set([...cardsOf(before), ...cardsOf(after)].flatMap(parametersOf));
  const add = ({ parameter, area, validFrom, place }: ParameterRow, what: string): void => {
    const isRead = read.has(parameter.id);
    const text = `${parameter.word} ${area} ${validFrom} 起：${what}${isRead ? '' : ELSEWHERE}`;
    changes.set(place.file, [...(changes.get(place.file) ?? []), text]);
  };
  for (const [key, row] of now ?? []) {
    const old = then?.get(key);
    if (!old) add(row, `新增，${show(row)}`);
    else if (old.value !== row.value) add(row, `${show(old)} 改为 ${show(row)}`);
    else if (old.validTo !== row.validTo) add(row, `失效日由${old.validTo ?? '无'}改为${row.validTo ?? '无'}`);
    else if (textOf({ ...old, place: 0 }) !== textOf({ ...row, place: 0 })) add(row, '来源、文号、效力或者说明');
  }
  for (const [key, row] of then ?? []) if (!now?.has(key)) add(row, `删去，原来${show(row)}`);
  return changes;
}

function show({ value, parameter }: ParameterRow): string {
  if (value === undefined) return NOT_FOUND;
  return `${typeof value === 'bigint' ? showFen(value) : value} ${parameter.unit}`;
}

/** How many lines came and went; undefined where all of them are comments and blanks. */
function lineChanges(was: string, is: string): string | undefined {
  const gone = minus(was.split('\n'), is.split('\n'));
  const come = minus(is.split('\n'), was.split('\n'));
  const isIdle = (line: string): boolean => /^\s*(#.*)?$/.test(line);
  if ([...gone, ...come].every(isIdle)) return undefined;
  if (gone.length === 0) return `增加 ${come.length} 行`;
  return come.length === 0 ? `删去 ${gone.length} 行` : `${gone.length} 行改为 ${come.length} 行`;
}

/** Lines of the one that the other lacks, counting how often. */
function minus(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}
