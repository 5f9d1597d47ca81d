import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useLiveUpdates } from '../api/live-updates.js';
import { useSession } from '../app/session-boundary.js';
import { Bar } from '../desk/bar.js';
import { ConnectionBar } from '../desk/connection-bar.js';
import { CourtContext, useCourt } from '../desk/court.js';
import closed from '../desk/desk-route.module.css';
import { FaultBoundary } from '../parts/fault-boundary.js';
import { later } from '../parts/later.js';
import { SignOutButton } from '../session/sign-out-button.js';
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
  return (
    <main className={closed.closed}>
      <h1>这里打不开</h1>
      <p>您在“{code}”没有任何角色。请核对地址，或者请系统管理员授权。</p>
      <footer>
        <Link to="/">回到首页</Link>
        <SignOutButton />
      </footer>
    </main>
  );
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
