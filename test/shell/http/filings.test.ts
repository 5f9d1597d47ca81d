import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityCheckDigit } from '../../../src/core/law/identity-number.js';
import { docket, filing, identityNumber, type Json, JUDGES, judge, person } from '../../support/court.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import { type Client, type FilingView, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';
import { pdfRuns } from '../files/pdf-text.js';

/** M9 is the spouse of 甲一 (101): barred from every case of theirs. */
const COURT = docket([], {
  judges: [...JUDGES, judge('M9', { relations: [{ kind: 'spouse', idNumber: identityNumber(101) }] })],
});
/** Waits for a person, whatever is answered: who revokes a judgment of another case is not routed by rule. */
const doubtful = (more: Json = {}): Json =>
  filing({ origin: { relation: 'third_party_revocation', caseNo: '（2025）川1527民初88号' }, ...more });
const asked = (more: Json = {}): Json =>
  filing({ facts: { ...(filing().facts as Json), appraisalNeeded: null }, ...more });

/** Numbers of different people that look the same masked. */
function lookAlikes(): [string, string] {
  const byCheck = new Map<string, string>();
  for (let day = 10; day < 29; day += 1) {
    const first17 = `511527197506${day}101`;
    const check = identityCheckDigit(first17);
    const before = byCheck.get(check);
    if (before !== undefined) return [before, first17 + check];
    byCheck.set(check, first17 + check);
  }
  throw new Error('nineteen numbers have eleven check digits');
}

