import { type ObjectionRow, rowOf } from '../objections/row.js';
import type { Page } from '../page.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { benchOf } from '../stored-filing.js';

/** Objections, consultations and recusals that a judge applied for, or in which they are claimed or challenged; of cases that others hold too. */
export async function seeMyObjections(
  { subject, service }: Context,
  query: { readonly state: 'open' | 'ended'; readonly limit: number; readonly after?: string },
): Promise<Page<ObjectionRow>> {
  permit(subject, 'mine.read');
  return service.store.read(subject.court, async (tx) => {
    const bench = await benchOf(tx);
    const { items, next } = await tx.objections.queue({ ...query, concerning: subject.judges }, tx.today);
    const barred = await tx.objections.barredFrom(items.map(({ filing }) => filing));
    const maker = { subject, bench, today: tx.today };
    return { items: items.map((item) => rowOf(item, maker, barred.get(item.filing) ?? [])), next };
  });
}
