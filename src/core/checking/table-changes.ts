import { addDays, type PlainDate, plainDate } from '../kernel/plain-date.js';
import { type Calendar, type DayKind, dayKind } from '../law/calendar.js';
import type { Lawbook } from '../routing/lawbook.js';
import { showFen } from '../rules/explain.js';
import { EVIDENCE_KINDS, natureOf, type TriageRow, triageOf } from '../rules/tables.js';

type Answer = boolean | undefined;

const NATURES = { monetaryClaim: '金钱给付', personalStatus: '人身关系', titleConfirmation: '财产确权' } as const;
const TRIAGES = { factsClear: '事实清楚', rightsClear: '权利义务关系明确', disputeMinor: '争议不大' } as const;

const show = (answer: Answer): string => (answer === undefined ? '不推导' : answer ? '是' : '否');
const turned = (was: Answer, is: Answer): string => `${show(was)} → ${show(is)}`;

/** For which causes `national/cause-nature.csv` settles something else, cause by cause: each answer that any filing can get from it. */
export function natureChanges(before: Lawbook, after: Lawbook): string[] {
  return keysOf(NATURES).flatMap((fact) => {
    const byTurn = new Map<string, Path[]>();
    const paths = pathsOf(before, after);
    for (const path of paths) {
      const [was, is] = [before, after].map(({ book }) => natureOf(book.natures, path, fact));
      if (was !== is) add(byTurn, turned(was, is), path);
    }
    return [...byTurn].map(([turn, changed]) => `${NATURES[fact]}：${namesOf(changed, paths)}：${turn}`);
  });
}

/** Of a court's 繁简识别 table: for which causes, amounts and head counts it says something else. */
export function triageChanges(before: Lawbook, after: Lawbook, court: string): string[] {
  const [then, now] = [before, after].map(({ book }) => book.courts.get(court)?.triage ?? []) as [
    readonly TriageRow[],
    readonly TriageRow[],
  ];
  const rows = [...then, ...now];
  const named = new Set(rows.map(({ cause }) => cause));
  // Of causes that no row names nor a cause above them, no table says anything.
  const paths = pathsOf(before, after).filter((path) => path.some((name) => named.has(name)));
  const amounts = bandsOf(rows.flatMap(({ above, atMost }) => [above, atMost]));
  const counts = bandsOf(rows.map(({ partiesAtMost }) => partiesAtMost));
  return keysOf(TRIAGES).flatMap((fact) => {
    const byRegion = new Map<string, Path[]>();
    for (const path of paths) {
      const turns = new Map<string, Map<number, number[]>>();
      for (const [a, amount] of [undefined, ...amounts].entries()) {
        for (const [c, count] of counts.entries()) {
          const ask = (table: readonly TriageRow[]): Answer =>
            triageOf(table, path, amount && amountIn(amount), countIn(count), fact);
          const [was, is] = [ask(then), ask(now)];
          if (was === is) continue;
          const cells = turns.get(turned(was, is)) ?? new Map<number, number[]>();
          turns.set(turned(was, is), cells);
          cells.set(a, [...(cells.get(a) ?? []), c]);
        }
      }
      for (const [turn, cells] of turns) {
        for (const region of regionsOf(cells, amounts, counts)) add(byRegion, `${region}：${turn}`, path);
      }
    }
    return [...byRegion].map(([region, changed]) => `${TRIAGES[fact]}：${namesOf(changed, paths)}${region}`);
  });
}

/** Above one bound and at most another; open where one is missing. */
interface Band<T extends bigint | number> {
  readonly above?: T | undefined;
  readonly atMost?: T | undefined;
}

/** The bands between bounds, in order. */
function bandsOf<T extends bigint | number>(bounds: readonly (T | undefined)[]): Band<T>[] {
  const cuts = [...new Set(bounds)].filter((each): each is T => each !== undefined).sort((a, b) => (a < b ? -1 : 1));
  return [undefined, ...cuts].map((above, index) => ({ above, atMost: cuts[index] }));
}

const amountIn = ({ above, atMost }: Band<bigint>): bigint => atMost ?? (above ?? 0n) + 1n;
const countIn = ({ above, atMost }: Band<number>): number => atMost ?? (above ?? 0) + 1;

/** Cells as boxes of neighbouring amounts and head counts, in words; amount 0 is that of a filing whose amount is not known. */
function regionsOf(
  cells: ReadonlyMap<number, readonly number[]>,
  amounts: readonly Band<bigint>[],
  counts: readonly Band<number>[],
): string[] {
  const texts: string[] = [];
  const isLike = (a: number, b: number): boolean => `${cells.get(a)}` === `${cells.get(b)}`;
  const isEvery = cells.size === amounts.length + 1 && amounts.every((_, index) => isLike(0, index + 1));
  const stretches = isEvery ? [[0, 0] as const] : stretchesOf([...cells.keys()], (a, b) => a > 0 && isLike(a, b));
  for (const [first, last] of stretches) {
    const known = bandText('标的额', amounts[first - 1], amounts[last - 1], showFen, ' 元') || '，标的额已知';
    const money = isEvery ? '' : first === 0 ? '，标的额不明' : known;
    for (const [fewest, most] of stretchesOf(cells.get(first) ?? [], () => true)) {
      texts.push(`${money}${bandText('人数', counts[fewest], counts[most], String, '')}`);
    }
  }
  return texts;
}

