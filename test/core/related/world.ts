import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type DocketCase, docketCaseSchema } from '../../../src/core/documents/docket.js';
import { type Filing, filingSchema, type Party } from '../../../src/core/documents/filing.js';
import { addDays, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { parseCaseTypes } from '../../../src/core/law/case-type.js';
import { buildCauseTree, CAUSE_LISTS, parseCauseRows } from '../../../src/core/law/cause.js';
import type { CsvRow } from '../../../src/core/law/csv-row.js';
import { identityCheckDigit } from '../../../src/core/law/identity-number.js';
import { findCandidates } from '../../../src/core/related/candidates.js';
import { DocketIndex } from '../../../src/core/related/docket-index.js';
import type { CaseReader, EarlierCase } from '../../../src/core/related/earlier-case.js';
import { viewFiling } from '../../../src/core/related/filing-view.js';
import { type Pair, pairFacts } from '../../../src/core/related/pair-facts.js';
import { compareCases } from '../../../src/core/related/postings.js';

const rows = (path: string): CsvRow[] =>
  parse(readFileSync(new URL(`../../../rules/reference/${path}`, import.meta.url)), { columns: true });

export const reader: CaseReader = {
  courtCode: '川1527',
  causes: buildCauseTree(CAUSE_LISTS.flatMap((list) => parseCauseRows(list, rows(`causes-${list}.csv`)))),
  caseTypes: parseCaseTypes(rows('case-types.csv')),
};

/** A valid identity number for each whole number. */
export const idOf = (serial: number): string => {
  const first17 = `51152719750615${String(serial % 1000).padStart(3, '0')}`;
  const other = `${511000 + Math.floor(serial / 1000)}19750615${String(serial % 1000).padStart(3, '0')}`;
  const body = serial < 1000 ? first17 : other;
  return body + identityCheckDigit(body);
};

export const day = (offset: number): PlainDate => addDays(plainDate('2026-03-01'), offset);

type Who = Partial<Omit<Party, 'role' | 'kind' | 'name'>>;
export const person = (role: Party['role'], name: string, who: Who = {}): Party => ({
  role,
  kind: 'person',
  name,
  ...who,
});
export const firm = (role: Party['role'], name: string, who: Who = {}): Party => ({
  role,
  kind: 'organization',
  name,
  ...who,
});

/** A closed civil case of first instance, except where told otherwise. */
export const aCase = (number: number, over: Partial<DocketCase> = {}): DocketCase =>
  docketCaseSchema.parse({
    caseNo: `（2026）川1527民初${number}号`,
    matter: 'civil',
    cause: '民间借贷纠纷',
    filedOn: '2026-03-01',
    judge: 'M1',
    parties: [],
    ...over,
  });

/** A civil filing of first instance received on 9 March 2026, except where told otherwise. */
export const aFiling = (over: Partial<Filing> = {}): Filing =>
  filingSchema.parse({
    id: '2026-0001',
    court: '川1527',
    matter: 'civil',
    stage: 'first_instance',
    receivedOn: '2026-03-09',
    cause: '民间借贷纠纷',
    parties: [person('plaintiff', '王建国')],
    ...over,
  });

export const indexOf = (...cases: readonly DocketCase[]): DocketIndex => new DocketIndex(cases, reader);

/** The pairs that a filing makes with its candidates, by case number. */
export function pairsOf(index: DocketIndex, filing: Filing, windowDays = 7): Map<string, Pair> {
  const view = viewFiling(index, filing, { windowDays });
  return new Map(findCandidates(index, view).cases.map((each) => [each.caseNo, pairFacts(view, each)]));
}

/** The facts of a filing and one earlier case, whether or not it would be found. */
export function factsOf(filing: Filing, earlier: DocketCase, windowDays = 7) {
  const index = indexOf(earlier);
  const [found] = index.casesNamed(earlier.caseNo);
  if (found === undefined) throw new Error('not in the index');
  return pairFacts(viewFiling(index, filing, { windowDays }), found).facts;
}

/** Straight from the words of the rule: walk all cases in order and open a series whenever the last one has run out. */
export function seriesBySweep(cases: readonly EarlierCase[], on: number, windowDays: number) {
  let series: EarlierCase[] = [];
  for (const each of [...cases].sort(compareCases)) {
    if (each.day > on) break;
    const first = series[0];
    if (first === undefined || each.day - first.day + 1 > windowDays) series = [each];
    else series.push(each);
  }
  const first = series[0];
  return first === undefined || on - first.day + 1 > windowDays ? undefined : series;
}
