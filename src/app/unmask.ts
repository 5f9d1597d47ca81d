import { actorOf, permit } from './permit.js';
import type { Context } from './ports.js';
import { Refusal } from './refusal.js';

/** Shows one party's whole identity number, to someone who says what for; that it was shown is recorded before it is. */
export async function unmask(
  { subject, service }: Context,
  id: string,
  { party, purpose }: { readonly party: number; readonly purpose: string },
): Promise<string | null> {
  return service.store.act({ court: subject.court, user: actorOf(subject) }, async (tx) => {
    permit(subject, 'filing.unmask', { owner: (await tx.ownerOf(id))?.judge });
    const stored = await tx.filing(id);
    const found = stored?.filing?.parties[party];
    if (found === undefined) throw new Refusal('NOT_FOUND', '没有这名当事人；请刷新后核对');
    tx.record({ action: 'filing.unmask', subject: id, body: { party, purpose } });
    return found.idNumber ?? null;
  });
}
