import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../app/refusal.js';
import { type FieldError, pointerOf, wellFormed } from '../../core/documents/field-errors.js';
import { formatInputError, InputFault } from '../files/input-error.js';
import { parseJsonBytes } from '../files/read-json.js';
import './route-config.js';

/** Reads JSON bodies as files are read: strict UTF-8, no name twice, bounded depth; and nothing that cannot be stored. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const value = parsed(body);
    const { badTextsToldPerFiling = false } = request.routeOptions.config;
    const error = firstUnfit(value, badTextsToldPerFiling);
    if (error !== undefined) throw new Refusal('BODY_INVALID', `${error.path || '/'}：${error.message}`, [error]);
    return value;
  });
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) throw new Refusal('BODY_INVALID', '内容是空的，应当是 JSON');
  try {
    return parseJsonBytes(body).value;
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    throw new Refusal('BODY_INVALID', formatInputError({ ...error.fault, file: '请求的内容' }));
  }
}

interface Place {
  readonly value: unknown;
  readonly key: string;
  readonly above: Place | undefined;
}

/** The first thing in a body that JSON can say and nothing here can hold; found without recursion. */
function firstUnfit(body: unknown, allowsBadTexts: boolean): FieldError | undefined {
  const open: Place[] = [{ value: body, key: '', above: undefined }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, key } = place;
    const found = unfitKey(key, allowsBadTexts) ?? unfit(value, allowsBadTexts);
    if (found !== undefined) return { path: pointerTo(place), ...found };
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) open.push({ value: member, key: name, above: place });
  }
  return undefined;
}

function pointerTo(place: Place): string {
  const keys: string[] = [];
  for (let at = place; at.above !== undefined; at = at.above) keys.unshift(at.key);
  return pointerOf(keys);
}

const unfitKey = (key: string, allowsBadTexts: boolean): Omit<FieldError, 'path'> | undefined =>
  key === '__proto__' ? { code: 'UNKNOWN_FIELD', message: '没有这个字段，请删去' } : unfit(key, allowsBadTexts);

function unfit(value: unknown, allowsBadTexts: boolean): Omit<FieldError, 'path'> | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return { code: 'TOO_BIG', message: '数字太大，请核对' };
  if (typeof value !== 'string' || allowsBadTexts) return undefined;
  if (value.includes('\u0000')) return { code: 'TEXT_NUL', message: '文字里有看不见的空字符（NUL），请重新录入' };
  if (wellFormed(value) !== value) return { code: 'BAD_UNICODE', message: '文字里有残缺的字符，请重新录入' };
  return undefined;
}
