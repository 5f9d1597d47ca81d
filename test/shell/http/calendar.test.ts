import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, plainDate } from '../../../src/core/kernel/plain-date.js';
import { dayKind, isWeekend } from '../../../src/core/law/calendar.js';
import { lawbook } from '../../support/court.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';
import { type Client, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';

interface CalendarView {
  readonly known: boolean;
  readonly rest: string[];
  readonly work: string[];
}

const [pglite] = ENGINES;

describe('the calendar of a year', () => {
  let opened: OpenedEngine;
  let desk: HttpDesk;
  let judge: Client;
  const ofYear = (year: string) => judge.send('GET', `/api/v1/calendar?year=${year}`);
  beforeAll(async () => {
    if (pglite === undefined) throw new Error('no engine');
    opened = await pglite.open();
    desk = await openHttpDesk(opened);
    judge = await desk.person(['judge'], { judge: 'M1' });
  });
  afterAll(async () => {
    await desk?.close();
    await opened?.close();
  });

  test('tells every day as the rules have it', async () => {
    const { known, rest, work } = (await ofYear('2026')).json<CalendarView>();
    expect(known).toBe(true);
    for (let day = plainDate('2026-01-01'); day <= '2026-12-31'; day = addDays(day, 1)) {
      const told = rest.includes(day) || (isWeekend(day) && !work.includes(day)) ? 'rest' : 'work';
      expect([day, told]).toEqual([day, dayKind(lawbook.calendar, day)]);
    }
  });

  test('says of a year that is not published that it is not known', async () => {
    expect((await ofYear('2199')).json<CalendarView>()).toEqual({ known: false, rest: [], work: [] });
  });

  test('takes years alone', async () => {
    for (const year of ['', '26', '2026-01', '1899', '2200', '0x7ea', '2026&year=2027'])
      expect([year, refused(await ofYear(year))]).toEqual([year, '400 BODY_INVALID']);
  });
});
