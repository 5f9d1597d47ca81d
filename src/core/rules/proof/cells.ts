import { addDays, type PlainDate, plainDate } from '../../kernel/plain-date.js';
import { compare, type Test, type Value } from '../condition.js';
import type { Fact } from '../vocabulary.js';

/** A set of values of one fact that no rule tells apart, by one of them; numbers and days as a closed range. */
export interface Cell {
  /** Stands for all of them: the base case's own value where it is among them, else a plausible one. */
  readonly value: Value;
  /** First and last, of numbers and days; without `last` there is no end. */
  readonly first?: number | bigint | string;
  readonly last?: number | bigint | string;
  /** Every word or cause in it, of enumerations and causes. */
  readonly words?: readonly string[];
}

/** A test whose parameter has been put in its place. */
export interface BoundTest extends Pick<Test, 'fact' | 'comparison'> {
  readonly bound: Value;
}

/** One cause that a filing can name: its names from level 1 down. */
export type CausePath = readonly string[];

const YES_NO: readonly Cell[] = [{ value: false }, { value: true }];

/**
 * The cells of a fact under the tests that read it: exact, since two values in one cell pass the same tests.
 * `usual` is the base case's value, which stands for its cell; `causes` are those that the matter can have.
 */
export function cellsOf(
  fact: Fact,
  tests: readonly BoundTest[],
  usual: Value | undefined,
  causes: readonly CausePath[],
): readonly Cell[] {
  switch (fact.type) {
    case 'boolean':
      return YES_NO;
    case 'enum':
      return alike(
        (fact.enumeration?.terms ?? []).map(({ key }) => key),
        tests,
        usual,
        (key) => key,
      );
    case 'cause':
      return alike(causes, tests, usual, (path) => path.at(-1) ?? '');
    case 'date':
      return days(tests, usual as PlainDate | undefined);
    default:
      return numbers(tests, usual as number | bigint | undefined, fact.type === 'amount');
  }
}

/** Values with the same answer to every test, together. */
function alike<T extends string | CausePath>(
  values: readonly T[],
  tests: readonly BoundTest[],
  usual: Value | undefined,
  nameOf: (value: T) => string,
): Cell[] {
  const classes = new Map<string, T[]>();
  // Many rules ask the same of a fact.
  const distinct = [...new Map(tests.map((each) => [`${each.comparison} ${String(each.bound)}`, each])).values()];
  for (const value of values) {
    const key = distinct.map(({ comparison, bound }) => (compare(value, comparison, bound) ? '1' : '0')).join('');
    const same = classes.get(key);
    if (same) same.push(value);
    else classes.set(key, [value]);
  }
  return [...classes.values()].map((same) => ({
    value: same.find((each) => String(each) === String(usual)) ?? deepest(same),
    words: same.map(nameOf),
  }));
}

/** Filings name the most exact cause they can: a leaf of the tree, the first in official order. */
function deepest<T extends string | CausePath>(same: readonly T[]): T {
  const [first] = same as readonly [T, ...T[]];
  const depth = Math.max(...same.map((each) => (typeof each === 'string' ? 0 : each.length)));
  return same.find((each) => typeof each !== 'string' && each.length === depth) ?? first;
}

/** Where a new cell begins at or after each bound. */
function starts<T extends Value>(tests: readonly BoundTest[], next: (bound: T) => T): T[] {
  const found = new Set<T>();
  for (const { comparison, bound } of tests) {
    const value = bound as T;
    if (comparison === 'below' || comparison === 'atLeast') found.add(value);
    else if (comparison === 'atMost' || comparison === 'above') found.add(next(value));
    else for (const each of [value, next(value)]) found.add(each);
  }
  return [...found].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function numbers(tests: readonly BoundTest[], usual: number | bigint | undefined, isAmount: boolean): Cell[] {
  const big = starts<bigint>(
    tests.map((test) => ({ ...test, bound: BigInt(test.bound as number | bigint) })),
    (bound) => bound + 1n,
  );
  // No fact counts below nothing.
  const begins = [0n, ...big.filter((each) => each > 0n)];
  const back = (value: bigint): number | bigint => (isAmount ? value : Number(value));
  return begins.map((first, index) => {
    const next = begins[index + 1];
    const last = next === undefined ? undefined : next - 1n;
    const common = usual === undefined ? undefined : BigInt(usual);
    const isUsual = common !== undefined && common >= first && (last === undefined || common <= last);
    const cell = { value: back(isUsual ? common : roundest(first, last)), first: back(first) };
    return last === undefined ? cell : { ...cell, last: back(last) };
  });
}

/** The number with the most zeros at its end that lies within: 100,000 and not 35,120.01 stands for what is above a limit. */
export function roundest(first: bigint, last: bigint | undefined): bigint {
  if (first <= 0n && last !== undefined && last <= 0n) return last;
  const least = first > 0n ? first : 1n;
  let best = least;
  for (let next = 1n; ; next *= 10n) {
    const value = ((least + next - 1n) / next) * next;
    if (last !== undefined ? value > last : next > least) break;
    best = value;
  }
  return best;
}

/** Before it no case was received that rules are about: the first day of the first cell. */
export const EARLIEST = plainDate('2000-01-01');

function days(tests: readonly BoundTest[], usual: PlainDate | undefined): Cell[] {
  const begins = [EARLIEST, ...starts<PlainDate>(tests, (bound) => addDays(bound, 1)).filter((day) => day > EARLIEST)];
  return begins.map((first, index) => {
    const next = begins[index + 1];
    const last = next === undefined ? undefined : addDays(next, -1);
    const isUsual = usual !== undefined && usual >= first && (last === undefined || usual <= last);
    const value = isUsual ? usual : (last ?? first);
    return last === undefined ? { value, first } : { value, first, last };
  });
}
