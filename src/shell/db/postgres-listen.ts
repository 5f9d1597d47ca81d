import { Connection } from './postgres-connection.js';

const RETRY_MS = 1000;
const CONNECT_MS = 10_000;

/**
 * Listens on a channel over a connection of its own, which is opened anew whenever it is lost; `missed` is told each time, since nobody
 * knows what was said meanwhile. Returns what ends it.
 */
export function listenPostgres(
  url: string,
  channel: string,
  { hear, missed }: { readonly hear: (payload: string) => void; readonly missed: () => void },
): () => Promise<void> {
  let current: Connection | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isEnded = false;
  const open = (): void => {
    const connection = new Connection(
      {
        url,
        connectTimeoutMs: CONNECT_MS,
        answerTimeoutMs: CONNECT_MS,
        session: { application_name: 'shouze listener' },
        parsers: {},
        serializers: {},
        onNotify: (of, payload) => {
          if (of === channel) hear(payload);
        },
      },
      () => {
        if (!isEnded) timer = setTimeout(open, RETRY_MS);
      },
    );
    current = connection;
    connection.run((sql) => sql`listen ${sql(channel)}`).then(missed, () => {});
  };
  open();
  return async () => {
    isEnded = true;
    clearTimeout(timer);
    await current?.end();
  };
}
