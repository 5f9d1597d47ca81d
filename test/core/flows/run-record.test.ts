import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RegisterRun, type RegisterStep, recordOf } from '../../../src/core/flows/run-record.js';
import { weekOf } from '../../../src/core/flows/weekly-report.js';
import { addDays, dayOfWeek, daysBetween, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';

const START = plainDate('2026-03-02');
const at = (days: number): PlainDate => addDays(START, days);
const RUN: RegisterRun = {
  id: 'r1',
  reference: 'F-1',
  cause: '追偿权纠纷',
  owners: [
    { judge: 'M1', since: START, until: at(4) },
    { judge: 'M2', since: at(4), until: null },
  ],
  run: {
    flow: 'first_trial_objection',
    number: 1,
    state: 'under_review',
    applicant: 'M1',
    evidence: [],
    reason: '',
    openedOn: START,
  },
};
/** What happened on which day, in the shape in which it is stored. */
const happened = (
  ...all: [days: number, kind: RegisterStep['kind'], state: string, document?: object][]
): RegisterStep[] =>
  all.map(([days, kind, state, document = {}], index) => ({
    run: 'r1',
    number: index + 1,
    kind,
    action: kind,
    state,
    on: at(days),
    reason: '',
    document: document as RegisterStep['document'],
    actor: null,
  }));

describe('a run as it stood at the end of a day', () => {
  test('had not begun', () => {
    expect(recordOf(RUN, happened([3, 'step', 'under_review']), at(2))).toBe(undefined);
  });

  test('is in time on its last day and late on the next', () => {
    const steps = happened([0, 'step', 'under_review', { due: at(2) }]);
    expect([2, 3, 7].map((days) => recordOf(RUN, steps, at(days))?.lateDays)).toEqual([0, 1, 5]);
  });

  test('was decided late, and stays so however long ago', () => {
    const steps = happened(
      [0, 'step', 'under_review', { due: at(2) }],
      [3, 'urge', 'under_review', { due: at(2) }],
      [6, 'step', 'rejected', { outcome: 'rejected' }],
    );
    expect(recordOf(RUN, steps, at(5))).toMatchObject({ endedOn: null, outcome: null, lateDays: 3, takenDays: 5 });
    expect(recordOf(RUN, steps, at(90))).toMatchObject({
      endedOn: at(6),
      outcome: 'rejected',
      lateDays: 4,
      takenDays: 6,
    });
  });

  test('a clock that was stopped is not late; one that was set to another day is late by that', () => {
    const steps = happened(
      [0, 'step', 'under_review', { due: at(2) }],
      [1, 'clock', 'under_review', {}],
      [10, 'clock', 'under_review', { due: at(12) }],
    );
    expect([9, 12, 14].map((days) => recordOf(RUN, steps, at(days))?.lateDays)).toEqual([0, 0, 2]);
  });

  test('each state has a clock of its own, and the worst of them counts', () => {
    const steps = happened(
      [0, 'step', 'under_decision', { due: at(3) }],
      [5, 'step', 'refused', { due: at(6) }],
      [6, 'step', 'under_reconsideration', { due: at(9) }],
      [20, 'lapse', 'under_reconsideration'],
    );
    const record = recordOf(RUN, steps, at(30));
    expect(record?.phases.map(({ lateDays }) => lateDays)).toEqual([2, 0, 11]);
    expect(record).toMatchObject({ outcome: 'lapsed', endedOn: at(20), lateDays: 11 });
  });

  test('phases follow each other without a gap from the day it began to the day it ended, or so far', () => {
    const aStep = fc.tuple(fc.nat(9), fc.constantFrom('step' as const, 'clock' as const, 'urge' as const), fc.nat(20));
    fc.assert(
      fc.property(fc.array(aStep, { maxLength: 12 }), fc.nat(90), (later, asOf) => {
        let day = 0;
        const steps = happened(
          [0, 'step', 's0', { due: at(3) }],
          ...later.map(([gap, kind, due], index): [number, RegisterStep['kind'], string, object] => {
            day += gap;
            return [day, kind, `s${index}`, { due: at(day + due) }];
          }),
        );
        const record = recordOf(RUN, steps, at(asOf));
        const phases = record?.phases ?? [];
        expect(phases[0]?.from).toBe(START);
        for (const [index, { until }] of phases.entries()) expect(until).toBe(phases[index + 1]?.from ?? null);
        expect(record?.takenDays).toBe(asOf);
        for (const { due, until, lateDays } of phases)
          expect(lateDays).toBe(Math.max(0, daysBetween(due ?? START, until ?? at(asOf))));
      }),
    );
  });
});

test('a week is the Monday to the Sunday around a day', () => {
  fc.assert(
    fc.property(fc.nat(2000), (days) => {
      const { from, to } = weekOf(at(days));
      expect([dayOfWeek(from), dayOfWeek(to), daysBetween(from, to)]).toEqual([1, 7, 6]);
      expect(from <= at(days) && at(days) <= to).toBe(true);
    }),
  );
});
