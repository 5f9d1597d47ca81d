import { InvariantError } from '../kernel/result.js';
import { type Condition, compare, type Value } from './condition.js';
import { BranchTable, PairMemo } from './diagram-tables.js';

/**
 * Reduced ordered decision diagrams over what is not known. A fact that stands in a reduced diagram is exactly one for
 * which, under some answers to the others, two answers lead to different values: the definition of a question.
 */
export type Diagram = Leaf | Branch;

export interface Leaf {
  readonly kind: 'leaf';
  readonly id: number;
  readonly value: Value;
}

export interface Branch {
  readonly kind: 'branch';
  readonly id: number;
  readonly variable: number;
  readonly children: readonly Diagram[];
}

export interface Variable {
  readonly name: string;
  /** The finite values that stand for all of them: both truth values, or one of each cell between cut points. */
  readonly values: readonly Value[];
}

/** There is more to decide between than can be enumerated: "unknown", never "decided"; the filing goes to a person. */
export class DiagramTooLargeError extends Error {
  override readonly name = 'DiagramTooLargeError';
}

const NODES_MAX = 2_000_000;

export interface DiagramLimits {
  /** Beyond it a `DiagramTooLargeError`. */
  readonly nodesMax?: number;
  /** What two nodes came to is remembered between calls: for many questions to one store. */
  readonly remembers?: boolean;
}

/** A pair of nodes whose children are being worked out. */
interface Pending {
  readonly left: Diagram;
  readonly right: Diagram;
  readonly variable: number;
  /** The value whose child comes next, and the one after the last. */
  index: number;
  readonly end: number;
  readonly children: Diagram[];
}

export class DiagramStore {
  readonly variables: Variable[] = [];
  private readonly leaves = new Map<string, Leaf>();
  private readonly branches = new BranchTable<Branch>();
  private readonly nodesMax: number;
  private readonly remembered:
    | { readonly all: PairMemo<Diagram>; readonly any: PairMemo<Diagram>; readonly none: PairMemo<Diagram> }
    | undefined;
  private readonly truths: { readonly true: Leaf; readonly false: Leaf };
  private count = 0;

  constructor({ nodesMax = NODES_MAX, remembers = false }: DiagramLimits = {}) {
    this.nodesMax = nodesMax;
    this.remembered = remembers
      ? { all: new PairMemo<Diagram>(), any: new PairMemo<Diagram>(), none: new PairMemo<Diagram>() }
      : undefined;
    this.truths = {
      true: { kind: 'leaf', id: this.nextId(), value: true },
      false: { kind: 'leaf', id: this.nextId(), value: false },
    };
  }

  leaf(value: Value): Leaf {
    if (value === true) return this.truths.true;
    if (value === false) return this.truths.false;
    const key = `${typeof value}:${String(value)}`;
    let leaf = this.leaves.get(key);
    if (!leaf) {
      leaf = { kind: 'leaf', id: this.nextId(), value };
      this.leaves.set(key, leaf);
    }
    return leaf;
  }

  /** A fresh variable; variables are ordered as they are made. */
  variable(name: string, values: readonly Value[]): Diagram {
    this.variables.push({ name, values });
    return this.choose(
      this.variables.length - 1,
      values.map((value) => this.leaf(value)),
    );
  }

  /** For each value of a variable what comes then; the children must not ask about it or a variable before it. */
  choose(variable: number, children: readonly Diagram[]): Diagram {
    const [first] = children;
    if (first && areAll(children, first)) return first;
    let branch = this.branches.find(variable, children);
    if (!branch) {
      branch = { kind: 'branch', id: this.nextId(), variable, children };
      this.branches.add(branch);
    }
    return branch;
  }

  private nextId(): number {
    if (++this.count > this.nodesMax) throw new DiagramTooLargeError(`more than ${this.nodesMax} nodes`);
    return this.count;
  }

  /** The diagram of `combine(a, b)`. */
  combine(a: Diagram, b: Diagram, combine: (a: Value, b: Value) => Value): Diagram {
    return this.apply(a, b, (left, right) =>
      left.kind === 'leaf' && right.kind === 'leaf' ? this.leaf(combine(left.value, right.value)) : undefined,
    );
  }

  /**
   * Both or either of two truth values: `absorbing` true is "or", false is "and". Stops as soon as one side settles it or
   * leaves it to the other; without that each step walks the whole of the other side.
   */
  private join(a: Diagram, b: Diagram, absorbing: boolean): Diagram {
    const settle = (left: Diagram, right: Diagram): Diagram | undefined => {
      if (left.kind === 'leaf') return left.value === absorbing ? left : right;
      if (right.kind === 'leaf') return right.value === absorbing ? right : left;
      return left === right ? left : undefined;
    };
    // Both ways round it comes to the same, and is remembered once.
    const [one, other] = a.id < b.id ? [a, b] : [b, a];
    return this.apply(one, other, settle, undefined, this.remembered?.[absorbing ? 'any' : 'all']);
  }

  /** True where both are. */
  and(a: Diagram, b: Diagram): Diagram {
    return this.join(a, b, false);
  }

  /** True where either is. */
  or(a: Diagram, b: Diagram): Diagram {
    return this.join(a, b, true);
  }

  /** True where it is false. */
  not(a: Diagram): Diagram {
    const settle = (left: Diagram): Diagram | undefined =>
      left.kind === 'leaf' ? this.leaf(left.value !== true) : undefined;
    return this.apply(a, this.truths.true, settle, undefined, this.remembered?.none);
  }

