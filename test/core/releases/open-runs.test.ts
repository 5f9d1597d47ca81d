import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flow } from '../../../src/core/flows/flow.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { type OpenRuns, strandedBy } from '../../../src/core/releases/open-runs.js';
import type { Lawbook } from '../../../src/core/routing/lawbook.js';
import { runs } from '../../support/arbitraries.js';
import { lawbook } from '../../support/court.js';

const TODAY = plainDate('2026-03-12');
const COURT = '川1527';
const FLOW = 'recusal';
const WAITING: OpenRuns = { court: COURT, flow: FLOW, state: 'under_decision', runs: 3 };

const changed = (change: (flow: Flow) => Flow | undefined): Lawbook => ({
  ...lawbook,
  flows: lawbook.flows.flatMap((flow) => (flow.key === FLOW ? (change(flow) ?? []) : flow)),
});
const stranded = (after: Lawbook, open = [WAITING]) => strandedBy(lawbook, after, open, TODAY);

describe('发布以后办不下去的流程', () => {
  it('规则不变的,哪一种状态都办得下去', () => {
    const openArb = fc.constantFrom(...lawbook.flows).chain((flow) =>
      fc.record({
        court: fc.constantFrom(COURT, '豫1624', '没有的法院'),
        flow: fc.constant(flow.key),
        state: fc.constantFrom(...flow.states.filter(({ isFinal }) => !isFinal).map(({ key }) => key)),
        runs: fc.integer({ min: 1, max: 9 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(openArb), (open) => {
        expect(stranded(lawbook, open)).toEqual([]);
      }),
      runs(50),
    );
  });

  it('去掉流程、去掉所在的状态、把状态改成终了的,都办不下去;几个法院的合在一起数', () => {
    const elsewhere = { ...WAITING, court: '豫1624', runs: 2 };
    const told = { flow: FLOW, flowName: '回避申请与复议', stateName: '待决定', runs: 5, courts: 2 };
    const without = changed(() => undefined);
    const stateless = changed((flow) => ({
      ...flow,
      states: flow.states.filter(({ key }) => key !== 'under_decision'),
    }));
    const final = changed((flow) => ({
      ...flow,
      states: flow.states.map((state) => (state.key === 'under_decision' ? { ...state, isFinal: true } : state)),
    }));
    for (const after of [without, stateless, final]) expect(stranded(after, [WAITING, elsewhere])).toEqual([told]);
  });

  it('去掉没有人停在那里的状态,不碍事', () => {
    const after = changed((flow) => ({ ...flow, states: flow.states.filter(({ key }) => key !== 'refused') }));
    expect(stranded(after)).toEqual([]);
  });

  it('失效日期写在以后的,在办的照常办;写在今天或者以前的、把施行日期推后的,已收的案件就没有流程了', () => {
    const until = (day: string) => changed((flow) => ({ ...flow, validTo: plainDate(day) }));
    expect(stranded(until('2026-03-13'))).toEqual([]);
    expect(stranded(until('2026-03-12'))).toHaveLength(1);
    expect(stranded(changed((flow) => ({ ...flow, validFrom: plainDate('2026-03-01') })))).toHaveLength(1);
  });

  it('法院不再采用模块,它的首审异议办不下去;没有采用过的法院不受影响', () => {
    const open = { ...WAITING, flow: 'first_trial_objection', state: 'under_review' };
    const courts = new Map(
      [...lawbook.book.courts].map(([code, court]) => [code, { ...court, adoptions: [] }] as const),
    );
    const after = { ...lawbook, book: { ...lawbook.book, courts } };
    expect(stranded(after, [open])).toMatchObject([{ flow: 'first_trial_objection', runs: 3, courts: 1 }]);
    expect(strandedBy(after, after, [open], TODAY)).toEqual([]);
  });

  it('原来的规则里就没有的,不怪这次发布', () => {
    const without = changed(() => undefined);
    expect(strandedBy(without, without, [WAITING], TODAY)).toEqual([]);
  });
});
