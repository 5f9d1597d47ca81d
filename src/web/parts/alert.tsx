import type { ReactNode } from 'react';
import styles from './alert.module.css';

interface AlertProps {
  readonly tone: 'wrong' | 'warn' | 'calm' | 'good';
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  /** Read out at once when it appears. */
  readonly urgent?: boolean;
}

/** A box that says what is the matter and what to do. */
export function Alert({ tone, title, children, urgent = false }: AlertProps) {
  return (
    <div className={`${styles.alert} ${styles[tone]}`} role={urgent ? 'alert' : undefined}>
      {title !== undefined && <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}
