import type { Flow, FlowAction } from '../../core/flows/flow.js';
import type { FlowRefusal, FlowRun, Played } from '../../core/flows/flow-run.js';
import { play } from '../../core/flows/play.js';
import { labelOf } from '../../core/rules/vocabulary.js';
import { actorIn } from '../flows/act-in-flow.js';
import { decideMove, moveIn } from '../flows/carry-out.js';
import { stepsOf } from '../flows/see-flows.js';
import type { StoredMatter } from '../flows/stored-matter.js';
import type { Bench, Context, CourtReads } from '../ports.js';
import type { JudgeName } from '../views.js';
import { judgeNamed } from './row.js';

/** A step that is open in a run, and what would follow from it. */
export interface OpenAction {
  readonly action: string;
  readonly name: string;
  /** Settles the question. */
  readonly decides: boolean;
  readonly needsReason: boolean;
  /** The state that it leads to; null where it depends on what is still to be given. */
  readonly leadsTo: string | null;
  /** Why the one who looks may not. */
  readonly refused: FlowRefusal | null;
  /** Null for those who may not, and for steps that ask for more than a reason. */
  readonly consequence: Consequence | null;
}

/**
 * What would become of who takes the matter. Of a draw it is told who takes part and never who would be drawn: whoever decides must not
 * know whom they send a case to.
 */
export interface Consequence {
  readonly kind: 'stays' | 'passes' | 'draw' | 'nobody';
  readonly judge: JudgeName | null;
  readonly candidates: number | null;
  readonly text: string;
}

/** What can be done next in an open run, each with what it would lead to. Nothing is stored. */
export async function openActions(
  tx: CourtReads,
  { subject, service }: Context,
  bench: Bench,
  matter: StoredMatter,
  flow: Flow,
  run: FlowRun,
): Promise<OpenAction[]> {
  const by = actorIn(subject, matter.owner, undefined);
  const on = tx.today;
  const actions: OpenAction[] = [];
  for (const { action: key, name, needsReason, refused } of stepsOf(flow, matter.view, { by, on })) {
    const named = flow.actions.filter((each) => each.key === key && each.from === run.state);
    const played = play(flow, matter.view, { action: key, by, on, reason: '…' });
    actions.push({
      action: key,
      name,
      decides: named.some(({ decides }) => decides),
      needsReason,
      leadsTo: leadsTo(flow, named),
      refused,
      consequence: played.ok ? await consequenceOf(tx, { subject, service }, bench, matter, played.value) : null,
    });
  }
  return actions;
}

function leadsTo(flow: Flow, actions: readonly FlowAction[]): string | null {
  const states = new Set(actions.map(({ to }) => to));
  const [only] = states;
  return states.size === 1 ? (flow.states.find(({ key }) => key === only)?.name ?? null) : null;
}

async function consequenceOf(
  tx: CourtReads,
  { service }: Context,
  bench: Bench,
  matter: StoredMatter,
  played: Played,
): Promise<Consequence> {
  const nameOf = (id: string): JudgeName => judgeNamed(bench, id);
  const nobody = ({ message }: FlowRefusal): Consequence => {
    return { kind: 'nobody', judge: null, candidates: null, text: `办不成：${message}` };
  };
  const move = moveIn(matter, played);
  if (!move.ok) return nobody(move.error);
  const { owner } = matter;
  if (move.value === undefined) {
    const text = owner === undefined ? '本件仍然没有承办人' : `仍由${nameOf(owner).name}承办`;
    return { kind: 'stays', judge: owner === undefined ? null : nameOf(owner), candidates: null, text };
  }
  const decided = await decideMove(tx, service, matter, move.value);
  if (!decided.ok) return nobody(decided.error);
  const { decision, to } = decided.value;
  const { vocabulary } = tx.lawbook.book;
  const isOther = decision.procedure !== matter.decision.procedure || decision.panel !== matter.decision.panel;
  const words = [
    labelOf(vocabulary, '程序', decision.procedure ?? ''),
    labelOf(vocabulary, '审判组织', decision.panel ?? ''),
  ];
  const first = isOther ? `适用${words.join('、')}；` : '';
  if (decision.draw) {
    const candidates = decision.draw.candidates.length;
    const text = `${first}重新抽签确定承办人：${candidates} 名法官参加，结果要到决定以后才产生`;
    return { kind: 'draw', judge: null, candidates, text };
  }
  const judge = nameOf(to.judge);
  return to.judge === owner
    ? { kind: 'stays', judge, candidates: null, text: `${first}仍由${judge.name}承办` }
    : { kind: 'passes', judge, candidates: null, text: `${first}改由${judge.name}承办` };
}
