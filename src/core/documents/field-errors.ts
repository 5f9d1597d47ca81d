import type { z } from 'zod';
import { editDistance } from '../kernel/edit-distance.js';
import { filingSchema } from './filing.js';

/** What is wrong with one field of a document. */
export interface FieldError {
  /** JSON pointer (RFC 6901) into the document; `''` is the document itself. */
  readonly path: string;
  readonly code: string;
  /** Plain Chinese: what is wrong and what to write instead. Never holds an identity number. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;
type Key = PropertyKey;

/** A JSON pointer from its segments; a lone surrogate is replaced, so that a pointer can always be hashed and stored. */
export const pointerOf = (segments: readonly Key[]): string =>
  segments.map((segment) => `/${wellFormed(String(segment)).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The segments of a JSON pointer. */
export const segmentsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The text with every lone surrogate replaced by U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** A user's value as it may stand in a message: one line, short, with anything that could be an identity number left out. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const masked = wellFormed(text)
    .replace(/\p{Nd}[\p{Nd}\s\p{Cf}\p{Pd}−]{12,}[\p{Nd}XxＸｘ]/gu, '(号码略)')
    .replace(/\p{Cc}+/gu, ' ');
  const characters = [...masked];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : masked;
}

/** The candidate that `word` was most likely meant to be, or undefined where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const given = word.toLowerCase().slice(0, 64);
  let best: string | undefined;
  // A third of the letters may be wrong: enough for a slip, too little to turn one two-character word into another.
  let limit = Math.floor(given.length / 3) + 1;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const distance = editDistance(given, other);
    const contained = Math.min(given.length, other.length) >= 2 && (other.includes(given) || given.includes(other));
    const rank = contained ? 0.5 : distance;
    if (rank < limit && rank < Math.max(given.length, other.length)) {
      best = candidate;
      limit = rank;
    }
  }
  return best;
}

const LABELS: Readonly<Record<string, string>> = {
  id: '登记号',
  court: '法院代字',
  matter: '案件类别',
  stage: '审级',
  receivedOn: '收案日期',
  initialMeasuresReturnedOn: '初执移回日期',
  cause: '案由',
  amount: '标的额',
  claims: '诉讼请求',
  parties: '当事人',
  role: '诉讼地位',
  kind: '类型',
  name: '姓名或名称',
  idNumber: '身份证号',
  uscc: '信用代码',
  formerNames: '曾用名',
  whereabouts: '下落',
  foreign: '涉外',
  represents: '被代理人',
  instrument: '执行依据',
  instalment: '分期期数',
  origin: '来源案件',
  relation: '来源关系',
  citedCases: '引用案号',
  facts: '陈述',
  caseNo: '案号',
  judge: '承办人',
  judges: '法官',
  divisions: '部门',
  cases: '案件',
  filedOn: '立案日期',
  closedOn: '结案日期',
  closure: '结案方式',
};

function labelOf(path: readonly Key[]): string {
  const last = [...path].reverse().find((segment) => typeof segment === 'string');
  if (last === undefined) return '';
  const label = Object.hasOwn(LABELS, last) ? LABELS[last] : undefined;
  return label === undefined ? `「${quoted(last)}」` : `「${label}」(${last})`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: '文字(加引号)',
  number: '数字(不加引号)',
  int: '整数(不加引号)',
  boolean: 'true 或 false(不加引号)',
  array: '数组 […]',
  object: '对象 {…}',
  record: '对象 {…}',
};

function valueAt(input: unknown, path: readonly Key[]): unknown {
  let value = input;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<Key, unknown>)[segment];
  }
  return value;
}

/** The names that the schema knows at `path`; empty where it is not an object there. */
function knownKeys(schema: z.core.$ZodType, path: readonly Key[]): string[] {
  let at: unknown = schema;
  const unwrap = (): void => {
    while (typeof at === 'object' && at !== null && 'unwrap' in at && !('shape' in at) && !('element' in at)) {
      at = (at as { unwrap: () => unknown }).unwrap();
    }
  };
  for (const segment of path) {
    unwrap();
    if (typeof at !== 'object' || at === null) return [];
    if ('shape' in at) at = (at.shape as Record<Key, unknown>)[segment];
    else if ('element' in at) at = at.element;
    else return [];
  }
  unwrap();
  return typeof at === 'object' && at !== null && 'shape' in at ? Object.keys(at.shape as object) : [];
}

function typeError(path: readonly Key[], value: unknown, expected: readonly string[]): FieldError {
  const label = labelOf(path);
  if (value === undefined) return { path: pointerOf(path), code: 'REQUIRED', message: `缺少${label},请补填` };
  const words = expected.map((word) => TYPE_WORDS[word] ?? word).join('、');
  return { path: pointerOf(path), code: 'TYPE', message: `${label || '这里'}的类型不对,应当是${words}` };
}

function sizeError(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): FieldError {
  const path = pointerOf(issue.path);
  const label = labelOf(issue.path) || '这里';
  const big = issue.code === 'too_big';
  const bound = big ? issue.maximum : issue.minimum;
  if (issue.origin === 'string') {
    if (big) return { path, code: 'TOO_LONG', message: `${label}太长,最多 ${bound} 个字符` };
    const message = bound === 1 ? `${label}不能为空,请补填` : `${label}太短,至少 ${bound} 个字符`;
    return { path, code: 'TOO_SHORT', message };
  }
  if (issue.origin === 'array') {
    if (big) return { path, code: 'TOO_MANY', message: `${label}太多,最多 ${bound} 项` };
    return { path, code: 'TOO_FEW', message: `${label}至少要有 ${bound} 项` };
  }
  if (big) return { path, code: 'TOO_BIG', message: `${label}太大,不能超过 ${bound}` };
  const relation = issue.code === 'too_small' && issue.inclusive === false ? '大于' : '不小于';
  return { path, code: 'TOO_SMALL', message: `${label}太小,应当${relation} ${bound}` };
}

function formatError(path: readonly Key[], value: unknown): FieldError {
  if (path.at(-1) === 'amount') {
    const message = `标的额「${quoted(value)}」不是合法金额:写元为单位的数字,最多两位小数,不带逗号和单位,例如 86000.00`;
    return { path: pointerOf(path), code: 'AMOUNT_MALFORMED', message };
  }
  return { path: pointerOf(path), code: 'FORMAT', message: `${labelOf(path) || '这里'}的格式不对` };
}

function customError(path: readonly Key[], value: unknown, params: Record<string, unknown> | undefined): FieldError {
  const code = typeof params?.code === 'string' ? params.code : 'INVALID';
  if (code === 'DATE_MALFORMED') {
    const message = `${labelOf(path)}「${quoted(value)}」不是真实存在的日期,请写成 2026-03-09 的形式`;
    return { path: pointerOf(path), code, message };
  }
  const text = typeof params?.message === 'string' ? params.message : '填写不正确,请核对';
  return { path: pointerOf(path), code, message: `${labelOf(path)}${text}` };
}

function ofIssue(issue: Issue, input: unknown, schema: z.core.$ZodType): FieldError[] {
  const value = valueAt(input, issue.path);
  switch (issue.code) {
    case 'invalid_type':
      return [typeError(issue.path, value, [issue.expected])];
    case 'invalid_value': {
      if (value === undefined) return [typeError(issue.path, value, [])];
      const words = issue.values.map(String);
      const meant = typeof value === 'string' ? nearest(value, words) : undefined;
      const hint = meant === undefined ? '' : `(是不是「${meant}」?)`;
      const message = `${labelOf(issue.path)}「${quoted(value)}」不能识别${hint};可填:${words.join('、')}`;
      return [{ path: pointerOf(issue.path), code: 'ENUM', message }];
    }
    case 'too_big':
    case 'too_small':
      return [sizeError(issue)];
    case 'invalid_format':
      return [formatError(issue.path, value)];
    case 'unrecognized_keys': {
      const known = knownKeys(schema, issue.path);
      return issue.keys.map((key) => {
        const meant = nearest(key, known);
        const hint = meant === undefined ? '请删去,或者核对字段名' : `是不是「${meant}」?`;
        const message = `没有「${quoted(key)}」这个字段,${hint}`;
        return { path: pointerOf([...issue.path, key]), code: 'UNKNOWN_FIELD', message };
      });
    }
    case 'invalid_union': {
      const expected = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected] : []));
      return [typeError(issue.path, value, expected)];
    }
    case 'custom':
      return [customError(issue.path, value, issue.params)];
    default:
      return [{ path: pointerOf(issue.path), code: 'INVALID', message: `${labelOf(issue.path)}填写不正确,请核对` }];
  }
}

/** The errors of both, the earlier first; where `first` already says something about a field, `second` does not repeat it. */
export function mergeErrors(first: readonly FieldError[], second: readonly FieldError[]): FieldError[] {
  const seen = new Set(first.map((error) => error.path));
  return [...first, ...second.filter((error) => !seen.has(error.path))];
}

/**
 * The findings of a zod schema as field errors: at most one per field, in the schema's order, with stable codes
 * (REQUIRED, TYPE, UNKNOWN_FIELD, ENUM, TOO_LONG, TOO_SHORT, TOO_MANY, TOO_FEW, TOO_BIG, TOO_SMALL, AMOUNT_MALFORMED,
 * FORMAT, INVALID, and what a refinement puts into `params.code`, such as DATE_MALFORMED).
 *
 * @param input the value that was parsed: zod does not tell a missing field from a wrong one
 * @param schema what it was parsed with, for suggestions on unknown fields
 */
export function fieldErrors(
  found: { readonly issues: readonly Issue[] } | readonly Issue[],
  input: unknown,
  schema: z.core.$ZodType = filingSchema,
): FieldError[] {
  const issues = 'issues' in found ? found.issues : found;
  const errors = new Map<string, FieldError>();
  for (const issue of issues) {
    for (const error of ofIssue(issue, input, schema)) if (!errors.has(error.path)) errors.set(error.path, error);
  }
  return [...errors.values()];
}
