import type { Dossier } from './dossier.js';
import type { FieldError } from './field-errors.js';

/** A citation as decisions print it. */
export interface CitedBasis {
  readonly law: string;
  readonly article?: string;
  readonly status: 'national' | 'policy' | 'local' | 'unverified';
}

/** Which part of the decision a reason speaks to. */
export type ReasonTopic =
  | 'review'
  | 'link'
  | 'bar'
  | 'procedure'
  | 'panel'
  | 'track'
  | 'not_applied'
  | 'owner'
  | 'owner_unable'
  | 'draw'
  | 'deadline';

export interface Reason {
  readonly rule: string;
  readonly about: ReasonTopic;
  readonly text: string;
  readonly basis: readonly CitedBasis[];
}

export interface DecisionLink {
  readonly kind: string;
  readonly caseNo: string;
  readonly score: number;
  readonly evidence: readonly string[];
}

export interface DecisionDeadline {
  readonly kind: string;
  readonly from: string;
  readonly due: string;
  readonly length: number;
  readonly unit: 'day' | 'working_day' | 'month';
  readonly basis: readonly CitedBasis[];
  readonly provisional?: boolean;
}

export interface PoolEntry {
  readonly judge: string;
  readonly in: boolean;
  readonly rule?: string;
  readonly text?: string;
}

/** What is needed to repeat a draw. Weights and ticket are whole numbers; candidates stand in code-point order. */
export interface DrawReceipt {
  readonly algorithm: string;
  readonly seed: string;
  readonly number: number;
  readonly ruleDigest: string;
  readonly poolDigest: string;
  readonly candidates: readonly { readonly judge: string; readonly weight: number }[];
  readonly total: number;
  readonly attempt: number;
  readonly ticket: number;
  readonly judge: string;
}

/** 分案决定, as `decision.schema.json` of the interchange contract has it, with the record that its replay needs. */
export interface Decision {
  readonly filing: string;
  readonly status: 'assigned' | 'needs_review' | 'invalid';
  readonly track?: string;
  readonly procedure?: string;
  readonly panel?: string;
  readonly owner?: {
    readonly judge: string | null;
    readonly method: string;
    readonly linkedCase?: string;
    readonly link?: string;
  };
  readonly links?: readonly DecisionLink[];
  readonly barred?: readonly { readonly judge: string; readonly rule: string; readonly text: string }[];
  readonly pool?: readonly PoolEntry[];
  readonly draw?: DrawReceipt;
  readonly deadlines?: readonly DecisionDeadline[];
  readonly reasons?: readonly Reason[];
  readonly questions?: readonly { readonly fact: string; readonly label: string }[];
  readonly presumed?: readonly { readonly fact: string; readonly value: boolean; readonly text: string }[];
  readonly errors?: readonly FieldError[];
  readonly facts?: readonly {
    readonly fact: string;
    readonly label: string;
    readonly value: string;
    readonly source: string;
  }[];
  readonly rules: {
    readonly digest: string;
    readonly version: string;
    readonly parameters: string;
    readonly calendar: string;
    /** The release that decided, by the digest of its bundle; only of decisions that the service made. */
    readonly release?: string;
  };
  /** Hex; the key of this filing's draw, whether or not one was needed. */
  readonly seed?: string;
  /** All that the decision rests on. */
  readonly record?: Dossier;
  readonly digest: string;
}
