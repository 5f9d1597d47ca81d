import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import ConfigProvider from 'antd/es/config-provider';
import zhCn from 'antd/es/locale/zh_CN';
import { Refusal } from '../api/problem.js';
import { OVERLAYS_ID } from '../parts/dialog.js';
import { Notices } from '../parts/notices.js';
import { SignInAgain } from '../session/sign-in-again.js';
import { router } from './router.js';
import { styleNonce, theme } from './theme.js';

const RETRIES = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      // What the service refuses it refuses again; only what did not get through is worth another try.
      retry: (failures, error) => !(error instanceof Refusal) && failures < RETRIES,
    },
    mutations: { networkMode: 'always' },
  },
});

/** The whole desk with everything that all its pages share. */
export function App() {
  return (
    <ConfigProvider
      locale={zhCn}
      theme={theme}
      csp={{ nonce: styleNonce() }}
      button={{ autoInsertSpace: false }}
      getPopupContainer={() => document.getElementById(OVERLAYS_ID) ?? document.body}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <SignInAgain />
        <div id={OVERLAYS_ID} />
        <Notices />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
