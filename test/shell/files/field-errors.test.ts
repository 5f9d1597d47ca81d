import { describe, expect, it } from 'vitest';
import { docketSchema } from '../../../src/core/documents/docket.js';
import { fieldErrors, mergeErrors, nearest } from '../../../src/core/documents/field-errors.js';
import { filingSchema } from '../../../src/core/documents/filing.js';
import { SAMPLE } from './support.js';

const sample = (): Record<string, unknown> => structuredClone(SAMPLE[0]) as unknown as Record<string, unknown>;

function errorsOf(change: (filing: Record<string, unknown>) => unknown) {
  const filing = sample();
  change(filing);
  const result = filingSchema.safeParse(filing);
  return result.success ? [] : fieldErrors(result.error, filing);
}
const party = (filing: Record<string, unknown>, index: number) =>
  (filing.parties as Record<string, unknown>[])[index] as Record<string, unknown>;

describe('fieldErrors', () => {
  it.each([
    ['/cause', 'REQUIRED', (f: Record<string, unknown>) => void delete f.cause],
    ['/parties/0/role', 'REQUIRED', (f: Record<string, unknown>) => void delete party(f, 0).role],
    ['/parties/1/role', 'ENUM', (f: Record<string, unknown>) => Object.assign(party(f, 1), { role: 'defendent' })],
    ['/id', 'TYPE', (f: Record<string, unknown>) => Object.assign(f, { id: 1 })],
    ['/id', 'TOO_SHORT', (f: Record<string, unknown>) => Object.assign(f, { id: '' })],
    ['/id', 'TOO_LONG', (f: Record<string, unknown>) => Object.assign(f, { id: 'x'.repeat(65) })],
    ['/parties', 'TOO_FEW', (f: Record<string, unknown>) => Object.assign(f, { parties: [] })],
    ['/amount', 'AMOUNT_MALFORMED', (f: Record<string, unknown>) => Object.assign(f, { amount: '8,6000' })],
    ['/receivedOn', 'DATE_MALFORMED', (f: Record<string, unknown>) => Object.assign(f, { receivedOn: '2026-02-30' })],
    ['/facts/factsClear', 'TYPE', (f: Record<string, unknown>) => Object.assign(f, { facts: { factsClear: 'yes' } })],
    [
      '/facts/maxSentenceMonths',
      'TOO_SMALL',
      (f: Record<string, unknown>) => Object.assign(f, { facts: { maxSentenceMonths: -1 } }),
    ],
  ])('%s %s', (path, code, change) => {
    expect(errorsOf(change)).toMatchObject([{ path, code }]);
  });

  it('gives every unknown field its own pointer, escaped, and a suggestion', () => {
    const errors = errorsOf((filing) => {
      filing.recievedOn = 1;
      filing['a/b~c'] = 1;
      party(filing, 0).idnumber = '511527197506150015';
    });
    expect(errors.map((error) => [error.path, error.code]).sort()).toEqual([
      ['/a~1b~0c', 'UNKNOWN_FIELD'],
      ['/parties/0/idnumber', 'UNKNOWN_FIELD'],
      ['/recievedOn', 'UNKNOWN_FIELD'],
    ]);
    expect(errors.find((error) => error.path === '/recievedOn')?.message).toContain('receivedOn');
    expect(errors.find((error) => error.path === '/parties/0/idnumber')?.message).toContain('idNumber');
  });

  it('never repeats an identity number, wherever it was put', () => {
    const errors = errorsOf((filing) => {
      party(filing, 0).idNumber = `511527197506150015${'0'.repeat(40)}`;
      party(filing, 0).role = '511527 19750615 0015';
      filing.amount = '511527197506150015';
      filing.receivedOn = '５１１５２７１９７５０６１５００１５';
    });
    expect(errors).toHaveLength(4);
    for (const { message } of errors) expect(message.normalize('NFKC').replace(/[\s-]/g, '')).not.toMatch(/5115271975/);
  });

  it('lists the accepted values and what was meant', () => {
    const [error] = errorsOf((filing) => Object.assign(filing, { matter: 'civill' }));
    expect(error?.message).toMatch(/是不是「civil」.*criminal、administrative/);
  });

  it('serves the docket too', () => {
    const docket = { court: {}, divisions: [{ nam: 1 }], judges: [], cases: [], parameters: { x: [] } };
    const result = docketSchema.safeParse(docket);
    const errors = result.success ? [] : fieldErrors(result.error, docket, docketSchema);
    const of = (path: string) => errors.find((error) => error.path === path);
    expect(of('/court/code')?.code).toBe('REQUIRED');
    expect(of('/parameters/x')?.code).toBe('TYPE');
    expect(of('/divisions/0/nam')?.message).toContain('name');
  });

  it('reports a document that is no object', () => {
    const result = filingSchema.safeParse([]);
    expect(result.success ? [] : fieldErrors(result.error, [])).toMatchObject([{ path: '', code: 'TYPE' }]);
  });

  it('does not say the same field twice when merged', () => {
    const error = { path: '/id', code: 'A', message: '' };
    expect(
      mergeErrors(
        [error],
        [
          { ...error, code: 'B' },
          { path: '/x', code: 'C', message: '' },
        ],
      ),
    ).toMatchObject([{ code: 'A' }, { code: 'C' }]);
  });

  it('suggests only what is near', () => {
    expect(nearest('案号', ['案由', '登记号'])).toBeUndefined();
    expect(nearest('身份证号码', ['身份证号', '信用代码'])).toBe('身份证号');
  });
});
