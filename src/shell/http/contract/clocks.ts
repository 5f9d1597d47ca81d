import { z } from 'zod';
import { day, isCursorOf, judgeName, pageQueryOf } from './common.js';
import { basisView } from './filings.js';
import { wholeNumber } from './query.js';

const judgeId = z.string().min(1).max(200);
/** A kind of deadline, or the key of a flow or of a flow's clock. */
const key = z.string().regex(/^[a-z][a-z_]{0,39}$/);
const unit = z.enum(['day', 'working_day', 'month']);

export const clocksQuery = pageQueryOf(
  isCursorOf(z.tuple([z.iso.date(), z.uuid(), key, z.uuid().or(z.literal(''))])),
).extend({
  /** Only what is due within so many days, or is late. */
  within: wholeNumber(0, 3650).exactOptional(),
  judge: judgeId.exactOptional(),
  kind: key.exactOptional(),
  filing: z.uuid().exactOptional(),
  /** As of which day; today unless it is said. */
  on: day.exactOptional(),
});

/** A clock that runs: a deadline of a decision, or of a run of a flow. */
export const clockLine = z.strictObject({
  filing: z.uuid(),
  reference: z.string(),
  /** Null for a deadline of the decision. */
  flow: z.strictObject({ key: z.string(), name: z.string(), state: z.string() }).nullable(),
  kind: z.string(),
  word: z.string(),
  from: day,
  /** Null while it stands still. */
  due: day.nullable(),
  /** Calendar days until it is due: 0 on the day, negative once it is over. */
  daysLeft: z.int().nullable(),
  provisional: z.boolean(),
  extended: z.int(),
  length: z.int().nullable(),
  unit: unit.nullable(),
  judge: judgeName.nullable(),
  /** Who has to act by then. */
  waitsFor: z.array(z.string()).readonly(),
});

export const explainQuery = z.strictObject({ filing: z.uuid(), kind: key, flow: key.exactOptional() });

/** How a clock was counted: anybody can count after it. */
export const explainedClock = z.strictObject({
  filing: z.uuid(),
  reference: z.string(),
  flow: z.string().nullable(),
  kind: z.string(),
  word: z.string(),
  /** The event whose day is not counted, and that day. */
  event: z.string(),
  from: day,
  length: z.int(),
  unit,
  extended: z.int(),
  /** The last day before anything was left out. */
  counted: day,
  excluded: z.array(z.strictObject({ from: day, to: day, days: z.int() })).readonly(),
  adjustments: z
    .array(z.strictObject({ word: z.string(), from: day.nullable(), to: day.nullable(), length: z.int() }))
    .readonly(),
  /** Rest days that were passed over; of a long clock the first ones, and how many there are in all. */
  rest: z.array(z.strictObject({ day, why: z.enum(['weekend', 'holiday']) })).readonly(),
  restDays: z.int(),
  rolls: z.boolean(),
  /** Counted so; null while it stands still. */
  end: day.nullable(),
  pausedSince: day.nullable(),
  provisional: z.boolean(),
  /** As it is stored. */
  due: day.nullable(),
  /** Counted today it would end on another day than the one that is stored. */
  differs: z.boolean(),
  basis: z.array(basisView).readonly(),
  /** The published number that says how long it is. */
  parameter: z
    .strictObject({
      word: z.string(),
      value: z.string(),
      documentNo: z.string(),
      status: z.enum(['national', 'policy', 'local', 'unverified']),
    })
    .nullable(),
});

export const calendarQuery = z.strictObject({
  year: z.string().regex(/^(?:19|20|21)\d{2}$/, '应当是 1900 到 2199 的年份'),
});

/** 休假日 and 调休 of a year. Weekends are told by the weekday; a year that is not covered has none of either. */
export const calendarView = z.strictObject({
  known: z.boolean(),
  /** Rest days from Monday to Friday. */
  rest: z.array(day),
  /** Working Saturdays and Sundays. */
  work: z.array(day),
});
