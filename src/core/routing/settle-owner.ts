import type { Bars } from '../assignment/bars.js';
import { draw } from '../assignment/draw.js';
import type { Claim } from '../assignment/owner.js';
import type { Pool } from '../assignment/pool.js';
import type { Decision } from '../documents/decision.js';
import type { Dossier, FactRecord, Handover } from '../documents/dossier.js';
import { type Value, withFacts } from '../rules/condition.js';
import { holds } from '../rules/evaluate.js';
import { reasonOf, speakerOf } from '../rules/reason.js';
import type { Ruleset } from '../rules/ruleset.js';
import { select } from '../rules/selection.js';
import type { DecideInput } from './decide-input.js';
import type { Notes } from './notes.js';
import { trackOf } from './procedure.js';

/** Who takes a filing and how that came about; nobody while anything forbids it. */
export interface SettledOwner {
  readonly judge: string | null;
  readonly method: string;
  readonly receipt?: ReturnType<typeof draw>;
  /** As the decision before a conversion said it. */
  readonly kept?: NonNullable<Decision['owner']>;
}

export const NOBODY: SettledOwner = { judge: null, method: 'none' };

/** Whom people named, by designation or by a ruling, where a rule allows it and nothing forbids the judge. */
export async function byRuling(
  { ruleset, evaluator, dossier }: DecideInput,
  note: Notes,
  facts: ReadonlyMap<string, Value>,
  { designation, ruling }: Handover,
  bars: Bars,
): Promise<SettledOwner> {
  const judge = designation?.judge ?? ruling?.judge ?? '';
  const selection = select(ruleset, designation ? '指定' : '复核', new Map());
  const all = withFacts(
    facts,
    designation ? { designationGround: designation.ground } : { ruledOwner: ruling?.found ?? 'none' },
  );
  const verdict = await evaluator.evaluate(selection.engineRules, all);
  note.agreed(verdict.agreed);
  const rule = selection.rules.find((each) => verdict.held.has(each.card.id));
  const one = dossier.judges.find((each) => each.judge === judge);
  if (!rule) note.stop(designation ? '没有一条规则允许以这一事由指定分案' : '本院没有采用首责制，不能依复核移交');
  else if (!one || one.left === true) note.stop(`${judge}不在本院法官名册上或者已经离任，不能${VERB(designation)}`);
  else if (bars.byJudge.has(judge)) note.stop(`${judge}依规则不得承办本案，不能${VERB(designation)}；请另选他人`);
  else {
    note.add(reasonOf('owner', speakerOf(rule), all, ruleset, { 法官: judge }));
    return { judge, method: designation ? 'designated' : (ruling?.found ?? '') };
  }
  return NOBODY;
}

const VERB = (designation: Handover['designation']): string => (designation ? '指定' : '移交');

/** What the rules may know of whoever had it when its procedure was converted; `barred`: who may not take it. */
export function keeperFacts(
  { judges }: Pick<Dossier, 'judges'>,
  { conversion, keeper: { judge } }: Required<Pick<Handover, 'conversion' | 'keeper'>>,
  barred: { has(judge: string): boolean },
  track: string | undefined,
  ruleset: Ruleset,
): FactRecord {
  const one = judges.find((each) => each.judge === judge);
  const isOtherTrack = track !== undefined && track !== trackOf(conversion.from, ruleset);
  return {
    ownerBarred: barred.has(judge),
    ownerLeft: one === undefined || one.left === true,
    ownerTrackUnfit: isOtherTrack && one?.tracks?.includes(track) === false,
  };
}

/**
 * Whoever had it when its procedure was converted, where the rules let them go on; undefined where they say that it is to be assigned
 * anew, since they do not hear what it has become.
 */
export async function byKeeper(
  { ruleset, evaluator, dossier }: DecideInput,
  note: Notes,
  facts: ReadonlyMap<string, Value>,
  { conversion, keeper }: Required<Pick<Handover, 'conversion' | 'keeper'>>,
  bars: Bars,
  track: string | undefined,
): Promise<SettledOwner | undefined> {
  const { judge } = keeper;
  const all = withFacts(facts, keeperFacts(dossier, { conversion, keeper }, bars.byJudge, track, ruleset));
  const selection = select(ruleset, '续办', new Map());
  const verdict = await evaluator.evaluate(selection.engineRules, all);
  note.agreed(verdict.agreed);
  const rule = selection.rules.find((each) => verdict.held.has(each.card.id));
  if (!rule) {
    const blockers = selection.rules.flatMap((each) => each.blockers).filter(({ condition }) => holds(condition, all));
    for (const blocker of blockers) note.add(reasonOf('review', blocker, all, ruleset, { 法官: judge }));
    note.stop(`没有一条规则让${judge}在转换程序以后继续承办`);
    return NOBODY;
  }
  const isKept = rule.card.conclusion?.value === 'keep';
  note.add(reasonOf(isKept ? 'owner' : 'owner_unable', speakerOf(rule), all, ruleset, { 法官: judge }));
  return isKept ? { judge, method: keeper.method, kept: keeper } : undefined;
}

/** The earlier handler, or a draw where a rule allows one; nobody while anything is open or the pool is empty. */
export async function settleOwner(
  input: DecideInput,
  note: Notes,
  facts: ReadonlyMap<string, Value>,
  owner: { judge: string; method: string } | undefined,
  pool: Pool | undefined,
): Promise<SettledOwner> {
  const { ruleset, evaluator, dossier, seed } = input;
  const isEmpty = !owner && pool !== undefined && pool.candidates.length === 0;
  if (isEmpty) note.stop('没有一名法官可以参加本案的随机分案，须由院庭长指定或者报请指定管辖，系统不自动扩大范围');
  if (note.stopped || !pool) return NOBODY;
  if (owner) return owner;
  const selection = select(ruleset, '随机', new Map());
  const verdict = await evaluator.evaluate(selection.engineRules, facts);
  note.agreed(verdict.agreed);
  const rule = selection.rules.find((each) => verdict.held.has(each.card.id));
  if (!rule) note.stop('没有一条规则允许本案随机分案');
  if (!rule || note.stopped) return NOBODY;
  const receipt = draw({
    seed,
    ruleDigest: ruleset.digest,
    filing: dossier.filing.id,
    number: dossier.handover?.draw ?? 1,
    candidates: pool.candidates,
  });
  note.rule('draw', rule, { 法官: receipt.judge });
  return { judge: receipt.judge, method: 'random', receipt };
}

/** The owner as the decision names them. */
export function ownerOf(owner: SettledOwner, claim: Claim | undefined): NonNullable<Decision['owner']> {
  if (owner.kept) return owner.kept;
  if (owner.method === 'random' || owner.method === 'designated' || !claim || claim.link.earlier.owner !== owner.judge)
    return { judge: owner.judge, method: owner.method };
  const { link } = claim;
  return { judge: owner.judge, method: owner.method, linkedCase: link.earlier.caseNo, link: link.kind };
}
