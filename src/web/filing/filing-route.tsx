import { getRouteApi } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useLiveUpdates } from '../api/live-updates.js';
import { useSession } from '../app/session-boundary.js';
import { Bar } from '../desk/bar.js';
import { ClosedDesk } from '../desk/closed-desk.js';
import { ConnectionBar } from '../desk/connection-bar.js';
import { CourtContext, useCourt } from '../desk/court.js';
import { FaultBoundary } from '../parts/fault-boundary.js';
import { later } from '../parts/later.js';
import { FilingPanel } from './filing-panel.js';
import styles from './filing-route.module.css';

const KeyList = later(async () => (await import('../keys/key-list.js')).KeyList);
const PasswordDialog = later(async () => (await import('../session/password-dialog.js')).PasswordDialog);

const address = getRouteApi('/filing/$court/$id');

/** One filing by itself, for whoever may see it: the address that notices and papers name. */
export function FilingRoute() {
  const { court: code } = address.useParams();
  const { courts } = useSession();
  const court = courts.find((each) => each.code === code);
  if (court !== undefined) {
    return (
      <CourtContext value={court}>
        <FilingPage />
      </CourtContext>
    );
  }
  return <ClosedDesk code={code} court={undefined} />;
}

function FilingPage() {
  const { id } = address.useParams();
  const navigate = address.useNavigate();
  const court = useCourt();
  const [dialog, setDialog] = useState<'keys' | 'password'>();
  useLiveUpdates(court.code);
  const toDesk = (panel?: 'correct'): void =>
    void navigate({
      to: '/desk/$court',
      params: { court: court.code },
      search: { filing: id, ...(panel && { panel }) },
    });
  return (
    <div className={styles.page}>
      <Bar title="收案" onKeyList={() => setDialog('keys')} onPassword={() => setDialog('password')} />
      <ConnectionBar court={court.code} />
      <main>
        <FaultBoundary>
          <FilingPanel
            id={id}
            onClose={() => void navigate({ to: '/' })}
            onCorrect={() => toDesk('correct')}
            onOpen={(other) => void navigate({ to: '/filing/$court/$id', params: { court: court.code, id: other } })}
            onMove={() => undefined}
          />
        </FaultBoundary>
      </main>
      <Suspense>
        {dialog === 'keys' && <KeyList onClose={() => setDialog(undefined)} />}
        {dialog === 'password' && <PasswordDialog onClose={() => setDialog(undefined)} />}
      </Suspense>
    </div>
  );
}
