import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import { dayOfWeek, type PlainDate, parsePlainDate, plainDate } from '../kernel/plain-date.js';
import { err, ok, type Result } from '../kernel/result.js';

/** A calendar file as it was read: its name (`2026.yaml`, a folder before it is ignored) and its text. */
export type CalendarFile = { readonly file: string; readonly text: string };

/** What is wrong with a calendar file, where (line and column from 1), and, in Chinese, what would be right. */
export type CalendarProblem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

/** One year as published: the exceptions from "Monday to Friday work, Saturday and Sunday rest", in ascending order. */
export type CalendarYear = {
  readonly file: string;
  readonly year: number;
  readonly version: string;
  readonly source: string;
  /** 休假日 that fall on Monday–Friday. */
  readonly rest: readonly PlainDate[];
  /** 调休上班: Saturdays and Sundays that are working days. */
  readonly work: readonly PlainDate[];
};

const [YEAR, VERSION, SOURCE, REST, WORK] = ['年份', '版本', '来源', '休假日', '调休上班'] as const;
const KEYS: readonly string[] = [YEAR, VERSION, SOURCE, REST, WORK];
const WEEKDAYS = ['', '一', '二', '三', '四', '五', '六', '日'] as const;

const SYNTAX: Readonly<Record<string, string>> = {
  BAD_INDENT: '缩进不对，同一层应对齐',
  DUPLICATE_KEY: '同一个键写了两次',
  MISSING_CHAR: '缺少半角冒号、引号或逗号',
  TAB_AS_INDENT: '缩进请用空格，不要用制表符',
  MULTILINE_IMPLICIT_KEY: '键应写在一行内，后面跟半角冒号和空格',
};

/** Whether the day is a Saturday or Sunday. */
export const isWeekend = (date: PlainDate): boolean => dayOfWeek(date) > 5;

/**
 * Reads `<year>.yaml` with the keys 年份, 版本, 来源, 休假日 and 调休上班. The year's notice may also name days of the December
 * before it. Refused, every fault at once: other keys, a year that differs from the file's name, days that do not exist, stand
 * twice or lie in another year, a 休假日 on a weekend, a 调休上班 on a weekday, and a year without any 休假日 (an unpublished
 * year has no file).
 */
export function parseCalendarYear(text: string, file: string): Result<CalendarYear, readonly CalendarProblem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems: CalendarProblem[] = [];
  const report = (at: Node | number | null | undefined, message: string): void => {
    const { line, col } = lines.linePos(typeof at === 'number' ? at : (at?.range?.[0] ?? 0));
    problems.push({ file, line: Math.max(line, 1), column: Math.max(col, 1), message });
  };
  for (const each of document.errors) report(each.pos[0], syntaxMessage(each));
  if (problems.length > 0) return err(problems);
  if (!isMap<Node, Node | null>(document.contents)) {
    report(document.contents, '日历文件应由“年份: 2026”这样的行组成，冒号用半角，后面空一格');
    return err(problems);
  }

  const fields = new Map<string, Node | null>();
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (KEYS.includes(name)) fields.set(name, value);
    else report(key, `没有“${name}”这一项，日历文件只有：${KEYS.join('、')}`);
  }
  const field = (name: string): Node | null => {
    if (!fields.has(name)) report(document.contents, `缺少“${name}”`);
    return fields.get(name) ?? null;
  };
  const words = (name: string): string => {
    const node = field(name);
    const value = isScalar(node) && typeof node.value === 'string' ? node.value.trim() : '';
    if (value === '' && fields.has(name)) report(node, `“${name}”应写明文字`);
    return value;
  };

  const yearNode = field(YEAR);
  const year = isScalar(yearNode) ? Number(yearNode.value) : Number.NaN;
  const first = parsePlainDate(`${year}-01-01`);
  if (first === undefined) {
    if (fields.has(YEAR)) report(yearNode, '“年份”应为四位数字，如2026');
    return err(problems);
  }
  if (file.split('/').at(-1) !== `${year}.yaml`) report(yearNode, `${year}年的日历文件应叫 ${year}.yaml`);

  const days = (name: string, fault: (day: PlainDate) => string | undefined): PlainDate[] => {
    const list = field(name);
    const found = new Set<PlainDate>();
    if (list !== null && !isSeq<Node>(list) && !(isScalar(list) && list.value === null)) {
      report(list, `“${name}”应为日期的列表，每行一个“- 2026-01-01”`);
    }
    for (const item of isSeq<Node>(list) ? list.items : []) {
      const written = isScalar(item) && !isPair(item) ? String(item.value) : '';
      const day = parsePlainDate(written);
      const wrong = day === undefined ? `“${written}”不是日期，应写成 2026-01-01 的样子` : fault(day);
      if (wrong !== undefined) report(item, wrong);
      else if (day !== undefined && found.has(day)) report(item, `${day} 写了两次`);
      else if (day !== undefined) found.add(day);
    }
    return [...found].sort();
  };
  const earliest = plainDate(`${year - 1}-12-01`);
  const latest = plainDate(`${year}-12-31`);
  const outside = (day: PlainDate): string | undefined =>
    day < earliest || day > latest ? `${day} 不在${year}年（也不在上一年12月），请写入该年的文件` : undefined;
  const named = (day: PlainDate): string => `${day} 是星期${WEEKDAYS[dayOfWeek(day)]}`;
  const rest = days(REST, (day) => {
    if (isWeekend(day)) return `${named(day)}，本来休息，不必写入；若当天上班，请写入“${WORK}”`;
    return outside(day);
  });
  const work = days(WORK, (day) => {
    if (!isWeekend(day)) return `${named(day)}，本来上班，不必写入；若当天放假，请写入“${REST}”`;
    return outside(day);
  });
  if (rest.length === 0 && problems.length === 0) {
    report(fields.get(REST), `${year}年没有休假日：放假通知公布之前不要建这个文件，届满日会自动标为“待定”`);
  }
  const [version, source] = [words(VERSION), words(SOURCE)];
  return problems.length > 0 ? err(problems) : ok({ file, year, version, source, rest, work });
}

const syntaxMessage = ({ code }: YAMLError): string => `YAML 写法不对：${SYNTAX[code] ?? code}`;
