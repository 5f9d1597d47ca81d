import { basename } from 'node:path';

/** Why a file could not be read or written at all: the place as exactly as it is known, and the cure. */
export interface InputError {
  readonly file: string;
  /** Line of a text file, row of a sheet; from 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** The field or column header. */
  readonly field?: string;
  readonly code: string;
  /** Plain Chinese: what is wrong and what to do. */
  readonly message: string;
}

/** What stops the reading of one file from deep inside; caught where the file was opened. */
export class InputFault extends Error {
  override readonly name = 'InputFault';
  constructor(readonly fault: Omit<InputError, 'file'>) {
    super(fault.message);
  }
}

/** An `InputFault` as the error of `file`; anything else is rethrown. */
export function inputErrorOf(fault: unknown, file: string): InputError {
  if (fault instanceof InputFault) return { file, ...fault.fault };
  throw fault;
}

/** Text on one line that cannot steer a terminal: control and bidirectional marks become spaces. */
export const plainText = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');

/** One line: file, place, field, then what is wrong and the cure. */
export function formatInputError(error: InputError): string {
  const line = error.line === undefined ? '' : `第${error.line}行`;
  const column = error.column === undefined ? '' : `第${error.column}列`;
  const field = error.field === undefined ? '' : `「${error.field}」`;
  const place = line + column + field;
  return plainText(`${error.file}${place === '' ? '' : ` ${place}`}:${error.message}`);
}

const SYSTEM: Readonly<Record<string, (name: string) => string>> = {
  ENOENT: (name) => `找不到文件「${name}」,请核对路径和文件名`,
  ENOTDIR: (name) => `路径中有一段不是文件夹,找不到「${name}」,请核对路径`,
  EACCES: () => '没有权限,请换一个有权限的账号,或者调整文件(夹)权限后重试',
  EPERM: () => '系统不允许这样操作,请检查文件是否只读、是否被其他程序占用',
  EROFS: () => '所在磁盘是只读的,请换一个位置',
  EISDIR: (name) => `「${name}」是文件夹,不是文件,请指定其中的一个文件`,
  ENOSPC: () => '磁盘空间不足,请清理后重试',
  EDQUOT: () => '磁盘配额已用完,请清理后重试',
  EMFILE: () => '打开的文件太多,请稍后重试',
  ENAMETOOLONG: () => '文件名太长,请改短',
  ELOOP: () => '符号链接绕成了环,请指定真实的文件',
  EBUSY: () => '文件正被其他程序占用,请关闭后重试',
};

/** A failed system call as an input error; what is not a system call's failure is rethrown. */
export function systemError(failure: unknown, file: string): InputError {
  if (failure instanceof InputFault) return { file, ...failure.fault };
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : undefined;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) throw failure;
  const message = SYSTEM[code]?.(basename(file)) ?? `系统拒绝了这次读写(${code})`;
  return { file, code, message };
}
