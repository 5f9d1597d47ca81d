import type { Decision } from '../documents/decision.js';
import type { Dossier, DossierJudge, Handover } from '../documents/dossier.js';
import type { Matter } from '../documents/filing.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Ruleset } from '../rules/ruleset.js';
import { MOVES } from './flow.js';
import type { FlowRefusal, Played, Unable } from './flow-run.js';

/** What a change of hands starts from. */
export interface Standing {
  readonly matter: Matter;
  readonly owner: string | undefined;
  readonly handover: Handover;
  /** The earlier case that its present owner follows from. */
  readonly linkedCase: string | undefined;
  readonly unable: (judge: string) => Unable | undefined;
  /** Who holds or held the case that was cited. */
  readonly handlerOf: (cited: string) => string | undefined;
}

/** The matter is to be decided anew with this; `isReturned`: the first measures came back on the day; `reopens`: even one that is closed. */
export interface Move {
  readonly handover: Handover;
  readonly isReturned: boolean;
  readonly reopens?: true;
}

/**
 * What the effects of a step make of who takes the matter; undefined where they leave it as it is.
 *
 * @returns a refusal where it was to go to somebody who by now cannot take it
 */
export function moveOf({ run, effects }: Played, standing: Standing): Result<Move | undefined, FlowRefusal> {
  const kind = effects.find((effect) => MOVES.includes(effect.kind))?.kind;
  const { handover, linkedCase, matter, owner, unable, handlerOf } = standing;
  const { ruling: _, designation: __, ...free } = handover;
  const disclaimed = [...(handover.disclaimed ?? []), ...(linkedCase === undefined ? [] : [linkedCase])];
  const found = matter === 'enforcement' ? 'first_enforcement' : 'first_trial';
  const to = (after: Handover, isReturned = false): Result<Move, FlowRefusal> => ok({ handover: after, isReturned });
  switch (kind) {
    case 'divert':
      return to(handover, true);
    case 'reroute':
      return to({ ...free, disclaimed });
    case 'relieve': {
      const reliefs = [...handover.reliefs, { judge: run.challenged ?? '', ground: RECUSAL }];
      return to({ ...free, reliefs, draw: handover.draw + 1 });
    }
    case 'transfer': {
      const judge = run.claimedOwner ?? '';
      const why = unable(judge);
      if (why) {
        return err({ code: 'CLAIMED_OWNER_UNABLE', message: `${why.text}；不能移交，请驳回或者报院庭长指定` });
      }
      // That it is another's says that it did not follow the earlier case of whoever had it.
      return to({ ...free, disclaimed, ruling: { judge, found } });
    }
    case 'continue': {
      const [cited] = run.evidence;
      const judge = cited === undefined ? owner : handlerOf(cited);
      const isAble = judge !== undefined && unable(judge) === undefined;
      const after: Handover = isAble ? { ...free, ruling: { judge, found } } : { ...free, draw: handover.draw + 1 };
      return ok({ handover: after, isReturned: false, reopens: true });
    }
    default:
      return ok(undefined);
  }
}

/** The vocabulary's ground of a change of handler after a recusal. */
const RECUSAL = 'recusal';

/** Why a judge could not take a matter as things stand: unknown, barred, gone, or not fit for it. */
export function unableIn(
  { judges }: Pick<Dossier, 'judges'>,
  { barred = [], track }: Pick<Decision, 'barred' | 'track'>,
  ruleset: Pick<Ruleset, 'parameters'>,
): (judge: string) => Unable | undefined {
  return (judge) => {
    const one = judges.find((each) => each.judge === judge);
    if (!one) return { kind: 'unknown', text: `本院法官名册上没有${judge}` };
    const bar = barred.find((each) => each.judge === judge);
    if (bar) return { kind: 'barred', text: bar.text };
    return unfit(one, track, ruleset);
  };
}

function unfit(
  judge: DossierJudge,
  track: string | undefined,
  { parameters }: Pick<Ruleset, 'parameters'>,
): Unable | undefined {
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
