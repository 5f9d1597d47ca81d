import { useMutation, useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import { waysQuery } from '../api/queries.js';
import type { SessionView } from '../api/types.js';
import { Alert } from '../parts/alert.js';
import { Field } from '../parts/field.js';
import styles from './sign-in-form.module.css';

interface SignInFormProps {
  /** Who has to come back; nobody in particular where it is left out. */
  readonly login?: string | undefined;
  readonly onSignedIn: (session: SessionView) => void;
}

/** Name and password, or the court's own sign-on, as far as this installation offers them. */
export function SignInForm({ login: expected, onSignedIn }: SignInFormProps) {
  const ways = useQuery(waysQuery);
  const [login, setLogin] = useState(expected ?? '');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const signIn = useMutation({
    mutationFn: async () => unwrap(await api.POST('/api/v1/session', { body: { login: login.trim(), password } })),
    onSuccess: onSignedIn,
    onError: () => setPassword(''),
  });
  const incomplete = login.trim() === '' || password === '';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(incomplete);
        if (!incomplete) signIn.mutate();
      }}
    >
      {ways.error !== null && (
        <Alert tone="wrong" urgent>
          <p>{messageOf(ways.error)}</p>
        </Alert>
      )}
      {signIn.error !== null && (
        <Alert tone="wrong" urgent>
          <p>{messageOf(signIn.error)}</p>
        </Alert>
      )}
      {ways.data?.password !== false && (
        <>
          <Field label="登录名" error={missing && login.trim() === '' ? '请填写登录名' : undefined}>
            {(control) => (
              <Input
                {...control}
                size="large"
                name="username"
                autoComplete="username"
                autoFocus={expected === undefined}
                value={login}
                onChange={(event) => setLogin(event.target.value)}
              />
            )}
          </Field>
          <Field label="密码" error={missing && password === '' ? '请填写密码' : undefined}>
            {(control) => (
              <Input
                {...control}
                size="large"
                type="password"
                name="password"
                autoComplete="current-password"
                autoFocus={expected !== undefined}
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
            登录
          </Button>
        </>
      )}
      {ways.data?.sso && (
        <Button size="large" block href="/api/v1/session/sso">
          用本院统一账号登录
        </Button>
      )}
    </form>
  );
}
