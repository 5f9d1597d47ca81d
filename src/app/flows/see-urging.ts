import type { Urging } from '../../core/flows/urging.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { Refusal } from '../refusal.js';

/** A paper as it was sent, for whoever may see its filing and for the judges whom it is for. */
export async function seeUrging({ subject, service }: Context, id: string): Promise<Urging> {
  return service.store.read(subject.court, async (tx) => {
    const found = await tx.urgings.find(id);
    const told = [...(found?.urging.to ?? []), ...(found?.urging.copies ?? [])];
    const mine = told.find((each) => each.kind === 'judge' && subject.judges.includes(each.id))?.id;
    permit(subject, 'filing.read', { owner: mine ?? (found && (await tx.ownerOf(found.filing))?.judge) });
    if (found === undefined) throw new Refusal('NOT_FOUND', '没有这一份单；请回到收案的“异议和回避”里核对');
    return found.urging;
  });
}
