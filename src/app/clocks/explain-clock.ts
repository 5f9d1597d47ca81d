import type { CitedBasis } from '../../core/documents/decision.js';
import { type AdjustableClock, adjustedTerms } from '../../core/flows/adjustment.js';
import { type ClockExplanation, explainClock } from '../../core/flows/explain-clock.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import { flowBasis } from '../../core/flows/flows-of.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { deadlineRule } from '../../core/routing/deadline-rule.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import { cite } from '../../core/rules/reason.js';
import { labelOf } from '../../core/rules/vocabulary.js';
import { adjustableDeadline } from '../flows/recount-deadlines.js';
import { runClock } from '../flows/run-clock.js';
import { flowOf, matterOf, type StoredMatter } from '../flows/stored-matter.js';
import { permit } from '../permit.js';
import type { Context, CourtReads } from '../ports.js';
import { Refusal } from '../refusal.js';
import { validFiling } from '../stored-filing.js';

/** A clock and how it was counted. */
export interface ExplainedClock {
  readonly filing: string;
  readonly reference: string;
  readonly flow: string | null;
  readonly kind: string;
  readonly word: string;
  /** The event whose day is not counted. */
  readonly event: string;
  readonly from: PlainDate;
  readonly length: number;
  readonly unit: ClockExplanation['unit'];
  readonly extended: number;
  readonly counted: PlainDate;
  readonly excluded: ClockExplanation['excluded'];
  /** 扣除 and 延长 as they were entered, of which `excluded` and `extended` are made. */
  readonly adjustments: readonly {
    readonly word: string;
    readonly from: PlainDate | null;
    readonly to: PlainDate | null;
    readonly length: number;
  }[];
  /** Of a long clock the first ones, and how many there are in all. */
  readonly rest: ClockExplanation['rest'];
  readonly restDays: number;
  readonly rolls: boolean;
  /** Counted so; null while it stands still. */
  readonly end: PlainDate | null;
  readonly pausedSince: PlainDate | null;
  readonly provisional: boolean;
  /** The last day as it is stored; null while it stands still. */
  readonly due: PlainDate | null;
  /** Counted today it would end on another day: rules or calendar have changed since, or the deadline's rule is gone. */
  readonly differs: boolean;
  readonly basis: readonly CitedBasis[];
  /** The published number that says how long it is. */
  readonly parameter: Parameter | null;
}

interface Parameter {
  readonly word: string;
  readonly value: string;
  readonly documentNo: string;
  readonly status: CitedBasis['status'];
}

/** As many rest days as anybody reads one by one. */
const REST_SHOWN = 400;

/** Which clock: of a filing, and of a flow where it is one's. */
export interface WhichClock {
  readonly filing: string;
  readonly kind: string;
  readonly flow?: string;
}

/** How one clock was counted, from the event to the last day, with what it rests on. */
export async function explainStoredClock({ subject, service }: Context, which: WhichClock): Promise<ExplainedClock> {
  return service.store.read(subject.court, async (tx) => {
    const { runs, owner } = await partsIn(tx, which.filing);
    const parts = runs.flatMap(({ applicant, claimedOwner, challenged }) => [applicant, claimedOwner, challenged]);
    permit(subject, 'clock.read', { about: [owner, ...parts].filter((each) => each !== undefined) });
    const stored = await tx.filing(which.filing);
    if (stored === undefined || stored.decision === 0) throw noSuchClock();
    const matter = await matterOf(tx, validFiling(stored), []);
    const { flow: key, kind, filing } = which;
    const explained =
      key === undefined
        ? await ofDecision(tx, matter, kind)
        : await ofFlow(tx, matter, { key, kind, court: subject.court });
    return { filing, reference: stored.reference, flow: key ?? null, kind, ...explained };
  });
}

async function partsIn(tx: CourtReads, filing: string) {
  const owner = (await tx.ownerOf(filing))?.judge;
  const runs = (await tx.flows.runsOf(filing)).map(({ run }) => run).filter(({ outcome }) => outcome === undefined);
  return { owner, runs };
}

