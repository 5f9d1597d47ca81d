import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { createContext, useContext, useMemo } from 'react';
import { rememberSession } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import { sessionQuery, vocabularyQuery } from '../api/queries.js';
import type { SessionView } from '../api/types.js';
import { SignInPage } from '../session/sign-in-page.js';
import { WordsContext, wordsOf } from '../words/words.js';
import { PageFault } from './faults.js';
import styles from './session-boundary.module.css';

const SessionContext = createContext<SessionView | undefined>(undefined);

/** Who is signed in; pages below the boundary always have somebody. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('no session: used outside of SessionBoundary');
  return session;
}

/** Shows the pages to who is signed in, and the way in to everybody else, at whatever address they came to. */
export function SessionBoundary() {
  const session = useQuery(sessionQuery);
  if (session.data !== undefined) return <SignedIn session={session.data} />;
  if (session.error instanceof Refusal && session.error.status === 401) return <SignInPage />;
  if (session.error !== null) return <PageFault error={session.error} />;
  return <Opening />;
}

function SignedIn({ session }: { readonly session: SessionView }) {
  rememberSession(session);
  const vocabulary = useQuery(vocabularyQuery);
  const words = useMemo(() => vocabulary.data && wordsOf(vocabulary.data), [vocabulary.data]);
  if (vocabulary.error !== null) return <PageFault error={vocabulary.error} />;
  if (words === undefined) return <Opening />;
  return (
    <SessionContext value={session}>
      <WordsContext value={words}>
        <Outlet />
      </WordsContext>
    </SessionContext>
  );
}

const Opening = () => (
  <p className={styles.opening} role="status">
    正在打开立案分流台…
  </p>
);
