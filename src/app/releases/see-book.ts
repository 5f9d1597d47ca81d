import type { Subject } from '../../core/access/can.js';
import type { BookRelease } from '../../core/book/book.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { Edition } from '../../core/releases/edition.js';
import type { Standing } from '../../core/releases/line.js';
import type { Service } from '../ports.js';
import { type ReleaseRow, rowsOf } from './release-views.js';

/** Which rules the book tells of now, and what was released. */
export interface BookNow {
  readonly today: PlainDate;
  /** In force today. */
  readonly edition: Edition;
  readonly history: readonly BookRelease[];
}

/** Enough for a page; all of them are at the desk of the rules. */
const HISTORY_MAX = 200;

const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  proposed: '待审批',
  approved: '已批准，未定施行日',
  scheduled: '待施行',
  in_force: '现行',
  superseded: '已被取代',
  rejected: '未批准',
  withdrawn: '已撤回',
  cancelled: '已取消',
};

/** The rules in force today and the releases, the latest first. For whoever is signed in: what decides cases is no secret among them. */
export const seeBookNow = (subject: Subject, { store }: Service): Promise<BookNow> =>
  store.read(subject.court, async ({ releases, today, lawbook: edition }) => {
    const { items } = await releases.releases({ limit: HISTORY_MAX });
    const rows = await rowsOf(releases, items, { subject, today });
    return { today, edition, history: rows.map(told) };
  });

function told({
  number,
  title,
  note,
  standing,
  effectiveOn,
  proposedAt,
  proposedBy,
  approvedBy,
  digest,
}: ReleaseRow): BookRelease {
  const who = [
    proposedBy === null ? '系统登记' : `${proposedBy.name}提出`,
    ...(approvedBy === null ? [] : [`${approvedBy.name}批准`]),
  ];
  return {
    name: `第 ${number} 号`,
    state: STANDING_WORDS[standing],
    effectiveFrom: effectiveOn ?? '未定',
    at: proposedAt.slice(0, 10),
    who: who.join('，'),
    what: note === '' ? title : `${title}：${note}`,
    digest,
  };
}
