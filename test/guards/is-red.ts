import { runInNewContext } from 'node:vm';

/** How long a check may take: one that goes on for ever has failed too. The checks take milliseconds. */
const LONGEST_MS = 5_000;

/** Whether a check fails, one that takes its time when it has taken it. */
async function isRed(check: () => void | Promise<void>): Promise<boolean> {
  try {
    await runInNewContext('check()', { check }, { timeout: LONGEST_MS });
    return false;
  } catch {
    return true;
  }
}

/** The first of some checks that fails. */
export async function firstRed<C>(
  checks: Iterable<C>,
  run: (check: C) => void | Promise<void>,
): Promise<C | undefined> {
  for (const check of checks) if (await isRed(() => run(check))) return check;
  return undefined;
}
