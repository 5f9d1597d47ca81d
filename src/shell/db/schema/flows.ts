import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { filings } from './court.js';

/** Timed procedures over a filing, and what follows from them: steps, clocks, notifications, urgings; absences of judges. */
const court = text().notNull();
const version = integer().notNull().default(1);
const at = () => timestamp({ withTimezone: true, mode: 'string' });
const day = () => date({ mode: 'string' });

/** 流程: one run of a flow over a filing. What the constraints hold stands in columns of its own, all of it in the document. */
export const flowRuns = pgTable(
  'flow_runs',
  {
    court,
    id: uuid().notNull(),
    filing: uuid().notNull(),
    flow: text().notNull(),
    number: integer().notNull(),
    state: text().notNull(),
    ground: text(),
    /** The ground is heard once in a filing. */
    once: boolean().notNull(),
    outcome: text(),
    document: jsonb().notNull(),
    openedBy: uuid(),
    openedAt: at().notNull(),
    changedAt: at().notNull(),
    version,
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    foreignKey({ columns: [table.court, table.filing], foreignColumns: [filings.court, filings.id] }),
    uniqueIndex('flow_runs_number').on(table.court, table.filing, table.flow, table.number),
    uniqueIndex('flow_runs_one_open').on(table.court, table.filing, table.flow).where(sql`outcome is null`),
    uniqueIndex('flow_runs_ground_once')
      .on(table.court, table.filing, table.flow, table.ground)
      .where(sql`once and outcome is distinct from 'lapsed'`),
    index('flow_runs_open').on(table.court, table.flow, table.state).where(sql`outcome is null`),
  ],
);

/** Clocks of flows. One fires once, in the act that has its effect; one that is stopped never fires. */
export const timers = pgTable(
  'timers',
  {
    court,
    id: uuid().notNull(),
    filing: uuid().notNull(),
    run: uuid().notNull(),
    kind: text().notNull(),
    cycle: integer().notNull(),
    /** The day after which it fires; null while it stands still, and once everything has fired and its run still waits. */
    dueOn: day(),
    /** The last day of the clock itself, whatever its next stage is; null while it stands still. */
    lastOn: day(),
    provisional: boolean().notNull(),
    /** What it does when it has run out: the clock's own effect, or a level of the ladder by which late work is urged. */
    stage: text().notNull().default('expiry'),
    state: text().notNull(),
    setAt: at().notNull(),
    endedAt: at(),
    /** Days after the due day on which it fired. */
    lateDays: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    foreignKey({ columns: [table.court, table.run], foreignColumns: [flowRuns.court, flowRuns.id] }),
    uniqueIndex('timers_once').on(table.court, table.filing, table.kind, table.cycle),
    uniqueIndex('timers_one_running').on(table.court, table.run).where(sql`state = 'running'`),
    // In the order in which they are claimed: of thousands that are due on one day the first is found without a sort.
    index('timers_due').on(table.court, table.dueOn, table.id).where(sql`state = 'running'`),
    check('timers_stage', sql`${table.stage} in ('expiry', 'reminder', 'urging', 'supervision')`),
    check('timers_state', sql`${table.state} in ('running', 'fired', 'stopped')`),
    check('timers_ended', sql`(${table.state} = 'running') = (${table.endedAt} is null)`),
    check(
      'timers_late',
      sql`(${table.state} = 'fired') = (${table.lateDays} is not null) and coalesce(${table.lateDays}, 1) > 0`,
    ),
  ],
);

/** 台账: everything that ever happened in a run, in order: who, when, with what reasons. Never changed, never deleted. */
export const flowSteps = pgTable(
  'flow_steps',
  {
    court,
    run: uuid().notNull(),
    number: integer().notNull(),
    filing: uuid().notNull(),
    /** `step`: an action of the flow; `clock`: its clock was paused, resumed, extended or counted anew; `urge`; `lapse`. */
    kind: text().notNull(),
    action: text().notNull(),
    /** The state that it led to. */
    state: text().notNull(),
    /** The user; null for the clock. */
    actor: uuid(),
    onDay: day().notNull(),
    madeAt: at().notNull(),
    reason: text().notNull(),
    /** What else it said: effects, the clock's last day before and after. */
    document: jsonb().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.run, table.number] }),
    foreignKey({ columns: [table.court, table.run], foreignColumns: [flowRuns.court, flowRuns.id] }),
    index('flow_steps_day').on(table.court, table.onDay),
    index('flow_steps_filing').on(table.court, table.filing),
    check('flow_steps_kind', sql`${table.kind} in ('step', 'clock', 'urge', 'lapse')`),
  ],
);

