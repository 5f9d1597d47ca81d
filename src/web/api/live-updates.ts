import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connected } from './client.js';
import { sessionQuery } from './queries.js';
import { signInAgain } from './session-gate.js';

/** A batch of thousands tells as many events: lists are fetched again at most this often. */
const PAUSE_MS = 700;
const RECONNECT_MS = 5000;

function idIn(event: MessageEvent<string>): string | undefined {
  const data: unknown = JSON.parse(event.data);
  return typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string' ? data.id : undefined;
}

/** Gathers what has changed and fetches it again together. */
class Refetching {
  private readonly client: QueryClient;
  private readonly court: string;
  private readonly filings = new Set<string>();
  private timer: number | undefined;

  constructor(client: QueryClient, court: string) {
    this.client = client;
    this.court = court;
  }

  filing(id: string | undefined): void {
    if (id !== undefined) this.filings.add(id);
    // A page that nobody looks at fetches nothing, so that its session may come to its end.
    if (!document.hidden) this.timer ??= window.setTimeout(() => this.flush(), PAUSE_MS);
  }

  all(): void {
    this.filings.clear();
    void this.client.invalidateQueries({ queryKey: ['court', this.court] });
  }

  stop(): void {
    window.clearTimeout(this.timer);
  }

  private flush(): void {
    this.timer = undefined;
    // What is under way is not cut off: a service that is busy with a large batch would never get to answer.
    if (this.client.isFetching({ queryKey: ['court', this.court] }) > 0) {
      this.timer = window.setTimeout(() => this.flush(), PAUSE_MS);
      return;
    }
    const changed = new Set(this.filings);
    this.filings.clear();
    void this.client.invalidateQueries({
      queryKey: ['court', this.court],
      predicate: ({ queryKey: [, , kind, id] }) =>
        kind === 'filing' ? typeof id === 'string' && changed.has(id) : kind !== 'bench',
    });
  }
}

/** Keeps the lists and the open filing as the service has them, as long as the desk is open. */
export function useLiveUpdates(court: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const refetching = new Refetching(client, court);
    let source: EventSource | undefined;
    let timer: number | undefined;
    let lost = false;
    const connect = (): void => {
      source = new EventSource(`/api/v1/courts/${encodeURIComponent(court)}/events`);
      source.addEventListener('filing', (event) => refetching.filing(idIn(event)));
      source.addEventListener('batch', () => refetching.filing(undefined));
      source.addEventListener('docket', () => {
        if (!document.hidden) refetching.all();
      });
      source.addEventListener('open', () => {
        connected.set(true);
        if (lost) refetching.all();
        lost = false;
      });
      source.addEventListener('error', () => {
        lost = true;
        // A closed source is not opened again by the browser: the session has ended, or something in between answered.
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = window.setTimeout(() => void reconnect(), RECONNECT_MS);
      });
    };
    const reconnect = async (): Promise<void> => {
      const state = await client.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch((error: unknown) => error);
      if (state instanceof Error && 'status' in state && state.status === 401)
        await signInAgain().catch(() => undefined);
      connect();
    };
    const onVisible = (): void => {
      if (!document.hidden) refetching.all();
    };
    document.addEventListener('visibilitychange', onVisible);
    connect();
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      source?.close();
      window.clearTimeout(timer);
      refetching.stop();
    };
  }, [client, court]);
}
