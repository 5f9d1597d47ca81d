import type { Closure } from '../core/documents/docket.js';
import { suspendedIn } from '../core/flows/play.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import { lapseOthers } from './flows/carry-out.js';
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
    if (closedOn > tx.today) throw new Refusal('CLOSURE_INVALID', '结案日期晚于今天；请核对');
    const runs = await tx.flows.runsOf(id);
    if (suspendedIn(runs.map(({ run }) => run)) !== undefined) {
      throw new Refusal('STATE_CONFLICT', '承办人正被申请回避，决定以前暂停参与本案的工作，不能结案；请先办结回避申请');
    }
    await lapseOthers(tx, { filing, runs });
    await tx.close(filing, closure, closedOn);
    tx.record({ action: 'filing.close', subject: id, body: { closure, closedOn } });
  });
}