/** 通知: what somebody is to be told. Judges and offices see it at their desk; for a party the filing division serves it by letter. */
export const notifications = pgTable(
  'notifications',
  {
    court,
    id: uuid().notNull(),
    filing: uuid().notNull(),
    run: uuid(),
    /** Whom: a judge by the docket's id, a user, an office of the flows, or a party by its place in the filing. */
    toKind: text().notNull(),
    toWhom: text().notNull(),
    /** Key of the flow, or what else it is about. */
    about: text().notNull(),
    action: text().notNull(),
    madeAt: at().notNull(),
    seenAt: at(),
    seenBy: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    foreignKey({ columns: [table.court, table.filing], foreignColumns: [filings.court, filings.id] }),
    index('notifications_filing').on(table.court, table.filing),
    index('notifications_to').on(table.court, table.toKind, table.toWhom).where(sql`seen_at is null`),
    check('notifications_to_kind', sql`${table.toKind} in ('judge', 'user', 'office', 'party')`),
    check('notifications_seen', sql`(${table.seenAt} is null) = (${table.seenBy} is null)`),
  ],
);

/** 工作提示单, 催办单, 督办单: numbered by court, level and year without a gap; one for each firing of a clock. */
export const urgings = pgTable(
  'urgings',
  {
    court,
    id: uuid().notNull(),
    filing: uuid().notNull(),
    run: uuid().notNull(),
    timer: uuid().notNull(),
    level: text().notNull(),
    year: integer().notNull(),
    number: integer().notNull(),
    toKind: text().notNull(),
    toWhom: text().notNull(),
    madeOn: day().notNull(),
    /** All that the document says, so that it comes out the same again. */
    document: jsonb().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    foreignKey({ columns: [table.court, table.run], foreignColumns: [flowRuns.court, flowRuns.id] }),
    foreignKey({ columns: [table.court, table.timer], foreignColumns: [timers.court, timers.id] }),
    uniqueIndex('urgings_number').on(table.court, table.level, table.year, table.number),
    uniqueIndex('urgings_timer').on(table.court, table.timer),
    index('urgings_day').on(table.court, table.madeOn),
    index('urgings_filing').on(table.court, table.filing),
    check('urgings_level', sql`${table.level} in ('reminder', 'urging', 'supervision')`),
    check('urgings_to_kind', sql`${table.toKind} in ('judge', 'user', 'office')`),
    check('urgings_number_positive', sql`${table.number} > 0`),
  ],
);

/** Absences that judges and the filing division enter here, beside those that the docket brings. Withdrawn ones stay. */
export const absences = pgTable(
  'absences',
  {
    court,
    id: uuid().notNull(),
    judge: text().notNull(),
    fromOn: day().notNull(),
    /** The last day; null while it is open. */
    toOn: day(),
    reason: text().notNull(),
    enteredBy: uuid(),
    enteredAt: at().notNull(),
    withdrawnBy: uuid(),
    withdrawnAt: at(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    index('absences_judge').on(table.court, table.judge),
    check('absences_reason', sql`${table.reason} in ('leave', 'sick', 'secondment', 'training', 'suspended')`),
    check('absences_days', sql`${table.toOn} is null or ${table.toOn} >= ${table.fromOn}`),
  ],
);

/** 扣除 and 延长: what was left out of a clock or added to it. One that was entered by mistake is withdrawn and stays to be seen. */
export const clockAdjustments = pgTable(
  'clock_adjustments',
  {
    court,
    id: uuid().notNull(),
    filing: uuid().notNull(),
    /** The run whose clock it is; null for a deadline of the decision. */
    run: uuid(),
    /** The kind of deadline, or the flow's clock. */
    clock: text().notNull(),
    rule: text().notNull(),
    fromOn: day(),
    /** The last day that is left out; null while it runs. */
    toOn: day(),
    /** Of an extension, in the clock's own unit; 0 where a period is left out. */
    length: integer().notNull(),
    appliedOn: day(),
    reason: text().notNull(),
    enteredBy: uuid(),
    enteredAt: at().notNull(),
    endedBy: uuid(),
    withdrawnBy: uuid(),
    withdrawnAt: at(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    foreignKey({ columns: [table.court, table.filing], foreignColumns: [filings.court, filings.id] }),
    foreignKey({ columns: [table.court, table.run], foreignColumns: [flowRuns.court, flowRuns.id] }),
    uniqueIndex('clock_adjustments_one_open')
      .on(table.court, table.filing, table.clock, table.rule)
      .where(sql`length = 0 and to_on is null and withdrawn_at is null`),
    index('clock_adjustments_filing').on(table.court, table.filing),
    check(
      'clock_adjustments_either',
      sql`(${table.length} = 0) = (${table.fromOn} is not null) and ${table.length} >= 0 and (${table.toOn} is null or ${table.toOn} >= ${table.fromOn})`,
    ),
  ],
);
