import type { Digest } from '../kernel/digest.js';
import type { PlainDate } from '../kernel/plain-date.js';

/** What the line of releases goes by. */
export interface OnLine {
  readonly number: number;
  readonly state: 'proposed' | 'approved' | 'scheduled' | 'rejected' | 'withdrawn' | 'cancelled';
  readonly effectiveOn: PlainDate | null;
  readonly replacedBy: number | null;
}

/** 有效, 已被取代 and 已排期 follow from the day; the rest is as it was stored. */
export type Standing = OnLine['state'] | 'in_force' | 'superseded';

/** How a release stands on a day on which another (or itself) is in force. */
export function standingOf(
  { number, state, effectiveOn, replacedBy }: OnLine,
  inForce: number | undefined,
  day: PlainDate,
): Standing {
  if (state !== 'scheduled' || effectiveOn === null) return state;
  if (number === inForce) return 'in_force';
  return replacedBy !== null || effectiveOn <= day ? 'superseded' : 'scheduled';
}

export interface LineFault {
  readonly code: 'BEHIND' | 'DAY';
  readonly text: string;
}

/**
 * Whether a release may take its place at the end of the line on a day. Each carries on from the one before it, so none takes back
 * unseen what another brought: it is made from the last one, and comes into force after it.
 *
 * @param day of effect: an emergency's is today, everybody else's is to come; null where it is named later
 */
export function lineFault(
  base: number | null,
  tip: Pick<OnLine, 'number' | 'effectiveOn'> | undefined,
  { day, today, emergency }: { readonly day: PlainDate | null; readonly today: PlainDate; readonly emergency: boolean },
): LineFault | undefined {
  if (tip && tip.number !== base) {
    const ahead = tip.effectiveOn !== null && tip.effectiveOn > today;
    const cure = emergency && ahead ? `先取消第 ${tip.number} 号的排期，或者` : '';
    return {
      code: 'BEHIND',
      text: `这次发布依据的是第 ${base ?? 0} 号规则，现在最后一次发布是第 ${tip.number} 号；请${cure}把草稿并到它上面，重新检查和提出`,
    };
  }
  if (emergency) {
    if (tip?.effectiveOn && tip.effectiveOn > today)
      return {
        code: 'DAY',
        text: `第 ${tip.number} 号发布排在 ${tip.effectiveOn} 施行，紧急发布要在它之前；请先取消它的排期，施行之后再排`,
      };
    return undefined;
  }
  if (day === null) return undefined;
  if (day <= today) return { code: 'DAY', text: `施行日期要晚于今天（${today}）；今天就要施行的，用紧急发布` };
  if (tip?.effectiveOn && day <= tip.effectiveOn)
    return { code: 'DAY', text: `施行日期要晚于前一次发布（第 ${tip.number} 号）的 ${tip.effectiveOn}` };
  return undefined;
}

/** Whether two bundles hold the same files. */
export const sameSources = (
  a: readonly (readonly [string, Digest])[],
  b: readonly (readonly [string, Digest])[],
): boolean => JSON.stringify(a) === JSON.stringify(b);
