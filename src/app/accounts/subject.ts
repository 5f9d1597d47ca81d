import { ACTION_NAMES, type Action, can, type Resource, type Role, type Subject } from '../../core/access/can.js';
import { byCodePoint } from '../../core/kernel/order.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { Posting } from './ports.js';

const isOver = ({ until }: Posting, day: PlainDate): boolean => until !== null && until < day;

/** Whether a posting holds on a day. */
export const holdsOn = (posting: Posting, day: PlainDate): boolean => posting.from <= day && !isOver(posting, day);

const distinct = <T extends string>(values: readonly T[]): T[] => [...new Set(values)].sort(byCodePoint);

/** Who a user is in a court on a day; undefined where no posting of that court holds. */
export function subjectOn(
  user: string,
  court: string,
  postings: readonly Posting[],
  day: PlainDate,
): Subject | undefined {
  const held = postings.filter((posting) => posting.court === court && holdsOn(posting, day));
  if (held.length === 0) return undefined;
  const roles: Role[] = distinct(held.map(({ role }) => role));
  const judges = distinct(held.flatMap(({ judge }) => (judge === null ? [] : [judge])));
  return { user, court, roles, judges };
}

/** Who a user is on a day, in each court where a posting holds. */
export function subjectsOn(user: string, postings: readonly Posting[], day: PlainDate): ReadonlyMap<string, Subject> {
  const subjects = new Map<string, Subject>();
  for (const court of distinct(postings.map((posting) => posting.court))) {
    const subject = subjectOn(user, court, postings, day);
    if (subject !== undefined) subjects.set(court, subject);
  }
  return subjects;
}

/** The courts that an account reaches from a day on, in order: those where a posting is not over. */
export const reach = (postings: readonly Posting[], day: PlainDate): string[] =>
  distinct(postings.filter((posting) => !isOver(posting, day)).map(({ court }) => court));

/** Whether a subject may do it to something or other: in a case of one's own, to a proposal of one's own, or in general. */
export function couldEver(subject: Subject, action: Action): boolean {
  const { court, user, judges } = subject;
  const resources: Resource[] = [{ court }, { court, proposedBy: user }, ...judges.map((owner) => ({ court, owner }))];
  return resources.some((resource) => can(subject, action, resource).allowed);
}

/** What a subject may do to something or other. */
export const offers = (subject: Subject): Action[] => ACTION_NAMES.filter((action) => couldEver(subject, action));
