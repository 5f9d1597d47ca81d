import type { Demand, Flow, Ground, Level } from '../../core/flows/flow.js';
import { admits, isByPeople } from '../../core/flows/flow.js';
import type { FlowEvent, FlowRefusal, MatterView } from '../../core/flows/flow-run.js';
import { flowsOf } from '../../core/flows/flows-of.js';
import { LAPSED, openRun, play } from '../../core/flows/play.js';
import type { Urging } from '../../core/flows/urging.js';
import { labelOf, type Vocabulary } from '../../core/rules/vocabulary.js';
import type { StoredRun, StoredStep } from '../flow-ports.js';
import { permit } from '../permit.js';
import type { Context, InForce } from '../ports.js';
import { Refusal } from '../refusal.js';
import { validFiling } from '../stored-filing.js';
import type { StoredUrging } from '../urging-ports.js';
import { actorIn } from './act-in-flow.js';
import { clockEndOf } from './run-clock.js';
import { matterOf, type StoredMatter } from './stored-matter.js';

/** A flow over a filing: how far it is, and what the one who looks may do in it. */
export interface FlowView {
  readonly key: string;
  readonly name: string;
  readonly runs: readonly RunView[];
  readonly steps: readonly StepView[];
}

export interface RunView {
  readonly number: number;
  readonly state: string;
  readonly stateWord: string;
  readonly groundWord: string | null;
  readonly applicant: string;
  readonly claimedOwner: string | null;
  readonly challenged: string | null;
  readonly evidence: readonly string[];
  readonly reason: string;
  readonly openedOn: string;
  readonly clock: { readonly name: string; readonly due: string | null; readonly provisional: boolean } | null;
  readonly outcome: string | null;
  readonly decidedOn: string | null;
  readonly decisionReason: string | null;
  /** 工作提示单, 催办单 and 督办单 that were sent in it, in order. */
  readonly urgings: readonly UrgingView[];
  /** All that has happened in it, in order. */
  readonly history: readonly RunStepView[];
}

/** A paper, as the run that it is about lists it. */
export interface UrgingView {
  readonly id: string;
  readonly level: Level;
  readonly levelWord: string;
  readonly reference: string;
  readonly madeOn: string;
  readonly to: readonly string[];
  readonly copies: readonly string[];
}

export interface RunStepView {
  readonly kind: 'step' | 'clock' | 'urge' | 'lapse';
  readonly actionWord: string;
  readonly stateWord: string;
  readonly on: string;
  readonly madeAt: string;
  /** Null: the clock. */
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly reason: string;
}

export interface StepView {
  readonly action: string;
  readonly name: string;
  readonly needsReason: boolean;
  readonly grounds: readonly {
    readonly key: string;
    readonly name: string;
    readonly claimedOwner: Demand;
    readonly evidence: Demand;
  }[];
  /** Why the one who looks may not, where they may not. */
  readonly refused: FlowRefusal | null;
}

/** Refusals for what is still to be filled in. */
const TO_BE_FILLED = new Set(['CLAIMED_OWNER_MISSING', 'EVIDENCE_MISSING', 'REASON_MISSING']);

/** What happens to a run without being an action of its flow. */
const STEP_WORDS: Readonly<Record<string, string>> = {
  [LAPSED]: '因本件结案或者改由他人承办而终止',
  set: '核对时补上期限',
  stopped: '核对时停止期限',
  recounted: '重新计算期限',
};

/** The flows of a filing, for someone who may see it. */
export async function seeFlows({ subject, service }: Context, id: string): Promise<FlowView[]> {
  return service.store.read(subject.court, async (tx) => {
    const owner = (await tx.ownerOf(id))?.judge;
    permit(subject, 'filing.read', { owner });
    const stored = await tx.filing(id);
    if (stored === undefined) throw new Refusal('NOT_FOUND', '没有这件收案；请回到列表核对');
    if (stored.filing === undefined || stored.decision === 0) return [];
    const matter = await matterOf(tx, validFiling(stored), []);
    const { lawbook } = tx;
    const past = { steps: await tx.flows.stepsOf(id), urgings: await tx.urgings.ofFiling(id) };
    const actor = actorIn(subject, owner, undefined);
    const flows = flowsOf(lawbook.flows, lawbook.book, subject.court, stored.filing.receivedOn);
    return (
      flows
        .filter(
          ({ key, applies }) => admits(applies, matter.view.facts) || matter.view.runs.some(({ flow }) => flow === key),
        )
        .map((flow) => ({
          key: flow.key,
          name: flow.name,
          runs: matter.runs
            .filter(({ run }) => run.flow === flow.key)
            .map((stored) => runView(flow, stored, past, matter, tx)),
          steps: stepsOf(flow, matter.view, { by: actor, on: tx.today }),
        }))
        // What only happens by itself is shown once it has.
        .filter(({ runs, steps }) => runs.length > 0 || steps.length > 0)
    );
  });
}