const noSuchClock = (): Refusal =>
  new Refusal('NOT_FOUND', '没有这个期限；请从期限列表里选，列表里有收案编号和期限种类');

type Explained = Omit<ExplainedClock, 'filing' | 'reference' | 'flow' | 'kind'>;

function stepsOf(clock: AdjustableClock, { adjustments, calendar }: Lawbook) {
  const { end, rest, ...steps } = explainClock(adjustedTerms(clock), calendar);
  const isDue = end.kind === 'due';
  return {
    ...steps,
    rest: rest.slice(0, REST_SHOWN),
    restDays: rest.length,
    adjustments: clock.adjustments.map(({ rule, from, to, length }) => ({
      word: adjustments.find(({ key }) => key === rule)?.name ?? rule,
      from,
      to,
      length,
    })),
    end: isDue ? end.due : null,
    pausedSince: isDue ? null : end.since,
    provisional: isDue && end.provisional,
  };
}

async function ofDecision(
  tx: CourtReads,
  { decision, ruleset, filing }: StoredMatter,
  kind: string,
): Promise<Explained> {
  const deadline = (await tx.clocks.deadlinesOf(filing.id)).find((each) => each.kind === kind);
  if (deadline === undefined) throw noSuchClock();
  const entered = await tx.clocks.adjustmentsOf(filing.id);
  const clock = adjustableDeadline(filing, deadline, entered, ruleset);
  const basis = decision.deadlines?.find((each) => each.kind === kind)?.basis ?? [];
  const period = deadlineRule({ kind, unit: deadline.unit, basis }, ruleset)?.card.period;
  const { lawbook } = tx;
  const { vocabulary } = lawbook.book;
  const due = deadline.pausedSince === undefined ? deadline.due : null;
  const steps = stepsOf(clock, lawbook);
  return {
    ...steps,
    word: labelOf(vocabulary, '期限种类', kind),
    event: period ? labelOf(vocabulary, '期间起点', period.from) : '起算日',
    due,
    differs: steps.end !== due,
    basis,
    parameter: parameterOf(period?.length, ruleset),
  };
}

async function ofFlow(
  tx: CourtReads,
  matter: StoredMatter,
  { key, kind, court }: { readonly key: string; readonly kind: string; readonly court: string },
): Promise<Explained> {
  const stored = matter.runs.find(({ run }) => isRunning(run, key, kind));
  if (stored === undefined) throw noSuchClock();
  const { filing, ruleset } = matter;
  const flow = await flowOf(tx, filing, key);
  const own = (await tx.clocks.adjustmentsOf(filing.id)).filter(({ run }) => run === stored.id);
  const clock = runClock(flow, stored.run, matter, own);
  const spec = flow.clocks.find((each) => each.key === kind);
  if (clock === undefined || spec === undefined) throw noSuchClock();
  const { lawbook } = tx;
  const state = flow.states.find((each) => each.key === stored.run.state)?.name ?? stored.run.state;
  const starts = { action: `进入“${state}”之日`, assigned: '分案日', received: '收案日' };
  const steps = stepsOf(clock, lawbook);
  return {
    ...steps,
    word: spec.name,
    event: starts[spec.from],
    due: steps.end,
    differs: false,
    basis: cite(flowBasis(flow, lawbook.book, court, filing.filing.receivedOn)),
    parameter: parameterOf(spec.length, ruleset),
  };
}

const isRunning = ({ flow, outcome, clock }: FlowRun, key: string, kind: string): boolean =>
  flow === key && outcome === undefined && clock?.key === kind;

function parameterOf(
  length: number | { readonly parameter: string } | undefined,
  { parameters }: StoredMatter['ruleset'],
): Parameter | null {
  if (length === undefined || typeof length === 'number') return null;
  const found = parameters.get(length.parameter);
  if (found === undefined) return null;
  const { word, value = '', documentNo, status, origin } = found;
  return { word, value: String(value), documentNo: documentNo || origin, status };
}
