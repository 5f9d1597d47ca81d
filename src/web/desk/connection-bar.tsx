import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connected } from '../api/client.js';
import { sessionQuery } from '../api/queries.js';
import { useSignal } from '../api/signal.js';
import styles from './connection-bar.module.css';

const RETRY_MS = 3000;

/** Says that the service does not answer, and keeps asking until it does. */
export function ConnectionBar({ court }: { readonly court: string }) {
  const ok = useSignal(connected);
  const client = useQueryClient();
  useEffect(() => {
    if (ok) return;
    const timer = window.setInterval(() => {
      void client
        .fetchQuery({ ...sessionQuery, staleTime: 0 })
        .then(() => client.invalidateQueries({ queryKey: ['court', court] }))
        .catch(() => undefined);
    }, RETRY_MS);
    return () => window.clearInterval(timer);
  }, [ok, client, court]);
  return (
    <div role="status" className={ok ? styles.quiet : styles.lost}>
      {!ok && '连不上服务器，正在重试。填写的内容都还在，恢复以前请不要关闭页面。'}
    </div>
  );
}
