import type { FastifyRequest } from 'fastify';
import type { BatchView } from '../../app/views.js';
import type { Desk } from './desk.js';

const WAIT_MAX_SECONDS = 30;
const PREFER = /(?:^|[,;\s])wait=(\d{1,3})(?:$|[,;\s])/;

/** How long the one who asks prefers to wait for the outcome (`Prefer: wait=10`, RFC 7240); 0 where nothing is said. */
export function preferredWaitMs({ headers }: FastifyRequest): number {
  const said = PREFER.exec(String(headers.prefer ?? ''))?.[1];
  return said === undefined ? 0 : Math.min(Number(said), WAIT_MAX_SECONDS) * 1000;
}

/** The batch once all of it is routed, or as it stands when the time is over. */
export function awaitRouted(
  { changes, views }: Desk,
  court: string,
  id: string,
  waitMs: number,
): Promise<BatchView | undefined> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    // As many as were still to be routed at the last look: no need to look again before that many have been told of. Those that
    // are told of while somebody looks may be in what is seen, or not.
    let left = Number.POSITIVE_INFINITY;
    let toldMeanwhile = 0;
    const end = (outcome: () => void): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      stop();
      outcome();
    };
    const look = (isLast: boolean): void => {
      toldMeanwhile = 0;
      views.batch(court, id).then(
        (batch) => {
          const received = batch?.counts.received ?? 0;
          if (isLast || received === 0) end(() => resolve(batch));
          left = received - toldMeanwhile;
          if (left <= 0 && !isOver) look(false);
        },
        (error: unknown) => end(() => reject(error)),
      );
    };
    const stop = changes.listen(
      (told) => {
        if (told.kind !== 'batch' || told.id !== id || told.received) return;
        toldMeanwhile++;
        if (--left === 0) look(false);
      },
      () => look(false),
    );
    const timer = setTimeout(() => look(true), waitMs);
    look(waitMs === 0);
  });
}
