import { labelOf } from '../../core/rules/vocabulary.js';
import type { MadeNotification } from '../mine-ports.js';
import { actorOf, permit } from '../permit.js';
import type { Context } from '../ports.js';

/** 通知 as its reader finds it. */
export interface NotificationView extends Omit<MadeNotification, 'about' | 'action'> {
  /** 首审异议 */
  readonly aboutWord: string;
  /** 认定成立 */
  readonly actionWord: string;
}

/** More than anybody reads at once; those that were seen make room for the others. */
const SHOWN = 100;

/** What a judge was told and has not seen yet, or what they have seen; the latest first. */
export async function seeNotifications(
  { subject, service }: Context,
  seen = false,
): Promise<readonly NotificationView[]> {
  permit(subject, 'mine.read');
  const { told, lawbook } = await service.store.read(subject.court, async (tx) => ({
    told: await tx.mine.notifications(subject, { seen, limit: SHOWN }),
    lawbook: tx.lawbook,
  }));
  const { flows, book } = lawbook;
  return told.map(({ about, action, ...rest }) => {
    const flow = flows.find(({ key }) => key === about);
    const step = flow?.actions.find(({ key }) => key === action);
    return {
      ...rest,
      aboutWord: flow?.name ?? about,
      actionWord: step?.name ?? labelOf(book.vocabulary, '催办级别', action),
    };
  });
}

/** Marks some of one's own notifications as seen; those of others stay as they are. */
export async function markSeen({ subject, service }: Context, ids: readonly string[]): Promise<void> {
  permit(subject, 'mine.read');
  await service.store.act({ court: subject.court, user: actorOf(subject) }, async (tx) => {
    const seen = await tx.mine.see(subject, ids);
    if (seen > 0) tx.record({ action: 'mine.see', subject: subject.user, body: { notifications: seen } });
  });
}
