import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { objectionRow, objectionView } from '../../../src/shell/http/contract/objections.js';
import { docket, earlier, filing, identityNumber, type Json, JUDGES, person } from '../../support/court.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import { type Client, type FilingView, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';

type Row = z.output<typeof objectionRow>;
type View = z.output<typeof objectionView>;

/** M2 takes part in no draw: whoever draws is not the one who is claimed. */
const COURT = docket([earlier()], { judges: JUDGES.map((each) => (each.id === 'M2' ? { ...each, quota: 0 } : each)) });
/** People whom no other case knows. */
const parties = (sequence: number): Json[] => [
  person('plaintiff', `丙${sequence}`, 200 + sequence),
  person('defendant', `丁${sequence}`, 500 + sequence),
];

describe.each(ENGINES)('objections over HTTP and $name', (engine) => {
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
      await desk.listen();
      clerk = await desk.person(['filing_clerk']);
      reviewer = await desk.person(['reviewer']);
    });
    afterAll(async () => {
      await desk?.close();
      await opened?.close();
    });

    const assigned = async (more: Json = {}): Promise<{ view: FilingView; judge: Client }> => {
      const id = `F-${++sequence}`;
      const one = filing({ id, receivedOn: '2026-03-12', parties: parties(sequence), ...more });
      const view = await clerk.fileOne(one);
      return { view, judge: await desk.person(['judge'], { judge: view.row.judge?.id ?? '' }) };
    };
    const missed = { ground: 'missed_first_trial', claimedOwner: 'M2', reason: '系判决后追偿' };
    const objection = ({ row }: FilingView, more: Json = {}): Json => {
      return { filing: row.id, version: row.version, flow: 'first_trial_objection', ...missed, ...more };
    };
    const objected = async (): Promise<{ view: FilingView; judge: Client; run: View }> => {
      const { view, judge } = await assigned();
      const asked = await judge.post('/objections', objection(view));
      if (asked.statusCode !== 201) throw new Error(asked.body);
      return { view, judge, run: asked.json<View>() };
    };
    const queue = async (by: Client, query = ''): Promise<Row[]> => {
      const response = await by.get(`/objections${query}`);
      if (response.statusCode !== 200) throw new Error(response.body);
      return response.json<{ items: Row[] }>().items;
    };
    const decide = (by: Client, { row }: View, more: Json = {}, headers: Record<string, string> = {}) =>
      by.post(
        `/objections/${row.id}/decide`,
        { version: row.version, outcome: 'uphold', reason: '属实', ...more },
        headers,
      );

    test('the recipient objects, it stands in the queue with its clock, a reviewer upholds with reasons', async () => {
      const { view, judge, run } = await objected();
      expect(run).toMatchObject({
        row: { flowWord: '首审异议', stateWord: '待复核', version: 1, filing: { reference: view.row.reference } },
        asked: { reason: missed.reason, claimedOwnerUnable: null },
        decided: { number: 1, judge: view.row.judge },
        history: [{ actionWord: '申请复核', reason: missed.reason }],
      });
      // The judge whom it concerns is told why they cannot decide, and nothing of what would follow.
      expect(run.actions.find(({ action }) => action === 'uphold')).toMatchObject({
        refused: { code: 'OWN_MATTER' },
        consequence: null,
      });
      const rows = await queue(reviewer, '?mine=true&waitsFor=reviewer&flow=first_trial_objection');
      expect(rows.find(({ id }) => id === run.row.id)).toMatchObject({
        mayAct: true,
        clock: { due: '2026-03-16', daysLeft: 4 },
      });
      const seen = (await reviewer.get(`/objections/${run.row.id}`)).json<View>();
      expect(seen.actions.map(({ action, consequence }) => [action, consequence?.kind ?? null])).toEqual([
        ['withdraw', null],
        ['uphold', 'passes'],
        ['reject', 'stays'],
      ]);
      expect(seen.flow.basis.length).toBeGreaterThan(0);
      const decided = await decide(reviewer, seen);
      expect(decided.statusCode).toBe(200);
      expect(decided.json<View>().row).toMatchObject({ outcome: 'upheld', filing: { judge: { id: 'M2' } } });
      expect((await queue(reviewer, '?state=ended')).map(({ id }) => id)).toContain(run.row.id);
      expect((await judge.get(`/objections/${run.row.id}`)).json<View>().history.at(-1)?.reason).toBe('属实');
    });

    test('recusal cites the law, with the text of its articles', async () => {
      const { view } = await assigned();
      const application = { flow: 'recusal', action: 'apply', onBehalfOf: `丙${sequence}`, reason: '有利害关系' };
      const { ground: _, claimedOwner: __, ...body } = objection(view, application);
      const { run, articles, flow } = await clerk.post('/objections', body).then((response) => {
        const shown = response.json<View>();
        return { run: shown, articles: shown.articles, flow: shown.flow };
      });
      expect(flow.basis.map(({ article }) => article)).toContain('第四十九条');
      expect(articles.find(({ article }) => article === '第四十九条')?.text).toContain('院长');
      expect(run.row.applicant).toEqual({ kind: 'party', name: `丙${sequence}` });
    });

    test('a second reviewer, with another window or the same key, decides nothing twice', async () => {
      const { run } = await objected();
      const other = await desk.person(['reviewer']);
      const headers = { 'idempotency-key': randomUUID() };
      const first = await decide(reviewer, run, {}, headers);
      const again = await decide(reviewer, run, {}, headers);
      expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
      expect(again.json<View>().history).toHaveLength(2);
      const late = await decide(other, run, { outcome: 'reject', reason: '写了很久的理由' });
      expect(refused(late)).toBe('409 FLOW_REFUSED');
      expect(late.json()).toMatchObject({ errors: [{ code: 'ALREADY_DECIDED' }] });
      expect(late.json().detail).toMatch(/2026-03-12.*办结：复核成立/);
    });

    test.each<[string, (run: View) => Promise<[Client, Json]>, string, string]>([
      ['a stale version', async () => [reviewer, { version: 9 }], '409 VERSION_CONFLICT', ''],
      ['an outcome of another flow', async () => [reviewer, { outcome: 'grant' }], '409 FLOW_REFUSED', 'WRONG_STATE'],
      [
        'somebody without the office',
        async () => [await desk.person(['supervisor']), {}],
        '409 FLOW_REFUSED',
        'WRONG_PERSON',
      ],
      [
        'the recipient',
        async ({ row }) => [await desk.person(['judge', 'reviewer'], { judge: row.filing.judge?.id ?? '' }), {}],
        '409 FLOW_REFUSED',
        'OWN_MATTER',
      ],
      ['no reason', async () => [reviewer, { reason: '  ' }], '400 BODY_INVALID', ''],
      ['a number in the reason', async () => [reviewer, { reason: `见${identityNumber(7)}` }], '400 BODY_INVALID', ''],
      ['an unknown member', async () => [reviewer, { force: true }], '400 BODY_INVALID', ''],
    ])('%s is refused, and nothing changes', async (_, attempt, refusal, code) => {
      const { run } = await objected();
      const [by, more] = await attempt(run);
      const response = await decide(by, run, more);
      expect(refused(response)).toBe(refusal);
      if (code !== '') expect(response.json()).toMatchObject({ errors: [{ code }] });
      const after = (await reviewer.get(`/objections/${run.row.id}`)).json<View>();
      expect([after.row.version, after.history.length]).toEqual([run.row.version, 1]);
    });

    test('every way in which an objection cannot begin has a code of its own', async () => {
      const { view, judge } = await assigned();
      const codeOf = async (by: Client, more: Json): Promise<string> => {
        const { row } = await reviewer.see(view.row.id);
        const response = await by.post('/objections', { ...objection(view, more), version: row.version });
        const { code, errors } = response.json<{ code?: string; errors?: { code: string }[] }>();
        return errors?.[0]?.code ?? code ?? String(response.statusCode);
      };
      expect(await codeOf(clerk, {})).toBe('WRONG_PERSON');
      expect(await codeOf(clerk, { onBehalfOf: '路人' })).toBe('WRONG_PERSON');
      expect(await codeOf(judge, { flow: 'unknown' })).toBe('NOT_FOUND');
      expect(await codeOf(judge, { ground: 'whim' })).toBe('GROUND_UNKNOWN');
      expect(await codeOf(judge, { evidence: ['（2020）川1527民初404号'] })).toBe('EVIDENCE_UNKNOWN');
      expect(await codeOf(judge, { claimedOwner: 'nobody' })).toBe('CLAIMED_OWNER_UNKNOWN');
      expect(await codeOf(judge, { claimedOwner: 'Z1' })).toBe('CLAIMED_OWNER_UNABLE');
      expect(await codeOf(await desk.person(['judge'], { judge: 'X1' }), {})).toBe('FORBIDDEN');
      expect(await codeOf(judge, {})).toBe('201');
      expect(await codeOf(judge, {})).toBe('ALREADY_OPEN');
    });

    test('is told live, by ids alone', async () => {
      const { view, judge } = await assigned();
      const events = await reviewer.events();
      await judge.post('/objections', objection(view));
      const told = await events.until(({ event, data }) => event === 'filing' && data.id === view.row.id);
      expect(JSON.stringify(told)).not.toContain('丙');
      await events.close();
    });

    test('is for those who may see the filing', async () => {
      const { run } = await objected();
      for (const roles of [['auditor'], ['administrator'], ['judge']] as const) {
        const other = await desk.person([...roles], { judge: 'X1' });
        expect(refused(await other.get(`/objections/${run.row.id}`))).toBe('403 FORBIDDEN');
        expect(refused(await other.get('/objections'))).toBe('403 FORBIDDEN');
      }
      expect(refused(await reviewer.get(`/objections/${randomUUID()}`))).toBe('404 NOT_FOUND');
      for (const query of ['?waitsFor=nobody', '?state=all', '?mine=false', '?overdue=1', '?flow=A', '?after=x'])
        expect([query, refused(await reviewer.get(`/objections${query}`))]).toEqual([query, '400 BODY_INVALID']);
    });
  });
});
