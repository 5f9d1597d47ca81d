/**
 * What each flow allows, written down a second time by hand: who may do what, when, with what, and what follows. `flow-checks.ts` plays
 * it against the flow files, so that whoever loosens or drops a guard there has to say so here too.
 */
import type { ActorKind, Demand } from '../../src/core/flows/flow.js';

/** Keys of facts, each with those of its values that are admitted. */
export type Fits = Readonly<Record<string, readonly string[]>>;

export interface StepLaw {
  readonly to: string;
  /** Nobody else; `clock` and `routing`: it happens by itself. */
  readonly by: readonly ActorKind[] | 'clock' | 'routing';
  readonly decides?: true;
  readonly reason?: true;
  readonly within?: string;
  readonly when?: Fits;
  /** Its effects in order, those whom they concern by what they are to the matter. */
  readonly does: string;
}

export interface FlowLaw {
  readonly flow: string;
  readonly applies: Fits;
  readonly once: boolean;
  readonly grounds: Readonly<Record<string, GroundLaw>>;
  /** States that wait: for whom, by which clock. */
  readonly waits: Readonly<Record<string, { readonly for: readonly ActorKind[]; readonly clock: ClockLaw }>>;
  /** By state and action; `none` is the start. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, readonly StepLaw[]>>>>;
}

export interface GroundLaw {
  readonly when?: Fits;
  readonly claimedOwner: Demand;
  readonly evidence: Demand;
  readonly ends?: readonly string[];
}

export interface ClockLaw {
  readonly key: string;
  readonly from: 'action' | 'assigned' | 'received';
  readonly length: string;
  readonly unit: 'day' | 'working_day';
}

const NOTHING: GroundLaw = { claimedOwner: 'refused', evidence: 'refused' };
const review = (key: string, from: ClockLaw['from'] = 'action'): ClockLaw => ({
  key,
  from,
  length: 'waiting.review_days',
  unit: 'working_day',
});
const days = (key: string, length: string): ClockLaw => ({ key, from: 'action', length, unit: 'day' });

/** 首审异议 and 首执会商 say the same of two courts' ways. */
function objection(
  flow: string,
  subject: 'first_trial' | 'first_enforcement',
  applies: Fits,
  names: { readonly open: string; readonly clock: string; readonly within: string; readonly office: ActorKind },
  deciders: readonly ActorKind[],
): FlowLaw {
  const { open, clock, within, office } = names;
  const [not, missed] = [`not_${subject}`, `missed_${subject}`];
  const decision = { by: deciders, decides: true } as const;
  return {
    flow,
    applies: { ...applies, status: ['assigned'] },
    once: true,
    grounds: {
      [not]: { when: { method: [subject, 'series'] }, claimedOwner: 'refused', evidence: 'optional' },
      [missed]: { claimedOwner: 'required', evidence: 'optional', ends: [not] },
    },
    waits: { [open]: { for: [office], clock: review(clock) } },
    steps: {
      none: { object: [{ to: open, by: ['recipient'], within, does: `notify ${office} claimed_owner; register` }] },
      [open]: {
        withdraw: [{ to: 'withdrawn', by: ['applicant'], does: `keep; notify ${office}; register` }],
        uphold: [
          { ...decision, to: 'upheld', when: { ground: [not] }, does: 'reroute; notify recipient; register' },
          {
            ...decision,
            to: 'upheld',
            when: { ground: [missed] },
            does: 'transfer claimed_owner; notify recipient claimed_owner; register',
          },
        ],
        reject: [{ ...decision, to: 'rejected', does: 'keep; notify recipient claimed_owner; register' }],
      },
    },
  };
}

const BY_CLAIMS = ['unsuitable_small_claims', 'claims_changed'];
const BY_SERVICE = ['public_notice_needed', 'service_failed'];
const BY_SUMMARY = ['unsuitable_summary', 'complex_case'];
const SMALL_CLAIMS: Fits = { matter: ['civil'], procedure: ['small_claims'] };
const SUMMARY: Fits = { matter: ['civil'], procedure: ['summary'] };
const SIMPLE: Fits = { matter: ['civil'], procedure: ['small_claims', 'summary'] };
const chief = { by: ['supervisor'], decides: true } as const;
const heads = { by: ['president', 'adjudication_committee'], decides: true } as const;

export const FLOW_LAWS: readonly FlowLaw[] = [
  objection(
    'first_trial_objection',
    'first_trial',
    { matter: ['civil'], stage: ['first_instance'] },
    { open: 'under_review', clock: 'objection_review', within: 'objection', office: 'reviewer' },
    ['reviewer', 'filing_division'],
  ),
  objection(
    'first_enforcement_consultation',
    'first_enforcement',
    { matter: ['enforcement'], stage: ['enforcement'] },
    {
      open: 'under_consultation',
      clock: 'consultation',
      within: 'enforcement_consultation',
      office: 'command_centre',
    },
    ['command_centre'],
  ),
  {
    flow: 'initial_enforcement',
    applies: { matter: ['enforcement'], stage: ['enforcement'] },
    once: true,
    grounds: { first_measures: NOTHING },
    waits: { under_first_measures: { for: ['police_team'], clock: review('first_measures') } },
    steps: {
      none: {
        hand_to_police: [{ to: 'under_first_measures', by: ['command_centre'], does: 'notify police_team; register' }],
      },
      under_first_measures: {
        return: [{ to: 'diverted', by: ['police_team'], does: 'divert; notify command_centre; register' }],
      },
    },
  },
  {
    flow: 'continued_enforcement',
    applies: { matter: ['enforcement'], stage: ['enforcement'] },
    once: false,
    grounds: Object.fromEntries(
      ['instalment_due', 'handler_changed', 'related_batch'].map((ground) => [
        ground,
        { claimedOwner: 'refused', evidence: 'optional' },
      ]),
    ),
    waits: {},
    steps: {
      none: {
        continue: [{ to: 'diverted', by: ['command_centre'], does: 'continue; notify recipient; register' }],
      },
    },
  },
  {
    flow: 'recusal',
    applies: { matter: ['civil', 'enforcement'], status: ['assigned'] },
    once: false,
    grounds: {},
    waits: {
      under_decision: {
        for: ['president', 'adjudication_committee'],
        clock: days('recusal_decision', 'recusal.decision_days'),
      },
      refused: { for: ['applicant'], clock: days('reconsideration_request', 'recusal.reconsideration_request_days') },
      under_reconsideration: {
        for: ['president', 'adjudication_committee'],
        clock: days('reconsideration_decision', 'recusal.reconsideration_days'),
      },
    },
    steps: {
      none: {
        apply: [
          {
            to: 'under_decision',
            by: ['party'],
            reason: true,
            does: 'suspend challenged; notify challenged president; register',
          },
        ],
        recuse_oneself: [
          {
            to: 'under_decision',
            by: ['challenged'],
            reason: true,
            does: 'suspend challenged; notify president; register',
          },
        ],
      },
      under_decision: {
        grant: [{ ...heads, to: 'granted', does: 'relieve challenged; notify applicant challenged; register' }],
        refuse: [{ ...heads, to: 'refused', does: 'resume challenged; notify applicant challenged; register' }],
      },
      refused: {
        reconsider: [{ to: 'under_reconsideration', by: ['applicant'], does: 'notify challenged president; register' }],
        let_stand: [{ to: 'rejected', by: 'clock', does: 'keep' }],
      },
      under_reconsideration: {
        grant: [{ ...heads, to: 'granted', does: 'relieve challenged; notify applicant challenged; register' }],
        refuse: [{ ...heads, to: 'rejected', does: 'keep; notify applicant challenged; register' }],
      },
    },
  },
  {
    flow: 'manual_review',
    applies: { matter: ['civil', 'criminal', 'administrative', 'enforcement'] },
    once: false,
    grounds: {},
    waits: {
      waiting: {
        for: ['filing_division', 'reviewer', 'command_centre'],
        clock: review('manual_handling', 'received'),
      },
    },
    steps: {
      none: {
        enter: [
          {
            to: 'waiting',
            by: 'routing',
            when: { status: ['needs_review'] },
            does: 'notify filing_division; register',
          },
        ],
      },
      waiting: {
        settle: [{ to: 'settled', by: 'routing', when: { status: ['assigned', 'closed'] }, does: 'register' }],
      },
    },
  },
  {
    flow: 'possible_duplicate',
    applies: { matter: ['civil'], status: ['assigned'] },
    once: true,
    grounds: { same_suit: NOTHING },
    waits: { to_be_checked: { for: ['recipient'], clock: review('duplicate_check', 'assigned') } },
    steps: {
      none: {
        flag: [
          { to: 'to_be_checked', by: 'routing', when: { duplicate: ['yes'] }, does: 'notify recipient; register' },
        ],
      },
      to_be_checked: {
        confirm: [{ to: 'confirmed', by: ['recipient'], reason: true, does: 'keep; notify filing_division; register' }],
        dismiss: [{ to: 'dismissed', by: ['recipient'], reason: true, does: 'keep; register' }],
      },
    },
  },
  {
    flow: 'handover_approval',
    applies: { status: ['assigned', 'needs_review'] },
    once: false,
    grounds: {},
    waits: { proposed: { for: ['president'], clock: review('handover_approval') } },
    steps: {
      none: {
        propose: [{ to: 'proposed', by: 'routing', when: { proposal: ['open'] }, does: 'notify president; register' }],
      },
      proposed: {
        approve: [
          { to: 'approved', by: 'routing', when: { proposal: ['approved'] }, does: 'notify recipient party; register' },
        ],
        refuse: [{ to: 'not_approved', by: 'routing', when: { proposal: ['rejected'] }, does: 'keep; register' }],
      },
    },
  },
  {
    flow: 'procedure_conversion',
    applies: {
      matter: ['civil', 'administrative'],
      stage: ['first_instance'],
      procedure: ['small_claims', 'summary', 'ordinary'],
      panel: ['single'],
      status: ['assigned'],
    },
    once: false,
    grounds: {
      ...Object.fromEntries(BY_CLAIMS.map((ground) => [ground, { ...NOTHING, when: SMALL_CLAIMS }])),
      ...Object.fromEntries(BY_SUMMARY.map((ground) => [ground, { ...NOTHING, when: SUMMARY }])),
      ...Object.fromEntries(BY_SERVICE.map((ground) => [ground, { ...NOTHING, when: SIMPLE }])),
      unsuitable_single: { ...NOTHING, when: { matter: ['civil'] } },
      unsuitable_summary_administrative: {
        ...NOTHING,
        when: { matter: ['administrative'], procedure: ['summary'] },
      },
    },
    waits: { under_approval: { for: ['supervisor'], clock: review('conversion_approval') } },
    steps: {
      none: {
        propose: [{ to: 'under_approval', by: ['recipient'], reason: true, does: 'notify supervisor; register' }],
      },
      under_approval: {
        withdraw: [{ to: 'withdrawn', by: ['applicant'], does: 'notify supervisor; register' }],
        to_summary: [
          {
            ...chief,
            to: 'converted',
            when: { procedure: ['small_claims'], ground: BY_CLAIMS },
            does: 'convert summary; notify recipient party; register',
          },
        ],
        to_ordinary: [
          {
            ...chief,
            to: 'converted',
            when: {
              procedure: ['small_claims', 'summary'],
              ground: [...BY_CLAIMS, ...BY_SUMMARY, ...BY_SERVICE, 'unsuitable_summary_administrative'],
            },
            does: 'convert ordinary; notify recipient party; register',
          },
        ],
        to_collegial: [
          {
            ...chief,
            to: 'converted',
            when: { ground: [...BY_CLAIMS, ...BY_SUMMARY, ...BY_SERVICE, 'unsuitable_single'] },
            does: 'convert collegial; notify recipient party; register',
          },
        ],
        reject: [{ ...chief, to: 'refused', reason: true, does: 'keep; notify recipient; register' }],
      },
    },
  },
  {
    flow: 'procedure_objection',
    applies: {
      matter: ['civil'],
      stage: ['first_instance'],
      procedure: ['small_claims', 'summary', 'ordinary'],
      panel: ['single'],
      status: ['assigned'],
    },
    once: false,
    grounds: {
      small_claims_objection: { ...NOTHING, when: { procedure: ['small_claims'] } },
      summary_objection: { ...NOTHING, when: { procedure: ['summary'] } },
      single_objection: NOTHING,
    },
    waits: { under_review: { for: ['supervisor'], clock: review('procedure_objection_review') } },
    steps: {
      none: {
        raise: [{ to: 'under_review', by: ['party'], reason: true, does: 'notify supervisor recipient; register' }],
      },
      under_review: {
        withdraw: [{ to: 'withdrawn', by: ['applicant'], does: 'notify supervisor recipient; register' }],
        to_summary: [
          {
            ...chief,
            to: 'upheld',
            when: { procedure: ['small_claims'], ground: ['small_claims_objection'] },
            does: 'convert summary; notify recipient party; register',
          },
        ],
        to_ordinary: [
          {
            ...chief,
            to: 'upheld',
            when: { procedure: ['small_claims', 'summary'], ground: ['small_claims_objection', 'summary_objection'] },
            does: 'convert ordinary; notify recipient party; register',
          },
        ],
        to_collegial: [{ ...chief, to: 'upheld', does: 'convert collegial; notify recipient party; register' }],
        reject: [{ ...chief, to: 'rejected', reason: true, does: 'keep; notify applicant recipient; register' }],
      },
    },
  },
];
