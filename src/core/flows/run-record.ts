import { daysBetween, type PlainDate } from '../kernel/plain-date.js';
import type { FlowRun } from './flow-run.js';
import { LAPSED } from './play.js';

/** A run with what registers tell of its filing. */
export interface RegisterRun {
  readonly id: string;
  readonly reference: string;
  readonly cause: string | null;
  readonly run: FlowRun;
  /** The judges who have held the filing, in their order. */
  readonly owners: readonly Tenure[];
}

/** From when to when a judge held a filing; `until` is the day on which it went on, null while they hold it. */
export interface Tenure {
  readonly judge: string;
  readonly since: PlainDate;
  readonly until: PlainDate | null;
}

/** What happened to a run, as registers tell it. */
export interface RegisterStep {
  readonly run: string;
  readonly number: number;
  readonly kind: 'step' | 'clock' | 'urge' | 'lapse';
  readonly action: string;
  readonly state: string;
  readonly on: PlainDate;
  readonly reason: string;
  /** `due`: the last day of the clock from then on, null where it stands still; `outcome`: how the run ended. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Null: nobody in person. */
  readonly actor: { readonly id: string; readonly name: string } | null;
}

/** A stretch of time that a run spent in one state. */
export interface Phase {
  readonly state: string;
  readonly from: PlainDate;
  /** The day on which it was left; null while it waits. */
  readonly until: PlainDate | null;
  readonly due: PlainDate | null;
  /** Days after the last day of its clock until it was left, or so far; 0 where it was in time. */
  readonly lateDays: number;
}

/** A run as it stood at the end of a day. */
export interface RunRecord {
  readonly run: RegisterRun;
  readonly steps: readonly RegisterStep[];
  readonly phases: readonly Phase[];
  /** The judge who held the filing. */
  readonly handler: string | undefined;
  readonly openedOn: PlainDate;
  readonly endedOn: PlainDate | null;
  readonly outcome: string | null;
  readonly state: string;
  /** From the day on which it began to the one on which it ended, or so far. */
  readonly takenDays: number;
  /** Of the phase that was most late. */
  readonly lateDays: number;
}

/** A run as it stood at the end of a day, by what had happened until then; undefined where it had not begun. */
export function recordOf(run: RegisterRun, all: readonly RegisterStep[], asOf: PlainDate): RunRecord | undefined {
  const steps = all.filter((step) => step.run === run.id && step.on <= asOf).sort((a, b) => a.number - b.number);
  const [first] = steps;
  if (!first) return undefined;
  const phases: Omit<Phase, 'lateDays'>[] = [];
  let endedOn: PlainDate | null = null;
  let outcome: string | null = null;
  for (const step of steps) {
    const due = (step.document.due ?? null) as PlainDate | null;
    const last = phases.at(-1);
    if (step.kind === 'clock' && last) phases[phases.length - 1] = { ...last, due };
    if (step.kind !== 'step' && step.kind !== 'lapse') continue;
    if (last) phases[phases.length - 1] = { ...last, until: step.on };
    outcome = step.kind === 'lapse' ? LAPSED : ((step.document.outcome as string | undefined) ?? null);
    if (outcome === null) phases.push({ state: step.state, from: step.on, until: null, due });
    else endedOn = step.on;
  }
  const timed = phases.map((phase) => ({
    ...phase,
    lateDays: phase.due === null ? 0 : Math.max(0, daysBetween(phase.due, phase.until ?? asOf)),
  }));
  return {
    run,
    steps,
    phases: timed,
    handler: run.owners.findLast(({ since, until }) => since <= asOf && (until === null || asOf < until))?.judge,
    openedOn: first.on,
    endedOn,
    outcome,
    state: steps.at(-1)?.state ?? '',
    takenDays: daysBetween(first.on, endedOn ?? asOf),
    lateDays: Math.max(0, ...timed.map(({ lateDays }) => lateDays)),
  };
}

/** The phase in which a run still waits. */
export const waitingPhase = ({ phases, endedOn }: RunRecord): Phase | undefined =>
  endedOn === null ? phases.at(-1) : undefined;
