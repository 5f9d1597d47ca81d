import type { ConversionTarget } from '../documents/conversion.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Interval } from './clock.js';
import type { ActorKind, EffectKind, FlowAction, Stage } from './flow.js';

/** Who acts, and which offices they hold. What they are to the matter is worked out here. */
export interface Actor {
  readonly id: string;
  /** Other ids of the same person: what one of them is concerned in, all are. */
  readonly also?: readonly string[];
  readonly offices: ReadonlySet<ActorKind>;
}

/** A matter as flows see it. */
export interface MatterView {
  readonly id: string;
  /** By the keys of `GUARD_FACTS`. */
  readonly facts: ReadonlyMap<string, string>;
  readonly owner: string | undefined;
  readonly receivedOn: PlainDate;
  readonly assignedOn: PlainDate;
  /** The deadlines of the decision in force as they run now, by kind. */
  readonly deadlines: ReadonlyMap<string, PlainDate>;
  /** Kinds of those whose last day may still move, since the calendar of its year is not published: nobody is late by them. */
  readonly unsettled?: ReadonlySet<string>;
  /** Why a judge of the roster could not take it; undefined where nothing forbids it. */
  readonly unable: (judge: string) => Unable | undefined;
  /** Whether the court knows a case by what was cited. */
  readonly knows: (cited: string) => boolean;
  readonly parties: readonly string[];
  readonly runs: readonly FlowRun[];
}

export type Unable = { readonly kind: 'unknown' | 'barred' | 'left' | 'unfit'; readonly text: string };

/** A clock of a run: of which state, counted from when, and what was left out or added. */
export interface RunClock {
  readonly key: string;
  readonly from: PlainDate;
  readonly excluded: readonly Interval[];
  readonly extended: number;
  /** The day on which it was set going, which may be later than the one it is counted from. */
  readonly setOn: PlainDate;
  /** What it has done so far: each stage once. */
  readonly fired: readonly Stage[];
}

/** One run of a flow over a matter. */
export interface FlowRun {
  readonly flow: string;
  /** Counts the runs of a flow over its matter from 1. */
  readonly number: number;
  readonly state: string;
  readonly ground?: string;
  readonly applicant: string;
  readonly claimedOwner?: string;
  readonly challenged?: string;
  readonly evidence: readonly string[];
  readonly reason: string;
  readonly openedOn: PlainDate;
  readonly clock?: RunClock;
  /** Whoever is challenged does nothing but what is urgent until this is decided. */
  readonly suspends?: true;
  readonly outcome?: string;
  readonly decidedBy?: string;
  readonly decidedOn?: PlainDate;
  /** What whoever decided gave as reasons. */
  readonly decisionReason?: string;
}

/** The kinds of deadlines whose last day may still move. */
export const unsettledOf = (
  deadlines: readonly { readonly kind: string; readonly provisional?: boolean }[],
): ReadonlySet<string> => new Set(deadlines.filter(({ provisional }) => provisional).map(({ kind }) => kind));

/** Something that a person does in a flow. */
export interface FlowEvent {
  readonly action: string;
  readonly by: Actor;
  readonly on: PlainDate;
  readonly ground?: string;
  readonly claimedOwner?: string;
  readonly challenged?: string;
  readonly evidence?: readonly string[];
  readonly reason?: string;
}

export const FLOW_REFUSALS = [
  'FLOW_NOT_APPLICABLE',
  'GROUND_UNKNOWN',
  'GROUND_NOT_APPLICABLE',
  'GROUND_DECIDED',
  'ALREADY_OPEN',
  'ALREADY_DECIDED',
  'WRONG_STATE',
  'WRONG_PERSON',
  'OWN_MATTER',
  'DECIDER_BARRED',
  'OUT_OF_TIME',
  'CLAIMED_OWNER_MISSING',
  'CLAIMED_OWNER_REFUSED',
  'CLAIMED_OWNER_UNKNOWN',
  'CLAIMED_OWNER_IS_RECIPIENT',
  'CLAIMED_OWNER_UNABLE',
  'NOT_THE_HANDLER',
  'EVIDENCE_MISSING',
  'EVIDENCE_REFUSED',
  'EVIDENCE_UNKNOWN',
  'REASON_MISSING',
  'NOBODY_LEFT',
  'CONVERSION_UNSETTLED',
] as const;
export type FlowRefusalCode = (typeof FLOW_REFUSALS)[number];

/** Why nothing happened, in words for the one who asked. */
export interface FlowRefusal {
  readonly code: FlowRefusalCode;
  readonly message: string;
}

/** Whom an effect concerns: what they are to the matter, and by id where it knows them, else the office. */
export interface Addressee {
  readonly kind: string;
  readonly id: string;
}

/** An effect with those it concerns, each once. */
export interface DueEffect {
  readonly kind: EffectKind;
  readonly to: readonly Addressee[];
  readonly target?: ConversionTarget;
}

export interface Played {
  readonly run: FlowRun;
  readonly action: FlowAction;
  readonly effects: readonly DueEffect[];
}
