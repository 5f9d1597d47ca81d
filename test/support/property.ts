/** Routing for property tests: one evaluator for all runs, so that thousands of decisions stay cheap. */
import { createHash } from 'node:crypto';
import type { Decision } from '../../src/core/documents/decision.js';
import { routeBatch } from '../../src/core/routing/batch.js';
import { type CheckedDocket, checkDocket } from '../../src/core/routing/docket-check.js';
import type { Lawbook } from '../../src/core/routing/lawbook.js';
import { jsonRulesEngine } from '../../src/core/rules/engine.js';
import { Evaluator } from '../../src/core/rules/evaluate.js';
import { type Json, lawbook } from './court.js';

export const SEED = '00ff'.repeat(8);

const evaluators = new WeakMap<Lawbook, Evaluator>();

/** The evaluator that all runs on a lawbook share. */
export function evaluatorOf(book: Lawbook): Evaluator {
  let evaluator = evaluators.get(book);
  if (!evaluator) {
    evaluator = new Evaluator(jsonRulesEngine);
    evaluators.set(book, evaluator);
  }
  return evaluator;
}

/** The docket, checked. @throws with every error where there is one */
export function checked(court: Json, book: Lawbook = lawbook): CheckedDocket {
  const result = checkDocket(court, book);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Routes filings and puts the decisions in the order of the filings. */
export async function routeAll(
  filings: readonly Json[],
  court: Json | CheckedDocket,
  { book = lawbook, seed = SEED }: { readonly book?: Lawbook; readonly seed?: string } = {},
): Promise<Decision[]> {
  const docket = 'overrides' in court ? (court as CheckedDocket) : checked(court as Json, book);
  const decisions: Decision[] = [];
  const input = {
    filings: filings.map((value) => ({ value })),
    docket,
    lawbook: book,
    evaluator: evaluatorOf(book),
    seed,
  };
  for await (const { index, decision } of routeBatch(input)) decisions[index] = decision;
  return decisions;
}

/** Routes one filing alone. */
export async function routeOne(filing: Json, court: Json | CheckedDocket): Promise<Decision> {
  const [decision] = await routeAll([filing], court);
  if (!decision) throw new Error('no decision');
  return decision;
}

const rank = (salt: number, text: string): string => createHash('sha1').update(`${salt} ${text}`).digest('hex');

/** The list in an order that only the salt decides. */
export const shuffled = <T>(list: readonly T[], salt: number): T[] =>
  list
    .map((each, index) => ({ each, order: rank(salt, `${index}`) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ each }) => each);

/** The same value with every object's keys in another order. */
export function shuffledKeys<T>(value: T, salt: number): T {
  if (Array.isArray(value)) return value.map((each) => shuffledKeys(each, salt)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, shuffledKeys(member, salt)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (rank(salt, a) < rank(salt, b) ? -1 : 1))) as T;
}

/** The lists of an object that say the same in any order, in another one. */
export function shuffledLists(value: Json, names: readonly string[], salt: number): Json {
  const list = (name: string): Json =>
    Array.isArray(value[name]) ? { [name]: shuffled(value[name], salt + name.length) } : {};
  return { ...value, ...Object.assign({}, ...names.map(list)) };
}
