import { Link, Navigate } from '@tanstack/react-router';
import type { CourtView } from '../api/types.js';
import { desksOf } from '../desk/desks.js';
import { SignOutButton } from '../session/sign-out-button.js';
import styles from './court-choice.module.css';
import { useSession } from './session-boundary.js';

/** The desk that somebody works at in a court; whoever has none is told so at the filing desk. */
const homeIn = (court: CourtView) => desksOf(court)[0]?.to ?? '/desk/$court';

/** Which court to work in, for those who work in several; one alone is opened at once. */
export function CourtChoice() {
  const { courts, user } = useSession();
  const [only] = courts;
  if (only !== undefined && courts.length === 1) {
    return <Navigate to={homeIn(only)} params={{ court: only.code }} replace />;
  }
  return (
    <main className={styles.choice}>
      <h1>{courts.length === 0 ? '还没有可以办理的法院' : '选择法院'}</h1>
      {courts.length === 0 ? (
        <p>{user.name}，您的账号还没有任何法院的角色。请系统管理员授权后，重新登录。</p>
      ) : (
        <ul>
          {courts.map((court) => (
            <li key={court.code}>
              <Link to={homeIn(court)} params={{ court: court.code }}>
                <strong>{court.name}</strong>
                <span>{court.code}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <SignOutButton />
    </main>
  );
}
