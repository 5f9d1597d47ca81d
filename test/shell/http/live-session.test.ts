import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { signOut } from '../../../src/app/accounts/sign-out.js';
import { accountPorts } from '../../../src/shell/account-ports.js';
import { accountStore } from '../../../src/shell/db/accounts.js';
import { filing } from '../../support/court.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';
import { type Client, type EventStream, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';

const LOOK_MS = 5000;
const GOOD = '春江潮水连海平-2026';

let opened: OpenedEngine;
let desk: HttpDesk;
let clerk: Client;
let login: string;
let password: string;
let stream: EventStream;

beforeAll(async () => {
  const [engine] = ENGINES;
  if (!engine) throw new Error('no engine');
  opened = await engine.open();
  desk = await openHttpDesk(opened);
  await desk.listen();
});
afterAll(async () => {
  await desk?.close();
  await opened?.close();
});

let made = 0;
beforeEach(async () => {
  // Looking again is the one thing here that goes by an interval: it is due when the test says so.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  login = `live.${made++}`;
  const posting = { role: 'filing_clerk', from: '2026-01-01' };
  const user = await desk.operator().post('/users', { login, name: '某人', postings: [posting] });
  password = user.json().password;
  clerk = desk.nobody();
  expect((await clerk.signIn(login, password)).statusCode).toBe(200);
  stream = await clerk.events();
});
afterEach(async () => {
  await stream.close();
  vi.useRealTimers();
});

const look = () => vi.advanceTimersByTimeAsync(LOOK_MS);

/** Changes the clerk as an administrator of the court does. */
async function changed(change: object): Promise<void> {
  const { items } = (await desk.operator().get('/users')).json<{
    items: { id: string; login: string; version: number }[];
  }>();
  const { id, version } = items.find((user) => user.login === login) ?? { id: '', version: 0 };
  const response = await desk.operator().send('PATCH', clerk.at(`/users/${id}`), { version, ...change });
  expect(response.statusCode).toBe(200);
}

/** The accounts, as another instance of the service over the same database has them. */
const elsewhere = () =>
  accountPorts(
    accountStore(opened.db, () => {}),
    desk.clock,
  );

describe('live events end at once', () => {
  test('when their session is signed out of', async () => {
    expect((await clerk.send('DELETE', '/api/v1/session')).statusCode).toBe(204);
    await stream.ended;
  });

  test('when the same browser signs in anew', async () => {
    expect((await clerk.signIn(login, password)).statusCode).toBe(200);
    await stream.ended;
  });

  test('when the account is disabled', async () => {
    await changed({ disabled: true });
    await stream.ended;
  });

  test('when the role is taken away, though the session holds', async () => {
    await changed({ postings: [{ role: 'administrator', from: '2026-01-01' }] });
    await stream.ended;
    expect((await clerk.send('GET', '/api/v1/session')).statusCode).toBe(200);
  });

  test('in other browsers, when the password is changed', async () => {
    const other = desk.nobody();
    await other.signIn(login, password);
    const [own, before] = [await other.events(), stream];
    const change = { current: password, next: GOOD };
    expect((await other.send('PUT', '/api/v1/session/password', change)).statusCode).toBe(204);
    await before.ended;
    await other.fileOne(filing({ id: `own ${login}` }));
    await own.until(({ event }) => event === 'filing');
    await own.close();
  });
});

describe('live events end at the next look', () => {
  test('after a sign-out on another instance', async () => {
    const token = clerk.cookies.get('__Host-shouze') ?? '';
    await signOut(elsewhere(), { token, address: '127.0.0.1' });
    await look();
    await stream.ended;
  });

  test('after the account was disabled on another instance', async () => {
    const { store } = elsewhere();
    const account = await store.byLogin(login);
    await store.update(account?.id ?? '', { disabledAt: desk.clock.now() });
    await look();
    await stream.ended;
  });

  test('after fifteen minutes in which nobody did anything, however often it was looked', async () => {
    for (let minute = 0; minute < 15; minute++) {
      desk.clock.pass(1);
      await look();
    }
    await stream.ended;
    expect(refused(await clerk.get('/filings'))).toBe('401 SESSION_MISSING');
  });

  test('after eight hours, whatever was done in them', async () => {
    for (let passed = 0; passed < 8 * 60 - 10; passed += 10) {
      desk.clock.pass(10);
      expect((await clerk.send('GET', '/api/v1/session')).statusCode).toBe(200);
    }
    await look();
    await clerk.fileOne(filing({ id: `late ${login}` }));
    await stream.until(({ event }) => event === 'filing');
    desk.clock.pass(10);
    await look();
    await stream.ended;
  });
});

test('live events go on as long as their session does', async () => {
  desk.clock.pass(10);
  for (let looks = 0; looks < 5; looks++) await look();
  await clerk.fileOne(filing({ id: `on ${login}` }));
  await stream.until(({ event }) => event === 'filing');
});