  /** The diagram once `fixed` variables have taken the value at the given index. */
  restrict(diagram: Diagram, fixed: ReadonlyMap<number, number>): Diagram {
    return this.apply(diagram, this.leaf(true), (left) => (left.kind === 'leaf' ? left : undefined), fixed);
  }

  /**
   * Walks two diagrams together, each pair of nodes once; `settle` says where there is nothing left to branch on.
   * With a stack of its own: 2,000 parties make diagrams 4,000 variables deep, too deep for calls.
   */
  private apply(
    a: Diagram,
    b: Diagram,
    settle: (left: Diagram, right: Diagram) => Diagram | undefined,
    fixed?: ReadonlyMap<number, number>,
    memo = new PairMemo<Diagram>(),
  ): Diagram {
    const known = (left: Diagram, right: Diagram): Diagram | undefined =>
      settle(left, right) ?? memo.get(left.id, right.id);
    const settled = known(a, b);
    if (settled) return settled;
    const stack = [this.pending(a, b, fixed)];
    for (let top = stack[0]; top; top = stack[stack.length - 1]) {
      const { left, right, variable, index, children } = top;
      if (index < top.end) {
        const [nextLeft, nextRight] = [childOf(left, variable, index), childOf(right, variable, index)];
        const next = known(nextLeft, nextRight);
        if (next) {
          children.push(next);
          top.index++;
        } else stack.push(this.pending(nextLeft, nextRight, fixed));
        continue;
      }
      const result = fixed?.has(variable) ? (children[0] as Diagram) : this.choose(variable, children);
      memo.set(left.id, right.id, result);
      stack.pop();
      const parent = stack[stack.length - 1];
      if (!parent) return result;
      parent.children.push(result);
      parent.index++;
    }
    throw new InvariantError('the first pair ends the walk');
  }

  private pending(left: Diagram, right: Diagram, fixed?: ReadonlyMap<number, number>): Pending {
    const variable = Math.min(variableOf(left), variableOf(right));
    const only = fixed?.get(variable);
    const [index, end] = only === undefined ? [0, this.variables[variable]?.values.length ?? 0] : [only, only + 1];
    return { left, right, variable, index, end, children: [] };
  }

  /**
   * True where any of the diagrams is. Folded from the last, so that each step meets only variables after its own:
   * folded from the first, 2,000 parties made two million nodes.
   */
  anyOf(diagrams: readonly Diagram[]): Diagram {
    return diagrams.reduceRight<Diagram>((rest, each) => this.join(each, rest, true), this.leaf(false));
  }

  map(diagram: Diagram, change: (value: Value) => Value): Diagram {
    return this.combine(diagram, this.leaf(true), change);
  }

  /** The diagram of a condition, given the diagram of every fact that it reads. */
  condition(condition: Condition, factOf: (key: string) => Diagram): Diagram {
    switch (condition.kind) {
      case 'test': {
        const { comparison, operand } = condition;
        const fact = factOf(condition.fact);
        if (operand.kind === 'literal') return this.map(fact, (value) => compare(value, comparison, operand.value));
        return this.combine(fact, factOf(parameterFact(operand.id)), (value, bound) =>
          compare(value, comparison, bound),
        );
      }
      case 'not':
        return this.not(this.condition(condition.member, factOf));
      default: {
        const neutral = condition.kind === 'all';
        let result: Diagram = this.leaf(neutral);
        for (const member of condition.members) {
          if (result.kind === 'leaf' && result.value !== neutral) break;
          const next = this.condition(member, factOf);
          result = this.join(result, next, !neutral);
        }
        return result;
      }
    }
  }
}

function areAll(children: readonly Diagram[], one: Diagram): boolean {
  for (const child of children) if (child !== one) return false;
  return true;
}

const variableOf = (diagram: Diagram): number =>
  diagram.kind === 'leaf' ? Number.POSITIVE_INFINITY : diagram.variable;

const childOf = (diagram: Diagram, variable: number, index: number): Diagram =>
  diagram.kind === 'branch' && diagram.variable === variable ? (diagram.children[index] as Diagram) : diagram;

/** Parameters take part in evaluation as facts of this name. */
export const parameterFact = (id: string): string => `parameter:${id}`;

/** The variables on which a diagram's value depends, in order. */
export function supportOf(diagram: Diagram): number[] {
  const support = new Set<number>();
  const seen = new Set<number>();
  const stack = [diagram];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'leaf' || seen.has(node.id)) continue;
    seen.add(node.id);
    support.add(node.variable);
    stack.push(...node.children);
  }
  return [...support].sort((a, b) => a - b);
}

/** The values that a diagram can take while `fixed` variables keep the given value index. */
export function valuesOf(diagram: Diagram, fixed?: ReadonlyMap<number, number>): Set<Value> {
  const values = new Set<Value>();
  const seen = new Set<number>();
  const stack = [diagram];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === 'leaf') {
      values.add(node.value);
      continue;
    }
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    const index = fixed?.get(node.variable);
    if (index === undefined) stack.push(...node.children);
    else stack.push(node.children[index] as Diagram);
  }
  return values;
}

/** A diagram's value where every variable takes the value at the given index (0 where none is given). */
export function valueAt(diagram: Diagram, at: ReadonlyMap<number, number>): Value {
  let node = diagram;
  while (node.kind === 'branch') node = node.children[at.get(node.variable) ?? 0] as Diagram;
  return node.value;
}
