import type { DrawReceipt } from '../documents/decision.js';
import { digestOf, hmacSha256 } from '../kernel/digest.js';
import { invariant } from '../kernel/result.js';

const ALGORITHM = 'HMAC-SHA-256/rejection-64';
const RANGE = 2n ** 64n;

export interface DrawRequest {
  /** Hex; the key of the HMAC. */
  readonly seed: string;
  readonly ruleDigest: string;
  readonly filing: string;
  /** 1 for the first draw of a filing; a repeat needs a ground and another number. */
  readonly number: number;
  /** At least one, in code-point order of id, weights whole and above 0. */
  readonly candidates: readonly { readonly judge: string; readonly weight: number }[];
}

/**
 * Draws one candidate by weight. Each attempt hashes (rule digest, pool digest, filing, draw number, attempt) under the
 * seed and takes the first 64 bits; values past the last whole multiple of the total are rejected, so that no
 * candidate gains from the remainder. The receipt holds all that a repeat needs.
 */
export function draw(request: DrawRequest): DrawReceipt {
  const { seed, ruleDigest, filing, number, candidates } = request;
  const total = candidates.reduce((sum, each) => sum + each.weight, 0);
  invariant(total > 0 && Number.isSafeInteger(total), 'a draw needs candidates with whole weights');
  const poolDigest = digestOf(candidates);
  const range = BigInt(total);
  const limit = (RANGE / range) * range;
  for (let attempt = 0; ; attempt++) {
    const bytes = hmacSha256(
      seed,
      [ALGORITHM, ruleDigest, poolDigest, filing, String(number), String(attempt)].join('\n'),
    );
    let value = 0n;
    for (const byte of bytes.subarray(0, 8)) value = value * 256n + BigInt(byte);
    if (value >= limit) continue;
    const ticket = Number(value % range);
    return {
      algorithm: ALGORITHM,
      seed,
      number,
      ruleDigest,
      poolDigest,
      candidates,
      total,
      attempt,
      ticket,
      judge: holderOf(ticket, candidates),
    };
  }
}

function holderOf(ticket: number, candidates: DrawRequest['candidates']): string {
  let upTo = 0;
  for (const { judge, weight } of candidates) {
    upTo += weight;
    if (ticket < upTo) return judge;
  }
  throw new Error('a ticket below the total has a holder');
}
