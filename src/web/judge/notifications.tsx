import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useEffect, useRef } from 'react';
import { api, unwrap } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import { notificationsQuery } from '../api/queries.js';
import type { Notification } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { Section } from '../filing/section.js';
import { NotYet } from '../parts/not-yet.js';
import { announce, tellWrong } from '../parts/notices.js';
import { timeText } from '../words/days.js';
import styles from './notifications.module.css';

const wordsOf = ({ reference, aboutWord, actionWord }: Notification): string =>
  `${reference} ${aboutWord}：${actionWord}`;

/** Marks notifications as seen. */
function useSee() {
  const { code } = useCourt();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: string[]) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/mine/notifications/seen', {
          params: { path: { court: code } },
          body: { ids },
        }),
      ),
    onSuccess: ({ items }) => {
      client.setQueryData(notificationsQuery(code, 'unread').queryKey, items);
      return client.invalidateQueries({ queryKey: notificationsQuery(code, 'seen').queryKey });
    },
    onError: (error) => tellWrong(messageOf(error)),
  });
}

function Lines({
  items,
  onOpen,
}: {
  readonly items: readonly Notification[];
  readonly onOpen: (one: Notification) => void;
}) {
  return (
    <ul className={styles.lines}>
      {items.map((one) => (
        <li key={one.id}>
          <button type="button" onClick={() => onOpen(one)}>
            {wordsOf(one)}
          </button>
          <span className="number">{timeText(one.madeAt)}</span>
        </li>
      ))}
    </ul>
  );
}

interface NotificationsProps {
  readonly onFiling: (filing: string) => void;
  readonly onRun: (run: string) => void;
}

/** Opens what a notification is about, which is to have seen it. */
function useOpen({ onFiling, onRun }: NotificationsProps) {
  const see = useSee();
  const open = ({ id, run, filing, seenAt }: Notification): void => {
    if (seenAt === null) see.mutate([id]);
    if (run === null) onFiling(filing);
    else onRun(run);
  };
  return { see, open };
}

function SeeAll({
  unread,
  see,
}: {
  readonly unread: readonly Notification[];
  readonly see: ReturnType<typeof useSee>;
}) {
  return (
    <Button size="small" loading={see.isPending} onClick={() => see.mutate(unread.map(({ id }) => id))}>
      都看过了
    </Button>
  );
}

/** 通知 that were not seen yet, in sight wherever one is; what comes while the desk is open is read out. */
export function UnreadBanner(props: NotificationsProps) {
  const { code } = useCourt();
  const { data: unread } = useQuery(notificationsQuery(code, 'unread'));
  const { see, open } = useOpen(props);
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (unread === undefined) return;
    const fresh = known.current === undefined ? [] : unread.filter(({ id }) => !known.current?.has(id));
    known.current = new Set(unread.map(({ id }) => id));
    if (fresh.length > 0) announce(fresh.map(wordsOf).join('；'));
  }, [unread]);
  if (unread === undefined || unread.length === 0) return null;
  return (
    <section className={styles.banner} aria-label="新通知">
      <h3>
        新通知 {unread.length} 条
        <SeeAll unread={unread} see={see} />
      </h3>
      <Lines items={unread} onOpen={open} />
    </section>
  );
}

/** Every 通知, those that were not seen in front. */
export function Notifications(props: NotificationsProps) {
  const { code } = useCourt();
  const unread = useQuery(notificationsQuery(code, 'unread'));
  const seen = useQuery(notificationsQuery(code, 'seen'));
  const { see, open } = useOpen(props);
  const error = unread.error ?? seen.error;
  if (unread.data === undefined || seen.data === undefined) {
    const onAgain = () => void Promise.all([unread.refetch(), seen.refetch()]);
    return <NotYet error={error} title="通知没有读出来" onAgain={onAgain} />;
  }
  return (
    <>
      <Section title="没有看过的" note={`${unread.data.length} 条`}>
        {unread.data.length === 0 ? (
          <p className={styles.none}>都看过了。</p>
        ) : (
          <Lines items={unread.data} onOpen={open} />
        )}
        {unread.data.length > 0 && <SeeAll unread={unread.data} see={see} />}
      </Section>
      <Section title="看过的">
        {seen.data.length === 0 ? <p className={styles.none}>还没有。</p> : <Lines items={seen.data} onOpen={open} />}
      </Section>
    </>
  );
}
