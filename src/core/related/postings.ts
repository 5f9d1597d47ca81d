import { byCodePoint } from '../kernel/order.js';
import type { EarlierCase } from './earlier-case.js';

/** By day of filing, then case number in code-point order: the order of every list in this room. */
export const compareCases = (x: EarlierCase, y: EarlierCase): number =>
  x.day - y.day || byCodePoint(x.caseNo, y.caseNo);

/** The first place of a sorted list that does not lie before what is looked for, by halving. */
function firstNot(list: readonly EarlierCase[], isBefore: (each: EarlierCase) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(list[middle] as EarlierCase)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place whose case was filed on or after `day`. */
export const firstFrom = (list: readonly EarlierCase[], day: number): number =>
  firstNot(list, (each) => each.day < day);

/** Puts a case where `compareCases` wants it; at the end in most cases, since cases come in by date. Each case once. */
export function insertSorted(list: EarlierCase[], added: EarlierCase): void {
  const last = list.at(-1);
  if (last === added) return;
  if (last === undefined || compareCases(last, added) < 0) {
    list.push(added);
    return;
  }
  const place = firstNot(list, (each) => compareCases(each, added) <= 0);
  for (let at = place - 1; at >= 0; at--) {
    const equal = list[at];
    if (equal === added) return;
    if (equal === undefined || compareCases(equal, added) !== 0) break;
  }
  list.splice(place, 0, added);
}

/** Whether the sorted list holds this very case. */
export function holds(list: readonly EarlierCase[], wanted: EarlierCase): boolean {
  for (let at = firstNot(list, (each) => compareCases(each, wanted) < 0); at < list.length; at++) {
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
