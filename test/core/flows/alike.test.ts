import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agreeing,
  mostAlike,
  PARTY_RELATIONS,
  type RuledOn,
  type RulingTraits,
  relationIn,
} from '../../../src/core/flows/alike.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { causePathOf } from '../../../src/core/routing/lawbook.js';
import { lawbook } from '../../support/court.js';

const CAUSES = ['民间借贷纠纷', '金融借款合同纠纷', '买卖合同纠纷', '离婚纠纷', '追偿权纠纷'].map((name) =>
  causePathOf(lawbook, name),
);
const traits = fc.record({
  causePath: fc.constantFrom<readonly string[]>([], ...CAUSES),
  linkKind: fc.option(fc.constantFrom('refiled', 'derived', 'counterclaim'), { nil: undefined }),
  relation: fc.option(fc.constantFrom(...PARTY_RELATIONS), { nil: undefined }),
});
const day = fc.integer({ min: 1, max: 28 }).map((of) => plainDate(`2026-03-${String(of).padStart(2, '0')}`));
const rulings = fc.uniqueArray(fc.record({ id: fc.uuid(), decidedOn: day, traits }), {
  selector: ({ id }) => id,
  maxLength: 12,
});
const NOTHING: RulingTraits = { causePath: [], linkKind: undefined, relation: undefined };
const loan: RulingTraits = { causePath: CAUSES[0] ?? [], linkKind: 'refiled', relation: 'same' };
const ruled = (id: string, decidedOn: string, more: Partial<RulingTraits> = {}): RuledOn => ({
  id,
  decidedOn: plainDate(decidedOn),
  traits: { ...loan, ...more },
});

describe('earlier rulings alike', () => {
  test('agree with a question in what it agrees in with them', () => {
    fc.assert(
      fc.property(traits, traits, (a, b) => {
        expect(agreeing(a, b)).toEqual(agreeing(b, a));
      }),
    );
  });

  test('none agrees with what is not known', () => {
    fc.assert(
      fc.property(traits, (some) => {
        expect(agreeing(some, NOTHING)).toEqual([]);
      }),
    );
  });

  test('come in one order, whatever the order in which they were read', () => {
    fc.assert(
      fc.property(traits, rulings, fc.integer({ min: 1, max: 6 }), (question, some, most) => {
        const found = mostAlike(question, some, most);
        expect(mostAlike(question, [...some].reverse(), most)).toEqual(found);
        expect(found.length).toBeLessThanOrEqual(most);
        const left = some.filter(({ id }) => !found.some((each) => each.id === id));
        if (found.length < most) expect(left.every((each) => agreeing(question, each.traits).length === 0)).toBe(true);
        // Whatever is like the question in everything stands before whatever is not.
        const isWhole = found.map(({ traits: of }) =>
          agreeing(question, question).every((trait) => agreeing(question, of).includes(trait)),
        );
        expect(isWhole.lastIndexOf(true)).toBeLessThan(isWhole.includes(false) ? isWhole.indexOf(false) : found.length);
      }),
    );
  });

  test('同案由、同关联、同当事人在前;都一样的,新的在前', () => {
    const list = [
      ruled('旧', '2026-01-05'),
      ruled('新', '2026-02-05'),
      ruled('当事人不同', '2026-03-05', { relation: 'none' }),
      ruled('另一案由', '2026-03-06', { causePath: CAUSES[1] ?? [] }),
      ruled('毫不相干', '2026-03-07', { causePath: CAUSES[3] ?? [], linkKind: 'derived', relation: 'shared' }),
    ];
    expect(mostAlike(loan, list, 9).map(({ id, agrees }) => [id, agrees])).toEqual([
      ['新', ['cause', 'link', 'relation']],
      ['旧', ['cause', 'link', 'relation']],
      ['另一案由', ['cause_branch', 'link', 'relation']],
      ['当事人不同', ['cause', 'link']],
    ]);
  });

  test.each([
    [{ sidesSame: true, partyShared: true }, 'same'],
    [{ sidesSwapped: true, partyShared: true }, 'swapped'],
    [{ partyShared: true }, 'shared'],
    [{ sidesSame: false, sidesSwapped: null, partyShared: false }, 'none'],
    [undefined, undefined],
  ])('当事人关系 %j', (facts, relation) => {
    expect(relationIn(facts)).toBe(relation);
  });
});
