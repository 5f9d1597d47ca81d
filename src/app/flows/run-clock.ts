import type { Filing } from '../../core/documents/filing.js';
import type { AdjustableClock } from '../../core/flows/adjustment.js';
import type { ClockEnd } from '../../core/flows/clock.js';
import { type Ladder, ladderFor, nextStage } from '../../core/flows/escalation.js';
import type { Flow } from '../../core/flows/flow.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import { endOf } from '../../core/flows/play.js';
import { addDays } from '../../core/kernel/plain-date.js';
import { periodMatterOf } from '../../core/law/period.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import type { Ruleset } from '../../core/rules/ruleset.js';
import type { StoredAdjustment } from '../clock-ports.js';
import type { TimerTerms } from '../flow-ports.js';

/** The rules that clocks are counted by. */
interface RulesOfClocks {
  readonly lawbook: Pick<Lawbook, 'calendar' | 'ladders'>;
}

/** What the clocks of a matter depend on besides its flows. */
interface ClockOwner {
  readonly filing: { readonly filing: Pick<Filing, 'matter' | 'receivedOn'> };
  readonly ruleset: Ruleset;
}

const lengthIn =
  ({ parameters }: Ruleset) =>
  (id: string): number | undefined => {
    const value = parameters.get(id)?.value;
    return typeof value === 'number' ? value : undefined;
  };

/** The clock that runs in a run with all that was done to it; undefined where none runs or its parameter is missing. */
export function runClock(
  flow: Flow,
  run: FlowRun,
  { filing, ruleset }: ClockOwner,
  adjustments: readonly StoredAdjustment[],
): AdjustableClock | undefined {
  const clock = flow.clocks.find(({ key }) => key === run.clock?.key);
  if (!clock || !run.clock) return undefined;
  const length = typeof clock.length === 'number' ? clock.length : lengthIn(ruleset)(clock.length.parameter);
  if (length === undefined) return undefined;
  const { unit, rolls, key } = clock;
  return {
    flow: flow.key,
    terms: { from: run.clock.from, length, unit, rolls, matter: periodMatterOf(filing.filing.matter) },
    adjustments: adjustments.filter((each) => each.clock === key && !each.isWithdrawn),
  };
}

/** When the clock of a run ends, or that it stands still; undefined where none runs, or nobody said how long it is. */
export const clockEndOf = (
  flow: Flow,
  run: FlowRun,
  { filing, ruleset }: ClockOwner,
  { lawbook }: RulesOfClocks,
): ClockEnd | undefined => endOf(flow, run, lengthIn(ruleset), periodMatterOf(filing.filing.matter), lawbook.calendar);

/** The ladder by which the clock of a run is urged. */
export const ladderOf = (
  flow: Flow,
  { clock }: FlowRun,
  { filing }: Pick<ClockOwner, 'filing'>,
  { lawbook }: RulesOfClocks,
): Ladder | undefined => clock && ladderFor(lawbook.ladders, flow, clock.key, filing.filing.receivedOn);

/** The clock of a run as `setTimer` takes it: its next stage, and its own last day; undefined where none runs. */
export function timerOf(flow: Flow, run: FlowRun, matter: ClockOwner, inForce: RulesOfClocks): TimerTerms | undefined {
  const { state, clock } = run;
  if (!clock) return undefined;
  const kind = clock.key;
  const end = clockEndOf(flow, run, matter, inForce);
  if (end === undefined) return { kind, stage: 'expiry', due: undefined, lastDay: undefined, provisional: false };
  const ladder = ladderOf(flow, run, matter, inForce);
  const lengthOf = lengthIn(matter.ruleset);
  const next = nextStage({ flow, run: { state, clock }, ladder, end, lengthOf, calendar: inForce.lawbook.calendar });
  return {
    kind,
    stage: next?.stage ?? clock.fired.at(-1) ?? 'expiry',
    // A clock fires once its day is over: the first day on which it may is the one after.
    due: next?.on && addDays(next.on, -1),
    lastDay: end.kind === 'due' ? end.due : undefined,
    provisional: next?.provisional ?? false,
  };
}
