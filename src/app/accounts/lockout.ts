import { Refusal } from '../refusal.js';
import { isBefore, minutesAfter, secondsBetween } from './instants.js';
import { LOCKOUT } from './limits.js';

/** Wrong passwords in a row, and until when no further one is looked at. */
export interface Failures {
  readonly failures: number;
  readonly lockedUntil: string | null;
}

export const NO_FAILURES: Failures = { failures: 0, lockedUntil: null };

/** For how many minutes that many failures in a row lock an account; 0 where they do not. */
export function lockMinutes(failures: number): number {
  if (failures === 0 || failures % LOCKOUT.failures !== 0) return 0;
  return Math.min(LOCKOUT.mostMinutes, LOCKOUT.firstMinutes * 2 ** (failures / LOCKOUT.failures - 1));
}

/** What one more failure makes of them. Not for a locked account: what is not looked at does not count. */
export function oneMore({ failures }: Failures, now: string): Failures {
  const minutes = lockMinutes(failures + 1);
  return { failures: failures + 1, lockedUntil: minutes === 0 ? null : minutesAfter(now, minutes) };
}

export const isLocked = ({ lockedUntil }: Failures, now: string): boolean =>
  lockedUntil !== null && isBefore(now, lockedUntil);

/** What whoever signs in is told: the same whether there is such an account or not. */
export function failureRefusal({ lockedUntil }: Failures, now: string): Refusal {
  if (lockedUntil === null || !isBefore(now, lockedUntil)) {
    const text = `登录名或者密码不对，请核对后再试；连续输错 ${LOCKOUT.failures} 次，账号会锁定一段时间`;
    return new Refusal('SIGN_IN_FAILED', text);
  }
  const minutes = Math.ceil(secondsBetween(now, lockedUntil) / 60);
  const text = `连续多次输错密码，账号已锁定：请 ${minutes} 分钟后再试，或者请本院系统管理员解锁`;
  return new Refusal('ACCOUNT_LOCKED', text);
}
