import postgres from 'postgres';
import { InvariantError } from '../../core/kernel/result.js';
import type { Connection } from './postgres-connection.js';
import type { Pool } from './postgres-pool.js';

/** What may stand in a statement. Times and JSON go as text with a cast, lists through drizzle's `inArray`. */
export type Value = string | number | bigint | boolean | Uint8Array | null;

type Rows<T extends object> = postgres.RowList<T[]>;

/** Rows to come. Until then they can be asked for as arrays instead. */
type Pending<T extends object> = Promise<Rows<T>> & { values(): Promise<unknown[][]> };

/** Statements as tagged templates, every value a parameter. The fragments, lists and streams of postgres.js are not here. */
export interface Statements {
  <T extends object>(parts: TemplateStringsArray, ...values: readonly Value[]): Promise<Rows<T>>;
  /** A text as it stands. Without values it may be several statements. */
  unsafe<T extends object>(text: string, values?: readonly Value[]): Pending<T>;
}

/** The statements of one transaction. */
export interface Transaction extends Statements {
  savepoint<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** What a postgres.js client does, as far as it stays safe while the server stops. */
export interface Client extends Statements {
  begin<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

type Statement<T> = (sql: postgres.Sql, connection: Connection) => PromiseLike<T>;
type Run = <T>(statement: Statement<T>) => Promise<T>;

/** A client on a pool. A transaction that is not over by the deadline loses its connection. */
export function clientOn(pool: Pool, transactionTimeoutMs: number): Client {
  const run: Run = (statement) => pool.use((connection) => connection.run((sql) => statement(sql, connection)));
  const begin: Client['begin'] = (work) => pool.use((connection) => transact(connection, work, transactionTimeoutMs));
  return Object.assign(statementsOn(run), { begin });
}

async function transact<T>(
  connection: Connection,
  work: (tx: Transaction) => Promise<T>,
  deadlineMs: number,
): Promise<T> {
  const scope = new Scope(connection);
  await connection.run((sql) => sql.unsafe('begin'));
  try {
    const result = await connection.settle(async () => work(scope.transaction), deadlineMs);
    await scope.commit();
    return result;
  } catch (error) {
    await scope.rollback();
    throw error;
  }
}

/** One transaction on its connection, until its end. */
class Scope {
  readonly transaction: Transaction;
  readonly #connection: Connection;
  #savepoints = 0;
  #over = false;
  #failure: unknown;

  constructor(connection: Connection) {
    this.#connection = connection;
    const savepoint: Transaction['savepoint'] = (work) => this.#savepoint(work);
    this.transaction = Object.assign(
      statementsOn((statement) => this.#run(statement)),
      { savepoint },
    );
  }

  async commit(): Promise<void> {
    this.#over = true;
    const { command } = await this.#connection.run((sql) => sql.unsafe('commit'));
    // The server answers the commit of a failed transaction with a rollback, and calls that a success.
    if (command !== 'COMMIT') throw this.#failure ?? new InvariantError('the transaction was rolled back');
  }

  async rollback(): Promise<void> {
    this.#over = true;
    await this.#connection.run((sql) => sql.unsafe('rollback')).catch((error) => this.#connection.lose(error));
  }

  async #run<T>(statement: Statement<T>): Promise<T> {
    if (this.#over)
      throw this.#connection.lost ?? new InvariantError('a statement came after the end of its transaction');
    try {
      return await this.#connection.run((sql) => statement(sql, this.#connection));
    } catch (error) {
      if (!isAftermath(error)) this.#failure = error;
      throw error;
    }
  }

  async #savepoint<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.#savepoints += 1;
    const name = `s${this.#savepoints}`;
    await this.#run((sql) => sql.unsafe(`savepoint ${name}`));
    try {
      const result = await work(this.transaction);
      await this.#run((sql) => sql.unsafe(`release savepoint ${name}`));
      return result;
    } catch (error) {
      await this.#run((sql) => sql.unsafe(`rollback to savepoint ${name}`));
      throw error;
    }
  }
}

/** What every statement gets after one that failed: "current transaction is aborted". */
const isAftermath = (error: unknown): boolean => error instanceof postgres.PostgresError && error.code === '25P02';

function statementsOn(run: Run): Statements {
  const unsafe = <T extends object>(text: string, values: readonly Value[] = []): Pending<T> => {
    let asArrays = false;
    const query: Statement<unknown> = (sql, connection) => {
      const prepare = values.length > 0 && connection.keeps(text);
      const rows = sql.unsafe(text, [...values] as postgres.ParameterOrJSON<never>[], { prepare });
      return asArrays ? rows.values() : rows;
    };
    const answer = Promise.resolve().then(() => run(query));
    const arrays = () => {
      asArrays = true;
      return answer as Promise<unknown[][]>;
    };
    return Object.assign(answer as Promise<Rows<T>>, { values: arrays });
  };
  const tagged = <T extends object>(parts: TemplateStringsArray, ...values: readonly Value[]) =>
    unsafe<T>(textOf(parts), values);
  return Object.assign(tagged, { unsafe });
}

const textOf = (parts: readonly string[]): string => parts.reduce((text, part, index) => `${text}$${index}${part}`);
