import fc from 'fast-check';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import type { Card, CardException } from '../../../src/core/rules/card.js';
import type { Condition } from '../../../src/core/rules/condition.js';
import type { ResolvedParameter } from '../../../src/core/rules/parameters.js';
import type { Fact, FactType, Outcome, Vocabulary } from '../../../src/core/rules/vocabulary.js';
import { conditions, FACTS, WORDS } from './arbitrary.js';

const START = plainDate('2000-01-01');
const place = { file: 'random.yaml', line: 1, column: 1 };

/** One answer only, and every case must have it. */
export const OUTCOME: Outcome = { word: '结论', key: 'outcome', layer: '随机', single: true, completeFrom: START };

/** What the parameters of random rules are. */
export const LIMIT: readonly ResolvedParameter[] = [
  { id: 'count', word: '人数限额', value: 2, origin: '全国', status: 'local', documentNo: '' },
  { id: 'limit', word: '限额', value: 4_000_000n, origin: '全国', status: 'local', documentNo: '' },
];

const TYPES: Readonly<Record<string, FactType>> = {
  boolean: 'boolean',
  word: 'enum',
  integer: 'integer',
  amount: 'amount',
  day: 'date',
  cause: 'cause',
};

const terms = WORDS.map((key) => ({ word: key, key }));
const byKey = new Map(terms.map((term) => [term.key, term]));
const enumeration = { word: '审级', key: 'stage', terms, byWord: byKey, byKey };

const facts = Object.entries(FACTS).map(([word, kind]): [string, Fact] => [
  word,
  { word, key: word, group: '随机', type: TYPES[kind] as FactType, ...(kind === 'word' && { enumeration }) },
]);

/** The vocabulary of random rules. */
export const VOCABULARY: Vocabulary = {
  enumerations: new Map([['审级', enumeration]]),
  facts: new Map(facts),
  factsByKey: new Map(facts),
  derived: new Map(),
  layers: new Map([['随机', ['随机']]]),
  outcomes: new Map([[OUTCOME.word, OUTCOME]]),
  parameters: new Map(),
  parametersById: new Map(),
};

/** A card in force for ever; without `value` one that only blocks others. */
export function aCard(
  id: string,
  condition: Condition,
  value: string | undefined,
  exceptionTo: readonly string[],
  exceptions: readonly CardException[] = [],
  outcome = OUTCOME,
): Card {
  return {
    id,
    name: id,
    layer: '随机',
    ...(value !== undefined && { conclusion: { outcome, value } }),
    groups: [],
    exceptionTo: exceptionTo.map((name) => ({ name, place })),
    condition,
    exceptions,
    basis: [],
    validFrom: START,
    chosenBy: 'received',
    template: '',
    delegates: [],
    examples: [],
    base: new Map(),
    baseParameters: new Map(),
    file: 'random.yaml',
    place,
  };
}

/** Cards that are exceptions only to earlier ones, so that none is an exception to itself. */
export const cardSets = fc
  .array(
    fc.record({
      condition: conditions,
      value: fc.constantFrom('a', 'b', 'c', undefined),
      exceptionTo: fc.array(fc.nat(4), { maxLength: 2 }),
      inline: fc.option(conditions, { nil: undefined, freq: 4 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((drafts) =>
    drafts.map(({ condition, value, exceptionTo, inline }, index) => {
      const targets = [...new Set(exceptionTo)].filter((each) => each < index).map((each) => `T-${each}`);
      const exceptions = inline ? [{ id: `T-${index}-X`, condition: inline } as CardException] : [];
      // A card that concludes nothing has to block something.
      return aCard(`T-${index}`, condition, targets.length === 0 ? (value ?? 'a') : value, targets, exceptions);
    }),
  );
