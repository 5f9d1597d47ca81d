import type { ConversionTarget } from '../documents/conversion.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { PeriodUnit } from '../law/period.js';
import type { CardBasis } from '../rules/citation.js';
import type { Place } from '../rules/source.js';

/** Who may act, by what they are to the matter or by office. The closed list `流程参与人` of the vocabulary. */
export const ACTORS = [
  'recipient',
  'claimed_owner',
  'applicant',
  'challenged',
  'party',
  'filing_division',
  'reviewer',
  'command_centre',
  'police_team',
  'president',
  'adjudication_committee',
  'supervisor',
] as const;
export type ActorKind = (typeof ACTORS)[number];

/** What an actor is by being concerned in the matter; whoever decides must be none of them. */
export const CONCERNED: readonly ActorKind[] = ['recipient', 'claimed_owner', 'applicant', 'challenged', 'party'];

/** What an action does: the closed list, of the vocabulary's `流程后果` those that are carried out. */
export const EFFECTS = [
  /** Decided again, without the claim that the ruling refused. */
  'reroute',
  /** To the claimed owner. */
  'transfer',
  /** To the first owner that the search finds, else by the usual rules. */
  'divert',
  /** Goes on with whoever has the first responsibility for it, else by the usual rules. */
  'continue',
  /** The challenged judge leaves the matter; another is found by the usual rules. */
  'relieve',
  /** Goes on by the procedure that it names, with whoever has it where they hear such cases. */
  'convert',
  'keep',
  /** The challenged judge stops work on it, save urgent measures; `resume` ends that. */
  'suspend',
  'resume',
  'notify',
  /** An entry of the court's register (台账). */
  'register',
] as const;
export type EffectKind = (typeof EFFECTS)[number];

/** Effects that may change who holds the matter. */
export const MOVES: readonly EffectKind[] = ['reroute', 'transfer', 'divert', 'continue', 'relieve', 'convert'];

export interface Effect {
  readonly kind: EffectKind;
  /** Whom it is told to. */
  readonly to: readonly string[];
  /** Of a conversion: where to. */
  readonly target?: ConversionTarget;
}

/** Whether a thing has to be given, may be, or must not be. */
export type Demand = 'required' | 'optional' | 'refused';

/** What it can be told by: each fact with the keys of which it must be one. */
export type Guard = ReadonlyMap<string, readonly string[]>;

export interface Ground {
  readonly name: string;
  readonly key: string;
  readonly when: Guard;
  readonly claimedOwner: Demand;
  readonly evidence: Demand;
  /** Grounds that a decision on this one decides too: they are the same question asked again. */
  readonly alsoEnds: readonly string[];
  readonly place: Place;
}

/** 届满的后果: who is late is urged, or an action happens by itself. */
export type Expiry = { readonly kind: 'urge' } | { readonly kind: 'action'; readonly action: string };

/** 工作提示单, 催办单, 督办单: by which papers whoever is to act is told, from the mildest. */
export const LEVELS = ['reminder', 'urging', 'supervision'] as const;
export type Level = (typeof LEVELS)[number];

/** What a clock does, each once: its own expiry, and the levels before and after it. */
export type Stage = Level | 'expiry';

export interface FlowClock {
  readonly name: string;
  readonly key: string;
  /** The day that is not counted: of the action that led here, of the assignment, of receipt. */
  readonly from: 'action' | 'assigned' | 'received';
  readonly length: number | { readonly parameter: string };
  readonly unit: PeriodUnit;
  readonly rolls: boolean;
  readonly expiry: Expiry;
  readonly place: Place;
}

export interface FlowState {
  readonly name: string;
  readonly key: string;
  readonly isStart: boolean;
  /** Nothing follows; `outcome` says how it ended. */
  readonly isFinal: boolean;
  readonly outcome?: string;
  /** Who has to act while it waits here. */
  readonly waitsFor: readonly ActorKind[];
  readonly clock?: string;
  readonly place: Place;
}

export interface FlowAction {
  readonly name: string;
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** `clock`: when a clock has run out; `routing`: once a decision has been made on the matter. */
  readonly by: readonly ActorKind[] | 'clock' | 'routing';
  /** The same in the file's words; empty where nobody does it. */
  readonly byWords: readonly string[];
  readonly when: Guard;
  /** Settles the question; nobody concerned may do it. */
  readonly decides: boolean;
  /** The deadline of the decision within which it must come; late is refused. */
  readonly within?: string;
  readonly needsReason: boolean;
  readonly effects: readonly Effect[];
  readonly place: Place;
}

/** 流程: a timed procedure over one matter, as a rule file declares it. */
export interface Flow {
  readonly name: string;
  readonly id: string;
  readonly key: string;
  readonly basis: readonly CardBasis[];
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
  readonly applies: Guard;
  readonly grounds: readonly Ground[];
  readonly clocks: readonly FlowClock[];
  readonly states: readonly FlowState[];
  readonly actions: readonly FlowAction[];
  /** A ground that was decided once is not heard again in the same matter. */
  readonly groundOnce: boolean;
  readonly file: string;
  readonly place: Place;
}

/** The facts that guards may read, each with the vocabulary's enumeration of its values; `ground` is the flow's own. */
export const GUARD_FACTS: Readonly<Record<string, { readonly key: string; readonly enumeration: string }>> = {
  案件类别: { key: 'matter', enumeration: '案件类别' },
  审级: { key: 'stage', enumeration: '审级' },
  程序: { key: 'procedure', enumeration: '程序' },
  审判组织: { key: 'panel', enumeration: '审判组织' },
  承办方式: { key: 'method', enumeration: '承办方式' },
  本件状态: { key: 'status', enumeration: '本件状态' },
  变更提议: { key: 'proposal', enumeration: '变更提议' },
  疑似重复: { key: 'duplicate', enumeration: '是否' },
};
export const GROUND_FACT = 'ground';

/** The actions of a flow that people take, which is all but those that happen by themselves. */
export const isByPeople = <A extends Pick<FlowAction, 'by'>>(
  action: A,
): action is A & { readonly by: readonly ActorKind[] } => typeof action.by !== 'string';

/** Whether a guard admits what is known. */
export const admits = (guard: Guard, facts: ReadonlyMap<string, string>): boolean =>
  [...guard].every(([fact, values]) => values.includes(facts.get(fact) ?? ''));
