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
  private readonly input: SpaceInput;
  private readonly facts = new Map<string, Diagram>();
  private readonly tests = new Map<string, Diagram>();
  private readonly conditions = new WeakMap<Condition, Diagram>();

  constructor(input: SpaceInput, conditions: Iterable<Condition>) {
    this.input = input;
    this.store = new DiagramStore({ nodesMax: input.nodesMax, remembers: true });
    const read = [...conditions].flatMap(testsOf);
    const constraints = this.relevant(read);
    const tests = [...read, ...constraints.flatMap(({ condition }) => testsOf(condition))];
    for (const [key, value] of input.known) this.facts.set(key, this.store.leaf(value));
    const byFact = new Map<string, Test[]>();
    for (const test of tests) {
      const same = byFact.get(test.fact);
      if (same) same.push(test);
      else byFact.set(test.fact, [test]);
    }
    this.axes = [...byFact].flatMap(([key, own]) => (input.known.has(key) ? [] : this.axesOf(key, own)));
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

  private axesOf(key: string, tests: readonly Test[]): Axis[] {
    const { vocabulary, usual, causes } = this.input;
    const fact = vocabulary.factsByKey.get(key);
    invariant(fact, `no fact ${key}`);
    const bounds: BoundTest[] = [];
    const missing = new Set<string>();
    for (const { fact: of, comparison, operand } of tests) {
      const value = operand.kind === 'literal' ? operand.value : this.input.parameters.get(operand.id)?.value;
      if (value !== undefined) bounds.push({ fact: of, comparison, bound: value });
      else if (operand.kind === 'parameter') missing.add(operand.id);
    }
    for (const test of tests) {
      const value = test.operand.kind === 'parameter' ? this.input.parameters.get(test.operand.id)?.value : undefined;
      if (test.operand.kind === 'parameter' && value !== undefined)
        this.facts.set(parameterFact(test.operand.id), this.store.leaf(value));
    }
    const axes = this.missing(fact, bounds, [...missing]);
    for (const axis of axes) {
      for (const { comparison } of tests) {
        for (const { value } of axis.cells) bounds.push({ fact: key, comparison, bound: value });
      }
    }
    return [...axes, this.axis(key, fact.word, fact, cellsOf(fact, bounds, usual.get(key), causes), usual.get(key))];
  }

  /** A number nobody published may lie anywhere: one value of each between any two that are known, and in either order. */
  private missing(fact: Fact, bounds: readonly BoundTest[], ids: readonly string[]): Axis[] {
    if (ids.length === 0) return [];
    const cells = cellsOf(fact, bounds, undefined, []);
    return ids.map((id) => {
      const usual = this.input.usual.get(parameterFact(id));
      const values = cells.flatMap(({ first, last }) => {
        const low = BigInt((first ?? 0) as number | bigint);
        const high = last === undefined ? undefined : BigInt(last as number | bigint);
        const start = roundest(low, high);
        return ids
          .map((_, step) => start + BigInt((step + 1) * 2))
          .filter((value) => high === undefined || value < high);
      });
      const back = (value: bigint): Value => (fact.type === 'amount' ? value : Number(value));
      const all = [...new Set([...(usual === undefined ? [] : [usual]), ...values.map(back)])];
      const parameter = this.input.vocabulary.parametersById.get(id);
      return this.axis(
        parameterFact(id),
        parameter?.word ?? id,
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
