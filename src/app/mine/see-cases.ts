import type { Reason } from '../../core/documents/decision.js';
import { daysBetween } from '../../core/kernel/plain-date.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import type { HeldCase, HeldQuery, ResponseWindow } from '../mine-ports.js';
import { type ObjectionRow, rowOf } from '../objections/row.js';
import type { Page } from '../page.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { benchOf } from '../stored-filing.js';

/** A case as its judge finds it: how long they can respond, why it is theirs, and what goes on about it. */
export interface MineCase extends Omit<HeldCase, 'respond' | 'reasons'> {
  /** Null once it is over. */
  readonly respond: (NonNullable<HeldCase['respond']> & { readonly flow: string; readonly daysLeft: number }) | null;
  /** The one reason that tells most of why it is theirs. */
  readonly why: Reason | null;
  readonly objections: readonly ObjectionRow[];
}

/** What tells why a case is somebody's, the most telling in front. */
const TELLING: readonly Reason['about'][] = ['owner', 'draw', 'owner_unable'];

/** Deadlines within which whoever holds a matter begins a flow. */
export const responseWindows = ({ flows }: Pick<Lawbook, 'flows'>): ResponseWindow[] =>
  flows.flatMap(({ key: flow, actions }) =>
    actions.flatMap(({ within: kind, by }) =>
      kind !== undefined && by !== 'clock' && by.includes('recipient') ? [{ kind, flow }] : [],
    ),
  );

/** The cases that a judge holds, newest first. */
export async function seeMyCases(
  { subject, service }: Context,
  query: Pick<HeldQuery, 'part' | 'limit' | 'after'>,
): Promise<Page<MineCase>> {
  permit(subject, 'mine.read');
  return service.store.read(subject.court, async (tx) => {
    const windows = responseWindows(tx.lawbook);
    const flowFor = new Map(windows.map(({ kind, flow }) => [kind, flow]));
    const bench = await benchOf(tx);
    const { items, next } = await tx.mine.held({ ...query, judges: subject.judges, windows }, tx.today);
    const ids = items.map(({ id }) => id);
    const runs = await tx.objections.over(ids);
    const barred = await tx.objections.barredFrom(ids);
    const maker = { subject, bench, today: tx.today };
    const cases = items.map(
      ({ respond, reasons, ...held }): MineCase => ({
        ...held,
        respond: respond
          ? { ...respond, flow: flowFor.get(respond.kind) ?? '', daysLeft: daysBetween(tx.today, respond.due) }
          : null,
        why: TELLING.map((topic) => reasons.find(({ about }) => about === topic)).find((each) => each) ?? null,
        objections: runs
          .filter(({ filing }) => filing === held.id)
          .map((run) => rowOf(run, maker, barred.get(held.id) ?? [])),
      }),
    );
    return { items: cases, next };
  });
}
