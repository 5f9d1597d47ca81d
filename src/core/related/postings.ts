import { byCodePoint } from '../kernel/order.js';
import type { EarlierCase } from './earlier-case.js';

/** By day of filing, then case number in code-point order: the order of every list in this room. */
export const compareCases = (x: EarlierCase, y: EarlierCase): number =>
  x.day - y.day || byCodePoint(x.caseNo, y.caseNo);

/** The first place whose case was filed on or after `day`. */
export function firstFrom(list: readonly EarlierCase[], day: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.day ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts a case where `compareCases` wants it; at the end in most cases, since cases come in by date. Each case once. */
export function insertSorted(list: EarlierCase[], added: EarlierCase): void {
  const last = list.at(-1);
  if (last === added) return;
  if (last === undefined || compareCases(last, added) < 0) {
    list.push(added);
    return;
  }
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = list[middle];
    if (at !== undefined && compareCases(at, added) <= 0) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0; at--) {
    const equal = list[at];
    if (equal === added) return;
    if (equal === undefined || compareCases(equal, added) !== 0) break;
  }
  list.splice(low, 0, added);
}

/** Whether the sorted list holds this very case. */
export function holds(list: readonly EarlierCase[], wanted: EarlierCase): boolean {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = list[middle];
    if (at !== undefined && compareCases(at, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < list.length; at++) {
    const equal = list[at];
    if (equal === wanted) return true;
    if (equal === undefined || compareCases(equal, wanted) !== 0) return false;
  }
  return false;
}

const NONE: readonly EarlierCase[] = [];
/** A Map of V8 holds 2^24 entries at most; two million cases make about that many pair keys. */
const SHARDS = 16;

/** Key → cases, sorted. */
export class Postings<K extends string | number> {
  readonly #shards: Map<K, EarlierCase[]>[] = [];

  add(key: K, added: EarlierCase): void {
    const shard = this.#shard(key);
    const list = shard.get(key);
    if (list === undefined) shard.set(key, [added]);
    else insertSorted(list, added);
  }

  get(key: K): readonly EarlierCase[] {
    return this.#shard(key).get(key) ?? NONE;
  }

  #shard(key: K): Map<K, EarlierCase[]> {
    const number = typeof key === 'number' ? key % SHARDS : 0;
    let shard = this.#shards[number];
    if (shard === undefined) {
      shard = new Map();
      this.#shards[number] = shard;
    }
    return shard;
  }
}
