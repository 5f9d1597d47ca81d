import { actorOf, permit } from './permit.js';
import type { Context, RequestKey } from './ports.js';
import { lockedFiling } from './stored-filing.js';

/** Takes a waiting filing over: from here on it is this person's to see to. */
export async function takeFiling(
  { subject, service }: Context,
  id: string,
  version: number,
  request?: RequestKey,
): Promise<void> {
  permit(subject, 'filing.take');
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await lockedFiling(tx, id, version, ['needs_review']);
    await tx.take(id, subject.user);
    tx.record({ action: 'filing.take', subject: id, body: {} });
  });
}
