import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../src/core/documents/decision.js';
import { readFilings } from '../src/shell/files/read-table.js';
import { docketText, filingsWorkbook, makeSample, sampleVocabulary } from './generate/sample.js';
import { docketOf, readJson, routeAll } from './support/route.js';
import { schemaErrors } from './support/schemas.js';

const at = (name: string): URL => new URL(`../docs/sample/${name}`, import.meta.url);

let decisions: Decision[];
let remarks: readonly string[];

beforeAll(async () => {
  const read = await readFilings(fileURLToPath(at('filings.xlsx')), sampleVocabulary());
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  remarks = read.value.remarks;
  decisions = await routeAll(read.value.filings, docketOf(readJson(at('docket.json'))));
});

describe('the sample files', () => {
  const sample = makeSample();

  test('are what the generator writes, byte for byte', async () => {
    expect(docketText(sample) === readFileSync(at('docket.json'), 'utf8')).toBe(true);
    expect((await filingsWorkbook(sample, sampleVocabulary())).equals(readFileSync(at('filings.xlsx')))).toBe(true);
  });

  test('hold forty judges, eight divisions and three thousand cases in less than three megabytes', () => {
    const { divisions, judges, cases } = sample.docket;
    expect([divisions.length, judges.length, cases.length]).toEqual([8, 40, 3000]);
    expect(new Set(cases.map((each) => each.caseNo)).size).toBe(3000);
    expect(readFileSync(at('docket.json')).length).toBeLessThan(3_000_000);
    expect(schemaErrors.docket(readJson(at('docket.json')))).toEqual([]);
  });

  test('have every closure, changes of handler, panels, chains, instruments and cases of other courts', () => {
    const { cases } = sample.docket;
    expect(new Set(cases.map((each) => each.closure ?? 'open')).size).toBeGreaterThanOrEqual(13);
    const count = (holds: (each: (typeof cases)[number]) => unknown): number => cases.filter(holds).length;
    expect(count((each) => each.handlers)).toBeGreaterThan(50);
    expect(count((each) => each.panel)).toBeGreaterThan(200);
    expect(count((each) => each.instrument)).toBeGreaterThan(500);
    expect(count((each) => each.originCaseNo)).toBeGreaterThan(500);
    expect(count((each) => !each.caseNo.includes('川1599'))).toBeGreaterThan(50);
    expect(count((each) => each.modelCase)).toBe(1);
  });
});

