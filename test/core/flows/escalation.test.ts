import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockEnd, type Interval } from '../../../src/core/flows/clock.js';
import {
  afterStage,
  isMoot,
  type Ladder,
  type LadderLevel,
  ladderFor,
  nextStage,
} from '../../../src/core/flows/escalation.js';
import { type Flow, LEVELS, type Stage } from '../../../src/core/flows/flow.js';
import type { RunClock } from '../../../src/core/flows/flow-run.js';
import { addDays, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { dayKind } from '../../../src/core/law/calendar.js';
import { lawbook } from '../../support/court.js';

const { calendar } = lawbook;
const START = plainDate('2026-03-02');
const flowNamed = (key: string): Flow => {
  const flow = lawbook.flows.find((each) => each.key === key);
  if (!flow) throw new Error(`no ${key}`);
  return flow;
};
const objection = flowNamed('first_trial_objection');
const recusal = flowNamed('recusal');
const PLACE = { file: 'escalation/a.yaml', line: 1, column: 1 };
const level = (more: Partial<LadderLevel> & Pick<LadderLevel, 'level' | 'side'>): LadderLevel => ({
  days: 1,
  unit: 'day',
  to: ['waited_for'],
  copies: [],
  place: PLACE,
  ...more,
});
const ladderOf = (levels: readonly LadderLevel[], more: Partial<Ladder> = {}): Ladder => ({
  name: '催办',
  id: 'A-1',
  basis: [],
  validFrom: START,
  validTo: null,
  scopes: [],
  answerTo: ['supervisor'],
  levels,
  file: PLACE.file,
  place: PLACE,
  ...more,
});

// ---- a clock as it goes through its stages, day by day

interface Fired {
  readonly stage: Stage;
  readonly on: PlainDate;
  readonly due: PlainDate;
  readonly moot: boolean;
}

/** What happens to a clock: a day passes with or without somebody looking, a pause begins or ends, an extension is granted. */
type Happening =
  | { readonly kind: 'days'; readonly count: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'extend'; readonly by: number };

interface Life {
  readonly length: number;
  readonly unit: 'day' | 'working_day';
  readonly levels: readonly LadderLevel[];
  readonly happenings: readonly Happening[];
}

const working = (day: PlainDate): boolean => dayKind(calendar, day) === 'work';

/** The day so many days or working days from another, one by one. */
function counted(from: PlainDate, { side, unit, days }: LadderLevel): PlainDate {
  let on = from;
  for (let left = days as number; left > 0; ) {
    on = addDays(on, side === 'before' ? -1 : 1);
    if (unit === 'day' || working(on)) left--;
  }
  return on;
}

function dueOf(clock: RunClock, { length, unit }: Life): PlainDate | undefined {
  const { from, excluded, extended } = clock;
  const end = clockEnd({ from, length, unit, matter: 'civil', rolls: true, excluded, extended }, calendar);
  return end.kind === 'due' ? end.due : undefined;
}

/** Lives a clock through, looked at on some days; checks after each look that nothing which had come was left. */
function lived(life: Life): Fired[] {
  const ladder = ladderOf(life.levels);
  let clock: RunClock = { key: 'objection_review', from: START, setOn: START, excluded: [], extended: 0, fired: [] };
  let today = START;
  const fired: Fired[] = [];
  const next = () => {
    const { from, excluded, extended } = clock;
    const terms = {
      from,
      length: life.length,
      unit: life.unit,
      matter: 'civil',
      rolls: true,
      excluded,
      extended,
    } as const;
    const end = clockEnd(terms, calendar);
    const run = { state: 'under_review', clock };
    return { end, stage: nextStage({ flow: objection, run, ladder, end, lengthOf: () => undefined, calendar }) };
  };
  const look = (): void => {
    for (let { end, stage } = next(); stage?.on !== undefined && stage.on <= today; { end, stage } = next()) {
      if (end.kind !== 'due') throw new Error('what stands still fires nothing');
      fired.push({ stage: stage.stage, on: today, due: end.due, moot: isMoot(ladder, stage.stage, end, today) });
      clock = afterStage(clock, stage.stage);
    }
    const due = dueOf(clock, life);
    if (due === undefined) return;
    const has = (stage: Stage): boolean => fired.some((each) => each.stage === stage);
    const passed = (index: number): boolean => life.levels.slice(index + 1).some((each) => has(each.level));
    for (const [index, each] of life.levels.entries()) {
      const on = counted(due, each);
      const isSkipped = each.side === 'before' && (on <= START || has('expiry'));
      if (on <= today && !isSkipped && !passed(index)) expect(has(each.level), `${each.level} by ${today}`).toBe(true);
    }
    if (due < today) expect(has('expiry')).toBe(true);
  };
  for (const happening of life.happenings) {
    const open = clock.excluded.find(({ to }) => to === null);
    switch (happening.kind) {
      case 'days':
        today = addDays(today, happening.count);
        break;
      case 'pause': {
        const due = dueOf(clock, life);
        const interval: Interval = { from: today, to: null };
        // What begins after the last day is not left out.
        if (!open && today > START && due !== undefined && today <= due) {
          clock = { ...clock, excluded: [...clock.excluded, interval] };
        }
        break;
      }
      case 'resume':
        if (open && open.from < today) {
          const closed = clock.excluded.map((each) => (each === open ? { ...each, to: addDays(today, -1) } : each));
          clock = { ...clock, excluded: closed };
        }
        break;
      case 'extend':
        if (!open && !clock.fired.includes('expiry')) clock = { ...clock, extended: clock.extended + happening.by };
        break;
    }
    look();
  }
  return fired;
}

const someLevels = fc
  .tuple(
    fc.option(
      fc.record({
        days: fc.integer({ min: 1, max: 6 }),
        unit: fc.constantFrom('day' as const, 'working_day' as const),
      }),
    ),
    fc.option(
      fc.record({
        days: fc.integer({ min: 1, max: 4 }),
        unit: fc.constantFrom('day' as const, 'working_day' as const),
      }),
    ),
    fc.option(fc.record({ days: fc.integer({ min: 5, max: 9 }), unit: fc.constant('working_day' as const) })),
    fc.boolean(),
  )
  .map(([first, second, third, isEarly]): LadderLevel[] => [
    ...(first ? [level({ level: 'reminder', side: 'before', ...first, days: first.days + (isEarly ? 6 : 0) })] : []),
    ...(second ? [level({ level: 'urging', side: isEarly ? 'before' : 'after', ...second, unit: 'day' })] : []),
    ...(third ? [level({ level: 'supervision', side: 'after', ...third })] : []),
  ]);
const aLife = fc.record({
  length: fc.integer({ min: 1, max: 12 }),
  unit: fc.constantFrom('day' as const, 'working_day' as const),
  levels: someLevels,
  happenings: fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('days' as const), count: fc.integer({ min: 1, max: 5 }) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('resume' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('extend' as const), by: fc.integer({ min: 1, max: 4 }) }) },
    ),
    { minLength: 4, maxLength: 30 },
  ),
});

