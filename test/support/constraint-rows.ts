/** Rows of the tables of flows, one that may stand in each, and what must never stand beside it or in its place. */

/** By column, as the database writes it. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

const COURT = '川1527';
const FILING = '00000000-0000-4000-8000-000000000001';
const RUN = '00000000-0000-4000-8000-000000000002';
const TIMER = '00000000-0000-4000-8000-000000000003';
const USER = '00000000-0000-4000-8000-000000000004';
const OWN = '00000000-0000-4000-8000-000000000005';
const DAY = '2026-03-09';
const EARLIER = '2026-03-08';
const AT = '2026-03-09T08:00:00Z';

/** Each after those that it points to. */
export const SPECIMENS: Readonly<Record<string, Row>> = {
  filings: {
    court: COURT,
    id: FILING,
    batch: OWN,
    position: 1,
    reference: 'F1',
    state: 'assigned',
    document: '{}',
    digest: '0',
    version: 1,
    created_at: AT,
    updated_at: AT,
  },
  flow_runs: {
    court: COURT,
    id: RUN,
    filing: FILING,
    flow: 'first_trial_objection',
    number: 1,
    state: 'under_review',
    ground: 'not_first_trial',
    once: true,
    outcome: null,
    document: '{}',
    opened_by: USER,
    opened_at: AT,
    changed_at: AT,
  },
  timers: {
    court: COURT,
    id: TIMER,
    filing: FILING,
    run: RUN,
    kind: 'objection_review',
    cycle: 1,
    due_on: DAY,
    last_on: DAY,
    provisional: false,
    stage: 'expiry',
    state: 'running',
    set_at: AT,
    ended_at: null,
    late_days: null,
  },
  flow_steps: {
    court: COURT,
    run: RUN,
    number: 1,
    filing: FILING,
    kind: 'step',
    action: 'object',
    state: 'under_review',
    actor: USER,
    on_day: DAY,
    made_at: AT,
    reason: '',
    document: '{}',
  },
  notifications: {
    court: COURT,
    id: OWN,
    filing: FILING,
    run: RUN,
    to_kind: 'judge',
    to_whom: 'M1',
    about: 'first_trial_objection',
    action: 'object',
    made_at: AT,
    seen_at: null,
    seen_by: null,
  },
  urgings: {
    court: COURT,
    id: OWN,
    filing: FILING,
    run: RUN,
    timer: TIMER,
    level: 'urging',
    year: 2026,
    number: 1,
    to_kind: 'office',
    to_whom: 'reviewer',
    made_on: DAY,
    document: '{}',
  },
  absences: {
    court: COURT,
    id: OWN,
    judge: 'M1',
    from_on: DAY,
    to_on: null,
    reason: 'leave',
    entered_by: USER,
    entered_at: AT,
    withdrawn_by: null,
    withdrawn_at: null,
  },
  clock_adjustments: {
    court: COURT,
    id: OWN,
    filing: FILING,
    run: RUN,
    clock: 'objection_review',
    rule: 'GJ-KC-1',
    from_on: DAY,
    to_on: null,
    length: 0,
    applied_on: DAY,
    reason: '理由',
    entered_by: USER,
    entered_at: AT,
    ended_by: null,
    withdrawn_by: null,
    withdrawn_at: null,
  },
  clocks: {
    court: COURT,
    filing: FILING,
    kind: 'objection',
    cycle: 1,
    from_on: DAY,
    due_on: DAY,
    length: 5,
    unit: 'day',
    provisional: false,
    decision: 1,
  },
};

/** By constraint: how the row has to be for it to be the one that speaks. */
export const SITUATIONS: Readonly<Record<string, Row>> = {
  // The second time of the same ground, heard to its end and once only.
  flow_runs_ground_once: { outcome: 'rejected' },
  // Two runs that are over, of which nothing else says that they are two.
  flow_runs_number: { outcome: 'rejected', once: false },
  flow_runs_final: { outcome: 'rejected' },
  timers_once: { state: 'stopped', ended_at: AT },
  timers_over: { state: 'stopped', ended_at: AT },
};

