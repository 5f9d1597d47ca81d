import { Link } from '@tanstack/react-router';
import { useCourt } from './court.js';
import { desksOf } from './desks.js';
import styles from './top-bar.module.css';

/** The desks of the court that somebody may open; none where there is but one. */
export function DeskLinks() {
  const court = useCourt();
  const desks = desksOf(court);
  if (desks.length < 2) return null;
  return (
    <nav aria-label="工作台" className={styles.desks}>
      {desks.map(({ to, word }) => (
        <Link key={to} to={to} params={{ court: court.code }} activeProps={{ className: styles.current }}>
          {word}
        </Link>
      ))}
    </nav>
  );
}
