import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DossierCase } from '../../../src/core/documents/dossier.js';
import type { Unable } from '../../../src/core/flows/flow-run.js';
import { proposeEvidence } from '../../../src/core/routing/propose-evidence.js';
import { runs } from '../../support/arbitraries.js';
import { lawbook } from '../../support/court.js';

const { weights } = lawbook.book;
const OWNER = 'M1';
const GONE: Unable = { kind: 'left', text: 'M3已经离任' };
const matter = { owner: OWNER, unable: (judge: string) => (judge === 'M3' ? GONE : undefined) };
const MISSED = { claimedOwner: 'required' } as const;
const NOT = { claimedOwner: 'refused' } as const;

const earlier = (caseNo: string, owner: string, more: Partial<DossierCase> = {}): DossierCase => ({
  caseNo,
  filedOn: '2025-06-02' as DossierCase['filedOn'],
  owner,
  facts: { partyShared: true },
  ownerSeriesCount: 0,
  evidence: [{ kind: 'number', text: '原告相同（证件号码一致）' }],
  ...more,
});
const aCase = fc.record({
  number: fc.nat(50),
  owner: fc.constantFrom(OWNER, 'M2', 'M3'),
  shared: fc.boolean(),
  evidence: fc.subarray(['number', 'cause', 'amount', 'claims'] as const),
});

describe('what whoever objects may rest on', () => {
  test('holds every case that was compared, once; those that speak for the ground in front, and none of one who could not take it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(aCase, { selector: ({ number }) => number }), (cases) => {
        const compared = cases.map(({ number, owner, shared, evidence }) =>
          earlier(`第${number}号`, owner, {
            facts: shared ? { partyShared: true } : {},
            evidence: evidence.map((kind) => ({ kind, text: kind })),
          }),
        );
        const proposed = proposeEvidence({ earlier: compared }, {}, MISSED, matter, weights);
        expect(proposed.map(({ caseNo }) => caseNo).sort()).toEqual(compared.map(({ caseNo }) => caseNo).sort());
        const firstOther = proposed.findIndex((each) => !each.proposed);
        const speaks = proposed.slice(0, firstOther < 0 ? undefined : firstOther);
        expect(proposed.filter((each) => each.proposed)).toEqual(speaks);
        for (const { judge, unable } of speaks) expect([judge === OWNER, unable]).toEqual([false, null]);
        const turned = proposeEvidence({ earlier: [...compared].reverse() }, {}, MISSED, matter, weights);
        expect(turned).toEqual(proposed);
      }),
      runs(200),
    );
  });

  test('未发现首审:别人办过、有联系、能办的前案;离任的写明为什么不能办', () => {
    const cases = [earlier('甲', 'M3'), earlier('乙', 'M2'), earlier('丙', OWNER), earlier('丁', 'M2', { facts: {} })];
    const found = proposeEvidence({ earlier: cases }, {}, MISSED, matter, weights);
    expect(found.map(({ caseNo, proposed, unable }) => [caseNo, proposed, unable])).toEqual([
      ['乙', true, null],
      ['丁', false, null],
      ['丙', false, null],
      ['甲', false, GONE.text],
    ]);
  });

  test('不属于首审:只有分案所依据的那一件', () => {
    const links = [{ kind: 'derived', caseNo: '乙', score: 0.5, evidence: [] }];
    const owner = { judge: OWNER, method: 'first_trial', linkedCase: '乙' };
    const found = proposeEvidence(
      { earlier: [earlier('甲', 'M2'), earlier('乙', OWNER)] },
      { links, owner },
      NOT,
      matter,
      weights,
    );
    expect(found.map(({ caseNo, proposed, links: kinds }) => [caseNo, proposed, kinds])).toEqual([
      ['乙', true, ['derived']],
      ['甲', false, []],
    ]);
  });
});
