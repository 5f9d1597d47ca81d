import { actorOf, permit } from '../permit.js';
import type { Context, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';

/** Takes an absence back that was entered here: as if it had not been there from now on. What was decided meanwhile stays. */
export async function withdrawAbsence({ subject, service }: Context, id: string, request?: RequestKey): Promise<void> {
  permit(subject, 'absence.enter');
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const absence = await tx.absences.find(id);
    if (absence === undefined) throw new Refusal('NOT_FOUND', '没有这次请假；请刷新列表后核对');
    permit(subject, 'absence.enter', { about: [absence.judge] });
    if (absence.isWithdrawn) throw new Refusal('STATE_CONFLICT', '这次请假已经撤回，不用再办');
    if (absence.to !== undefined && absence.to < tx.today) {
      throw new Refusal('STATE_CONFLICT', `这次请假到 ${absence.to} 已经结束，不能撤回`);
    }
    await tx.absences.withdraw(id);
    tx.record({ action: 'absence.withdraw', subject: id, body: { judge: absence.judge } });
  });
}
