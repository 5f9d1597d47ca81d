import createClient from 'openapi-fetch';
import { refusalOf, Unreachable } from './problem.js';
import type { paths } from './schema.js';
import { signInAgain } from './session-gate.js';
import { signal } from './signal.js';
import type { SessionView } from './types.js';

/** Whether the last request got through to the service. */
export const connected = signal(true);

let token = '';
let user = '';

/** Every request that changes something carries the session's token; whose session it is must not change unseen. */
export function rememberSession(session: { readonly csrfToken: string; readonly user: { readonly id: string } }): void {
  token = session.csrfToken;
  user = session.user.id;
}

async function attempt(request: Request): Promise<Response> {
  if (request.method !== 'GET' && token !== '') request.headers.set('x-csrf-token', token);
  try {
    const response = await fetch(request);
    connected.set(true);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    connected.set(false);
    throw new Unreachable(error);
  }
}

const isAboutTheSession = (request: Request): boolean => new URL(request.url).pathname.startsWith('/api/v1/session');

/**
 * Sends a request. Where the session has ended it waits until the same person has signed in again and sends the same
 * request once more, so that nothing that was typed is lost.
 */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await attempt(request);
  if (isAboutTheSession(request)) return response;
  if (response.status === 403 && (await isForOtherToken(response))) {
    await renewToken();
    return attempt(again);
  }
  if (response.status !== 401) return response;
  await signInAgain();
  return attempt(again);
}

async function isForOtherToken(response: Response): Promise<boolean> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return refusalOf(response.status, body).code === 'CSRF_FAILED';
}

/** In another window of this browser somebody signed in anew: the same person goes on, anybody else begins afresh. */
async function renewToken(): Promise<void> {
  const response = await attempt(new Request('/api/v1/session'));
  if (!response.ok) return;
  const session = (await response.json()) as SessionView;
  if (session.user.id !== user) window.location.assign('/');
  else rememberSession(session);
}

/** The service's routes; types come from its own OpenAPI document. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

/** What the service answered, or its refusal as an error. */
export function unwrap<A extends { data?: unknown; error?: unknown; response: Response }>(
  answer: A,
): NonNullable<A['data']> {
  if (!answer.response.ok || answer.data === undefined) throw refusalOf(answer.response.status, answer.error);
  return answer.data as NonNullable<A['data']>;
}

/** For routes that answer with nothing. */
export function done(answer: { error?: unknown; response: Response }): void {
  if (!answer.response.ok) throw refusalOf(answer.response.status, answer.error);
}
