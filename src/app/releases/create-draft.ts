import { actorOf, permit } from '../permit.js';
import type { Context, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import { draftFound, openDraft } from './found.js';

/** Begins a draft over the rules of the last release that is scheduled or in force. */
export async function createDraft(
  { subject, service }: Context,
  { title, note }: { readonly title: string; readonly note: string },
  request?: RequestKey,
): Promise<string> {
  permit(subject, 'release.draft');
  const { id } = await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    const tip = await tx.releases.tip();
    if (tip === undefined) throw new Refusal('STATE_CONFLICT', '还没有一次规则发布；请先启动服务登记规则目录');
    const id = service.newId();
    await tx.releases.addDraft({ id, title, note, base: tip.number });
    tx.record({ action: 'release.draft', subject: id, body: { base: tip.number } });
    return { id };
  });
  return id;
}

/** Says anew what a draft is about. */
export async function describeDraft(
  { subject, service }: Context,
  id: string,
  { version, title, note }: { readonly version: number; readonly title: string; readonly note: string },
  request?: RequestKey,
): Promise<void> {
  permit(subject, 'release.draft');
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    const draft = await openDraft(tx.releases, id);
    if (draft.version !== version) throw new Refusal('VERSION_CONFLICT', '这份草稿刚刚有人改过；请刷新后核对再改');
    await tx.releases.changeDraft(id, { title, note });
    tx.record({ action: 'release.describe', subject: id, body: {} });
  });
}

/** Puts a draft aside for good; what was saved in it is kept. */
export async function discardDraft(
  { subject, service }: Context,
  id: string,
  version: number,
  request?: RequestKey,
): Promise<void> {
  permit(subject, 'release.draft');
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    if ((await draftFound(tx.releases, id)).version !== version)
      throw new Refusal('VERSION_CONFLICT', '这份草稿刚刚有人改过；请刷新后核对再作废');
    await openDraft(tx.releases, id);
    await tx.releases.changeDraft(id, { state: 'discarded' });
    tx.record({ action: 'release.discard', subject: id, body: {} });
  });
}
