import { randomUUID } from 'node:crypto';
import type { AccountPorts } from '../../app/accounts/ports.js';
import { Refusal } from '../../app/refusal.js';
import { accountPorts } from '../account-ports.js';
import { accountStore } from '../db/accounts.js';
import { FolderLockedError, holderOf } from '../db/folder-lock.js';
import { KeyRefused } from '../db/key-ring.js';
import { DatabaseRefused } from '../db/postgres.js';
import { unavailable } from '../db/postgres-connection.js';
import { RuleFilesError } from '../files/rule-files.js';
import { type OpenService, openService } from '../open-service.js';
import { SetupError } from '../setup-error.js';
import { CliFailure, firstOf } from './failure.js';
import type { ServiceOptions } from './service-options.js';

/**
 * Opens the installation that the options and the environment name. Only a service that goes on running takes a changed rules folder for
 * the next rules: a command that is run once must not.
 *
 * @throws CliFailure with what to do
 */
export async function openInstallation(
  options: Omit<ServiceOptions, 'server'>,
  {
    holder,
    takesFolder = false,
  }: { readonly holder?: { url?: string; token?: string }; readonly takesFolder?: boolean } = {},
): Promise<OpenService> {
  try {
    return await openService({
      databaseUrl: process.env.DATABASE_URL || undefined,
      folder: options.data,
      rules: options.rules,
      keys: process.env.SHOUZE_KEY || undefined,
      takesFolder,
      ...(holder && { holder }),
    });
  } catch (error) {
    throw asFailure(error);
  }
}

export const accountsOf = ({ db }: OpenService): AccountPorts => accountPorts(accountStore(db, () => {}));

/** What a person at the keyboard is told of a failure; defects of ours stay what they are. */
export function asFailure(error: unknown): unknown {
  if (error instanceof Refusal) {
    const places = error.errors.map(({ path, message }) => `${path || '/'}: ${message}`);
    return new CliFailure([error.message, ...firstOf(places)].join('\n'));
  }
  const lost = unavailable(error);
  if (lost) return new CliFailure(`${lost.message}；请核对 DATABASE_URL 和数据库是否在运行`);
  const known = [FolderLockedError, SetupError, KeyRefused, DatabaseRefused, RuleFilesError];
  return error instanceof Error && known.some((kind) => error instanceof kind) ? new CliFailure(error.message) : error;
}

/** As `asFailure`, of a process that was to listen on a port. */
export function asListenFailure(error: unknown, port: number | undefined): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === undefined) return asFailure(error);
  return new CliFailure(`端口 ${port} 已被占用；请用 --port 换一个，例如 --port ${port + 1}`);
}

/** Works on an installation and closes it, whatever happens. */
export async function inInstallation<T>(
  options: Omit<ServiceOptions, 'server'>,
  work: (open: OpenService) => Promise<T>,
): Promise<T> {
  const open = await openInstallation(options);
  try {
    return await work(open);
  } catch (error) {
    throw asFailure(error);
  } finally {
    await open.close();
  }
}

/** The running service: as the operator of its machine, or as a person who signed in. */
export class RunningService {
  readonly #url: string;
  readonly #as: Readonly<Record<string, string>>;

  private constructor(url: string, as: Readonly<Record<string, string>>) {
    this.#url = url;
    this.#as = as;
  }

  /** @throws CliFailure where none is running, or it is not of this machine's folder */
  static of({ data, server }: ServiceOptions): RunningService {
    const holder = holderOf(data);
    const url = typeof server === 'string' ? server : holder?.url;
    if (holder?.token === undefined || url === undefined) {
      throw new CliFailure(
        `数据目录 ${data} 没有正在运行的服务；请先运行 shouze serve（或者 npm start），或者去掉 --server 直接办理`,
      );
    }
    if (new URL(url).hostname !== '127.0.0.1' && new URL(url).hostname !== 'localhost') {
      throw new CliFailure('--server 只能用于本机上的服务；远程办理请登录页面');
    }
    return new RunningService(url, { authorization: `Bearer ${holder.token}` });
  }

  /** Works as a person, signed in by their own password for as long as that takes. */
  async signedIn<T>(login: string, password: string, work: (service: RunningService) => Promise<T>): Promise<T> {
    const nobody = new RunningService(this.#url, {});
    const { answer, cookie } = await nobody.#ask<{ csrfToken: string }>('POST', '/api/v1/session', { login, password });
    const person = new RunningService(this.#url, { cookie, 'x-csrf-token': answer.csrfToken });
    try {
      return await work(person);
    } finally {
      await person.call('DELETE', '/api/v1/session');
    }
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return (await this.#ask<T>(method, path, body)).answer;
  }

  async #ask<T>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly answer: T; readonly cookie: string }> {
    let response: Response;
    try {
      response = await fetch(new URL(path, this.#url), {
        method,
        headers: {
          ...this.#as,
          ...(['POST', 'PUT'].includes(method) && { 'idempotency-key': randomUUID() }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch {
      throw new CliFailure(`连接不上服务 ${this.#url}；请核对它是否在运行`);
    }
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    const [cookie = ''] = response.headers.getSetCookie();
    if (response.ok) return { answer: answer as T, cookie: cookie.split(';')[0] ?? '' };
    const { detail = response.statusText, errors = [] } = (answer ?? {}) as {
      detail?: string;
      errors?: { path: string; message: string }[];
    };
    throw new CliFailure(
      [detail, ...firstOf(errors.map(({ path, message }) => `${path || '/'}: ${message}`))].join('\n'),
    );
  }
}
