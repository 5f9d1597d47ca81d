import type { Value } from '../condition.js';
import { type Diagram, valuesOf } from '../diagram.js';
import { showFen, showValue } from '../explain.js';
import type { Vocabulary } from '../vocabulary.js';
import { type CausePath, type Cell, EARLIEST } from './cells.js';
import { showFact } from './show-case.js';
import type { Axis, CaseSpace } from './space.js';

/** Cases that are alike: for each fact that matters, the cells that it lies in, of those that are possible at all. */
export type Box = ReadonlyMap<Axis, readonly number[]>;

export interface Region {
  /** They do not overlap, and together they are the region. */
  readonly boxes: readonly Box[];
  /** There are more boxes than were asked for. */
  readonly isCut: boolean;
}

/**
 * The cases in which a diagram is true, as boxes. Where no case is possible the diagram may be read as it is simplest:
 * what cannot be is not talked about.
 */
export function regionOf(space: CaseSpace, diagram: Diagram, boxesMax: number): Region {
  const simple = simplified(space, diagram, space.possible) ?? diagram;
  const cells = new Map<string, boolean>();
  const isPossible = ({ variable }: Axis, index: number): boolean => {
    const key = `${variable} ${index}`;
    const known = cells.get(key) ?? valuesOf(space.possible, new Map([[variable, index]])).has(true);
    cells.set(key, known);
    return known;
  };
  const boxes: Box[] = [];
  let isCut = false;
  const walk = (node: Diagram, box: ReadonlyMap<Axis, readonly number[]>): void => {
    if (isCut) return;
    if (node.kind === 'leaf') {
      if (node.value !== true) return;
      if (boxes.length === boxesMax) isCut = true;
      else boxes.push(box);
      return;
    }
    const axis = space.axisOf(node.variable);
    const targets = new Map<Diagram, number[]>();
    for (const [index, child] of node.children.entries()) {
      if (!isPossible(axis, index)) continue;
      const indexes = targets.get(child);
      if (indexes) indexes.push(index);
      else targets.set(child, [index]);
    }
    const isAny = targets.size === 1;
    for (const [child, indexes] of targets) walk(child, isAny ? box : new Map(box).set(axis, indexes));
  };
  walk(simple, new Map());
  return { boxes, isCut };
}

/** The simplest diagram found that agrees with `diagram` wherever `care` is true; undefined where it never is. */
function simplified(space: CaseSpace, diagram: Diagram, care: Diagram): Diagram | undefined {
  const memo = new Map<Diagram, Map<Diagram, Diagram | undefined>>();
  const visit = (node: Diagram, within: Diagram): Diagram | undefined => {
    if (within.kind === 'leaf') return within.value === true ? node : undefined;
    if (node.kind === 'leaf') return node;
    const kept = memo.get(node) ?? new Map<Diagram, Diagram | undefined>();
    memo.set(node, kept);
    if (kept.has(within)) return kept.get(within);
    let result: Diagram | undefined;
    if (within.variable < node.variable) {
      // The diagram does not ask this: it may be anything that is possible at all.
      result = visit(node, space.store.anyOf(within.children));
    } else {
      const parts = node.children.map((child, index) =>
        visit(child, within.variable === node.variable ? (within.children[index] as Diagram) : within),
      );
      const first = parts.find((part) => part !== undefined);
      result =
        first &&
        space.store.choose(
          node.variable,
          parts.map((part) => part ?? first),
        );
    }
    kept.set(within, result);
    return result;
  };
  return visit(diagram, care);
}

/** A box as a person writes it: 35,120 < 标的额 ≤ 40,000 元；法院层级 基层；是：金钱给付. Numbers and days first. */
export function showBox(vocabulary: Vocabulary, causes: readonly CausePath[], box: Box): string {
  const parts = [...box].filter(([axis, indexes]) => indexes.length < axis.cells.length);
  const rank = ([{ fact }]: readonly [Axis, unknown]): number =>
    fact === undefined ? 2 : ['amount', 'integer', 'date'].includes(fact.type) ? 0 : 1;
  const sorted = parts.sort((a, b) => rank(a) - rank(b));
  const yesNo = (value: boolean): string[] =>
    sorted.flatMap(([{ fact, word, cells }, [index]]) =>
      fact?.type === 'boolean' && cells[index ?? 0]?.value === value ? [word] : [],
    );
  const [yes, no] = [yesNo(true), yesNo(false)];
  const others = sorted.filter(([{ fact }]) => fact?.type !== 'boolean');
  const shown = [
    ...others.map(([axis, indexes]) => showAxis(vocabulary, causes, axis, indexes)),
    ...(yes.length > 0 ? [`是：${yes.join('、')}`] : []),
    ...(no.length > 0 ? [`否：${no.join('、')}`] : []),
  ];
  return shown.length === 0 ? '全部案件' : shown.join('；');
}

