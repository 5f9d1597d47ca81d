import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Role } from '../../src/core/access/can.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The built program: what a court runs. */
const CLI = join(ROOT, 'dist/main/cli.js');
const BETWEEN_TRIES_MS = 20;
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
  start(): Promise<void>;
  /** What it has written to its log so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface ServeSettings {
  /** A PostgreSQL, migrated or not; without one the embedded database in a folder of the test's own. */
  readonly databaseUrl?: string;
  readonly args?: readonly string[];
}

/** Runs the built program with the sample court, as a process of its own. */
export async function serve({ databaseUrl, args = [] }: ServeSettings = {}): Promise<Served> {
  if (!existsSync(CLI)) throw new Error(`${CLI} is not there: npm run build`);
  const folder = mkdtempSync(join(tmpdir(), 'shouze-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const environment: NodeJS.ProcessEnv = { ...process.env };
  delete environment.DATABASE_URL;
  if (databaseUrl !== undefined) {
    Object.assign(environment, { DATABASE_URL: databaseUrl, SHOUZE_KEY: `k1:${'5c'.repeat(32)}` });
  }
  let child: ChildProcess | undefined;
  let log = '';
  const start = async (): Promise<void> => {
    const arguments_ = [CLI, 'serve', '--sample', '--data', folder, '--port', String(port), ...args];
    const started = spawn(process.execPath, arguments_, {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    started.stdout.on('data', (chunk) => {
      log += chunk;
    });
    started.stderr.on('data', (chunk) => {
      log += chunk;
    });
    const ended = once(started, 'exit').then(() =>
      Promise.reject(new Error(`the service did not start: ${log.slice(-2000)}`)),
    );
    await Promise.race([answering(url), ended]);
    ended.catch(() => {});
  };
  const kill = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  await start();
  const made = JSON.parse(readFileSync(join(folder, 'sample-accounts.json'), 'utf8')) as (Account & { role: Role })[];
  return {
    url,
    court: SAMPLE_COURT,
    folder,
    accounts: Object.fromEntries(
      made.map(({ role, login, password }) => [role, { login, password }]),
    ) as Served['accounts'],
    kill,
    start,
    log: () => log,
    stop: async () => {
      await kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Until it answers: nothing else tells another process's readiness than to ask it again. */
async function answering(url: string): Promise<void> {
  for (;;) {
    try {
      if ((await fetch(`${url}/health`)).ok) return;
    } catch {}
    await setTimeout(BETWEEN_TRIES_MS);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
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
