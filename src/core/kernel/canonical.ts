import canonicalize from 'canonicalize';
import { InvariantError } from './result.js';

function refuse(value: unknown, path: string): never {
  throw new InvariantError(`not canonical JSON at ${path || '/'}: ${typeof value}`);
}

/** The library turns a Map into `{}` and drops `undefined`: whatever JSON cannot hold is refused before it gets there. */
function assertJson(value: unknown, path: string): void {
  if (value === null) return;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) refuse(value, path);
      return;
    case 'object':
      break;
    default:
      refuse(value, path);
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) assertJson(value[index], `${path}/${index}`);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse(value, path);
  for (const [key, member] of Object.entries(value as object)) assertJson(member, `${path}/${key}`);
}

/**
 * Canonical JSON (RFC 8785): the one text that a value is hashed as.
 *
 * @throws InvariantError for `undefined`, functions, bigint, NaN, Infinity, Map, Date and class instances
 * @throws Error for a lone surrogate
 */
export function canonicalJson(value: unknown): string {
  assertJson(value, '');
  const text = canonicalize(value);
  if (text === undefined) throw new InvariantError('nothing to canonicalise');
  return text;
}