/** By check constraint: what it must not let in, each by itself. */
export const BREAKS: Readonly<Record<string, readonly Row[]>> = {
  timers_stage: [{ stage: 'sometime' }],
  timers_state: [{ state: 'sleeping', ended_at: AT }],
  timers_ended: [{ ended_at: AT }, { state: 'stopped', ended_at: null }],
  timers_late: [
    { state: 'fired', ended_at: AT, late_days: null },
    { state: 'fired', ended_at: AT, late_days: 0 },
    { state: 'stopped', ended_at: AT, late_days: 1 },
    { late_days: 1 },
  ],
  flow_steps_kind: [{ kind: 'guess' }],
  notifications_to_kind: [{ to_kind: 'passer_by' }],
  notifications_seen: [{ seen_at: AT }, { seen_by: USER }],
  urgings_level: [{ level: 'rumour' }],
  urgings_to_kind: [{ to_kind: 'party' }],
  urgings_number_positive: [{ number: 0 }],
  absences_reason: [{ reason: 'bored' }],
  absences_days: [{ to_on: EARLIER }],
  clock_adjustments_either: [{ from_on: null }, { length: 5 }, { from_on: null, length: -1 }, { to_on: EARLIER }],
};

/** By table and trigger: changes that it must not let through. */
export const CHANGES: Readonly<Record<string, readonly (Row | 'delete' | 'truncate')[]>> = {
  'flow_runs flow_runs_final': ['delete', { state: 'under_review' }, { outcome: null }],
  'timers timers_over': ['delete', { state: 'running', ended_at: null }, { due_on: EARLIER }],
  'flow_steps append_only': ['delete', { reason: '改过' }],
  'urgings append_only': ['delete', { number: 2 }],
  'flow_steps no_truncate': ['truncate'],
  'urgings no_truncate': ['truncate'],
  'clock_adjustments no_truncate': ['truncate'],
  'clock_adjustments clock_adjustments_stay': [
    'delete',
    { reason: '改过' },
    { from_on: EARLIER },
    { length: 3, from_on: null },
  ],
};

/** Every constraint, unique index and trigger that the tables have, by table: one that goes is missed by its name. */
export const HELD: Readonly<Record<string, readonly string[]>> = {
  absences: ['absences_court_id_pk', 'absences_days', 'absences_reason'],
  clock_adjustments: [
    'clock_adjustments_court_filing_filings_court_id_fk',
    'clock_adjustments_court_id_pk',
    'clock_adjustments_court_run_flow_runs_court_id_fk',
    'clock_adjustments_either',
    'clock_adjustments_one_open',
    'clock_adjustments_stay',
    'no_truncate',
  ],
  clocks: ['clocks_court_filing_filings_court_id_fk', 'clocks_court_filing_kind_cycle_pk'],
  flow_runs: [
    'flow_runs_court_filing_filings_court_id_fk',
    'flow_runs_court_id_pk',
    'flow_runs_final',
    'flow_runs_ground_once',
    'flow_runs_number',
    'flow_runs_one_open',
  ],
  flow_steps: [
    'append_only',
    'flow_steps_court_run_flow_runs_court_id_fk',
    'flow_steps_court_run_number_pk',
    'flow_steps_kind',
    'no_truncate',
  ],
  notifications: [
    'notifications_court_filing_filings_court_id_fk',
    'notifications_court_id_pk',
    'notifications_seen',
    'notifications_to_kind',
  ],
  timers: [
    'timers_court_id_pk',
    'timers_court_run_flow_runs_court_id_fk',
    'timers_ended',
    'timers_late',
    'timers_once',
    'timers_one_running',
    'timers_over',
    'timers_stage',
    'timers_state',
  ],
  urgings: [
    'append_only',
    'no_truncate',
    'urgings_court_id_pk',
    'urgings_court_run_flow_runs_court_id_fk',
    'urgings_court_timer_timers_court_id_fk',
    'urgings_level',
    'urgings_number',
    'urgings_number_positive',
    'urgings_timer',
    'urgings_to_kind',
  ],
};
