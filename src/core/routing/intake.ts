import { type FieldError, fieldErrors } from '../documents/field-errors.js';
import { type Filing, filingSchema, type Party } from '../documents/filing.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { err, ok, type Result } from '../kernel/result.js';
import { parseCaseNumber } from '../law/case-number.js';
import { type CauseList, findCause, nearestCauses } from '../law/cause.js';
import { normaliseIdentityNumber } from '../law/identity-number.js';
import { normaliseOrganisationCode } from '../law/organisation-code.js';
import type { Lawbook } from './lawbook.js';

/** What a filing is checked against besides its schema. */
export interface IntakeContext {
  /** 法院代字 of the docket. */
  readonly court: string;
  readonly lawbook: Pick<Lawbook, 'causes'>;
  /** Ids that came before in the batch. */
  readonly seen: ReadonlySet<string>;
  /** The day for which the batch is routed, where one was named. */
  readonly on?: PlainDate;
}

/** Instruments of courts carry 案号; arbitral, notarial and administrative ones are free text. */
const COURT_INSTRUMENTS: ReadonlySet<string | undefined> = new Set(['judgment', 'mediation', 'ruling']);

/** The list that a matter's cause is looked up in; for enforcement it is the instrument's, from any list. */
const CAUSE_LIST_OF: Readonly<Record<Filing['matter'], CauseList | undefined>> = {
  civil: 'civil',
  criminal: 'criminal',
  administrative: 'administrative',
  enforcement: undefined,
};

/** Checks one filing: its schema, then what only the law knows (numbers, check digits, causes). All errors at once. */
export function checkFiling(value: unknown, context: IntakeContext): Result<Filing, readonly FieldError[]> {
  const parsed = filingSchema.safeParse(value);
  if (!parsed.success) return err(fieldErrors(parsed.error, value));
  const filing = parsed.data;
  const errors: FieldError[] = [];
  const add = (path: string, code: string, message: string): void => {
    errors.push({ path, code, message });
  };
  if (context.seen.has(filing.id)) {
    add('/id', 'ID_REPEATED', `登记号“${filing.id}”在本批前面已经出现过；请换一个号，或者删去重复的一条`);
  }
  if (filing.court !== context.court) {
    add(
      '/court',
      'COURT_MISMATCH',
      `法院代字“${filing.court}”不是本案卷的法院“${context.court}”；请核对后改正，或者换用该院的案卷`,
    );
  }
  const list = CAUSE_LIST_OF[filing.matter];
  if (!findCause(context.lawbook.causes, filing.cause, list)) {
    const near = nearestCauses(context.lawbook.causes, filing.cause);
    const hint = near.length > 0 ? `，是不是“${near.join('”“')}”？` : '；请按现行案由规定填写全称';
    add('/cause', 'CAUSE_UNKNOWN', `没有“${filing.cause}”这个案由${hint}`);
  }
  const { initialMeasuresReturnedOn: returned } = filing;
  if (returned !== undefined && returned < filing.receivedOn) {
    add(
      '/initialMeasuresReturnedOn',
      'DATE_ORDER',
      `初执移回日期 ${returned} 早于收案日期 ${filing.receivedOn}；请核对两个日期`,
    );
  }
  if (context.on !== undefined && filing.receivedOn > context.on) {
    add(
      '/receivedOn',
      'DATE_ORDER',
      `收案日期 ${filing.receivedOn} 晚于指定的分案日 ${context.on}；请核对日期或者改 --on`,
    );
  }
  for (const [index, party] of filing.parties.entries()) checkParty(party, `/parties/${index}`, filing.receivedOn, add);
  if (filing.origin) checkCaseNumber(filing.origin.caseNo, '/origin/caseNo', add);
  for (const [index, cited] of (filing.citedCases ?? []).entries()) checkCaseNumber(cited, `/citedCases/${index}`, add);
  if (filing.instrument && COURT_INSTRUMENTS.has(filing.instrument.kind)) {
    checkCaseNumber(filing.instrument.caseNo, '/instrument/caseNo', add);
  }
  return errors.length > 0 ? err(errors) : ok(filing);
}

type Add = (path: string, code: string, message: string) => void;

function checkParty(party: Party, path: string, asOf: PlainDate, add: Add): void {
  if (party.idNumber !== undefined) {
    const number = normaliseIdentityNumber(party.idNumber, asOf);
    if (!number.ok) add(`${path}/idNumber`, `ID_NUMBER_${number.error.code.toUpperCase()}`, number.error.message);
  }
  if (party.uscc !== undefined) {
    const code = normaliseOrganisationCode(party.uscc);
    if (!code.ok) add(`${path}/uscc`, `USCC_${code.error.code.toUpperCase()}`, code.error.message);
  }
}

function checkCaseNumber(text: string, path: string, add: Add): void {
  const number = parseCaseNumber(text);
  if (!number.ok) add(path, `CASE_NUMBER_${number.error.code.toUpperCase()}`, number.error.message);
}