function runView(
  flow: Flow,
  { id, run }: StoredRun,
  { steps, urgings }: { readonly steps: readonly StoredStep[]; readonly urgings: readonly StoredUrging[] },
  matter: StoredMatter,
  inForce: InForce,
): RunView {
  const clock = flow.clocks.find(({ key }) => key === run.clock?.key);
  const end = clockEndOf(flow, run, matter, inForce);
  const [due, provisional] = end?.kind === 'due' ? [end.due, end.provisional] : [null, false];
  return {
    number: run.number,
    state: run.state,
    stateWord: flow.states.find(({ key }) => key === run.state)?.name ?? run.state,
    groundWord: flow.grounds.find(({ key }) => key === run.ground)?.name ?? null,
    applicant: run.applicant,
    claimedOwner: run.claimedOwner ?? null,
    challenged: run.challenged ?? null,
    evidence: run.evidence,
    reason: run.reason,
    openedOn: run.openedOn,
    clock: clock ? { name: clock.name, due, provisional } : null,
    outcome: run.outcome ?? null,
    decidedOn: run.decidedOn ?? null,
    decisionReason: run.decisionReason ?? null,
    urgings: urgings.filter((each) => each.run === id).map(({ id: urgingId, urging }) => urgingView(urgingId, urging)),
    history: historyOf(flow, id, steps, inForce.lawbook.book.vocabulary),
  };
}

/** What has happened in a run, of all steps of its filing. */
export const historyOf = (
  flow: Flow,
  run: string,
  steps: readonly StoredStep[],
  vocabulary: Vocabulary,
): RunStepView[] =>
  steps
    .filter((step) => step.run === run)
    .map(({ kind, action, state, on, madeAt, actor, reason }) => ({
      kind,
      actionWord:
        kind === 'urge'
          ? labelOf(vocabulary, '催办级别', action)
          : (flow.actions.find(({ key }) => key === action)?.name ?? STEP_WORDS[action] ?? action),
      stateWord: flow.states.find(({ key }) => key === state)?.name ?? state,
      on,
      madeAt,
      by: actor,
      reason,
    }));

const urgingView = (id: string, { level, reference, madeOn, to, copies, notice }: Urging): UrgingView => ({
  id,
  level,
  levelWord: notice.title,
  reference,
  madeOn,
  to: to.map(({ name }) => name),
  copies: copies.map(({ name }) => name),
});

/** What can be done next, each step once, and whether by the one who looks. */
export function stepsOf(flow: Flow, view: MatterView, { by, on }: Pick<FlowEvent, 'by' | 'on'>): StepView[] {
  const state = openRun(flow, view)?.state ?? flow.states.find(({ isStart }) => isStart)?.key;
  const here = flow.actions.filter((action) => action.from === state && isByPeople(action));
  const isStart = flow.states.some((each) => each.isStart && each.key === state);
  return here
    .filter((action, index) => here.findIndex(({ key }) => key === action.key) === index)
    .map((action) => {
      const tried = (ground?: Ground): FlowRefusal | null => {
        const challenged = view.owner === undefined ? {} : { challenged: view.owner };
        const event = { action: action.key, by, on, reason: '…', ...challenged, ...(ground && { ground: ground.key }) };
        const played = play(flow, view, event);
        return played.ok || TO_BE_FILLED.has(played.error.code) ? null : played.error;
      };
      const asks = isStart && flow.grounds.length > 0;
      const grounds = asks ? flow.grounds.filter((ground) => tried(ground) === null) : [];
      const refused = asks ? (grounds.length > 0 ? null : tried(flow.grounds[0])) : tried();
      const { key, name } = action;
      const needsReason = action.needsReason || action.decides;
      return {
        action: key,
        name,
        needsReason,
        grounds: grounds.map(({ key: ground, name: word, claimedOwner, evidence }) => ({
          key: ground,
          name: word,
          claimedOwner,
          evidence,
        })),
        refused,
      };
    });
}
