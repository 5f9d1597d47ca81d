import type { Filing } from '../../core/documents/filing.js';
import type { AdjustableClock } from '../../core/flows/adjustment.js';
import type { Flow } from '../../core/flows/flow.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import { endOf } from '../../core/flows/play.js';
import { periodMatterOf } from '../../core/law/period.js';
import type { Ruleset } from '../../core/rules/ruleset.js';
import type { StoredAdjustment } from '../clock-ports.js';
import type { TimerTerms } from '../flow-ports.js';
import type { Service } from '../ports.js';

/** What the length of a clock depends on besides its flow. */
interface ClockOwner {
  readonly filing: { readonly filing: Pick<Filing, 'matter'> };
  readonly ruleset: Ruleset;
}

const lengthOf =
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
  const length = typeof clock.length === 'number' ? clock.length : lengthOf(ruleset)(clock.length.parameter);
  if (length === undefined) return undefined;
  const { unit, rolls, key } = clock;
  return {
    flow: flow.key,
    terms: { from: run.clock.from, length, unit, rolls, matter: periodMatterOf(filing.filing.matter) },
    adjustments: adjustments.filter((each) => each.clock === key && !each.isWithdrawn),
  };
}

/** When the clock of a run ends, as `setTimer` takes it; undefined where none runs. */
export function timerOf(
  flow: Flow,
  run: FlowRun,
  { filing, ruleset }: ClockOwner,
  { lawbook }: Service,
): TimerTerms | undefined {
  if (!run.clock) return undefined;
  const end = endOf(flow, run, lengthOf(ruleset), periodMatterOf(filing.filing.matter), lawbook.calendar);
  if (end?.kind !== 'due') return { kind: run.clock.key, due: undefined, provisional: false };
  return { kind: run.clock.key, due: end.due, provisional: end.provisional };
}
