import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { api, done } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import { tellWrong } from '../parts/notices.js';

/** Ends the session and leaves nothing of it in the page. */
export function SignOutButton({ isBare = false }: { readonly isBare?: boolean }) {
  const signOut = useMutation({
    mutationFn: async () => done(await api.DELETE('/api/v1/session')),
    onSuccess: () => window.location.assign('/'),
    onError: (error) => tellWrong(messageOf(error)),
  });
  return (
    <Button type={isBare ? 'text' : 'default'} loading={signOut.isPending} onClick={() => signOut.mutate()}>
      退出
    </Button>
  );
}
