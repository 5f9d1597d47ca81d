import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutNumbers } from '../../../src/core/law/number-masking.js';
import { replay } from '../../../src/core/routing/replay.js';
import { decisionsWorkbook } from '../../../src/shell/files/workbook.js';
import { entryText, zipEntries } from '../../../src/shell/files/zip.js';
import { filing, type Json, lawbook, person } from '../../support/court.js';
import { COURT, TODAY } from '../../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import { type Client, type FilingView, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';
import { bare, numberArbitrary, written } from '../../support/numbers.js';
import { pdfRuns } from '../files/pdf-text.js';

const RUNS = 6 * Number(process.env.FC_RUNS ?? 1);
/** One number in every place where somebody may write words. */
const PLACES = ['id', 'claim', 'name', 'formerName', 'represents', 'instrument', 'cause', 'cited'] as const;

async function partsOf(bytes: Buffer): Promise<string[]> {
  const texts: string[] = [];
  for (const entry of zipEntries(bytes).values()) {
    let text = '';
    for await (const piece of entryText(bytes, entry)) text += piece;
    texts.push(text);
  }
  return texts;
}

const [engine] = ENGINES;

describe.skipIf(engine?.missing)('identity numbers in free text', () => {
  let opened: OpenedEngine;
  let desk: HttpDesk;
  let clerk: Client;
  let supervisor: Client;
  let sequence = 0;

  beforeAll(async () => {
    opened = await (engine?.open() ?? Promise.reject(new Error('no engine')));
    await emptied(opened.db);
    desk = await openHttpDesk(opened);
    clerk = await desk.person(['filing_clerk']);
    supervisor = await desk.person(['supervisor']);
  });
  afterAll(async () => {
    await desk?.close();
    await opened?.close();
  });

  /** A filing with the number written into each of the places, and one that is faulty by it. */
  const filingsWith = (numbers: Readonly<Record<(typeof PLACES)[number], string>>): readonly [Json, Json] => {
    sequence += 1;
    const { id, claim, name, formerName, represents, instrument, cause, cited } = numbers;
    const right = filing({
      id: `M-${sequence} ${id}`.slice(0, 64),
      claims: [`还款，身份证${claim}`, claim],
      parties: [
        person('plaintiff', `甲一（${name}）`, 101, { formerNames: [`旧名${formerName}`] }),
        person('defendant', `乙二${name}`, 102),
        person('agent', '代理人', undefined, { represents: `甲一 ${represents}` }),
      ],
      instrument: { caseNo: `仲裁裁决${instrument}`, kind: 'arbitral_award' },
    });
    const faulty = { ...right, id: `${sequence}-${id}`, cause: `借款${cause}`, citedCases: [`案件${cited}`] };
    return [right, faulty];
  };

  const numbersArbitrary = fc.record(
    Object.fromEntries(PLACES.map((place) => [place, numberArbitrary.chain(written)])) as Record<
      (typeof PLACES)[number],
      fc.Arbitrary<string>
    >,
  );

  test('stand whole in no view, list, search, export, notice, problem or log; what is stored keeps them', async () => {
    await fc.assert(
      fc.asyncProperty(numbersArbitrary, async (numbers) => {
        const from = desk.heard.length;
        const logged = desk.log.length;
        const given = filingsWith(numbers);
        const views: FilingView[] = [];
        for (const row of (await clerk.file(given)).values()) views.push(await clerk.see(row.id));
        const [right] = views.filter(({ row }) => row.state === 'assigned');
        const [faulty] = views.filter(({ row }) => row.state === 'invalid');
        if (right === undefined || faulty === undefined) throw new Error(JSON.stringify(views.map(({ row }) => row)));
        await clerk.rows('');
        await clerk.post('/filings/search', { text: 'M-' });
        for (const path of ['/batches', '/judges']) await clerk.get(path);
        for (const path of ['/docket', '/audit?limit=200']) await supervisor.get(path);
        await clerk.post('/check', { filing: given[1] });
        const answer = { version: faulty.row.version, filing: { ...given[1], [numbers.id]: numbers.claim } };
        await clerk.send('PUT', clerk.at(`/filings/${faulty.row.id}`), answer);
        const notice = `/filings/${right.row.id}/notice`;
        const files = [
          ...(await partsOf((await clerk.get('/filings.xlsx')).rawPayload)),
          ...(await partsOf((await clerk.get(`${notice}.docx`)).rawPayload)),
          ...pdfRuns((await clerk.get(`${notice}.pdf`)).rawPayload).map((runs) =>
            runs.map(({ text }) => text).join(''),
          ),
        ];
        const shown = bare([...desk.heard.slice(from), ...files, ...desk.log.slice(logged)].join('\n'));
        for (const [place, number] of Object.entries(numbers)) expect(shown.includes(bare(number)), place).toBe(false);
        expect(shown).toContain(bare(withoutNumbers(numbers.name)));

        const stored = await desk.views.filing(COURT, right.row.id, TODAY);
        expect(stored?.filing?.claims).toEqual(given[0].claims);
        const decision = stored?.decisions.at(-1)?.decision;
        expect((await replay(decision, lawbook, desk.service.evaluator)).outcome).toBe('same');
        const sheets = await partsOf(
          await decisionsWorkbook([decision as never], { label: (_enumeration, key) => key }),
        );
        expect(bare(sheets.join(''))).not.toContain(bare(numbers.id));
      }),
      { numRuns: RUNS },
    );
  });

  test('come back masked in a correction and are the numbers again, whatever else was changed', async () => {
    await fc.assert(
      fc.asyncProperty(numbersArbitrary, async (numbers) => {
        const [right] = filingsWith(numbers);
        const wrong = { ...right, cause: '民间借款纠纷' };
        const [row] = (await clerk.file([wrong])).values();
        const { filing: shown, row: before } = await clerk.see(row?.id ?? '');
        const typed = {
          ...right,
          id: before.reference,
          claims: [...shown.claims, '另加一项'].reverse(),
          parties: shown.parties,
          instrument: shown.instrument,
        };
        const body = { version: before.version, filing: typed };
        const response = await clerk.send('PUT', clerk.at(`/filings/${before.id}`), body);
        expect(response.statusCode, response.body).toBe(200);
        const stored = await desk.views.filing(COURT, before.id, TODAY);
        expect(stored?.filing).toEqual({
          ...right,
          claims: [...(right.claims as string[]), '另加一项'].reverse(),
          parties: stored?.filing?.parties,
        });
        const namesOf = (parties: unknown): unknown =>
          (parties as Json[]).map(({ name, formerNames, represents }) => ({ name, formerNames, represents }));
        expect(namesOf(stored?.filing?.parties)).toEqual(namesOf(right.parties));
      }),
      { numRuns: RUNS },
    );
  });

  test('are refused in a purpose and in the note of a proposal, which are kept for good', async () => {
    const [row] = (await clerk.file([filing({ id: 'P-1' })])).values();
    const { id = '', version = 0 } = row ?? {};
    const proposal = { version, kind: 'reassign', ground: 'leave' };
    await fc.assert(
      fc.asyncProperty(numberArbitrary.chain(written), async (number) => {
        const unmasked = await clerk.post(`/filings/${id}/unmask`, { party: 0, purpose: `核对 ${number} 的证件` });
        const proposed = await clerk.post(`/filings/${id}/handovers`, { ...proposal, note: `${number}的案件` });
        for (const [place, response] of [['/purpose', unmasked] as const, ['/note', proposed] as const]) {
          expect(refused(response)).toBe('400 BODY_INVALID');
          expect(response.json<{ errors: Json[] }>().errors).toMatchObject([
            { path: place, message: expect.stringContaining('请不要写身份证号码') },
          ]);
        }
      }),
      { numRuns: RUNS },
    );
    const acts = (await desk.views.auditEvents(COURT, 1, 1000)).map(({ action }) => action);
    expect(acts).not.toContain('filing.unmask');
    expect(acts).not.toContain('handover.propose');
  });
});
