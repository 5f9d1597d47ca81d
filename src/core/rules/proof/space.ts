import { invariant } from '../../kernel/result.js';
import { type Condition, type Test, testsOf, type Value } from '../condition.js';
import { type Diagram, DiagramStore, parameterFact } from '../diagram.js';
import type { ResolvedParameter } from '../parameters.js';
import type { Fact, Vocabulary } from '../vocabulary.js';
import { type BoundTest, type CausePath, type Cell, cellsOf, roundest } from './cells.js';
import type { Constraint } from './constraint.js';

/** What every space of cases is built from. */
export interface SpaceInput {
  readonly vocabulary: Vocabulary;
  readonly parameters: ReadonlyMap<string, ResolvedParameter>;
  readonly constraints: readonly Constraint[];
  /** The causes that a filing of this kind can name. */
  readonly causes: readonly CausePath[];
  /** Facts that are the same in every case looked at: 案件类别 and 审级. */
  readonly known: ReadonlyMap<string, Value>;
  /** The base case of the files in question: what a counter-example departs from as little as it can. */
  readonly usual: ReadonlyMap<string, Value>;
  readonly nodesMax: number;
}

/** A fact, or a parameter nobody published, that differs from case to case. */
export interface Axis {
  /** A fact's key, or `parameter:` and the parameter's id. */
  readonly key: string;
  readonly word: string;
  readonly fact: Fact | undefined;
  readonly variable: number;
  readonly cells: readonly Cell[];
  /** Which cell is the usual one. */
  readonly usual: number;
}

/**
 * All cases that rules can tell apart, as decision diagrams over the cells of every fact that the given conditions read.
 * Exact: what holds for a cell's one value holds for all of its values. `possible` are the cases that no constraint excludes.
 *
 * @throws DiagramTooLargeError beyond `nodesMax`
 */
export class CaseSpace {
  readonly store: DiagramStore;
  readonly axes: readonly Axis[];
  readonly possible: Diagram;
  private readonly byVariable: ReadonlyMap<number, Axis>;
  private readonly input: SpaceInput;
  private readonly facts = new Map<string, Diagram>();
  private readonly tests = new Map<string, Diagram>();
  private readonly conditions = new WeakMap<Condition, Diagram>();
  /** Parameters that nobody published, by the type of the facts that are compared with them. */
  private readonly missing = new Map<Fact['type'], readonly Axis[]>();

  constructor(input: SpaceInput, conditions: Iterable<Condition>) {
    this.input = input;
    this.store = new DiagramStore({ nodesMax: input.nodesMax, remembers: true });
    const read = [...conditions].flatMap(testsOf);
    const constraints = this.relevant(read);
    const tests = [...read, ...constraints.flatMap(({ condition }) => testsOf(condition))];
    for (const [key, value] of input.known) this.facts.set(key, this.store.leaf(value));
    for (const [id, { value }] of input.parameters) {
      if (value !== undefined) this.facts.set(parameterFact(id), this.store.leaf(value));
    }
    const byFact = new Map<string, Test[]>();
    for (const test of tests) {
      const same = byFact.get(test.fact);
      if (same) same.push(test);
      else byFact.set(test.fact, [test]);
    }
    this.axes = [...byFact.keys()].flatMap((key) => (input.known.has(key) ? [] : this.axesOf(key, byFact)));
    this.byVariable = new Map(this.axes.map((axis) => [axis.variable, axis]));
    let possible: Diagram = this.store.leaf(true);
    for (const { condition } of constraints) possible = this.store.and(possible, this.of(condition));
    this.possible = possible;
  }

  get known(): ReadonlyMap<string, Value> {
    return this.input.known;
  }

  get usual(): ReadonlyMap<string, Value> {
    return this.input.usual;
  }

  axisOf(variable: number): Axis {
    const axis = this.byVariable.get(variable);
    invariant(axis, `no axis ${variable}`);
    return axis;
  }

  /** The cases in which a condition holds. */
  of(condition: Condition): Diagram {
    const known = this.conditions.get(condition);
    if (known) return known;
    const { store } = this;
    let diagram: Diagram;
    switch (condition.kind) {
      case 'test':
        diagram = this.ofTest(condition);
        break;
      case 'not':
        diagram = store.not(this.of(condition.member));
        break;
      default: {
        const isAll = condition.kind === 'all';
        diagram = store.leaf(isAll);
        for (const member of condition.members) {
          if (diagram.kind === 'leaf' && diagram.value !== isAll) break;
          diagram = isAll ? store.and(diagram, this.of(member)) : store.or(diagram, this.of(member));
        }
      }
    }
    this.conditions.set(condition, diagram);
    return diagram;
  }

  private ofTest(test: Test): Diagram {
    const { fact, comparison, operand } = test;
    const bound = operand.kind === 'literal' ? String(operand.value) : parameterFact(operand.id);
    const key = `${fact} ${comparison} ${operand.kind} ${bound}`;
    let diagram = this.tests.get(key);
    if (!diagram) {
      diagram = this.store.condition(test, (each) => {
        const known = this.facts.get(each);
        invariant(known, `no fact ${each}`);
        return known;
      });
      this.tests.set(key, diagram);
    }
    return diagram;
  }

