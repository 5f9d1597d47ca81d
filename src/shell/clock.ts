import { Temporal } from 'temporal-polyfill';
import { type PlainDate, plainDate } from '../core/kernel/plain-date.js';

/** The day in the courts' time zone at an instant. */
export const shanghaiDay = (instant: string): PlainDate =>
  plainDate(Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString());

/** The clock of the machine, whatever its time zone. */
export const systemClock = {
  now: (): string => new Date().toISOString(),
  today: (): PlainDate => shanghaiDay(new Date().toISOString()),
} as const;
