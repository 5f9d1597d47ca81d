import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The built program: what a court runs. */
export const CLI = join(ROOT, 'dist/main/cli.js');
const BETWEEN_TRIES_MS = 20;
export const KEY = `k1:${'5c'.repeat(32)}`;

export interface ProgramSettings {
  /** A PostgreSQL, migrated or not; without one the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** What node runs. */
  readonly script?: string;
  readonly args: readonly string[];
  /** Answers `/health` here once it is ready. */
  readonly url: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A process of ours that can be killed and started again, on the same address. */
export class Program {
  readonly #settings: ProgramSettings;
  #child: ChildProcess | undefined;
  #log = '';

  constructor(settings: ProgramSettings) {
    if (!existsSync(CLI)) throw new Error(`${CLI} is not there: npm run build`);
    this.#settings = settings;
  }

  /** Until it answers; with more in its environment than it always has. @throws with the end of its log where it ended first */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const { databaseUrl, script = CLI, args, url, environment } = this.#settings;
    const env: NodeJS.ProcessEnv = { ...process.env, ...environment, ...more };
    delete env.DATABASE_URL;
    if (databaseUrl !== undefined) Object.assign(env, { DATABASE_URL: databaseUrl, SHOUZE_KEY: KEY });
    const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const note = (chunk: unknown): void => {
      this.#log += chunk;
    };
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    const ended = once(child, 'exit').then(() =>
      Promise.reject(new Error(`it did not start: ${this.#log.slice(-2000)}`)),
    );
    await Promise.race([answering(url), ended]);
    ended.catch(() => {});
  }

  /** Ends it as a power cut does, or as an operator does. Gives its exit code, null where a signal ended it. */
  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return child.exitCode;
  }

  /** What it has written so far. */
  log(): string {
    return this.#log;
  }
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

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