describe.each(ENGINES)('filings over HTTP and $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: HttpDesk;
    let clerk: Client;
    let supervisor: Client;
    let sequence = 0;
    const id = (): string => `F-${++sequence}`;

    beforeAll(async () => {
      opened = await engine.open();
      await emptied(opened.db);
      desk = await openHttpDesk(opened, { docket: COURT });
      clerk = await desk.person(['filing_clerk']);
      supervisor = await desk.person(['supervisor']);
    });
    afterAll(async () => {
      await desk?.close();
      await opened?.close();
    });

    const loads = async (): Promise<ReadonlyMap<string, number>> =>
      new Map(
        (await clerk.get('/judges'))
          .json<{ judges: { id: string; load: number }[] }>()
          .judges.map((each) => [each.id, each.load]),
      );
    const correct = (view: FilingView, value: Json) =>
      clerk.send('PUT', clerk.at(`/filings/${view.row.id}`), { version: view.row.version, filing: value });
    const numberOf = async (view: FilingView, party: number): Promise<string | null> =>
      (await clerk.post(`/filings/${view.row.id}/unmask`, { party, purpose: '核对证件' })).json<{
        idNumber: string | null;
      }>().idNumber;
    const propose = (view: FilingView, proposal: Json, by = clerk) =>
      by.post(`/filings/${view.row.id}/handovers`, { version: view.row.version, note: '会商', ...proposal });
    const decide = (view: FilingView, outcome: string, by = supervisor) => {
      const open = view.handovers.find((each) => each.outcome === null);
      return by.post(`/filings/${view.row.id}/handovers/${open?.id}/decision`, { version: open?.version, outcome });
    };
    const detailOf = (response: { json: <T>() => T }): string => response.json<{ detail: string }>().detail;

    describe('a faulty filing', () => {
      test('that is put right keeps the numbers that came back masked, and is routed at once', async () => {
        const value = filing({ id: id(), cause: '民间借款纠纷' });
        const faulty = await clerk.fileOne(value);
        expect([faulty.row.state, faulty.errors.map(({ path }) => path)]).toEqual(['invalid', ['/cause']]);
        expect(faulty.filing.parties[0]?.idNumber).toMatch(/^511\*{11}\w{4}$/);
        const response = await correct(faulty, { ...value, cause: '民间借贷纠纷', parties: faulty.filing.parties });
        const after = response.json<FilingView>();
        expect([after.row.state, after.history.map(({ occasion }) => occasion)]).toEqual([
          'assigned',
          ['filed', 'corrected'],
        ]);
        expect([await numberOf(after, 0), await numberOf(after, 1)]).toEqual([
          identityNumber(101),
          identityNumber(102),
        ]);
      });

      test('whose numbers look the same masked gives each person back their own, in whatever order', async () => {
        const [one, other] = lookAlikes();
        const parties = [
          person('plaintiff', '张一', undefined, { idNumber: one }),
          person('plaintiff', '张二', undefined, { idNumber: other }),
          person('defendant', '乙二', 102),
        ];
        const value = filing({ id: id(), cause: '民间借款纠纷', parties });
        const faulty = await clerk.fileOne(value);
        const [first, second, third] = faulty.filing.parties;
        expect(first?.idNumber).toBe(second?.idNumber);
        const swapped = { ...value, cause: '民间借贷纠纷', parties: [second, first, third] };
        const after = (await correct(faulty, swapped)).json<FilingView>();
        expect(after.filing.parties.map(({ name }) => name)).toEqual(['张二', '张一', '乙二']);
        expect([await numberOf(after, 0), await numberOf(after, 1)]).toEqual([other, one]);
      });

      test('keeps a number that was typed in wide digits too', async () => {
        const wide = identityNumber(104).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
        const parties = [person('plaintiff', '丁四', undefined, { idNumber: wide }), person('defendant', '乙二', 102)];
        const value = filing({ id: id(), cause: '民间借款纠纷', parties });
        const faulty = await clerk.fileOne(value);
        expect(faulty.errors.map(({ path }) => path)).toEqual(['/cause']);
        const response = await correct(faulty, { ...value, cause: '民间借贷纠纷', parties: faulty.filing.parties });
        expect(response.json<FilingView>().row.state, response.body).toBe('assigned');
        expect(await numberOf(faulty, 0)).toBe(wide);
      });

      test('stays as it is where a masked number is nobody’s, or anything else is still wrong', async () => {
        const value = filing({ id: id(), cause: '民间借款纠纷' });
        const faulty = await clerk.fileOne(value);
        const [first, second] = faulty.filing.parties;
        const foreign = { ...first, idNumber: `440${'*'.repeat(11)}9999` };
        const response = await correct(faulty, { ...value, parties: [foreign, second] });
        expect(refused(response)).toBe('400 BODY_INVALID');
        const paths = response.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path);
        expect(paths.sort()).toEqual(['/cause', '/parties/0/idNumber']);
        expect(await clerk.see(faulty.row.id)).toEqual(faulty);
      });
    });

    describe('a question', () => {
      test('is answered only where it was asked', async () => {
        const view = await clerk.fileOne(asked({ id: id() }));
        expect(view.decision?.questions.map(({ fact }) => fact)).toEqual(['appraisalNeeded']);
        const answer = (answers: Json) =>
          clerk.post(`/filings/${view.row.id}/answers`, { version: view.row.version, answers });
        for (const fact of ['publicInterest', '/amount', '/parties/0/idNumber', 'constructor', 'id']) {
          const response = await answer({ [fact]: true });
          expect([fact, refused(response)]).toEqual([fact, '400 ANSWER_INVALID']);
          expect(response.json<{ errors: Json[] }>().errors).toMatchObject([
            { path: `/answers/${fact}`, code: 'NOT_ASKED' },
          ]);
        }
        expect(refused(await answer({ appraisalNeeded: false, publicInterest: false }))).toBe('400 ANSWER_INVALID');
        expect(await clerk.see(view.row.id)).toEqual(view);
        expect((await answer({ appraisalNeeded: false })).json<FilingView>().row.state).toBe('assigned');
      });
    });

    describe('who is to take a filing that waits', () => {
      test('is decided by a second person, who is neither the proposer nor concerned nor barred', async () => {
        const both = await desk.person(['filing_clerk', 'supervisor']);
        const receiver = await desk.person(['supervisor', 'judge'], { judge: 'M4' });
        const barred = await desk.person(['supervisor', 'judge'], { judge: 'M9' });
        const view = await clerk.fileOne(doubtful({ id: id() }));
        expect(view.row.state).toBe('needs_review');
        const proposed = await propose(view, { kind: 'designate', judge: 'M4', ground: 'supervision' }, both);
        const waiting = proposed.json<FilingView>();
        expect(waiting.row).toMatchObject({ state: 'needs_review', proposal: true });
        const refusals = [
          [both, '提出的人不能自己审批'],
          [receiver, '由您交出或者接收'],
          [barred, '应当回避'],
          [clerk, '需要的角色是：院庭长'],
        ] as const;
        for (const [by, because] of refusals) {
          const response = await decide(waiting, 'approved', by);
          expect(refused(response)).toBe('403 FORBIDDEN');
          expect(detailOf(response)).toContain(because);
        }
        expect((await clerk.see(view.row.id)).row.state).toBe('needs_review');
        const after = (await decide(waiting, 'approved')).json<FilingView>();
        expect([after.row.state, after.row.judge?.id, after.row.method]).toEqual(['assigned', 'M4', 'designated']);
        expect(after.handovers[0]).toMatchObject({ outcome: 'approved', decidedBy: { id: supervisor.user } });
        expect(refused(await decide(waiting, 'approved'))).toBe('409 STATE_CONFLICT');
      });

      test('is none who is barred, none that the court does not have, and on a ground of the list alone', async () => {
        const view = await clerk.fileOne(doubtful({ id: id() }));
        const tries = [
          [{ kind: 'designate', judge: 'M9', ground: 'supervision' }, '400 JUDGE_UNABLE'],
          [{ kind: 'designate', judge: 'NOBODY', ground: 'supervision' }, '400 JUDGE_UNKNOWN'],
          [{ kind: 'designate', ground: 'supervision' }, '400 JUDGE_UNKNOWN'],
          [{ kind: 'designate', judge: 'M4', ground: 'because' }, '400 GROUND_UNKNOWN'],
          [{ kind: 'designate', judge: 'M4', ground: 'none' }, '400 GROUND_UNKNOWN'],
          [{ kind: 'designate', judge: 'M4', ground: 'health' }, '400 GROUND_UNKNOWN'],
          [{ kind: 'reassign', judge: 'M4', ground: 'health' }, '409 STATE_CONFLICT'],
        ] as const;
        for (const [proposal, wanted] of tries) {
          expect([proposal, refused(await propose(view, proposal))]).toEqual([proposal, wanted]);
        }
        const unknown = detailOf(await propose(view, { kind: 'designate', judge: 'M4', ground: 'because' }));
        const { grounds } = (await clerk.send('GET', '/api/v1/vocabulary')).json<{
          grounds: { designate: { word: string }[] };
        }>();
        for (const { word } of grounds.designate) expect(unknown).toContain(word);
        expect((await clerk.see(view.row.id)).handovers).toEqual([]);
      });

      test('is proposed once at a time; what was rejected or withdrawn may be proposed anew', async () => {
        const view = await clerk.fileOne(doubtful({ id: id() }));
        const proposal = { kind: 'designate', judge: 'M4', ground: 'supervision' };
        const first = (await propose(view, proposal)).json<FilingView>();
        expect(refused(await propose(first, proposal))).toBe('409 STATE_CONFLICT');
        const rejected = (await decide(first, 'rejected')).json<FilingView>();
        expect([rejected.row.state, rejected.row.proposal]).toEqual(['needs_review', false]);
        const second = (await propose(rejected, proposal)).json<FilingView>();
        expect(refused(await decide(second, 'withdrawn'))).toBe('403 FORBIDDEN');
        const withdrawn = (await decide(second, 'withdrawn', clerk)).json<FilingView>();
        expect(withdrawn.handovers.map(({ outcome }) => outcome)).toEqual(['rejected', 'withdrawn']);
      });
    });

    describe('a case that is held', () => {
      test('is drawn anew among the others: the former owner is out, and it is the second draw', async () => {
        const view = await clerk.fileOne(filing({ id: id(), cause: '买卖合同纠纷' }));
        const before = await loads();
        const from = view.row.judge?.id ?? '';
        expect(view.decision?.draw?.number).toBe(1);
        const proposed = (await propose(view, { kind: 'reassign', ground: 'health' })).json<FilingView>();
        expect(proposed.handovers[0]).toMatchObject({ judge: null, ground: 'health' });
        const after = (await decide(proposed, 'approved')).json<FilingView>();
        const to = after.row.judge?.id ?? '';
        expect(to).not.toBe(from);
        expect(after.decision?.draw).toMatchObject({ number: 2, judge: to });
        expect(after.decision?.draw?.candidates.map((each) => each.judge)).not.toContain(from);
        expect(after.decision?.pool.find((each) => each.judge === from)).toMatchObject({ in: false });
        expect(after.owners.map((each) => [each.judge.id, each.until === null])).toEqual([
          [from, false],
          [to, true],
        ]);
        const now = await loads();
        expect([now.get(from), now.get(to)]).toEqual([(before.get(from) ?? 0) - 1, (before.get(to) ?? 0) + 1]);
        const same = await propose(after, { kind: 'reassign', judge: to, ground: 'health' });
        expect(refused(same)).toBe('400 JUDGE_UNABLE');
      });

      test('is closed by its judge or the desk, on a day that can be, and weighs no more', async () => {
        const view = await clerk.fileOne(filing({ id: id(), cause: '劳务合同纠纷' }));
        const holder = view.row.judge?.id ?? '';
        const before = (await loads()).get(holder) ?? 0;
        expect(before).toBeGreaterThanOrEqual(1);
        const own = await desk.person(['judge'], { judge: holder });
        const other = await desk.person(['judge'], { judge: holder === 'M1' ? 'M2' : 'M1' });
        const close = (by: Client, more: Json = {}) =>
          by.post(`/filings/${view.row.id}/closure`, {
            version: view.row.version,
            closure: 'mediation',
            closedOn: '2026-03-12',
            ...more,
          });
        expect(refused(await close(other))).toBe('403 FORBIDDEN');
        expect(refused(await close(own, { closedOn: '2026-03-08' }))).toBe('400 CLOSURE_INVALID');
        expect(refused(await close(own, { closedOn: '2026-03-13' }))).toBe('400 CLOSURE_INVALID');
        expect(refused(await close(own, { closure: 'forgotten' }))).toBe('400 BODY_INVALID');
        const closed = (await close(own)).json<FilingView>();
        expect(closed.row.state).toBe('closed');
        expect((await loads()).get(holder)).toBe(before - 1);
        // It stays visible to the judge who had it, and to no other.
        expect((await own.see(view.row.id)).may).toEqual([]);
        expect(refused(await other.get(`/filings/${view.row.id}`))).toBe('403 FORBIDDEN');
        expect(refused(await close(clerk))).toBe('409 STATE_CONFLICT');
      });

      test('is told to the parties; one that is not assigned is not', async () => {
        const held = await clerk.fileOne(filing({ id: id(), cause: '租赁合同纠纷' }));
        const pdf = await clerk.get(`/filings/${held.row.id}/notice.pdf`);
        expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
        const shown = pdfRuns(pdf.rawPayload)
          .flat()
          .map(({ text }) => text)
          .join('');
        expect(shown).toContain(held.row.judge?.name);
        expect((await clerk.get(`/filings/${held.row.id}/notice.docx`)).rawPayload.subarray(0, 2).toString()).toBe(
          'PK',
        );
        const waiting = await clerk.fileOne(asked({ id: id() }));
        const faulty = await clerk.fileOne(filing({ id: id(), cause: '没有的纠纷' }));
        for (const { row } of [waiting, faulty]) {
          for (const form of ['docx', 'pdf']) {
            const response = await clerk.get(`/filings/${row.id}/notice.${form}`);
            expect([row.state, refused(response)]).toEqual([row.state, '409 STATE_CONFLICT']);
          }
        }
      });
    });

    describe('a search', () => {
      test('gives what it finds page by page, each once, in the order of the lists', async () => {
        await clerk.file(Array.from({ length: 12 }, (_, index) => filing({ id: `S-${index}`, cause: '没有的纠纷' })));
        const search = (more: Json = {}) => clerk.post('/filings/search', { text: 'S-', ...more });
        const found: string[] = [];
        for (let after: string | null | undefined; after !== null; ) {
          const response = await search({ limit: 5, ...(after !== undefined && { after }) });
          const page = response.json<{ items: { reference: string }[]; next: string | null }>();
          expect(page.items.length, response.body).toBe(after === undefined || page.next !== null ? 5 : 2);
          found.push(...page.items.map(({ reference }) => reference));
          after = page.next;
        }
        expect(found).toEqual(Array.from({ length: 12 }, (_, index) => `S-${index}`));
        expect((await search()).json<{ next: string | null }>().next).toBe(null);
        for (const wrong of [{ limit: 0 }, { limit: 201 }, { limit: '5' }, { after: '' }, { after: 'WzFd' }]) {
          expect([wrong, refused(await search(wrong))]).toEqual([wrong, '400 BODY_INVALID']);
        }
      });
    });

    describe('a list', () => {
      test('gives three hundred filings page by page, each once, while others come in', async () => {
        const faulty = (count: number): Json[] =>
          Array.from({ length: count }, () => filing({ id: id(), cause: '没有的纠纷' }));
        const before = new Set((await clerk.rows('')).map((row) => row.id));
        const filed = new Set<string>();
        for (const size of [100, 150, 50]) {
          for (const row of (await clerk.file(faulty(size))).values()) filed.add(row.id);
          // Some batches come at the same instant, some later.
          if (size === 150) desk.clock.pass(1);
        }
        expect(filed.size).toBe(300);
        for (const limit of [7, 50, 200]) {
          const seen: string[] = [];
          for (let next: string | null = '', page = 0; next !== null; page += 1) {
            const response = await clerk.get(`/filings?limit=${limit}${next === '' ? '' : `&after=${next}`}`);
            const { items, next: following } = response.json<{ items: { id: string }[]; next: string | null }>();
            seen.push(...items.map((row) => row.id));
            expect(items.length).toBe(following === null ? items.length : limit);
            next = following;
            // What comes in meanwhile belongs on a page that was turned already.
            if (page === 0) {
              desk.clock.pass(1);
              await clerk.file(faulty(1));
            }
          }
          const old = seen.filter((one) => filed.has(one) || before.has(one));
          expect([limit, new Set(seen).size, new Set(old).size]).toEqual([limit, seen.length, 300 + before.size]);
        }
      });

      test('of what waits comes by its clock, page by page too', async () => {
        const days = ['2026-03-06', '2026-03-02', '2026-03-09', '2026-03-04', '2026-03-02'];
        for (const receivedOn of days) await clerk.file([asked({ id: id(), receivedOn })]);
        const queue = await clerk.rows('state=needs_review', 2);
        const due = queue.map(({ waiting }) => waiting?.due ?? '');
        expect(queue.length).toBeGreaterThan(days.length);
        expect(due).toEqual([...due].sort());
        expect(new Set(queue.map((row) => row.id)).size).toBe(queue.length);
        expect(new Set(due).size).toBeGreaterThan(3);
        expect(queue.map((row) => row.id)).toEqual((await clerk.rows('state=needs_review')).map((row) => row.id));
      });
    });
  });
});
