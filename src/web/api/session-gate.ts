import { Refusal } from './problem.js';
import { signal } from './signal.js';

/** True while somebody has to sign in again before anything goes on. */
export const signInNeeded = signal(false);

interface Waiting {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

let waiting: Waiting | undefined;

function newWaiting(): Waiting {
  let resolve = (): void => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((onDone, onGivenUp) => {
    resolve = onDone;
    reject = onGivenUp;
  });
  return { promise, resolve, reject };
}

function close(): Waiting | undefined {
  const closed = waiting;
  waiting = undefined;
  signInNeeded.set(false);
  return closed;
}

/** Asks for signing in again; every request that ran into the end of the session waits for the same answer. */
export function signInAgain(): Promise<void> {
  waiting ??= newWaiting();
  signInNeeded.set(true);
  return waiting.promise;
}

/** The same person is back: what waited goes on. */
export function signedInAgain(): void {
  close()?.resolve();
}

/** Nobody is back, or somebody else: what waited is given up, since it must not be done in another's name. */
export function signInGivenUp(): void {
  const detail = '没有重新登录，刚才的操作没有提交';
  close()?.reject(new Refusal({ status: 401, code: 'GIVEN_UP', detail, correlation: '' }));
}
