import { actorOf, permit } from '../permit.js';
import type { Context, RequestKey } from '../ports.js';
import { lockedFiling } from '../stored-filing.js';

/** 已阅: the judge has taken note that a case is theirs and goes on with it. It is new to them no more; until the day is over they may still object. */
export async function takeNote(
  { subject, service }: Context,
  id: string,
  version: number,
  request?: RequestKey,
): Promise<void> {
  permit(subject, 'mine.note');
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const owner = (await tx.ownerOf(id))?.judge ?? '';
    permit(subject, 'mine.note', { about: [owner] });
    const filing = await lockedFiling(tx, id, version, ['assigned']);
    await tx.mine.takeNote(id, owner);
    await tx.noteChange(filing);
    tx.record({ action: 'mine.note', subject: id, body: { judge: owner } });
  });
}
