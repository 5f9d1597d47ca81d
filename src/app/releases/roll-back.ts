import { standingOf } from '../../core/releases/line.js';
import { actorOf, permit } from '../permit.js';
import type { Context, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import { editionOf } from './editions.js';
import { releaseFound } from './found.js';
import { addProposal, type ProposalTerms, refuseUnknownGround } from './propose-release.js';

/**
 * 回退: proposes the rules of a release that was in force before as a new one. It is approved by another person like every other, and the
 * releases between stay as they were.
 *
 * @returns the number of the new release
 */
export async function rollBack(
  { subject, service }: Context,
  number: number,
  terms: ProposalTerms,
  request?: RequestKey,
): Promise<number> {
  permit(subject, 'release.draft');
  refuseUnknownGround((await service.editions.now()).book.vocabulary, terms.ground);
  const answer = await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    const earlier = await releaseFound(tx.releases, number);
    const inForce = await tx.releases.inForceOn(tx.today);
    const tip = await tx.releases.tip();
    if (standingOf(earlier, inForce?.number, tx.today) !== 'superseded' || tip === undefined)
      throw new Refusal('STATE_CONFLICT', `只能回退到曾经有效、已被取代的发布；第 ${number} 号不是`);
    if (tip.bundle === earlier.bundle)
      throw new Refusal('STATE_CONFLICT', `最后一次发布（第 ${tip.number} 号）就是第 ${number} 号的规则，不用回退`);
    // What this program cannot read any more must not be approved to decide.
    await editionOf(tx.releases, earlier.bundle);
    const of = { title: `回退到第 ${number} 号：${earlier.title}`.slice(0, 200), draft: null, base: tip.number };
    return { number: await addProposal(tx, earlier.bundle, { ...of, rollsBack: number }, terms) };
  });
  return answer.number;
}