describe('the sixty filings of the day', () => {
  const found = <T>(of: (decision: Decision) => readonly T[]): Set<T> => new Set(decisions.flatMap(of));
  const rulesAbout = (about: string): Set<string> =>
    found(({ reasons = [] }) => reasons.filter((reason) => reason.about === about).map(({ rule }) => rule));

  test('are read without a remark and decided one by one, by the contract', () => {
    expect(remarks).toEqual([]);
    expect(decisions).toHaveLength(60);
    for (const decision of decisions) expect(schemaErrors.decision(decision), decision.filing).toEqual([]);
  });

  test('are mostly assigned; some need a person, some are wrong', () => {
    const count = (status: string): number => decisions.filter((each) => each.status === status).length;
    expect(count('invalid')).toBe(8);
    expect(count('needs_review')).toBeGreaterThanOrEqual(8);
    expect(count('needs_review')).toBeLessThanOrEqual(12);
  });

  test('hit every kind of link', () => {
    const kinds = ['counterclaim', 'refiled', 'derived', 'model_case', 'same_instrument', 'instalment', 'series'];
    const others = ['enforcement_series', 'remanded', 'retrial', 'appeal', 'third_party_revocation'];
    const last = ['enforcement_objection_suit', 'enforcement_objection', 'possible_duplicate'];
    expect(found(({ links = [] }) => links.map(({ kind }) => kind))).toEqual(new Set([...kinds, ...others, ...last]));
  });

  test('hit every way in which an earlier judge keeps the case', () => {
    const rules = ['CX', 'ST', 'SF', 'ZX1', 'ZX2', 'ZX3', 'FQ', 'PL'].map((name) => `SZ-CB-${name}`);
    expect(rulesAbout('owner')).toEqual(new Set(['GJ-CB-FS', 'GJ-CB-XL', ...rules]));
    expect(found(({ owner }) => (owner ? [owner.method] : []))).toEqual(
      new Set(['first_trial', 'first_enforcement', 'series', 'random', 'none']),
    );
    const derived = decisions.flatMap(({ links = [] }) => links.filter(({ kind }) => kind === 'derived'));
    expect(derived.some(({ evidence }) => evidence.includes('收案写明该案案号'))).toBe(true);
    expect(derived.some(({ evidence }) => evidence.some((text) => text.includes('在前案中为对方当事人')))).toBe(true);
    expect(decisions.filter(({ owner }) => owner?.link === 'series').length).toBeGreaterThanOrEqual(3);
  });

  test('hit the reasons for which an earlier judge cannot keep it, and then it is drawn', () => {
    const unable = decisions.filter(({ reasons = [] }) => reasons.some(({ about }) => about === 'owner_unable'));
    for (const number of [1, 2, 3, 4, 5, 6, 7]) expect(rulesAbout('owner_unable')).toContain(`GJ-CB-L${number}`);
    expect(unable.map(({ owner }) => owner?.method)).toEqual(unable.map(() => 'random'));
  });

  test('hit every sort of bar', () => {
    const rules = found(({ barred = [] }) => barred.map(({ rule }) => rule));
    const panels = ['GJ-MS-41-3-C', 'GJ-MS-41-4-C', 'GJ-MSJS-45-1', 'GJ-ZXYY-11-3'];
    for (const rule of [...panels, 'GJ-MSJS-43-1', 'GJ-MSJS-43-4', 'GJ-MSJS-43-5']) expect(rules).toContain(rule);
    const texts = [...found(({ barred = [] }) => barred.map(({ text }) => text))];
    expect(texts.some((text) => text.includes('仅名称一致'))).toBe(true);
    expect(texts.some((text) => text.includes('号码一致'))).toBe(true);
  });

  test('hit every procedure and panel of a basic court', () => {
    const matters = found(({ record, procedure, panel, status }) =>
      status === 'assigned' && record ? [`${record.filing.matter} ${procedure} ${panel}`] : [],
    );
    const civil = ['small_claims single', 'summary single', 'ordinary single', 'ordinary collegial', 'special single'];
    const criminal = ['fast_track single', 'summary single', 'ordinary collegial', 'ordinary collegial_seven'];
    const wanted = [
      ...[...civil, 'payment_order single'].map((each) => `civil ${each}`),
      ...criminal.map((each) => `criminal ${each}`),
      ...['summary single', 'ordinary collegial'].map((each) => `administrative ${each}`),
      ...['enforcement none', 'enforcement_review collegial'].map((each) => `enforcement ${each}`),
    ];
    expect(matters).toEqual(new Set(wanted));
    for (const rule of ['GJ-MS-165-1', 'GJ-MS-165-2']) expect(rulesAbout('procedure')).toContain(rule);
  });

  test('need a person for names alone, for questions, for an origin that is missing, and where the law says so', () => {
    const rules = rulesAbout('review');
    for (const rule of ['GL-JPMC-2Z', 'GL-SCTS-LH1', 'GJ-LYBZK', 'GJ-MS-59-3', 'GJ-MSJS-302'])
      expect(rules).toContain(rule);
    const questions = found(({ questions = [] }) => questions.map(({ fact }) => fact));
    const asked = ['appraisalNeeded', 'factsClear', '/amount', '/parties/1/whereabouts', 'admitsGuilt'];
    for (const fact of asked) expect(questions).toContain(fact);
    const open = decisions.filter(({ status }) => status === 'needs_review');
    expect(open.every(({ owner }) => owner?.judge === null)).toBe(true);
  });

  test('hit every sort of mistake', () => {
    const codes = found(({ errors = [] }) => errors.map(({ code }) => code.replace(/^CASE_NUMBER_.*/, 'CASE_NUMBER')));
    const formats = ['DATE_MALFORMED', 'AMOUNT_MALFORMED', 'CASE_NUMBER', 'ID_NUMBER_CHECK_DIGIT', 'USCC_CHECK_DIGIT'];
    const others = ['NUMERIC_ID', 'CAUSE_UNKNOWN', 'COURT_MISMATCH', 'ID_REPEATED', 'ENUM_WORD'];
    expect(codes).toEqual(new Set([...formats, ...others]));
  });
});
