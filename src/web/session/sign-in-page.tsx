import { useQuery, useQueryClient } from '@tanstack/react-query';
import { rememberSession } from '../api/client.js';
import { sessionQuery, waysQuery } from '../api/queries.js';
import { SignInForm } from './sign-in-form.js';
import styles from './sign-in-page.module.css';

/** The way in. */
export function SignInPage() {
  const client = useQueryClient();
  const ways = useQuery(waysQuery);
  return (
    <main className={styles.page}>
      <section className={styles.card} aria-labelledby="sign-in-title">
        <header>
          <h1 id="sign-in-title">
            首责 <span>立案分流台</span>
          </h1>
          <p>收案、分案、查看理由。每一件都说得出凭哪一条。</p>
        </header>
        <SignInForm
          onSignedIn={(session) => {
            rememberSession(session);
            client.setQueryData(sessionQuery.queryKey, session);
          }}
        />
        {ways.data?.trial && <p className={styles.trial}>演示环境：案件库只供试用，请不要录入真实案件和当事人。</p>}
      </section>
    </main>
  );
}
