import type { Closure, DocketCase } from '../documents/docket.js';
import type { Matter, Stage } from '../documents/filing.js';
import { sha256Hex } from '../kernel/digest.js';
import { daysBetween, type PlainDate, plainDate } from '../kernel/plain-date.js';
import { caseNumberKey, formatCaseNumber, parseCaseNumber } from '../law/case-number.js';
import { type CaseTypeTable, caseTypeOf } from '../law/case-type.js';
import { type CauseTree, findCause, level2Of } from '../law/cause.js';
import { parseAmountFen } from '../law/money.js';
import { withoutSpaces } from '../law/normal-text.js';
import { type IdentifiedParty, identify } from './party-key.js';

/** A cause as causes are compared: by its name, and by its 二级案由 where the tree knows both. */
export type CauseKey = { readonly name: string; readonly level2: string | undefined };

/** What an earlier case is compared by; nothing else of the docket's case is kept. */
export type EarlierCase = {
  /** As the docket writes it; the filing's id for a case of this batch. */
  readonly caseNo: string;
  readonly caseKey: string;
  readonly matter: Matter;
  readonly stage: Stage | 'unknown';
  readonly cause: CauseKey | undefined;
  readonly amountFen: bigint | undefined;
  readonly filedOn: PlainDate;
  /** `filedOn` as a number of days. */
  readonly day: number;
  readonly closedOn: PlainDate | undefined;
  /** A closed case that does not say how it was closed counts as `terminated`, which makes no link. */
  readonly closure: Closure | 'open';
  /** Who closed it, or who holds it now. */
  readonly owner: string;
  /** Who holds it now, whose load it is. */
  readonly judge: string;
  /** Everyone who took part: judge, panel, all handlers; each once. */
  readonly participants: readonly string[];
  /** The parties of both sides, without third parties, agents and prosecutors. */
  readonly parties: readonly IdentifiedParty[];
  readonly instrumentKey: string | undefined;
  readonly instalment: number | undefined;
  readonly originKey: string | undefined;
  readonly modelCase: boolean;
  /** A digest of the set of claims; undefined where none is stated. */
  readonly claimsKey: string | undefined;
  readonly weight: number;
  readonly sameCourt: boolean;
  readonly inBatch: boolean;
};

/** What reading a case needs besides the case. */
export type CaseReader = {
  /** The docket's own 法院代字. */
  readonly courtCode: string;
  readonly causes: CauseTree;
  readonly caseTypes: CaseTypeTable;
};

const EPOCH = plainDate('1900-01-01');
const dayNumbers = new Map<PlainDate, number>();

/** Days since 1900-01-01. Remembered by date: counting anew takes 8 µs, and a docket has few dates. */
export function dayNumber(date: PlainDate): number {
  let day = dayNumbers.get(date);
  if (day === undefined) {
    day = daysBetween(EPOCH, date);
    dayNumbers.set(date, day);
  }
  return day;
}

/** How a cause is compared. For enforcement it is that of the instrument, from any of the lists. */
export function causeKeyOf(tree: CauseTree, name: string, matter: Matter): CauseKey {
  const node = matter === 'enforcement' ? findCause(tree, name) : findCause(tree, name, matter);
  return { name: withoutSpaces(node?.name ?? name), level2: node && level2Of(node)?.code };
}

/** Points within numbers and per cents are part of a claim (1.5万元 is not 15万元); all other punctuation is not. */
const CLAIM_NOISE = /(?<!\d)\.|\.(?!\d)|(?![.%‰])[\p{P}\p{S}]/gu;

/** The digest of a set of claims: half width, without white space and punctuation, in no order; undefined where there is none. */
export function claimsKeyOf(claims: readonly string[] | undefined): string | undefined {
  const set = new Set(claims?.map((claim) => withoutSpaces(claim).replace(CLAIM_NOISE, '')));
  set.delete('');
  return set.size === 0 ? undefined : sha256Hex([...set].sort().join('\n'));
}

