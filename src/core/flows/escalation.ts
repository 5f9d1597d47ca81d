import { addDays, type PlainDate } from '../kernel/plain-date.js';
import { type Calendar, dayKind, isWeekend } from '../law/calendar.js';
import { LONGEST_PERIOD } from '../law/period.js';
import type { CardBasis } from '../rules/citation.js';
import type { Place } from '../rules/source.js';
import type { ClockEnd } from './clock.js';
import type { ActorKind, Flow, FlowClock, FlowState, Level, Stage } from './flow.js';
import type { FlowRun, RunClock } from './flow-run.js';

/** Whom a level is for: `waited_for` is whoever the state waits for. */
export type UrgedActor = ActorKind | 'waited_for';

/** One level of a ladder: when, counted from the clock's last day, and to whom. */
export interface LadderLevel {
  readonly level: Level;
  readonly side: 'before' | 'after';
  /** 0 in a parameter: this court does without the level. */
  readonly days: FlowClock['length'];
  readonly unit: 'day' | 'working_day';
  readonly to: readonly UrgedActor[];
  readonly copies: readonly UrgedActor[];
  readonly place: Place;
}

/** Which clocks a ladder is for: a flow's, or one of its clocks alone. */
export interface LadderScope {
  readonly flow: string;
  readonly clock?: string;
  readonly place: Place;
}

/** How late work is urged, as a rule file declares it. */
export interface Ladder {
  readonly name: string;
  readonly id: string;
  readonly basis: readonly CardBasis[];
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
  /** Empty: every clock that no other ladder names. */
  readonly scopes: readonly LadderScope[];
  /** To whom whoever is urged answers. */
  readonly answerTo: readonly ActorKind[];
  /** In the order in which they come. */
  readonly levels: readonly LadderLevel[];
  readonly file: string;
  readonly place: Place;
}

/** What a clock does next. */
export interface NextStage {
  readonly stage: Stage;
  /** The first day on which it does; undefined while the clock stands still. */
  readonly on: PlainDate | undefined;
  /** A day on which `on` rests is not covered by the calendar. */
  readonly provisional: boolean;
}

/** The ladder of a flow's clock on a day: the one that names the clock, else the flow, else none of either. */
export function ladderFor(
  ladders: readonly Ladder[],
  flow: Pick<Flow, 'key'>,
  clock: string,
  day: PlainDate,
): Ladder | undefined {
  const inForce = ladders.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo));
  const named = (key: string | undefined): Ladder | undefined =>
    inForce.find(({ scopes }) => scopes.some((scope) => scope.flow === flow.key && scope.clock === key));
  return named(clock) ?? named(undefined) ?? inForce.find(({ scopes }) => scopes.length === 0);
}

/** Those who have a right to act and no duty to: nobody is urged to use a right. */
const AT_LIBERTY: readonly UrgedActor[] = ['applicant', 'party'];

/** Those whom a level is for, while a state waits. */
export const urgedIn = (actors: readonly UrgedActor[], { waitsFor }: Pick<FlowState, 'waitsFor'>): ActorKind[] => [
  ...new Set(
    actors.flatMap((each) => (each === 'waited_for' ? waitsFor.filter((who) => !AT_LIBERTY.includes(who)) : [each])),
  ),
];

/** The levels that a clock comes to while a state waits: those that have somebody to tell, and after its expiry only where nothing follows by itself. */
export const levelsAt = (ladder: Ladder, clock: FlowClock, state: Pick<FlowState, 'waitsFor'>): LadderLevel[] =>
  ladder.levels.filter(
    ({ side, to }) => (side === 'before' || clock.expiry.kind === 'urge') && urgedIn(to, state).length > 0,
  );

/** A run's clock with the rules by which it goes through its stages. */
export interface StageTerms {
  readonly flow: Flow;
  readonly run: Pick<FlowRun, 'state'> & { readonly clock: RunClock };
  readonly ladder: Ladder | undefined;
  readonly end: ClockEnd;
  readonly lengthOf: (parameter: string) => number | undefined;
  readonly calendar: Calendar;
}

/**
 * What a run's clock does next; undefined once it has done everything. A level whose day is not after the one on which the clock was set
 * going is left out: whoever was just given something to do needs no reminder of it. What a clock does by itself at its end has no day
 * while the calendar of that year is not published: nobody loses a right by a last day that may still move.
 */
export function nextStage({ flow, run, ladder, end, lengthOf, calendar }: StageTerms): NextStage | undefined {
  const clock = flow.clocks.find(({ key }) => key === run.clock.key);
  const state = flow.states.find(({ key }) => key === run.state);
  if (!clock || !state) return undefined;
  const { fired, setOn } = run.clock;
  const levels = ladder ? levelsAt(ladder, clock, state) : [];
  const order: (LadderLevel | undefined)[] = [
    ...levels.filter(({ side }) => side === 'before'),
    undefined,
    ...levels.filter(({ side }) => side === 'after'),
  ];
  const done = order.findLastIndex((each) => fired.includes(each?.level ?? 'expiry'));
  for (const each of order.slice(done + 1)) {
    const stage = each?.level ?? 'expiry';
    const days = each ? daysOf(each, lengthOf) : 1;
    if (days < 1 || days > LONGEST_PERIOD.day) continue;
    if (end.kind !== 'due') return { stage, on: undefined, provisional: false };
    if (stage === 'expiry' && isHeld(clock, end)) return { stage, on: undefined, provisional: true };
    const counted = dayFrom(end.due, days, each ?? EXPIRY, calendar);
    if (each?.side === 'before' && counted.on <= setOn) continue;
    return { stage, on: counted.on, provisional: end.provisional || counted.provisional };
  }
  return undefined;
}

/** Whether what a clock does by itself at its end waits until the calendar of that year is published. */
export const isHeld = ({ expiry }: Pick<FlowClock, 'expiry'>, end: ClockEnd): boolean =>
  expiry.kind === 'action' && end.kind === 'due' && end.provisional;

/** A clock that has done one stage more. */
export const afterStage = (clock: RunClock, stage: Stage): RunClock => ({ ...clock, fired: [...clock.fired, stage] });

/** Whether a stage came so late that there is no sense in it any more: nobody is reminded of a last day that is over. */
export const isMoot = (ladder: Ladder | undefined, stage: Stage, end: ClockEnd, today: PlainDate): boolean =>
  end.kind === 'due' &&
  today > end.due &&
  ladder?.levels.some(({ level, side }) => level === stage && side === 'before') === true;

/** The first day on which a clock has run out. */
const EXPIRY = { side: 'after', unit: 'day' } as const;

/** 0 where the court does without the level, or nobody said. */
export const daysOf = (
  { days }: Pick<LadderLevel, 'days'>,
  lengthOf: (parameter: string) => number | undefined,
): number => (typeof days === 'number' ? days : (lengthOf(days.parameter) ?? 0));

/** The day so many days or working days from another, that other not counted. */
function dayFrom(
  from: PlainDate,
  days: number,
  { side, unit }: Pick<LadderLevel, 'side' | 'unit'>,
  calendar: Calendar,
): { readonly on: PlainDate; readonly provisional: boolean } {
  const step = side === 'before' ? -1 : 1;
  if (unit === 'day') return { on: addDays(from, step * days), provisional: false };
  let on = from;
  let provisional = false;
  for (let left = days; left > 0; ) {
    on = addDays(on, step);
    const kind = dayKind(calendar, on);
    if (kind === 'unknown') provisional = true;
    if (kind === 'work' || (kind === 'unknown' && !isWeekend(on))) left--;
  }
  return { on, provisional };
}
