import { type Command, Option } from 'commander';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { rulesOption } from './arguments.js';

/** Where an installation's data is: the same options for every command that works on one. */
export interface ServiceOptions {
  readonly data: string;
  readonly rules: string;
  readonly server?: string | true;
}

/** Adds them to a command. `--server` is for commands that the running service can do for us. */
export function withService(command: Command, { remote }: { readonly remote: boolean }): Command {
  command
    .addOption(
      new Option(
        '--data <目录>',
        '内置数据库的目录（没有设置 DATABASE_URL 时使用）/ folder of the embedded database',
      ).default('./.data'),
    )
    .addOption(rulesOption());
  if (remote) {
    command.option(
      '--server [地址]',
      '由正在运行的服务代办；不写地址时，用 --data 目录里正在运行的那一个 / let the running service do it',
    );
  }
  return command;
}

export interface RunServeOptions {
  readonly data: string;
  readonly rules: string;
  readonly host: string;
  readonly port: number;
  readonly sample: boolean;
  readonly proxies?: number;
  readonly jobs: boolean;
}

export interface RunWorkerOptions {
  readonly rules: string;
  readonly host: string;
  readonly port?: number;
}

export interface ExportOptions extends ServiceOptions {
  readonly court: string;
  readonly out: string;
  readonly withNumbers?: true;
}

export interface RulingsExportOptions extends ServiceOptions {
  readonly court: string;
  readonly out: string;
}

export interface UserAddOptions extends ServiceOptions {
  readonly court: string;
  readonly name: string;
  readonly role: string;
  readonly judge?: string;
}

export interface UserOptions extends ServiceOptions {
  readonly court: string;
}

export interface UserGrantOptions extends UserOptions {
  readonly role: string;
  readonly judge?: string;
}

export interface UserSubjectOptions extends UserOptions {
  readonly clear?: true;
}

export interface ClockListOptions extends ServiceOptions {
  readonly court: string;
  readonly judge?: string;
  readonly kind?: string;
  readonly on?: PlainDate;
  readonly within?: number;
  readonly format: 'table' | 'json';
}

export interface ClockExplainOptions extends ServiceOptions {
  readonly court: string;
  readonly flow?: string;
  readonly format: 'table' | 'json';
}
