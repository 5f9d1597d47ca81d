import { addDays, type PlainDate } from '../../core/kernel/plain-date.js';
import { type Retroactive, retroactiveIn, unionOf } from '../../core/releases/retroactive.js';
import type { Page } from '../page.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import type { EarlierDecision, PageAsked } from '../release-ports.js';
import { benchOf } from '../stored-filing.js';
import { editionOf } from './editions.js';
import { releaseFound } from './found.js';

/** What a release changed for days that had passed, and the court's decisions on filings of these days. */
export interface EarlierDecisions extends Page<EarlierDecision> {
  readonly effectiveOn: PlainDate;
  /** What holds for days before the release. */
  readonly rules: readonly Retroactive[];
}

/**
 * 溯及: which decisions of the asker's court were made, before a release came into force, on filings of days for which it says something
 * else. Each court sees its own. Of a release that has no day yet, as if it came into force next: an emergency today, any other tomorrow.
 */
export async function seeEarlierDecisions(
  { subject, service }: Context,
  number: number,
  asked: PageAsked,
): Promise<EarlierDecisions> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async (tx) => {
    const { releases } = tx;
    const release = await releaseFound(releases, number);
    const tomorrow = addDays(tx.today, 1);
    const effectiveOn = release.effectiveOn ?? (release.urgency === 'emergency' ? tx.today : tomorrow);
    if (release.base === null) return { effectiveOn, rules: [], items: [], next: null };
    const before = await editionOf(releases, (await releaseFound(releases, release.base)).bundle);
    const after = await editionOf(releases, release.bundle);
    const { code, province } = (await benchOf(tx)).docket.court;
    const rules = retroactiveIn(before.book, after.book, effectiveOn, { code, province });
    const windows = unionOf(rules.flatMap((rule) => rule.windows));
    // An emergency is in force from its approval on, and until then every decision is made without it; any other from the midnight
    // before its day.
    const isEmergency = release.urgency === 'emergency';
    const until = (isEmergency && release.approvedAt) || `${isEmergency ? tomorrow : effectiveOn}T00:00:00+08:00`;
    if (windows.length === 0) return { effectiveOn, rules, items: [], next: null };
    return { effectiveOn, rules, ...(await releases.decidedIn(windows, until, asked)) };
  });
}
