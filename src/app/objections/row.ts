import type { Subject } from '../../core/access/can.js';
import { type ActorKind, type Flow, isByPeople } from '../../core/flows/flow.js';
import type { Actor } from '../../core/flows/flow-run.js';
import { LAPSED, mayAct, ROUTING } from '../../core/flows/play.js';
import { daysBetween, type PlainDate } from '../../core/kernel/plain-date.js';
import { labelOf } from '../../core/rules/vocabulary.js';
import { actorIn } from '../flows/act-in-flow.js';
import type { QueuedRun } from '../objection-ports.js';
import type { Bench } from '../ports.js';
import type { JudgeName } from '../views.js';

/** A run of a flow as the queue of those who decide shows it. */
export interface ObjectionRow {
  readonly id: string;
  readonly version: number;
  readonly filing: {
    readonly id: string;
    readonly reference: string;
    readonly version: number;
    readonly cause: string | null;
    readonly judge: JudgeName | null;
  };
  readonly flow: string;
  readonly flowWord: string;
  readonly number: number;
  readonly state: string;
  readonly stateWord: string;
  readonly outcome: string | null;
  readonly groundWord: string | null;
  readonly applicant: Applicant;
  readonly claimedOwner: JudgeName | null;
  readonly challenged: JudgeName | null;
  readonly openedOn: string;
  readonly decidedOn: string | null;
  readonly changedAt: string;
  readonly clock: ObjectionClock | null;
  readonly waitsFor: readonly { readonly key: ActorKind; readonly word: string }[];
  /** Whether the one who looks may take a step in it. */
  readonly mayAct: boolean;
}

/** Who asked: a judge of the docket, a user or a party; `system` where it began by itself. */
export interface Applicant {
  readonly kind: 'judge' | 'user' | 'party' | 'system';
  readonly name: string;
}

export interface ObjectionClock {
  readonly name: string;
  /** Null while it stands still, or where the court has set no length. */
  readonly due: string | null;
  /** Calendar days: 0 on the last day, negative once it is over. */
  readonly daysLeft: number | null;
  readonly provisional: boolean;
  readonly paused: boolean;
  /** How often whoever is late was urged. */
  readonly urged: number;
}

/** What the rows of one court and one person are made with. */
export interface RowMaker {
  readonly subject: Subject;
  readonly bench: Bench;
  readonly today: PlainDate;
}

/** The flow that a run is of. @throws where newer rules have none of that key */
export function flowNamed({ lawbook }: Pick<Bench, 'lawbook'>, key: string): Flow {
  const flow = lawbook.flows.find((each) => each.key === key);
  if (flow === undefined) throw new Error(`no flow ${key} in the rules`);
  return flow;
}

/** A judge by name; the id itself for whoever is on the roster no more. */
export const judgeNamed = ({ docket }: Bench, id: string): JudgeName => ({
  id,
  name: docket.judges.find((judge) => judge.id === id)?.name ?? id,
});

/** A run as one person sees it in the queue; `barred` are the judges who may not touch its filing. */
export function rowOf(queued: QueuedRun, { subject, bench, today }: RowMaker, barred: readonly string[]): ObjectionRow {
  const { run } = queued;
  const flow = flowNamed(bench, run.flow);
  const state = flow.states.find(({ key }) => key === run.state);
  const nameOf = (id: string | null | undefined): JudgeName | null => (id == null ? null : judgeNamed(bench, id));
  const isOpen = run.outcome === undefined;
  const lapsed = run.outcome === LAPSED ? '（已终止）' : '';
  const { vocabulary } = bench.lawbook.book;
  return {
    id: queued.id,
    version: queued.version,
    filing: {
      id: queued.filing,
      reference: queued.reference,
      version: queued.filingVersion,
      cause: queued.cause,
      judge: nameOf(queued.owner),
    },
    flow: flow.key,
    flowWord: flow.name,
    number: run.number,
    state: run.state,
    stateWord: (state?.name ?? run.state) + lapsed,
    outcome: run.outcome ?? null,
    groundWord: flow.grounds.find(({ key }) => key === run.ground)?.name ?? null,
    applicant: applicantOf(queued, bench),
    claimedOwner: nameOf(run.claimedOwner),
    challenged: nameOf(run.challenged),
    openedOn: run.openedOn,
    decidedOn: run.decidedOn ?? null,
    changedAt: queued.changedAt,
    clock: isOpen ? clockOf(flow, queued, today) : null,
    waitsFor: isOpen
      ? (state?.waitsFor ?? []).map((key) => ({ key, word: labelOf(vocabulary, '流程参与人', key) }))
      : [],
    mayAct: isOpen && mayTakeAny(flow, queued, barred, actorIn(subject, queued.owner ?? undefined, undefined)),
  };
}

function applicantOf({ run, applicantName }: QueuedRun, bench: Bench): Applicant {
  const judge = bench.docket.judges.find(({ id }) => id === run.applicant);
  if (judge) return { kind: 'judge', name: judge.name };
  if (run.applicant === ROUTING) return { kind: 'system', name: '系统' };
  return applicantName === null ? { kind: 'party', name: run.applicant } : { kind: 'user', name: applicantName };
}

function clockOf(flow: Flow, { run, due, provisional }: QueuedRun, today: PlainDate): ObjectionClock | null {
  const clock = flow.clocks.find(({ key }) => key === run.clock?.key);
  if (!clock || !run.clock) return null;
  return {
    name: clock.name,
    due,
    daysLeft: due === null ? null : daysBetween(today, due),
    provisional,
    paused: due === null && run.clock.excluded.some(({ to }) => to === null),
    urged: run.clock.fired.filter((stage) => stage === 'urging' || stage === 'supervision').length,
  };
}

/** By office and by what they are to the matter; what a step needs besides is asked when it is taken. */
function mayTakeAny(flow: Flow, { run, owner }: QueuedRun, barred: readonly string[], by: Actor): boolean {
  const matter = {
    owner: owner ?? undefined,
    parties: [],
    unable: (judge: string) => (barred.includes(judge) ? { kind: 'barred' as const, text: '' } : undefined),
  };
  const here = flow.actions.filter(isByPeople).filter(({ from }) => from === run.state);
  return here.some((action) => mayAct([action], matter, { by }, run).ok);
}
