import { Link } from '@tanstack/react-router';
import { ReportsButton } from '../reports/reports-button.js';
import { BatchList } from './batch-list.js';
import { useCourt, useMay } from './court.js';
import type { DeskSearch } from './desk-search.js';
import { IntakeZone } from './intake-zone.js';
import styles from './rail.module.css';
import { StateNav } from './state-nav.js';

/** The left edge: which list, how filings come in, what came in together. */
export function Rail({ search, isSearching }: { readonly search: DeskSearch; readonly isSearching: boolean }) {
  const court = useCourt();
  const may = useMay();
  const current = search.panel === 'proposals';
  return (
    <div className={styles.rail}>
      <StateNav search={search} isSearching={isSearching} />
      {(may('handover.decide') || may('handover.propose')) && (
        <nav aria-label="审批" className={styles.proposals}>
          <Link
            to="/desk/$court"
            params={{ court: court.code }}
            search={{ panel: 'proposals' }}
            className={current ? styles.current : undefined}
            aria-current={current ? 'page' : undefined}
            aria-keyshortcuts="g p"
          >
            待审批的提议 <kbd aria-hidden>g p</kbd>
          </Link>
        </nav>
      )}
      {(may('register.export') || may('report.export')) && (
        <div className={styles.reports}>
          <ReportsButton />
        </div>
      )}
      <IntakeZone />
      {may('batch.read') && <BatchList search={search} />}
    </div>
  );
}
