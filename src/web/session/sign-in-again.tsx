import { useQueryClient } from '@tanstack/react-query';
import { rememberSession } from '../api/client.js';
import { sessionQuery } from '../api/queries.js';
import { signedInAgain, signInGivenUp, signInNeeded } from '../api/session-gate.js';
import { useSignal } from '../api/signal.js';
import type { SessionView } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import styles from './sign-in-again.module.css';
import { SignInForm } from './sign-in-form.js';

/** Stands in front of the page when the session has ended; behind it everything stays as it was typed. */
export function SignInAgain() {
  const needed = useSignal(signInNeeded);
  const client = useQueryClient();
  if (!needed) return null;
  const before = client.getQueryData(sessionQuery.queryKey);
  const onSignedIn = (session: SessionView): void => {
    if (before !== undefined && before.user.id !== session.user.id) {
      // What is on the page was another person's; it is neither submitted nor shown to this one.
      signInGivenUp();
      window.location.assign('/');
      return;
    }
    rememberSession(session);
    client.setQueryData(sessionQuery.queryKey, session);
    signedInAgain();
    void client.invalidateQueries({ queryKey: ['court'] });
  };
  return (
    <Dialog title="登录已过期，请重新登录" width={420}>
      <p className={styles.text}>页面上填写的内容都还在。登录后，刚才没有完成的操作会接着办。</p>
      <SignInForm login={before?.user.login} onSignedIn={onSignedIn} />
    </Dialog>
  );
}
