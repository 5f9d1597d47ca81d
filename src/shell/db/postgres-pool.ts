import { Connection, type ConnectionSettings, DatabaseUnavailable } from './postgres-connection.js';

export interface PoolSettings extends ConnectionSettings {
  /** How many connections at most. */
  readonly max: number;
  /** How long to wait for a free connection. */
  readonly freeTimeoutMs: number;
}

interface Caller {
  readonly take: (connection: Connection) => void;
  readonly refuse: (reason: Error) => void;
}

/** Connections, each lent to one caller at a time. A lost one is replaced when somebody asks. */
export class Pool {
  readonly #settings: PoolSettings;
  readonly #all = new Set<Connection>();
  readonly #callers = new Set<Caller>();
  #free: Connection[] = [];
  #closing: Promise<void> | undefined;
  #empty: () => void = () => {};

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /** Lends a connection for the length of the work. */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.#borrow();
    try {
      return await work(connection);
    } finally {
      this.#giveBack(connection);
    }
  }

  /** Refuses new callers and waits for the present ones; those that are not done in time lose their connection. */
  close(deadlineMs: number): Promise<void> {
    this.#closing ??= this.#close(deadlineMs);
    return this.#closing;
  }

  async #close(deadlineMs: number): Promise<void> {
    const reason = new DatabaseUnavailable('数据库连接正在关闭');
    for (const { refuse } of this.#callers) refuse(reason);
    const timer = setTimeout(() => {
      for (const connection of this.#all) connection.lose(reason);
    }, deadlineMs);
    await new Promise<void>((resolve) => {
      this.#empty = resolve;
      for (const connection of this.#free) void connection.end();
      this.#tellEmpty();
    });
    clearTimeout(timer);
  }

  #borrow(): Promise<Connection> {
    if (this.#closing) return Promise.reject(new DatabaseUnavailable('数据库连接已经关闭'));
    const connection = this.#free.pop() ?? this.#open();
    return connection ? Promise.resolve(connection) : this.#wait();
  }

  #open(): Connection | undefined {
    if (this.#all.size >= this.#settings.max) return undefined;
    const connection = new Connection(this.#settings, (lost) => this.#forget(lost));
    this.#all.add(connection);
    return connection;
  }

  #wait(): Promise<Connection> {
    const { max, freeTimeoutMs } = this.#settings;
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        this.#callers.delete(caller);
      };
      const caller: Caller = {
        take: (connection) => {
          leave();
          resolve(connection);
        },
        refuse: (reason) => {
          leave();
          reject(reason);
        },
      };
      const overdue = () =>
        caller.refuse(new DatabaseUnavailable(`${max} 个数据库连接都在使用,等了 ${freeTimeoutMs / 1000} 秒`));
      const timer = setTimeout(overdue, freeTimeoutMs);
      this.#callers.add(caller);
    });
  }

  #giveBack(connection: Connection): void {
    if (!this.#all.has(connection)) return;
    const [next] = this.#callers;
    if (next) next.take(connection);
    else if (this.#closing) void connection.end();
    else this.#free.push(connection);
  }

  #forget(connection: Connection): void {
    this.#all.delete(connection);
    this.#free = this.#free.filter((other) => other !== connection);
    this.#tellEmpty();
    const [next] = this.#callers;
    const fresh = next && this.#open();
    if (fresh) next.take(fresh);
  }

  #tellEmpty(): void {
    if (this.#all.size === 0) this.#empty();
  }
}
