import type { Card } from '../../../src/core/rules/card.js';
import { testsOf, type Value } from '../../../src/core/rules/condition.js';
import { parameterFact } from '../../../src/core/rules/diagram.js';
import { conditionsOf } from '../../../src/core/rules/proof/layer-proof.js';
import { naive, PATHS } from './arbitrary.js';
import { LIMIT } from './random-cards.js';

/** Every case that differs for any rule: all combinations of values at and beside each bound that random rules use. */
const VALUES: Readonly<Record<string, readonly Value[]>> = {
  清楚: [true, false],
  约定: [true, false],
  审级: ['first', 'second', 'retrial'],
  人数: [0, 1, 2, 3, 4],
  标的额: [0n, 1n, 2n, 3_999_999n, 4_000_000n, 4_000_001n, 4_000_002n, 10n ** 20n, 10n ** 20n + 1n],
  收案: ['2022-08-30', '2022-08-31', '2022-09-01', '2022-09-02', '2026-03-09', '2026-03-10'],
  案由: PATHS,
};

export function* casesOf(keys: readonly string[]): Generator<ReadonlyMap<string, Value>> {
  const walk = function* (index: number, facts: Map<string, Value>): Generator<ReadonlyMap<string, Value>> {
    const key = keys[index];
    if (key === undefined) {
      yield facts;
      return;
    }
    for (const value of VALUES[key] ?? []) yield* walk(index + 1, new Map(facts).set(key, value));
  };
  yield* walk(0, new Map(LIMIT.map(({ id, value }) => [parameterFact(id), value as Value])));
}

/** The law's words for "holds" and "concludes", written out for one case. */
export function speakers(
  cards: readonly Card[],
  facts: ReadonlyMap<string, Value>,
): { held: Card[]; speaking: Card[] } {
  const exceptionsOf = (card: Card): Card[] =>
    cards.filter((each) => each !== card && each.exceptionTo.some(({ name }) => name === card.id));
  const holds = (card: Card): boolean =>
    naive(card.condition, facts) &&
    !card.exceptions.some(({ condition }) => naive(condition, facts)) &&
    !exceptionsOf(card).some((each) => !each.conclusion && holds(each));
  const moreSpecial = (card: Card): Card[] =>
    exceptionsOf(card)
      .filter(({ conclusion }) => conclusion)
      .flatMap((each) => [each, ...moreSpecial(each)]);
  const held = cards.filter(holds);
  return {
    held,
    speaking: held.filter((card) => card.conclusion && !moreSpecial(card).some((each) => held.includes(each))),
  };
}

export const says = (speaking: readonly Card[]): string =>
  [...new Set(speaking.map(({ conclusion }) => conclusion?.value))].sort().join();

/** The facts that cards read. */
export const readBy = (cards: readonly Card[]): string[] => [
  ...new Set(
    conditionsOf(cards)
      .flatMap(testsOf)
      .map(({ fact }) => fact),
  ),
];
