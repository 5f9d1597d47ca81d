import { type FieldError, fieldErrors, mergeErrors, pointerOf, quoted } from '../documents/field-errors.js';
import { type Filing, filingSchema, type Matter } from '../documents/filing.js';
import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
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
}

/** Instruments of courts carry 案号; arbitral, notarial and administrative ones are free text. */
const COURT_INSTRUMENTS: ReadonlySet<string | undefined> = new Set(['judgment', 'mediation', 'ruling']);

/** The list that a matter's cause is looked up in; for enforcement it is the instrument's, from any list. */
const CAUSE_LIST_OF: Readonly<Record<Matter, CauseList | undefined>> = {
  civil: 'civil',
  criminal: 'criminal',
  administrative: 'administrative',
  enforcement: undefined,
};

/**
 * Checks one filing: its schema, then what only the law knows (numbers, check digits, causes), field by field where the
 * schema is content with the field, so that one slip hides no other. All errors at once.
 */
export function checkFiling(value: unknown, context: IntakeContext): Result<Filing, readonly FieldError[]> {
  const parsed = filingSchema.safeParse(value);
  const legal = legalErrors(isRecord(value) ? value : {}, context);
  if (parsed.success) return legal.length > 0 ? err(legal) : ok(parsed.data);
  return err(mergeErrors(fieldErrors(parsed.error, value), legal));
}

type Raw = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (record: unknown, key: string): string | undefined => {
  const found = isRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined;
  return typeof found === 'string' ? found : undefined;
};

const listIn = (record: Raw, key: string): readonly unknown[] => {
  const found = Object.hasOwn(record, key) ? record[key] : undefined;
  return Array.isArray(found) ? found : [];
};

function legalErrors(filing: Raw, context: IntakeContext): FieldError[] {
  const errors: FieldError[] = [];
  const add: Add = (path, code, message) => {
    errors.push({ path, code, message });
  };
  const id = textIn(filing, 'id');
  if (id !== undefined && context.seen.has(id)) {
    add('/id', 'ID_REPEATED', `登记号“${quoted(id)}”在本批前面已经出现过；请换一个号，或者删去重复的一条`);
  }
  checkStorable(filing, '', add);
  const court = textIn(filing, 'court');
  if (court !== undefined && court !== context.court) {
    const message = `法院代字“${quoted(court)}”不是本案卷的法院“${context.court}”；请核对后改正，或者换用该院的案卷`;
    add('/court', 'COURT_MISMATCH', message);
  }
  checkCause(filing, context, add);
  const receivedOn = parsePlainDate(textIn(filing, 'receivedOn') ?? '');
  const returned = parsePlainDate(textIn(filing, 'initialMeasuresReturnedOn') ?? '');
  if (receivedOn && returned && returned < receivedOn) {
    const message = `初执移回日期 ${returned} 早于收案日期 ${receivedOn}；请核对两个日期`;
    add('/initialMeasuresReturnedOn', 'DATE_ORDER', message);
  }
  for (const [index, party] of listIn(filing, 'parties').entries()) {
    checkParty(party, `/parties/${index}`, receivedOn, add);
  }
  const origin = Object.hasOwn(filing, 'origin') ? textIn(filing.origin, 'caseNo') : undefined;
  if (origin !== undefined) checkCaseNumber(origin, '/origin/caseNo', add);
  for (const [index, cited] of listIn(filing, 'citedCases').entries()) {
    if (typeof cited === 'string') checkCaseNumber(cited, `/citedCases/${index}`, add);
  }
  const instrument = Object.hasOwn(filing, 'instrument') ? filing.instrument : undefined;
  const number = textIn(instrument, 'caseNo');
  if (number !== undefined && COURT_INSTRUMENTS.has(textIn(instrument, 'kind'))) {
    checkCaseNumber(number, '/instrument/caseNo', add);
  }
  return errors;
}

function checkCause(filing: Raw, context: IntakeContext, add: Add): void {
  const cause = textIn(filing, 'cause');
  const matter = textIn(filing, 'matter');
  if (cause === undefined || cause === '') return;
  const list =
    matter !== undefined && Object.hasOwn(CAUSE_LIST_OF, matter) ? CAUSE_LIST_OF[matter as Matter] : undefined;
  if (findCause(context.lawbook.causes, cause, list)) return;
  const elsewhere = findCause(context.lawbook.causes, cause);
  const near = nearestCauses(context.lawbook.causes, cause);
  const hint = elsewhere
    ? '：它不是这类案件的案由，请核对案件类别和案由'
    : near.length > 0
      ? `，是不是“${near.join('”“')}”？`
      : '；请按现行案由规定填写全称';
  add('/cause', 'CAUSE_UNKNOWN', `没有“${quoted(cause)}”这个案由${hint}`);
}

type Add = (path: string, code: string, message: string) => void;

/** No database holds NUL in a text; it comes from broken exports, never from a keyboard. */
function checkStorable(value: unknown, path: string, add: Add): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) add(path, 'TEXT_NUL', '文字里有看不见的空字符（NUL），请重新录入这一项');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) checkStorable(member, path + pointerOf([key]), add);
  }
}

function checkParty(party: unknown, path: string, asOf: PlainDate | undefined, add: Add): void {
  const idNumber = textIn(party, 'idNumber');
  if (idNumber !== undefined) {
    const number = normaliseIdentityNumber(idNumber, asOf);
    if (!number.ok) add(`${path}/idNumber`, `ID_NUMBER_${number.error.code.toUpperCase()}`, number.error.message);
  }
  const uscc = textIn(party, 'uscc');
  if (uscc !== undefined) {
    const code = normaliseOrganisationCode(uscc);
    if (!code.ok) add(`${path}/uscc`, `USCC_${code.error.code.toUpperCase()}`, code.error.message);
  }
}

function checkCaseNumber(text: string, path: string, add: Add): void {
  const number = parseCaseNumber(text);
  if (!number.ok) add(path, `CASE_NUMBER_${number.error.code.toUpperCase()}`, number.error.message);
}
