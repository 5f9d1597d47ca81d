import { Refusal } from '../refusal.js';
import type { AccountPorts, Posting } from './ports.js';
import { auditsOwnWork, type PostingPlan, planPostings, readPostings, type WantedPosting } from './posting-plan.js';

/**
 * Gives a user the postings in a court that are wanted, inside a transaction; returns what then stands.
 *
 * @throws Refusal USER_INVALID, JUDGE_UNKNOWN
 */
export async function givePostings(
  { store, clock, random }: AccountPorts,
  given: {
    readonly court: string;
    readonly user: string;
    readonly before: readonly Posting[];
    readonly wanted: readonly WantedPosting[];
  },
): Promise<PostingPlan> {
  const { court, user, before, wanted } = given;
  const plan = planPostings(court, before, readPostings(wanted), { today: clock.today(), id: random.id });
  if (plan.after.length === 0)
    throw invalid('至少要有一个职务，否则本院再也看不到这个用户；不再使用的账号请停用', '/postings');
  if (auditsOwnWork(plan.after))
    throw invalid('同一个人不能在同一时期既是系统管理员又是审计，请改由两个人担任', '/postings');
  const judges = plan.moves.insert.flatMap(({ judge }) => (judge === null ? [] : [judge]));
  const known = await store.judgesAmong(court, judges);
  const index = wanted.findIndex(({ judge }) => judge !== undefined && judges.includes(judge) && !known.has(judge));
  if (index >= 0) {
    const message = '本院案卷里没有这名法官，请核对法官编号；新来的法官请先随案卷导入';
    throw new Refusal('JUDGE_UNKNOWN', message, [{ path: `/postings/${index}/judge`, code: 'JUDGE_UNKNOWN', message }]);
  }
  await store.movePostings(court, user, plan.moves);
  return plan;
}

const invalid = (message: string, path: string): Refusal =>
  new Refusal('USER_INVALID', message, [{ path, code: 'USER_INVALID', message }]);

/** Postings as the log keeps them. */
export const postingsForLog = (postings: readonly Posting[]) =>
  postings.map(({ role, judge, from, until }) => ({ role, judge, from, until }));
