import { Link } from '@tanstack/react-router';
import type { CourtView } from '../api/types.js';
import { useSession } from '../app/session-boundary.js';
import { SignOutButton } from '../session/sign-out-button.js';
import styles from './closed-desk.module.css';
import { desksOf } from './desks.js';

interface ClosedDeskProps {
  /** The court as the address names it. */
  readonly code: string;
  /** Undefined where somebody has no role in it. */
  readonly court: CourtView | undefined;
  /** Whom the desk is for, where it is not that they have no role in the court at all. */
  readonly reason?: string;
}

/** Shown in the place of a desk that somebody may not open: why, and which ones they may. */
export function ClosedDesk({ code, court, reason }: ClosedDeskProps) {
  const { courts, user } = useSession();
  const desks = court === undefined ? [] : desksOf(court);
  return (
    <main className={styles.closed}>
      <h1>这里打不开</h1>
      <p>
        {court === undefined
          ? `您在“${code}”没有任何角色。请核对地址，或者请系统管理员授权。`
          : `${reason ?? ''}${user.name}，您在${court.name}没有这里的角色；需要时请系统管理员授权。`}
      </p>
      <footer>
        {desks.map(({ to, word }) => (
          <Link key={to} to={to} params={{ court: code }}>
            到{word}
          </Link>
        ))}
        {(courts.length > 1 || desks.length === 0) && (
          <Link to="/">{courts.length > 1 ? '换一个法院' : '回到首页'}</Link>
        )}
        <SignOutButton />
      </footer>
    </main>
  );
}
