import { fileURLToPath } from 'node:url';
import { Argument, InvalidArgumentError, Option } from 'commander';
import { type PlainDate, parsePlainDate } from '../../core/kernel/plain-date.js';

/** The rules that the program brings with it. */
const SHIPPED_RULES = fileURLToPath(new URL('../../../rules', import.meta.url));

const SHIPPED = '程序自带的规则 / shipped';

export const rulesOption = (purpose = '规则目录 / rules folder'): Option =>
  new Option('--rules <目录>', purpose).default(SHIPPED_RULES, SHIPPED);

export const rulesArgument = (): Argument =>
  new Argument('[目录]', '规则目录 / rules folder').default(SHIPPED_RULES, SHIPPED);

export function dateArgument(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === undefined) throw new InvalidArgumentError(`“${text}”不是日期,请写成 2026-03-09 这样存在的一天`);
  return date;
}

export function seedArgument(text: string): string {
  if (/^([0-9a-fA-F]{2}){1,64}$/.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('种子是十六进制字符,偶数个,最多 128 个,例如 00ff');
}

export function portArgument(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('端口是 0 到 65535 的整数，0 表示任选一个空闲的');
}
