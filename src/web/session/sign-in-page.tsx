import { useQuery, useQueryClient } from '@tanstack/react-query';
import { rememberSession } from '../api/client.js';
import { sessionQuery, waysQuery } from '../api/queries.js';
import { Alert } from '../parts/alert.js';
import { SignInForm } from './sign-in-form.js';
import styles from './sign-in-page.module.css';

/** The way in. */
export function SignInPage() {
  const client = useQueryClient();
  const ways = useQuery(waysQuery);
  // The court's sign-on comes back with a code where it failed.
  const refused = new URLSearchParams(window.location.search).get('refused');
  return (
    <main className={styles.page}>
      <section className={styles.card} aria-labelledby="sign-in-title">
        <header>
          <h1 id="sign-in-title">
            首责 <span>立案分流台</span>
          </h1>
          <p>收案、分案、查看理由。每一件都说得出凭哪一条。</p>
        </header>
        {refused !== null && (
          <div className={styles.refused}>
            <Alert tone="wrong" urgent>
              <p>统一账号登录没有成功（{refused}），请再试一次；一直这样时请告诉系统管理员。</p>
            </Alert>
          </div>
        )}
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
