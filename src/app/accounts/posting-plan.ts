import type { Role } from '../../core/access/can.js';
import type { FieldError } from '../../core/documents/field-errors.js';
import { byCodePoint } from '../../core/kernel/order.js';
import { addDays, type PlainDate, parsePlainDate } from '../../core/kernel/plain-date.js';
import { Refusal } from '../refusal.js';
import type { Posting, PostingMoves } from './ports.js';

/** A posting as an administrator asks for it. */
export interface WantedPosting {
  readonly role: Role;
  readonly judge?: string;
  readonly from: string;
  readonly until?: string;
}

type Terms = Omit<Posting, 'id' | 'court'>;

function wrong(path: string, message: string): FieldError {
  return { path, code: 'POSTING_INVALID', message };
}

function errorsOf({ role, judge, from, until }: WantedPosting, path: string): FieldError[] {
  const first = parsePlainDate(from);
  const last = until === undefined ? undefined : parsePlainDate(until);
  return [
    ...(role === 'judge' && judge === undefined
      ? [wrong(`${path}/judge`, '角色是法官的，要写明是案卷里的哪一名法官')]
      : []),
    ...(role !== 'judge' && judge !== undefined ? [wrong(`${path}/judge`, '只有法官才填对应的法官，请删去')] : []),
    ...(first === undefined ? [wrong(`${path}/from`, '起始日期不是真实存在的日期，请写成 2026-03-09 的形式')] : []),
    ...(until !== undefined && last === undefined
      ? [wrong(`${path}/until`, '截止日期不是真实存在的日期，请写成 2026-03-09 的形式')]
      : []),
    ...(first !== undefined && last !== undefined && last < first
      ? [wrong(`${path}/until`, '截止日期不能早于起始日期')]
      : []),
  ];
}

/** What is wrong with postings that were asked for, and reads them. @throws Refusal USER_INVALID */
export function readPostings(wanted: readonly WantedPosting[]): Terms[] {
  const errors = wanted.flatMap((posting, index) => errorsOf(posting, `/postings/${index}`));
  if (errors.length > 0) throw new Refusal('USER_INVALID', '职务填写不正确，请按提示更正', errors);
  return wanted.map(({ role, judge, from, until }) => ({
    role,
    judge: judge ?? null,
    from: from as PlainDate,
    until: (until ?? null) as PlainDate | null,
  }));
}

const overlap = (a: Terms, b: Terms): boolean =>
  (a.until === null || a.until >= b.from) && (b.until === null || b.until >= a.from);

/** Whether somebody would audit a court on a day on which they administer it. */
export const auditsOwnWork = (postings: readonly Terms[]): boolean =>
  postings.some((a) => a.role === 'auditor' && postings.some((b) => b.role === 'administrator' && overlap(a, b)));

/** By the day it began, then by role. */
export const inOrder = (a: Posting, b: Posting): number =>
  byCodePoint(a.from, b.from) || byCodePoint(a.role, b.role) || byCodePoint(a.id, b.id);

/** What has to be done for `wanted` to hold from today on, and what then stands. */
export interface PostingPlan {
  readonly moves: PostingMoves;
  readonly after: readonly Posting[];
}

const isOver = ({ until }: Posting, today: PlainDate): boolean => until !== null && until < today;

const begunAs =
  (terms: Terms) =>
  ({ role, judge, from }: Posting): boolean =>
    role === terms.role && judge === terms.judge && from === terms.from;

/**
 * Which posting each of the wanted ones is: one with the same terms, or else one that is not over and began the same.
 */
function matched(before: readonly Posting[], wanted: readonly Terms[], today: PlainDate): (Posting | undefined)[] {
  const left = new Set(before);
  const take = (is: (posting: Posting) => boolean): Posting | undefined => {
    const posting = [...left].find(is);
    if (posting !== undefined) left.delete(posting);
    return posting;
  };
  const same = wanted.map((terms) => take((each) => begunAs(terms)(each) && each.until === terms.until));
  return wanted.map((terms, index) => same[index] ?? take((each) => begunAs(terms)(each) && !isOver(each, today)));
}

/** What becomes of a posting that is wanted until some day, or no longer; undefined where it never was in force. */
function outcome(posting: Posting, terms: Terms | undefined, today: PlainDate): Posting | undefined {
  if (isOver(posting, today)) return posting;
  if (posting.from >= today) return terms && { ...posting, until: terms.until };
  const yesterday = addDays(today, -1);
  const until = terms === undefined ? yesterday : terms.until;
  return { ...posting, until: until !== null && until < yesterday ? yesterday : until };
}

/**
 * Plans how the postings of a user in a court become those that are wanted. What was in force before today is history:
 * it is ended with yesterday at the earliest, and neither taken away nor changed once it is over. What is no longer
 * wanted is not in force today.
 */
export function planPostings(
  court: string,
  before: readonly Posting[],
  wanted: readonly Terms[],
  { today, id }: { readonly today: PlainDate; readonly id: () => string },
): PostingPlan {
  const match = matched(before, wanted, today);
  const outcomes = before.map((posting) => {
    const index = match.indexOf(posting);
    return { posting, after: outcome(posting, index < 0 ? undefined : wanted[index], today) };
  });
  const stands = outcomes.flatMap(({ after }) => after ?? []);
  const insert = wanted.flatMap((terms, index) => (match[index] === undefined ? [{ id: id(), court, ...terms }] : []));
  const until = outcomes.flatMap(({ posting, after }) =>
    after === undefined || after.until === posting.until ? [] : [{ id: after.id, until: after.until }],
  );
  const remove = outcomes.flatMap(({ posting, after }) => (after === undefined ? [posting.id] : []));
  return { moves: { insert, until, remove }, after: [...stands, ...insert].sort(inOrder) };
}
