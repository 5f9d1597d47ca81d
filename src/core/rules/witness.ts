import { addDays, type PlainDate } from '../kernel/plain-date.js';
import type { CauseNames } from './causes.js';
import { type Condition, compare, type Test, testsOf, type Value } from './condition.js';
import { parameterFact } from './diagram.js';
import type { Vocabulary } from './vocabulary.js';

/** Facts and parameters by key, as an example gives them. */
export type Case = ReadonlyMap<string, Value>;

/** What the search knows of the words: which values a fact can take. */
export interface Words {
  readonly vocabulary: Vocabulary;
  readonly causes: CauseNames;
}

/** The values that a fact can still take, the preferred one first. */
type Domains = Map<string, readonly Value[]>;

interface Goal {
  readonly condition: Condition;
  readonly wanted: boolean;
}

const STEPS_MAX = 20_000;

/**
 * A case on which a condition holds, as near to `start` as the search finds: a fact keeps its value where it can.
 * Values are tried at every bound and on both sides of it, so that for tests of one fact against constants nothing is
 * missed; undefined where there is no such case, where a parameter has no value in `start`, or after 20 000 steps.
 */
export function witness(condition: Condition, start: Case, words: Words): Map<string, Value> | undefined {
  const tests = testsOf(condition);
  const domains: Domains = new Map();
  for (const test of tests) {
    if (test.operand.kind === 'parameter' && !start.has(parameterFact(test.operand.id))) return undefined;
    if (!domains.has(test.fact)) {
      const same = tests.filter((each) => each.fact === test.fact);
      domains.set(test.fact, valuesOf(test.fact, same, start, words));
    }
  }
  const found = new Search(start).solve([{ condition, wanted: true }], domains);
  if (!found) return undefined;
  const facts = new Map(start);
  for (const [fact, [value]] of found) if (value !== undefined) facts.set(fact, value);
  return facts;
}

const boundOf = ({ operand }: Test, start: Case): Value | undefined =>
  operand.kind === 'literal' ? operand.value : start.get(parameterFact(operand.id));

/** The values that stand for all others: of a number both sides of every bound, of a cause every name that is tested. */
function valuesOf(key: string, tests: readonly Test[], start: Case, { vocabulary, causes }: Words): readonly Value[] {
  const fact = vocabulary.factsByKey.get(key);
  const values: Value[] = [];
  const seen = new Set<string>();
  const add = (value: Value | undefined): void => {
    if (value === undefined || seen.has(String(value))) return;
    seen.add(String(value));
    values.push(value);
  };
  add(start.get(key));
  if (fact?.type === 'boolean') for (const value of [true, false]) add(value);
  for (const { key: term } of fact?.enumeration?.terms ?? []) add(term);
  for (const test of tests) {
    const bound = boundOf(test, start);
    if (typeof bound === 'bigint') for (const each of [bound, bound + 1n, bound - 1n]) if (each >= 0n) add(each);
    if (typeof bound === 'number') for (const each of [bound, bound + 1, bound - 1]) add(each);
    if (fact?.type === 'date') for (const by of [0, 1, -1]) add(addDays(bound as PlainDate, by));
    if (fact?.type === 'cause' && Array.isArray(bound)) for (const name of bound) add(causes.pathOf(name));
  }
  if (fact?.type === 'cause') add([NO_CAUSE]);
  return values;
}

/** Stands for the causes that no rule names. */
export const NO_CAUSE = '其他案由';

class Search {
  private readonly start: Case;
  private steps = 0;

  constructor(start: Case) {
    this.start = start;
  }

  solve(goals: readonly Goal[], before: Domains): Domains | undefined {
    if (++this.steps > STEPS_MAX) return undefined;
    const domains: Domains = new Map(before);
    const open = [...goals];
    const choices: (readonly Goal[])[] = [];
    for (let goal = open.pop(); goal; goal = open.pop()) {
      const { condition, wanted } = goal;
      if (condition.kind === 'test') {
        const left = (domains.get(condition.fact) ?? []).filter((value) => this.is(condition, value) === wanted);
        if (left.length === 0) return undefined;
        domains.set(condition.fact, left);
      } else if (condition.kind === 'not') open.push({ condition: condition.member, wanted: !wanted });
      else {
        const members = condition.members.map((member) => ({ condition: member, wanted }));
        if ((condition.kind === 'all') === wanted) open.push(...members.reverse());
        else choices.push(members);
      }
    }
    let fewest: readonly Goal[] | undefined;
    const left: (readonly Goal[])[] = [];
    for (const members of choices) {
      const possible = members.filter((member) => this.may(member, domains));
      if (possible.length === 0) return undefined;
      if (possible.some(({ condition, wanted }) => !this.may({ condition, wanted: !wanted }, domains))) continue;
      if (fewest === undefined) fewest = possible;
      else if (possible.length < fewest.length) {
        left.push(fewest);
        fewest = possible;
      } else left.push(possible);
    }
    if (fewest === undefined) return domains;
    const rest: Goal[] = left.map((members) => ({
      condition: {
        kind: 'any',
        members: members.map(({ condition, wanted }) => (wanted ? condition : not(condition))),
      },
      wanted: true,
    }));
    const nearest = [...fewest].sort((a, b) => Number(this.isSo(b, domains)) - Number(this.isSo(a, domains)));
    for (const goal of nearest) {
      const found = this.solve([...rest, goal], domains);
      if (found) return found;
    }
    return undefined;
  }

  private is(test: Test, value: Value): boolean {
    const bound = boundOf(test, this.start);
    return bound !== undefined && compare(value, test.comparison, bound);
  }

  /** Whether a goal can still be reached, each fact taken by itself. */
  private may({ condition, wanted }: Goal, domains: Domains): boolean {
    if (condition.kind === 'test') {
      return (domains.get(condition.fact) ?? []).some((value) => this.is(condition, value) === wanted);
    }
    if (condition.kind === 'not') return this.may({ condition: condition.member, wanted: !wanted }, domains);
    const may = (member: Condition): boolean => this.may({ condition: member, wanted }, domains);
    return (condition.kind === 'all') === wanted ? condition.members.every(may) : condition.members.some(may);
  }

  /** Whether a goal is reached where every fact keeps its preferred value. */
  private isSo({ condition, wanted }: Goal, domains: Domains): boolean {
    const first: Domains = new Map([...domains].map(([fact, [value]]) => [fact, value === undefined ? [] : [value]]));
    return this.may({ condition, wanted }, first);
  }
}

const not = (member: Condition): Condition => ({ kind: 'not', member });