const WORDS_MAX = 6;

function showAxis(
  vocabulary: Vocabulary,
  causes: readonly CausePath[],
  axis: Axis,
  indexes: readonly number[],
): string {
  const { fact, key, word, cells } = axis;
  const chosen = indexes.map((index) => cells[index] as Cell);
  switch (fact?.type) {
    case 'enum': {
      const words = chosen.flatMap((cell) => cell.words ?? []);
      const all = cells.flatMap((cell) => cell.words ?? []);
      const others = all.filter((each) => !words.includes(each));
      const show = (each: string): string => showValue(vocabulary, key, each);
      return others.length < words.length
        ? `${word}不是${others.map(show).join('、')}`
        : `${word} ${words.map(show).join('或者')}`;
    }
    case 'cause': {
      const chosenNames = new Set(chosen.flatMap((cell) => cell.words ?? []));
      const rest = causes.flatMap((path) => path.at(-1) ?? []).filter((name) => !chosenNames.has(name));
      const [inside, outside] = [covering(chosenNames, causes), covering(new Set(rest), causes)];
      const isInverse = outside.length < inside.length;
      const names = isInverse ? outside : inside;
      const more = names.length > WORDS_MAX ? `等 ${names.length} 类` : '';
      return `${word}${isInverse ? '不属于' : '属于'}${names.slice(0, WORDS_MAX).join('、')}${more}`;
    }
    case undefined:
      return showFact(vocabulary, key, chosen[0]?.value as Value);
    default:
      return ranges(indexes)
        .map(([first, last]) => showRange(axis, cells[first] as Cell, cells[last] as Cell))
        .join('或者');
  }
}

/** Runs of neighbouring cells. */
function ranges(indexes: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const index of indexes) {
    const run = runs.at(-1);
    if (run && run[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

function showRange({ word, fact }: Axis, from: Cell, to: Cell): string {
  const unit = fact?.unit === undefined ? '' : ` ${fact.unit}`;
  const isFirst =
    from.first === undefined ||
    from.first === 0 ||
    from.first === 0n ||
    (fact?.type === 'date' && from.first === EARLIEST);
  if (fact?.type === 'date') {
    if (isFirst) return `${word}在 ${String(to.last)} 以前（含当日）`;
    return to.last === undefined
      ? `${word}自 ${String(from.first)} 起`
      : `${word}自 ${String(from.first)} 到 ${String(to.last)}`;
  }
  const low = isFirst ? undefined : lowerBound(from.first as number | bigint);
  const high = to.last === undefined ? undefined : upperBound(to.last as number | bigint);
  if (from.first === to.last && from.first !== undefined)
    return `${word} = ${show(from.first as number | bigint)}${unit}`;
  return `${low === undefined ? '' : `${low} `}${word}${high === undefined ? '' : ` ${high}`}${unit}`;
}

const CENT = 100n;
const show = (value: number | bigint): string => (typeof value === 'bigint' ? showFen(value) : String(value));

/** One fen above a whole yuan began with "above" that yuan; a bound in fen is told as it is. */
const lowerBound = (first: number | bigint): string =>
  typeof first === 'bigint' && first % CENT === 1n ? `${show(first - 1n)} <` : `${show(first)} ≤`;

const upperBound = (last: number | bigint): string =>
  typeof last === 'bigint' && last % CENT === CENT - 1n ? `< ${show(last + 1n)}` : `≤ ${show(last)}`;

/** The fewest names that stand for exactly these causes: one whose lower ones are all among them stands for them. */
function covering(names: ReadonlySet<string>, causes: readonly CausePath[]): string[] {
  const whole = new Map<string, boolean>();
  for (const path of causes) {
    const isIn = names.has(path.at(-1) ?? '');
    for (const name of path) whole.set(name, (whole.get(name) ?? true) && isIn);
  }
  const found = new Set<string>();
  for (const path of causes) {
    if (!names.has(path.at(-1) ?? '')) continue;
    found.add(path.find((name) => whole.get(name) === true) ?? (path.at(-1) as string));
  }
  return [...found];
}
