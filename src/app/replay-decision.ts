import { type Replay, replay } from '../core/routing/replay.js';
import type { Context } from './ports.js';
import { recordedDecision } from './recorded-decision.js';
import { Refusal } from './refusal.js';
import type { ReleaseName } from './release-ports.js';
import { editionOf } from './releases/editions.js';
import { releaseFound } from './releases/found.js';

/** What came of deciding a case again by the rules of its own release. */
export interface Replayed extends Pick<Replay, 'outcome' | 'message'> {
  readonly release: ReleaseName;
  /** Of the decision as it is stored, and as it came out again. */
  readonly digest: string;
  readonly again: string;
}

/**
 * Decides a stored case again, from its own record and by the release that decided it, whatever is in force now.
 *
 * @throws Refusal as `recordedDecision`; STATE_CONFLICT where no stored release decided it
 */
export async function replayDecision(context: Context, id: string, number: number): Promise<Replayed> {
  const decision = await recordedDecision(context, id, number);
  const { subject, service } = context;
  const { edition, release } = await service.store.read(subject.court, async ({ releases }) => {
    const found = (await releases.thatDecided(id)).get(number);
    if (found === undefined)
      throw new Refusal('STATE_CONFLICT', '这份决定没有写明是第几号规则发布作出的；请取出决定，用 shouze replay 重算');
    const { bundle } = await releaseFound(releases, found.number);
    return { edition: await editionOf(releases, bundle), release: found };
  });
  const { outcome, message, now } = await replay(decision, edition, service.evaluator);
  return { outcome, message, release, digest: decision.digest, again: now?.digest ?? decision.digest };
}
