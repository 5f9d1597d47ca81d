import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FlowView } from '../../../src/app/flows/see-flows.js';
import { docket, earlier, filing, type Json, JUDGES, person } from '../../support/court.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import { type Client, type FilingView, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';

/** M2 takes part in no draw: whoever draws is not the one who is claimed. */
const COURT = docket([earlier()], { judges: JUDGES.map((each) => (each.id === 'M2' ? { ...each, quota: 0 } : each)) });
/** People whom no other case knows. */
const parties = (sequence: number): Json[] => [
  person('plaintiff', `丙${sequence}`, 200 + sequence),
  person('defendant', `丁${sequence}`, 500 + sequence),
];

describe.each(ENGINES)('flows over HTTP and $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: HttpDesk;
    let clerk: Client;
    let reviewer: Client;
    let sequence = 0;

    beforeAll(async () => {
      opened = await engine.open();
      await emptied(opened.db);
      desk = await openHttpDesk(opened, { docket: COURT });
      clerk = await desk.person(['filing_clerk']);
      reviewer = await desk.person(['reviewer']);
    });
    afterAll(async () => {
      await desk?.close();
      await opened?.close();
    });

    const objection = (views: { items: FlowView[] }): FlowView => {
      const found = views.items.find(({ key }) => key === 'first_trial_objection');
      if (!found) throw new Error('no objection');
      return found;
    };
    const flowsOf = async (by: Client, id: string) => objection((await by.get(`/filings/${id}/flows`)).json());
    const act = async (by: Client, view: FilingView, more: Json) => {
      const { row } = await reviewer.see(view.row.id);
      return by.post(`/filings/${row.id}/flows`, { version: row.version, flow: 'first_trial_objection', ...more });
    };
    const assigned = async (): Promise<{ view: FilingView; judge: Client }> => {
      const id = `F-${++sequence}`;
      const view = await clerk.fileOne(filing({ id, receivedOn: '2026-03-12', parties: parties(sequence) }));
      return { view, judge: await desk.person(['judge'], { judge: view.row.judge?.id ?? '' }) };
    };
    const missed = { action: 'object', ground: 'missed_first_trial', claimedOwner: 'M2', reason: '系判决后追偿' };

    test('the recipient objects, a reviewer upholds, and the claimed owner has the case', async () => {
      const { view, judge } = await assigned();
      const open = await flowsOf(judge, view.row.id);
      expect(open.steps).toMatchObject([
        { action: 'object', refused: null, grounds: [{ key: 'missed_first_trial', claimedOwner: 'required' }] },
      ]);
      expect((await flowsOf(clerk, view.row.id)).steps).toMatchObject([
        { action: 'object', refused: { code: 'WRONG_PERSON' }, grounds: [] },
      ]);
      const asked = await act(judge, view, missed);
      expect(asked.statusCode).toBe(200);
      expect(objection(asked.json()).runs).toMatchObject([
        { stateWord: '待复核', clock: { name: '复核' }, claimedOwner: 'M2' },
      ]);
      expect((await act(reviewer, view, { action: 'uphold', reason: '属实体审理后衍生案件' })).statusCode).toBe(200);
      const after = await reviewer.see(view.row.id);
      expect([after.row.judge?.id, after.history.map(({ occasion }) => occasion)]).toEqual(['M2', ['filed', 'ruled']]);
    });

    test('the recipient proposes another procedure, the president agrees, and the case stays where it is', async () => {
      const { view, judge } = await assigned();
      const president = await desk.person(['supervisor']);
      const step = (by: Client, action: string, more: Json = {}) =>
        act(by, view, { flow: 'procedure_conversion', action, reason: '案件不宜适用小额诉讼', ...more });
      expect((await step(judge, 'propose', { ground: 'unsuitable_small_claims' })).statusCode).toBe(200);
      expect(refused(await step(judge, 'to_summary'))).toBe('409 FLOW_REFUSED');
      expect((await step(president, 'to_summary')).statusCode).toBe(200);
      const after = await reviewer.see(view.row.id);
      expect([after.row.procedure, after.row.judge]).toEqual(['summary', view.row.judge]);
      expect(after.history.map(({ occasion }) => occasion)).toEqual(['filed', 'ruled']);
    });

    test('what a flow does not allow is a conflict with the flow’s own code', async () => {
      const { view, judge } = await assigned();
      const early = await act(reviewer, view, { action: 'uphold' });
      expect(refused(early)).toBe('409 FLOW_REFUSED');
      expect(early.json()).toMatchObject({ errors: [{ path: '/action', code: 'WRONG_STATE' }] });
      await act(judge, view, missed);
      expect(await (await act(judge, view, missed)).json()).toMatchObject({ errors: [{ code: 'ALREADY_OPEN' }] });
      expect(refused(await act(clerk, view, { ...missed, onBehalfOf: '路人' }))).toBe('409 FLOW_REFUSED');
      expect((await flowsOf(judge, view.row.id)).steps.find(({ action }) => action === 'uphold')?.refused?.code).toBe(
        'OWN_MATTER',
      );
    });

    test.each([
      ['an unknown member', { ...missed, decide: true }],
      ['a flow that is none', { ...missed, flow: 'First Trial' }],
      ['a number in the reason', { ...missed, reason: `见 ${parties(1)[0]?.idNumber}` }],
      ['evidence that is no list', { ...missed, evidence: '（2025）川1527民初88号' }],
    ])('%s is refused', async (_, body) => {
      const { view, judge } = await assigned();
      expect(refused(await act(judge, view, body))).toBe('400 BODY_INVALID');
      expect((await flowsOf(judge, view.row.id)).runs).toEqual([]);
    });

    test('a judge sees and asks nothing of cases of others', async () => {
      const { view } = await assigned();
      const other = await desk.person(['judge'], { judge: 'X1' });
      expect(refused(await other.get(`/filings/${view.row.id}/flows`))).toBe('403 FORBIDDEN');
      expect(refused(await act(other, view, missed))).toBe('403 FORBIDDEN');
    });
  });
});
