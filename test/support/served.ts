import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../src/core/access/can.js';
import { freePort, Program } from './program.js';

export const SAMPLE_COURT = '川1599';

export interface Account {
  readonly login: string;
  readonly password: string;
}

export interface Served {
  readonly url: string;
  readonly court: string;
  /** Where its data is. */
  readonly folder: string;
  readonly accounts: Readonly<Record<Role, Account>>;
  /** Ends it as a power cut does, or as an operator does. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again over the same data, at the same address. */
  start(environment?: Readonly<Record<string, string>>): Promise<void>;
  /** What it has written to its log so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface ServeSettings {
  /** A PostgreSQL, migrated or not; without one the embedded database in a folder of the test's own. */
  readonly databaseUrl?: string;
  readonly args?: readonly string[];
  /** Of its first start. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the built program with the sample court, as a process of its own. */
export async function serve({ databaseUrl, args = [], environment }: ServeSettings = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'shouze-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const command = ['serve', '--sample', '--data', folder, '--port', String(port), ...args];
  const program = new Program({ databaseUrl, args: command, url });
  await program.start(environment);
  const made = JSON.parse(readFileSync(join(folder, 'sample-accounts.json'), 'utf8')) as (Account & { role: Role })[];
  return {
    url,
    court: SAMPLE_COURT,
    folder,
    accounts: Object.fromEntries(
      made.map(({ role, login, password }) => [role, { login, password }]),
    ) as Served['accounts'],
    kill: async (signal) => void (await program.kill(signal)),
    start: (environment) => program.start(environment),
    log: () => program.log(),
    stop: async () => {
      await program.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A person at the service, over HTTP, as a browser would ask. */
export class Person {
  #cookie = '';
  #csrf = '';
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  static async signIn(url: string, { login, password }: Account): Promise<Person> {
    const person = new Person(url);
    const { body, status } = await person.ask('POST', '/api/v1/session', { login, password });
    if (status >= 300) throw new Error(`sign-in: ${status}`);
    person.#csrf = (body as { csrfToken: string }).csrfToken;
    return person;
  }

  /** @throws TypeError where the service does not answer */
  async ask(
    method: string,
    path: string,
    content?: unknown,
    key?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        ...headers,
        ...(this.#cookie !== '' && { cookie: this.#cookie }),
        ...(this.#csrf !== '' && { 'x-csrf-token': this.#csrf }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(content !== undefined && { 'content-type': 'application/json' }),
      },
      ...(content !== undefined && { body: JSON.stringify(content) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
  }
}
