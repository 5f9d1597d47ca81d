import type { Closure } from '../core/documents/docket.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import { actorOf, permit } from './permit.js';
import type { Context, RequestKey } from './ports.js';
import { Refusal } from './refusal.js';
import { lockedFiling, validFiling } from './stored-filing.js';

/** Closes an assigned case: its judge's load falls, and later filings find it closed that way. */
export async function closeFiling(
  { subject, service }: Context,
  id: string,
  input: { readonly version: number; readonly closure: Closure; readonly closedOn: PlainDate },
  request?: RequestKey,
): Promise<void> {
  const { version, closure, closedOn } = input;
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    permit(subject, 'filing.close', { owner: (await tx.ownerOf(id))?.judge });
    const filing = validFiling(await lockedFiling(tx, id, version, ['assigned']));
    if (closedOn < filing.filing.receivedOn) throw new Refusal('CLOSURE_INVALID', '结案日期早于收案日期；请核对');
    if (closedOn > service.today()) throw new Refusal('CLOSURE_INVALID', '结案日期晚于今天；请核对');
    await tx.close(filing, closure, closedOn);
    tx.record({ action: 'filing.close', subject: id, body: { closure, closedOn } });
  });
}
