import type { Subject } from '../../core/access/can.js';
import { type ActorKind, isByPeople } from '../../core/flows/flow.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import { officesOf } from '../flows/act-in-flow.js';
import { type QueueQuery, RELATIONS, type Turn, type WaitingState } from '../objection-ports.js';
import type { Page } from '../page.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { benchOf } from '../stored-filing.js';
import { type ObjectionRow, rowOf } from './row.js';

/** Which runs the queue shows. */
export interface QueueFilter extends Pick<QueueQuery, 'state' | 'flow' | 'limit' | 'after'> {
  /** Only those that wait for it. */
  readonly waitsFor?: ActorKind;
  /** Only those in which the one who looks may take a step that somebody waits for. */
  readonly mine?: true;
  readonly overdue?: true;
}

/** The runs of all flows of a court, by clock. */
export function seeQueue(
  { subject, service }: Context,
  { waitsFor, mine, ...query }: QueueFilter,
): Promise<Page<ObjectionRow>> {
  permit(subject, 'filing.list');
  return service.store.read(subject.court, async (tx) => {
    const { lawbook } = tx;
    const bench = await benchOf(tx);
    const waiting = waitsFor && statesOf(lawbook, (kinds) => kinds.includes(waitsFor));
    const asked = { ...query, ...(waiting && { waiting }), ...(mine && { turn: turnOf(subject, lawbook) }) };
    const { items, next } = await tx.objections.queue(asked, tx.today);
    const barred =
      subject.judges.length > 0 ? await tx.objections.barredFrom(items.map(({ filing }) => filing)) : undefined;
    const maker = { subject, bench, today: tx.today };
    return { items: items.map((item) => rowOf(item, maker, barred?.get(item.filing) ?? [])), next };
  });
}

/** States that wait for somebody. */
const statesOf = ({ flows }: Pick<Lawbook, 'flows'>, is: (kinds: readonly ActorKind[]) => boolean): WaitingState[] =>
  flows.flatMap(({ key: flow, states }) =>
    states.filter(({ waitsFor }) => is(waitsFor)).map(({ key: state }) => ({ flow, state })),
  );

/** Whoever a state waits for is at turn, and so is every other office that may act in their place. */
function turnOf({ user, roles, judges }: Subject, lawbook: Lawbook): Turn {
  const held = officesOf(roles);
  const offices = lawbook.flows.flatMap(({ key: flow, states, actions }) =>
    states
      .filter(({ key, waitsFor }) =>
        [...waitsFor, ...actions.filter(isByPeople).flatMap(({ from, by }) => (from === key ? by : []))].some((kind) =>
          held.has(kind),
        ),
      )
      .map(({ key: state }) => ({ flow, state })),
  );
  return {
    ids: [...judges, user],
    offices,
    relations: RELATIONS.flatMap((as) =>
      statesOf(lawbook, (kinds) => kinds.includes(as)).map((state) => ({ ...state, as })),
    ),
  };
}
