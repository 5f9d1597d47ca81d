import { type Condition, compare, type Test, testsOf, type Value } from './condition.js';
import { parameterFact } from './diagram.js';
import type { EngineOfRecord, EngineRule } from './engine.js';

type Closure = (facts: ReadonlyMap<string, Value>) => boolean;

function closureOf(condition: Condition): Closure {
  switch (condition.kind) {
    case 'test': {
      const { fact, comparison, operand } = condition;
      if (operand.kind === 'literal') {
        const { value } = operand;
        return (facts) => compare(known(facts, fact), comparison, value);
      }
      const bound = parameterFact(operand.id);
      return (facts) => compare(known(facts, fact), comparison, known(facts, bound));
    }
    case 'not': {
      const member = closureOf(condition.member);
      return (facts) => !member(facts);
    }
    case 'all': {
      const members = condition.members.map(closureOf);
      return (facts) => members.every((member) => member(facts));
    }
    case 'any': {
      const members = condition.members.map(closureOf);
      return (facts) => members.some((member) => member(facts));
    }
  }
}

/** Thrown by the closures when a rule reads a fact that nobody resolved; the caller hands the case to a person. */
export class FactMissingError extends Error {
  override readonly name = 'FactMissingError';
}

function known(facts: ReadonlyMap<string, Value>, key: string): Value {
  const value = facts.get(key);
  if (value === undefined) throw new FactMissingError(key);
  return value;
}

/** A condition with its outcome, member by member, down to the values compared. */
export type Trace =
  | { readonly kind: 'all' | 'any' | 'not'; readonly result: boolean; readonly members: readonly Trace[] }
  | { readonly kind: 'test'; readonly result: boolean; readonly test: Test; readonly actual: Value };

/** Evaluates every member, without short circuit, so that the explanation is complete. */
export function trace(condition: Condition, facts: ReadonlyMap<string, Value>): Trace {
  switch (condition.kind) {
    case 'test': {
      const actual = known(facts, condition.fact);
      const { operand } = condition;
      const bound = operand.kind === 'literal' ? operand.value : known(facts, parameterFact(operand.id));
      return { kind: 'test', test: condition, actual, result: compare(actual, condition.comparison, bound) };
    }
    case 'not': {
      const member = trace(condition.member, facts);
      return { kind: 'not', result: !member.result, members: [member] };
    }
    default: {
      const members = condition.members.map((member) => trace(member, facts));
      const result = condition.kind === 'all' ? members.every((m) => m.result) : members.some((m) => m.result);
      return { kind: condition.kind, result, members };
    }
  }
}

const closures = new WeakMap<Condition, Closure>();

/** Whether a condition holds, by its closure. @throws FactMissingError */
export function holds(condition: Condition, facts: ReadonlyMap<string, Value>): boolean {
  let closure = closures.get(condition);
  if (!closure) {
    closure = closureOf(condition);
    closures.set(condition, closure);
  }
  return closure(facts);
}

/** Which rules hold, by the closures. @throws FactMissingError */
export const heldByClosures = (rules: readonly EngineRule[], facts: ReadonlyMap<string, Value>): Set<string> =>
  new Set(rules.filter(({ condition }) => holds(condition, facts)).map(({ id }) => id));

/** What both evaluators say; `agreed` is false where they differ or one could not answer. */
export interface Verdict {
  readonly held: ReadonlySet<string>;
  readonly agreed: boolean;
}

const MEMO_MAX = 20_000;

/**
 * Puts rules to the engine of record and to the closures. The same rules and facts give the same verdict, so verdicts
 * are kept: most judges of a court share one vector of pool facts, most filings one of deadline facts.
 */
export class Evaluator {
  private readonly engine: EngineOfRecord;
  private readonly memo = new Map<
    readonly EngineRule[],
    { facts: readonly string[]; verdicts: Map<string, Verdict> }
  >();

  constructor(engine: EngineOfRecord) {
    this.engine = engine;
  }

  async evaluate(rules: readonly EngineRule[], facts: ReadonlyMap<string, Value>): Promise<Verdict> {
    if (rules.length === 0) return { held: new Set(), agreed: true };
    let entry = this.memo.get(rules);
    if (!entry) {
      entry = { facts: [...readBy(rules)].sort(), verdicts: new Map() };
      this.memo.set(rules, entry);
    }
    const read = new Map<string, Value>();
    let key = '';
    for (const name of entry.facts) {
      const value = facts.get(name);
      if (value === undefined) return { held: new Set(), agreed: false };
      read.set(name, value);
      key += `${typeof value}:${String(value)}\u0000`;
    }
    const before = entry.verdicts.get(key);
    if (before) return before;
    const verdict = await bothSay(this.engine, rules, read);
    if (entry.verdicts.size >= MEMO_MAX) entry.verdicts.clear();
    entry.verdicts.set(key, verdict);
    return verdict;
  }
}

/** What both evaluators say of rules, every fact being known. An engine that throws cannot vouch for anything, as one that answers nothing. */
export async function bothSay(
  engine: EngineOfRecord,
  rules: readonly EngineRule[],
  facts: ReadonlyMap<string, Value>,
): Promise<Verdict> {
  const held = heldByClosures(rules, facts);
  try {
    const recorded = await engine(rules, facts);
    return { held, agreed: recorded !== undefined && sameSet(recorded, held) };
  } catch {
    return { held, agreed: false };
  }
}

const reads = new WeakMap<readonly EngineRule[], ReadonlySet<string>>();

/** The facts and parameters that these rules read. */
export function readBy(rules: readonly EngineRule[]): ReadonlySet<string> {
  const known = reads.get(rules);
  if (known) return known;
  const read = new Set<string>();
  reads.set(rules, read);
  for (const { condition } of rules) for (const key of readIn(condition)) read.add(key);
  return read;
}

/** The facts and parameters that a condition reads. */
export const readIn = (condition: Condition): string[] =>
  testsOf(condition).flatMap(({ fact, operand }) =>
    operand.kind === 'parameter' ? [fact, parameterFact(operand.id)] : [fact],
  );

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const each of a) if (!b.has(each)) return false;
  return true;
}
