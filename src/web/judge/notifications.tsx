import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useEffect, useRef } from 'react';
import { api, unwrap } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import { notificationsQuery } from '../api/queries.js';
import type { Notification } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { announce, tellWrong } from '../parts/notices.js';
import { timeText } from '../words/days.js';
import styles from './notifications.module.css';

const wordsOf = ({ reference, aboutWord, actionWord }: Notification): string =>
  `${reference} ${aboutWord}：${actionWord}`;

/** 通知 that were not seen yet; what comes while the desk is open is read out. */
export function Notifications({ onRun }: { readonly onRun: (run: string) => void }) {
  const { code } = useCourt();
  const client = useQueryClient();
  const query = notificationsQuery(code);
  const { data: unread } = useQuery(query);
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (unread === undefined) return;
    const fresh = known.current === undefined ? [] : unread.filter(({ id }) => !known.current?.has(id));
    known.current = new Set(unread.map(({ id }) => id));
    if (fresh.length > 0) announce(fresh.map(wordsOf).join('；'));
  }, [unread]);
  const see = useMutation({
    mutationFn: async (ids: string[]) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/mine/notifications/seen', {
          params: { path: { court: code } },
          body: { ids },
        }),
      ),
    onSuccess: ({ items }) => client.setQueryData(query.queryKey, items),
    onError: (error) => tellWrong(messageOf(error)),
  });
  if (unread === undefined || unread.length === 0) return null;
  return (
    <section className={styles.notifications} aria-label="通知">
      <h3>
        通知 {unread.length} 条
        <Button size="small" loading={see.isPending} onClick={() => see.mutate(unread.map(({ id }) => id))}>
          都看过了
        </Button>
      </h3>
      <ul>
        {unread.map((one) => (
          <li key={one.id}>
            {one.run === null ? (
              wordsOf(one)
            ) : (
              <button
                type="button"
                onClick={() => {
                  see.mutate([one.id]);
                  if (one.run !== null) onRun(one.run);
                }}
              >
                {wordsOf(one)}
              </button>
            )}
            <span className="number">{timeText(one.madeAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