describe('a clock with a ladder', () => {
  test('whatever is paused or extended and whenever somebody looks: each level once, in order, never early, never lost', () => {
    fc.assert(
      fc.property(aLife, (life) => {
        const fired = lived(life);
        const stages = fired.map(({ stage }) => stage);
        expect(new Set(stages).size).toBe(stages.length);
        const order: Stage[] = [
          ...life.levels.filter(({ side }) => side === 'before').map((each) => each.level),
          'expiry',
          ...life.levels.filter(({ side }) => side === 'after').map((each) => each.level),
        ];
        expect(stages).toEqual(order.filter((stage) => stages.includes(stage)));
        for (const { stage, on, due, moot } of fired) {
          const rung = life.levels.find((each) => each.level === stage);
          expect(on >= (rung ? counted(due, rung) : addDays(due, 1))).toBe(true);
          expect(moot).toBe(rung?.side === 'before' && on > due);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('looked at every day, fires on the very day', () => {
    fc.assert(
      fc.property(aLife, (life) => {
        const happenings = Array.from({ length: 60 }, () => ({ kind: 'days', count: 1 }) as const);
        const due = dueOf({ key: '', from: START, setOn: START, excluded: [], extended: 0, fired: [] }, life) ?? START;
        const days = life.levels
          .map((each): [Stage, PlainDate] => [each.level, counted(due, each)])
          .filter(([stage, on]) => on > START || life.levels.find((each) => each.level === stage)?.side === 'after');
        const fired = lived({ ...life, happenings }).filter(({ stage }) => stage !== 'expiry');
        expect(fired.map(({ stage, on }) => [stage, on])).toEqual(days);
      }),
    );
  });

  test('a short one: no reminder on the day on which it was set', () => {
    const levels = [level({ level: 'reminder', side: 'before', days: 2 }), level({ level: 'urging', side: 'after' })];
    const happenings = Array.from({ length: 8 }, () => ({ kind: 'days', count: 1 }) as const);
    expect(lived({ length: 2, unit: 'day', levels, happenings }).map(({ stage }) => stage)).toEqual([
      'expiry',
      'urging',
    ]);
  });
});

test('a court that writes 0 does without the level, and one that says nothing too', () => {
  const ladder = ladderOf([level({ level: 'urging', side: 'after', days: { parameter: 'x' } })]);
  const end = { kind: 'due', due: START, provisional: false } as const;
  const clock: RunClock = {
    key: 'objection_review',
    from: START,
    setOn: START,
    excluded: [],
    extended: 0,
    fired: ['expiry'],
  };
  const at = (days: number | undefined) =>
    nextStage({ flow: objection, run: { state: 'under_review', clock }, ladder, end, lengthOf: () => days, calendar });
  expect([at(0), at(undefined), at(1_000_000)]).toEqual([undefined, undefined, undefined]);
  expect(at(2)).toEqual({ stage: 'urging', on: addDays(START, 2), provisional: false });
});

test('nobody is urged to use a right, nor after a clock that acts by itself', () => {
  const ladder = ladderOf(LEVELS.map((each) => level({ level: each, side: each === 'reminder' ? 'before' : 'after' })));
  const clock: RunClock = {
    key: 'reconsideration_request',
    from: START,
    setOn: START,
    excluded: [],
    extended: 9,
    fired: [],
  };
  const end = { kind: 'due', due: addDays(START, 9), provisional: false } as const;
  const stageOf = (ladderNow: Ladder, fired: readonly Stage[]) =>
    nextStage({
      flow: recusal,
      run: { state: 'refused', clock: { ...clock, fired } },
      ladder: ladderNow,
      end,
      lengthOf: () => undefined,
      calendar,
    })?.stage;
  expect(stageOf(ladder, [])).toBe('expiry');
  const told = ladderOf(ladder.levels.map((each) => ({ ...each, to: ['filing_division'] })));
  expect(stageOf(told, [])).toBe('reminder');
  expect(stageOf(told, ['reminder', 'expiry'])).toBe(undefined);
});

test('the ladder that names the clock goes before the one that names the flow, and that before the one for all', () => {
  const all = ladderOf([]);
  const flow = ladderOf([], { scopes: [{ flow: 'recusal', place: PLACE }] });
  const one = ladderOf([], { scopes: [{ flow: 'recusal', clock: 'recusal_decision', place: PLACE }] });
  const ladders = [all, flow, one];
  expect(ladderFor(ladders, recusal, 'recusal_decision', START)).toBe(one);
  expect(ladderFor(ladders, recusal, 'reconsideration_decision', START)).toBe(flow);
  expect(ladderFor(ladders, objection, 'objection_review', START)).toBe(all);
  expect(ladderFor(ladders, objection, 'objection_review', addDays(START, -1))).toBe(undefined);
});
