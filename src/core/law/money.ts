import { invariant } from '../kernel/result.js';

const AMOUNT = /^(0|[1-9]\d{0,14})(?:\.(\d{1,2}))?$/;

/**
 * Yuan as the contract writes them (`20000.00`, `0.5`) to whole fen. Undefined for signs, separators, leading zeros,
 * more than fifteen digits before the point or more than two after it.
 */
export function parseAmountFen(text: string): bigint | undefined {
  const match = AMOUNT.exec(text);
  if (match === null) return undefined;
  const [, yuan = '', fraction = ''] = match;
  return BigInt(yuan + fraction.padEnd(2, '0'));
}

/** Fen to yuan with exactly two decimals: 2000000n → `20000.00`. @throws InvariantError for a negative amount. */
export function formatFen(fen: bigint): string {
  invariant(fen >= 0n, 'an amount is never negative');
  const digits = fen.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