/** The case in the form in which it is compared. `onWeakNumber` is told of every number that is none. */
export function readEarlierCase(
  docketCase: DocketCase,
  reader: CaseReader,
  options: { readonly inBatch: boolean; readonly cause: CauseKey | undefined; readonly onWeakNumber: () => void },
): EarlierCase {
  const { caseNo, matter, filedOn, judge, instrument, originCaseNo } = docketCase;
  const { inBatch, cause, onWeakNumber } = options;
  const parsed = parseCaseNumber(caseNo);
  const number = parsed.ok ? parsed.value : undefined;
  const closedOn = docketCase.closedOn ?? undefined;
  // The old form's court is a free word (筠), which says nothing about which court it is.
  const otherCourt = !inBatch && number !== undefined && !number.oldForm && number.court !== reader.courtCode;
  const stage = docketCase.stage ?? (number && caseTypeOf(reader.caseTypes, number.type)?.stage);
  return {
    caseNo: number === undefined || inBatch ? caseNo : formatCaseNumber(number),
    caseKey: number === undefined ? caseNumberKey(caseNo) : numberKey(number),
    matter,
    stage: stage ?? 'unknown',
    cause,
    amountFen: amountOf(docketCase.amount),
    filedOn,
    day: dayNumber(filedOn),
    closedOn,
    closure: docketCase.closure ?? (closedOn === undefined ? 'open' : 'terminated'),
    owner: ownerOf(docketCase, closedOn),
    judge,
    participants: participantsOf(docketCase),
    parties: docketCase.parties
      .map((party) => identify(party, filedOn, onWeakNumber))
      .filter((party) => party.side !== undefined),
    instrumentKey: instrument && caseNumberKey(instrument.caseNo),
    instalment: instrument?.instalment,
    originKey: originCaseNo === undefined ? undefined : caseNumberKey(originCaseNo),
    modelCase: docketCase.modelCase ?? false,
    claimsKey: claimsKeyOf(docketCase.claims),
    weight: docketCase.weight ?? 1,
    sameCourt: !otherCourt,
    inBatch,
  };
}

/** An earlier case of which only what lists are made of is known; it must not be compared with anything. */
export const stubOf = (
  known: Pick<EarlierCase, 'caseNo' | 'caseKey' | 'originKey' | 'filedOn' | 'owner'>,
  inBatch: boolean,
): EarlierCase => ({
  caseNo: known.caseNo,
  caseKey: known.caseKey,
  originKey: known.originKey,
  filedOn: known.filedOn,
  day: dayNumber(known.filedOn),
  owner: known.owner,
  judge: known.owner,
  inBatch,
  matter: 'civil',
  stage: 'unknown',
  cause: undefined,
  amountFen: undefined,
  closedOn: undefined,
  closure: 'open',
  participants: [],
  parties: [],
  instrumentKey: undefined,
  instalment: undefined,
  modelCase: false,
  claimsKey: undefined,
  weight: 1,
  sameCourt: true,
});

/** Yuan as the contract writes them, in fen; undefined where the amount is not given. */
export const amountOf = (amount: string | null | undefined): bigint | undefined =>
  amount === null || amount === undefined ? undefined : parseAmountFen(amount);

/** As `caseNumberKey`, for a number that was parsed already. */
function numberKey({ documentSuffix: _, ...number }: Parameters<typeof formatCaseNumber>[0]): string {
  return formatCaseNumber(number);
}

function ownerOf({ judge, handlers = [] }: DocketCase, closedOn: PlainDate | undefined): string {
  if (closedOn === undefined) return judge;
  let last: { readonly judge: string; readonly from: PlainDate } | undefined;
  for (const each of handlers) {
    if (each.from <= closedOn && (last === undefined || each.from >= last.from)) last = each;
  }
  return last?.judge ?? judge;
}

function participantsOf({ judge, panel, handlers }: DocketCase): readonly string[] {
  if (panel === undefined && handlers === undefined) return [judge];
  return [...new Set([judge, ...(panel ?? []), ...(handlers ?? []).map((each) => each.judge)])];
}
