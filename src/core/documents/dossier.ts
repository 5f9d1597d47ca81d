import type { PlainDate } from '../kernel/plain-date.js';
import type { Conversion } from './conversion.js';
import type { Court } from './docket.js';
import type { Answers, Instrument, Matter, Origin, Party, Stage } from './filing.js';

/**
 * 卷宗: everything that a decision rests on, and nothing that names a party. The decision carries it, so that the same
 * rules and seed give the same decision again without the docket.
 */
export interface Dossier {
  readonly filing: DossierFiling;
  readonly court: Pick<Court, 'code' | 'level' | 'province'>;
  /** The day of docketing: the filing's `receivedOn` unless the batch was routed for another day. */
  readonly docketedOn: PlainDate;
  /** The day of assignment; for enforcement the day on which the first measures came back. */
  readonly assignedOn: PlainDate;
  readonly earlier: readonly DossierCase[];
  readonly participations: readonly DossierParticipation[];
  readonly relations: readonly DossierRelation[];
  readonly judges: readonly DossierJudge[];
  /** Look-ups that were cut short: never to be read as "none". */
  readonly truncated: readonly { readonly by: string; readonly total: number }[];
  /** The docket's own parameters, as given. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** What two people decided about who takes it; left out before anyone did. */
  readonly handover?: Handover;
}

/** 指定分案, 变更承办人, the rulings of reviews and 程序转换, as far as they bear on the decision. Grounds are keys of the vocabulary's closed lists. */
export interface Handover {
  readonly designation?: { readonly judge: string; readonly ground: string };
  /** Everyone who has handed it over, in order. */
  readonly reliefs: readonly { readonly judge: string; readonly ground: string }[];
  /** A review ruled that it is the case of this first owner. */
  readonly ruling?: { readonly judge: string; readonly found: 'first_trial' | 'first_enforcement' };
  /** Earlier cases of which a review ruled that the filing does not follow them. */
  readonly disclaimed?: readonly string[];
  /** The last conversion of its procedure; each one stands in the decision that it led to. */
  readonly conversion?: Conversion;
  /** Whoever had it when its procedure was converted, as that decision said it; gone once it changes hands otherwise. */
  readonly keeper?: {
    readonly judge: string;
    readonly method: string;
    readonly linkedCase?: string;
    readonly link?: string;
  };
  /** Which draw of this filing it is, were one needed: 1 for the first. */
  readonly draw: number;
}

/** Before anybody was named, ruled out or relieved. */
export const FIRST_HANDOVER: Handover = { reliefs: [], draw: 1 };

export interface DossierFiling {
  readonly id: string;
  readonly matter: Matter;
  readonly stage: Stage;
  readonly receivedOn: PlainDate;
  readonly cause: string;
  readonly amount: string | null;
  readonly facts: Answers;
  readonly parties: readonly DossierParty[];
  readonly originRelation: Origin['relation'] | 'none';
  readonly originKnown: boolean;
  readonly originStage: Stage | 'unknown';
  readonly instrumentKind: NonNullable<Instrument['kind']> | 'unstated';
}

export type DossierParty = Pick<Party, 'role' | 'whereabouts' | 'foreign'>;

/** Facts of one layer by their English key; days as text, as in the documents. */
export type FactRecord = Readonly<Record<string, boolean | string | number>>;

/** One earlier case with what it has to do with the filing. */
export interface DossierCase {
  readonly caseNo: string;
  readonly filedOn: PlainDate;
  readonly owner: string;
  /** The 前案 facts, those at their default left out; see `withoutDefaults`. */
  readonly facts: FactRecord;
  /** The filing's amount is unknown and the earlier one's is this: whether they agree is open. */
  readonly openAmount?: string;
  readonly ownerSeriesCount: number;
  readonly evidence: readonly { readonly kind: string; readonly text: string }[];
}

/** A judge's part in another procedure of the same case. */
export interface DossierParticipation {
  readonly judge: string;
  readonly caseNo: string;
  readonly facts: FactRecord;
}

/** A judge's relation with a party or an agent of the filing. */
export interface DossierRelation {
  readonly judge: string;
  readonly facts: FactRecord;
}

/** A judge as the pool sees them; what is as usual is left out. */
export interface DossierJudge {
  readonly judge: string;
  /** Weighted cases in hand, in thousandths. */
  readonly loadMilli: number;
  readonly quotaPermille?: number;
  readonly handles?: false;
  /** The only tracks that they hear. */
  readonly tracks?: readonly string[];
  readonly causeFits?: false;
  readonly left?: true;
  /** Days away from the day of assignment on, that day included; 99999 when open-ended. */
  readonly absentDays?: number;
}

/** Stands for an absence without an end. */
export const OPEN_ENDED_DAYS = 99_999;

/** A decision holds forty judges and up to hundreds of earlier cases: what is at its default is not written down. */
const isDefault = (value: boolean | string | number): boolean => value === false || value === 'none' || value === 0;

/** A record without what is at its default. */
export const withoutDefaults = (facts: FactRecord): FactRecord =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => !isDefault(value)));
