import { expect, test } from 'vitest';
import { DEADLINE_KINDS } from '../../../src/core/routing/deadline-kinds.js';
import { lawbook } from '../../support/court.js';

test('every kind of deadline of the vocabulary says what it waits for', () => {
  const known = lawbook.book.vocabulary.enumerations.get('期限种类')?.byKey.keys() ?? [];
  expect(Object.keys(DEADLINE_KINDS).sort()).toEqual([...known].sort());
});

test('what lapses with its last day is what a flow must be begun within, or what nobody records here', () => {
  const within = new Set(lawbook.flows.flatMap(({ actions }) => actions.flatMap(({ within: kind }) => kind ?? [])));
  for (const kind of within) expect([kind, DEADLINE_KINDS[kind]?.ends]).toEqual([kind, 'window']);
});