/** Runs of neighbouring numbers that belong together, each by its first and last. */
function stretchesOf(sorted: readonly number[], isSame: (a: number, b: number) => boolean): [number, number][] {
  const found: [number, number][] = [];
  for (const each of sorted) {
    const last = found.at(-1);
    if (last && last[1] + 1 === each && isSame(last[1], each)) last[1] = each;
    else found.push([each, each]);
  }
  return found;
}

/** ，160,000 < 标的额 ≤ 1,000,000 元; empty for all of it. */
function bandText<T extends bigint | number>(
  word: string,
  first: Band<T> | undefined,
  last: Band<T> | undefined,
  text: (value: T) => string,
  unit: string,
): string {
  const above = first?.above;
  const atMost = last?.atMost;
  if (above === undefined) return atMost === undefined ? '' : `，${word} ≤ ${text(atMost)}${unit}`;
  return atMost === undefined
    ? `，${word} > ${text(above)}${unit}`
    : `，${text(above)} < ${word} ≤ ${text(atMost)}${unit}`;
}

type Path = readonly string[];

function add(byKey: Map<string, Path[]>, key: string, path: Path): void {
  byKey.set(key, [...(byKey.get(key) ?? []), path]);
}

/** The names of causes; those below one of which all below it are meant go without saying. */
function namesOf(meant: readonly Path[], all: readonly Path[]): string {
  const below = (paths: readonly Path[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const path of paths) {
      for (let length = 1; length < path.length; length++) {
        const key = path.slice(0, length).join('\u0000');
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return counts;
  };
  const [every, own] = [below(all), below(meant)];
  const isWhole = (path: Path): boolean => every.get(path.join('\u0000')) === own.get(path.join('\u0000'));
  const keys = new Set(meant.map((path) => path.join('\u0000')));
  const isSaid = (path: Path): boolean =>
    path.some(
      (_, length) => length > 0 && keys.has(path.slice(0, length).join('\u0000')) && isWhole(path.slice(0, length)),
    );
  const named = meant.filter((path) => !isSaid(path));
  const hasBelow = (path: Path): boolean => own.has(path.join('\u0000')) && isWhole(path);
  return named.map((path) => `${path.at(-1)}${hasBelow(path) ? '（含下级案由）' : ''}`).join('；');
}

const pathsOf = (before: Lawbook, after: Lawbook): Path[] => {
  const paths = [...before.causes.nodes, ...after.causes.nodes].map(({ path }) => path);
  return [...new Map(paths.map((path) => [path.join('\u0000'), path])).values()];
};

const keysOf = <K extends string>(record: Readonly<Record<K, string>>): K[] => Object.keys(record) as K[];

const KINDS: Readonly<Record<DayKind, string>> = { work: '上班', rest: '休息', unknown: '没有日历' };

/** Every day of a year that is worked by one calendar and not by the other, or that only one covers; neighbours together. */
export function dayChanges(before: Calendar, after: Calendar, year: string): string[] {
  const found: { from: PlainDate; to: PlainDate; turn: string }[] = [];
  for (let day = plainDate(`${year}-01-01`); day <= `${year}-12-31`; day = addDays(day, 1)) {
    const [was, is] = [dayKind(before, day), dayKind(after, day)];
    if (was === is) continue;
    // A year that is published is told as one, not weekend by weekend.
    const turn =
      was === 'unknown'
        ? '没有日历 → 已有日历'
        : is === 'unknown'
          ? '已有日历 → 没有日历'
          : `${KINDS[was]} → ${KINDS[is]}`;
    const last = found.at(-1);
    if (last?.turn === turn && addDays(last.to, 1) === day) last.to = day;
    else found.push({ from: day, to: day, turn });
  }
  return found.map(({ from, to, turn }) => `${from}${from === to ? '' : ` 至 ${to}`}：${turn}`);
}

/** The weights of evidence that are not the same. */
export function weightChanges(before: Lawbook, after: Lawbook): string[] {
  const [then, now] = [before.book.weights, after.book.weights];
  const changed = Object.entries(EVIDENCE_KINDS).flatMap(([word, kind]) =>
    then.weights[kind] === now.weights[kind] ? [] : [`${word}：${then.weights[kind]} → ${now.weights[kind]}`],
  );
  return [...changed, ...(then.half === now.half ? [] : [`半数：${then.half} → ${now.half}`])];
}
