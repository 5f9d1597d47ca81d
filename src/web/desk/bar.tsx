import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import type { ReactNode } from 'react';
import { useSession } from '../app/session-boundary.js';
import { SignOutButton } from '../session/sign-out-button.js';
import { useCourt } from './court.js';
import { DeskLinks } from './desk-links.js';
import styles from './top-bar.module.css';

interface BarProps {
  readonly title: string;
  /** What stands in the middle. */
  readonly children?: ReactNode;
  readonly onKeyList: () => void;
  readonly onPassword: () => void;
}

/** The top of every desk: where one is, the other desks, who one is. */
export function Bar({ title, children, onKeyList, onPassword }: BarProps) {
  const { courts, user } = useSession();
  const court = useCourt();
  return (
    <header className={styles.bar}>
      <h1>
        首责 <span>{title}</span>
      </h1>
      <p className={styles.court}>
        {court.name}
        {courts.length > 1 && <Link to="/">换一个</Link>}
      </p>
      <DeskLinks />
      {children}
      <nav aria-label="账号" className={styles.account}>
        <span className={styles.user}>{user.name}</span>
        <Button type="text" onClick={onPassword}>
          修改密码
        </Button>
        <Button type="text" onClick={onKeyList} aria-keyshortcuts="?">
          快捷键 <kbd aria-hidden>?</kbd>
        </Button>
        <SignOutButton isBare />
      </nav>
    </header>
  );
}
