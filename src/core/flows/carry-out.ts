import type { ConversionTarget } from '../documents/conversion.js';
import type { Decision } from '../documents/decision.js';
import type { Dossier, DossierJudge, Handover } from '../documents/dossier.js';
import type { Matter } from '../documents/filing.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import type { ResolvedParameter } from '../rules/parameters.js';
import { type EffectKind, MOVES } from './flow.js';
import type { FlowRefusal, FlowRun, MatterView, Played, Unable } from './flow-run.js';

/** What a change of hands starts from. */
export interface Standing {
  readonly matter: Matter;
  readonly owner: string | undefined;
  readonly handover: Handover;
  /** The decision in force. */
  readonly decision: Pick<Decision, 'owner' | 'procedure'>;
  /** Its deadlines as they run now, by kind. */
  readonly deadlines: MatterView['deadlines'];
  readonly unable: (judge: string) => Unable | undefined;
  /** Who holds or held the case that was cited. */
  readonly handlerOf: (cited: string) => string | undefined;
}

/** The matter is to be decided anew with this. */
export interface Move {
  readonly handover: Handover;
  readonly by: EffectKind;
}

/**
 * What the effects of a step make of who takes the matter; undefined where they leave it as it is.
 *
 * @returns a refusal where it was to go to somebody who by now cannot take it
 */
export function moveOf({ run, effects }: Played, standing: Standing): Result<Move | undefined, FlowRefusal> {
  const { kind, target } = effects.find((effect) => MOVES.includes(effect.kind)) ?? {};
  const { handover, decision, matter, owner, unable, handlerOf } = standing;
  const { linkedCase } = decision.owner ?? {};
  const { ruling: _, designation: __, keeper: ___, ...free } = handover;
  const disclaimed = [...(handover.disclaimed ?? []), ...(linkedCase === undefined ? [] : [linkedCase])];
  const found = matter === 'enforcement' ? 'first_enforcement' : 'first_trial';
  const to = (by: EffectKind, after: Handover): Result<Move, FlowRefusal> => ok({ handover: after, by });
  switch (kind) {
    case 'divert':
      return to(kind, handover);
    case 'convert':
      return to(kind, { ...free, ...converted(run, target, standing), draw: handover.draw + 1 });
    case 'reroute':
      return to(kind, { ...free, disclaimed });
    case 'relieve': {
      const reliefs = [...handover.reliefs, { judge: run.challenged ?? '', ground: RECUSAL }];
      return to(kind, { ...free, reliefs, draw: handover.draw + 1 });
    }
    case 'transfer': {
      const judge = run.claimedOwner ?? '';
      const why = unable(judge);
      if (why) {
        return err({ code: 'CLAIMED_OWNER_UNABLE', message: `${why.text}；不能移交，请驳回或者报院庭长指定` });
      }
      // That it is another's says that it did not follow the earlier case of whoever had it.
      return to(kind, { ...free, disclaimed, ruling: { judge, found } });
    }
    case 'continue': {
      const [cited] = run.evidence;
      const judge = cited === undefined ? owner : handlerOf(cited);
      const isAble = judge !== undefined && unable(judge) === undefined;
      const after: Handover = isAble ? { ...free, ruling: { judge, found } } : { ...free, draw: handover.draw + 1 };
      return to(kind, after);
    }
    default:
      return ok(undefined);
  }
}

/** What was ruled, and who goes on. A draw, were one needed, is the next one. */
function converted(
  { ground = '', decidedOn }: FlowRun,
  to: ConversionTarget | undefined,
  { decision: { owner, procedure = '' }, deadlines }: Standing,
): Pick<Handover, 'conversion' | 'keeper'> {
  invariant(
    to !== undefined && decidedOn !== undefined && owner?.judge,
    'somebody decides to convert what somebody has',
  );
  const limit = deadlines.get(TRIAL_LIMIT);
  const isLate = limit !== undefined && decidedOn > limit;
  return {
    conversion: { from: procedure, to, ground, on: decidedOn, ...(isLate && { isLate }) },
    keeper: { ...owner, judge: owner.judge },
  };
}

const TRIAL_LIMIT = 'trial_limit';

/**
 * The decision that a move leads to. It is assigned on the day, but for a conversion that leaves the matter where it was: nothing that
 * runs from the assignment begins again.
 */
export async function decisionAfter(
  { by }: Move,
  { owner, assignedOn }: Pick<MatterView, 'owner' | 'assignedOn'>,
  today: PlainDate,
  decide: (assignedOn: PlainDate) => Promise<Decision>,
): Promise<Decision> {
  const decision = await decide(today);
  return by === 'convert' && decision.owner?.judge === owner ? decide(assignedOn) : decision;
}

/** Who takes the matter by the decision that a move led to, or why that decision cannot stand. */
export function takerOf(
  { by }: Move,
  { status, owner, reasons = [], questions = [] }: Decision,
): Result<{ readonly judge: string; readonly method: string }, FlowRefusal> {
  if (status === 'assigned' && owner?.judge) return ok({ judge: owner.judge, method: owner.method });
  const why = reasons.filter(({ about }) => about === 'review').map(({ text }) => text);
  if (by !== 'convert') {
    return err({ code: 'NOBODY_LEFT', message: `${why.join('；')}；请先由院庭长变更承办人，再办理这一步` });
  }
  const open = questions.length === 0 ? [] : [`还要先查明：${questions.map(({ label }) => label).join('、')}`];
  return err({
    code: 'CONVERSION_UNSETTLED',
    message: `不能照此转换，仍适用原来的程序：${[...why, ...open].join('；')}`,
  });
}

/** The vocabulary's ground of a change of handler after a recusal. */
const RECUSAL = 'recusal';

/** The published numbers by their ids. */
interface PublishedNumbers {
  readonly parameters: ReadonlyMap<string, Pick<ResolvedParameter, 'value'>>;
}

/** Why a judge could not take a matter as things stand: unknown, barred, gone, or not fit for it. */
export function unableIn(
  { judges }: Pick<Dossier, 'judges'>,
  { barred = [], track }: Pick<Decision, 'barred' | 'track'>,
  ruleset: PublishedNumbers,
): (judge: string) => Unable | undefined {
  return (judge) => {
    const one = judges.find((each) => each.judge === judge);
    if (!one) return { kind: 'unknown', text: `本院法官名册上没有${judge}` };
    const bar = barred.find((each) => each.judge === judge);
    if (bar) return { kind: 'barred', text: bar.text };
    return unfit(one, track, ruleset);
  };
}

function unfit(judge: DossierJudge, track: string | undefined, { parameters }: PublishedNumbers): Unable | undefined {
  const { judge: id, left, handles, tracks, causeFits, absentDays = 0 } = judge;
  if (left) return { kind: 'left', text: `${id}已经离任` };
  if (handles === false) return { kind: 'unfit', text: `${id}不办这一类案件` };
  if (causeFits === false) return { kind: 'unfit', text: `${id}不办这一案由` };
  if (track !== undefined && tracks?.includes(track) === false) {
    return { kind: 'unfit', text: `${id}不办这一类繁简的案件` };
  }
  const most = parameters.get('ownership.absence_days_max')?.value;
  if (typeof most === 'number' && absentDays > most) return { kind: 'unfit', text: `${id}将缺席超过 ${most} 天` };
  return undefined;
}
