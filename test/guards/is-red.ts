import { runInNewContext } from 'node:vm';

/** How long a check may take: one that goes on for ever has failed too. The checks take milliseconds. */
const LONGEST_MS = 5_000;

/** Whether a check fails. */
export function isRed(check: () => void): boolean {
  try {
    runInNewContext('check()', { check }, { timeout: LONGEST_MS });
    return false;
  } catch {
    return true;
  }
}
