import { connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { encrypted, type TlsSettings, tlsOf } from './postgres-tls.js';

/** The database could not be reached, was lost or did not answer. Whether the work was done is then not known. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The failure to reach the database inside an error, if it is one. */
export function unavailable(error: unknown): DatabaseUnavailable | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof DatabaseUnavailable) return at;
  return undefined;
}

export interface ConnectionSettings {
  readonly url: string;
  readonly connectTimeoutMs: number;
  /** How long a statement may go without an answer, connecting included. */
  readonly answerTimeoutMs: number;
  /** Settings of the session, by the server's names. */
  readonly session: Readonly<Record<string, string | number>>;
  readonly parsers: postgres.ParsedOptions['parsers'];
  readonly serializers: postgres.ParsedOptions['serializers'];
  /** What the server says on channels that are listened to. */
  readonly onNotify?: (channel: string, payload: string) => void;
}

const PREPARED_MAX = 200;
/** In characters. */
const PREPARED_LENGTH_MAX = 8_000;

/**
 * One connection to the server, one statement at a time, never opened a second time. postgres.js opens a lost connection
 * again under whoever still holds it: half a message goes out on the new one, a transaction goes on outside itself, and
 * a write in between ends the process. So each of its clients gets one socket here and goes with it.
 */
export class Connection {
  readonly #settings: ConnectionSettings;
  readonly #onLost: (connection: Connection) => void;
  readonly #tls: TlsSettings;
  readonly #sql: postgres.Sql;
  readonly #waiting = new Set<(reason: Error) => void>();
  #socket: Socket | undefined;
  #lost: Error | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #prepared = new Set<string>();

  constructor(settings: ConnectionSettings, onLost: (connection: Connection) => void) {
    this.#settings = settings;
    this.#onLost = onLost;
    const { url, tls } = tlsOf(settings.url);
    this.#tls = tls;
    this.#sql = this.#client(url);
  }

  /** Why the connection is gone; nothing while it is there. */
  get lost(): Error | undefined {
    return this.#lost;
  }

  /** Sends a statement when those before it are done. */
  run<T>(statement: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
    const turn = this.#turn.then(() => this.settle(() => this.#answer(statement), this.#settings.answerTimeoutMs));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /**
   * Whether the server keeps the statement prepared, which saves the planning and a round trip each time (routing a filing: 10.4 ms became 8.8).
   * It keeps what it has prepared as long as the connection lives, so long texts and ever new ones are left out.
   */
  keeps(text: string): boolean {
    if (this.#prepared.has(text)) return true;
    if (text.length > PREPARED_LENGTH_MAX || this.#prepared.size >= PREPARED_MAX) return false;
    this.#prepared.add(text);
    return true;
  }

  /** Work that settles: by itself, with the connection, or at its deadline, which takes the connection with it. */
  settle<T>(work: () => Promise<T>, deadlineMs: number): Promise<T> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise<T>((resolve, reject) => {
      const overdue = () => this.lose(new DatabaseUnavailable(`数据库操作超过 ${deadlineMs / 1000} 秒没有完成,已断开`));
      const timer = setTimeout(overdue, deadlineMs);
      const leave = () => {
        clearTimeout(timer);
        this.#waiting.delete(fail);
      };
      const fail = (reason: unknown) => {
        leave();
        reject(reason);
      };
      this.#waiting.add(fail);
      work().then((value) => {
        leave();
        resolve(value);
      }, fail);
    });
  }

  /** Gives the connection up: whatever waits on it fails with the reason. */
  lose(reason: Error): void {
    if (this.#lost) return;
    this.#lost = reason;
    this.#socket?.destroy();
    for (const fail of this.#waiting) fail(reason);
    this.#onLost(this);
  }

  /** Takes leave of the server. */
  async end(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
    this.lose(closed());
  }

  async #answer<T>(statement: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
    try {
      return await statement(this.#sql);
    } catch (error) {
      if (leavesConnection(error)) throw error;
      this.lose(new DatabaseUnavailable(`数据库不可用:${wordsOf(error)}`, { cause: error }));
      throw this.#lost;
    }
  }

  #client(url: string): postgres.Sql {
    const { connectTimeoutMs, session, parsers, serializers, onNotify } = this.#settings;
    const options: Unlisted & postgres.Options<Record<string, never>> = {
      max: 1,
      prepare: true,
      connect_timeout: connectTimeoutMs / 1000,
      idle_timeout: 0,
      max_lifetime: null,
      // When the server goes away under it, the driver's own query for array types fails with nobody to catch it.
      fetch_types: false,
      connection: { ...session },
      onnotice: () => {},
      ...(onNotify && { onnotify: onNotify }),
      onclose: () => this.lose(closed()),
      // Encrypted already, where it is.
      ssl: false,
      socket: (to) => this.#open(to),
    };
    const sql = postgres(url, options);
    Object.assign(sql.options.parsers, parsers);
    Object.assign(sql.options.serializers, serializers);
    return sql;
  }

  async #open({ host: [host = 'localhost'], port: [port = 5432], path }: Address): Promise<Socket> {
    if (this.#socket || this.#lost) throw this.#lost ?? closed();
    const socket = path ? connect(path) : connect({ host, port, noDelay: true });
    this.#socket = socket;
    await connected(socket, this.#settings.connectTimeoutMs);
    if (this.#lost) throw this.#lost;
    if (path) return socket;
    const taken = await encrypted(socket, host, this.#tls, (secure) => {
      this.#socket = secure;
    });
    if (this.#lost) throw this.#lost;
    return taken;
  }
}

/** Options that the driver reads and its types do not list. */
interface Unlisted {
  readonly socket: (to: Address) => Promise<Socket>;
  readonly onnotify?: (channel: string, payload: string) => void;
}

type Address = Pick<postgres.ParsedOptions, 'host' | 'port' | 'path'>;

const closed = (): DatabaseUnavailable => new DatabaseUnavailable('数据库连接已断开');

function connected(socket: Socket, deadlineMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const overdue = () => socket.destroy(new Error(`${deadlineMs / 1000} 秒内没有连上`));
    const timer = setTimeout(overdue, deadlineMs);
    const stop = () => clearTimeout(timer);
    socket.once('connect', stop).once('close', stop);
    socket.once('connect', resolve).once('close', () => reject(closed()));
    // Stays, for an error that comes while nobody else listens would end the process.
    socket.on('error', reject);
  });
}

const MISTAKES: readonly unknown[] = ['UNDEFINED_VALUE', 'MAX_PARAMETERS_EXCEEDED'];

/** Whether the connection is in order after an error: a refused statement or parameter. Of other errors nobody knows. */
function leavesConnection(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.severity === 'ERROR';
  return error instanceof TypeError || error instanceof RangeError || MISTAKES.includes(codeOf(error));
}

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | undefined)?.code;

const wordsOf = (error: unknown): string => (error instanceof Error && error.message) || String(codeOf(error) ?? error);