  /** Constraints that can exclude a case which these tests tell apart; step by step, since one may lead to another. */
  private relevant(tests: readonly Test[]): Constraint[] {
    const read = new Set(tests.map(({ fact }) => fact));
    const { known, constraints } = this.input;
    const found = new Set<Constraint>();
    for (let before = -1; before < found.size; ) {
      before = found.size;
      for (const each of constraints) {
        if (found.has(each) || ![...each.facts].some((fact) => read.has(fact) && !known.has(fact))) continue;
        found.add(each);
        for (const fact of each.facts) read.add(fact);
      }
    }
    return constraints.filter((each) => found.has(each) || [...each.facts].every((fact) => known.has(fact)));
  }

  private axesOf(key: string, byFact: ReadonlyMap<string, readonly Test[]>): Axis[] {
    const { vocabulary, usual, causes } = this.input;
    const fact = vocabulary.factsByKey.get(key);
    invariant(fact, `no fact ${key}`);
    const tests = byFact.get(key) ?? [];
    const bounds = this.boundsOf(tests);
    const axes: Axis[] = [];
    if (tests.some(({ operand }) => this.isMissing(operand))) {
      let missing = this.missing.get(fact.type);
      if (!missing) {
        missing = this.missingOf(fact, byFact);
        this.missing.set(fact.type, missing);
        axes.push(...missing);
      }
      const assumed = missing.flatMap(({ cells }) => cells.map(({ value }) => value));
      for (const { comparison } of tests) for (const bound of assumed) bounds.push({ fact: key, comparison, bound });
    }
    return [...axes, this.axis(key, fact.word, fact, cellsOf(fact, bounds, usual.get(key), causes), usual.get(key))];
  }

  /** A parameter that nobody published. */
  private isMissing(operand: Test['operand']): boolean {
    return operand.kind === 'parameter' && this.input.parameters.get(operand.id)?.value === undefined;
  }

  private boundsOf(tests: readonly Test[]): BoundTest[] {
    return tests.flatMap(({ fact, comparison, operand }) => {
      const bound = operand.kind === 'literal' ? operand.value : this.input.parameters.get(operand.id)?.value;
      return bound === undefined ? [] : [{ fact, comparison, bound }];
    });
  }

  /**
   * The numbers of a fact's type that nobody published: each may lie anywhere, so each has as many values between any two known
   * bounds as it takes to stand before, at and after the facts and every other such number.
   */
  private missingOf(fact: Fact, byFact: ReadonlyMap<string, readonly Test[]>): Axis[] {
    const compared = [...byFact].filter(
      ([key, tests]) =>
        this.input.vocabulary.factsByKey.get(key)?.type === fact.type &&
        tests.some(({ operand }) => this.isMissing(operand)),
    );
    const tests = compared.flatMap(([, each]) => each);
    const ids = [
      ...new Set(
        tests.flatMap(({ operand }) => (operand.kind === 'parameter' && this.isMissing(operand) ? [operand.id] : [])),
      ),
    ];
    const back = (value: bigint): Value => (fact.type === 'amount' ? value : Number(value));
    const values = cellsOf(fact, this.boundsOf(tests), undefined, []).flatMap(({ first, last }) => {
      const low = BigInt((first ?? 0) as number | bigint);
      const high = last === undefined ? undefined : BigInt(last as number | bigint);
      return assumptions(low, high, ids.length).map(back);
    });
    return ids.map((id) => {
      const usual = this.input.usual.get(parameterFact(id));
      const all = [...new Set([...(usual === undefined ? [] : [usual]), ...values])];
      const word = this.input.vocabulary.parametersById.get(id)?.word ?? id;
      return this.axis(
        parameterFact(id),
        word,
        undefined,
        all.map((value) => ({ value })),
        usual,
      );
    });
  }

  private axis(
    key: string,
    word: string,
    fact: Fact | undefined,
    cells: readonly Cell[],
    usual: Value | undefined,
  ): Axis {
    invariant(cells.length > 0, `no value for ${key}`);
    const found = cells.findIndex(({ value }) => String(value) === String(usual));
    const diagram = this.store.variable(
      key,
      cells.map(({ value }) => value),
    );
    this.facts.set(key, diagram);
    return { key, word, fact, variable: this.store.variables.length - 1, cells, usual: Math.max(0, found) };
  }
}

/** Values from `low` to `high` that `count` numbers can take in any order, with room for a fact before, between and after them. */
function assumptions(low: bigint, high: bigint | undefined, count: number): bigint[] {
  const room = BigInt(2 * count);
  if (high !== undefined && high - low <= room) {
    return Array.from({ length: Number(high - low) + 1 }, (_, step) => low + BigInt(step));
  }
  const round = roundest(low, high);
  const start = high === undefined || round + room <= high ? round : low;
  return Array.from({ length: count }, (_, step) => start + BigInt(2 * step + 1));
}
