import type { Docket } from '../../core/documents/docket.js';
import { isMoot, urgedIn } from '../../core/flows/escalation.js';
import { type ActorKind, CONCERNED, type Flow, type FlowState, type Level } from '../../core/flows/flow.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import { flowBasis } from '../../core/flows/flows-of.js';
import { type UrgedPerson, type Urging, urgingOf } from '../../core/flows/urging.js';
import type { Ruleset } from '../../core/rules/ruleset.js';
import { labelOf } from '../../core/rules/vocabulary.js';
import type { DueTimer, NewNotification, StoredRun } from '../flow-ports.js';
import type { Bench, CourtTx, Service } from '../ports.js';
import type { ValidFiling } from '../stored-filing.js';
import { clockEndOf, ladderOf } from './run-clock.js';

/** What a paper needs to know of a matter. */
export interface UrgedMatter {
  readonly filing: ValidFiling;
  readonly owner: string | undefined;
  readonly bench: Bench;
  readonly ruleset: Ruleset;
}

/**
 * Writes the paper of a level that a clock has come to, tells those whom it is for and puts it on the register; undefined where it has no sense any
 * more or there is nobody whom it could be for.
 */
export async function urge(
  tx: CourtTx,
  service: Service,
  { flow, matter, stored, timer }: { flow: Flow; matter: UrgedMatter; stored: StoredRun; timer: DueTimer },
  level: Level,
): Promise<Urging | undefined> {
  const { run } = stored;
  const { today } = tx;
  const end = clockEndOf(flow, run, matter, tx);
  const ladder = ladderOf(flow, run, matter, tx);
  const rung = ladder?.levels.find((each) => each.level === level);
  const state = flow.states.find(({ key }) => key === run.state);
  if (!ladder || !rung || !state || end?.kind !== 'due' || isMoot(ladder, level, end, today)) return undefined;
  const { docket } = matter.bench;
  const named = (actors: readonly ActorKind[]): Promise<UrgedPerson[]> =>
    peopleOf(tx, actors, { run, state, matter, docket });
  const found = await named(urgedIn(rung.to, state));
  // Where nobody is found who could be told, whoever would be answered to is.
  const to = found.length > 0 ? found : await named(ladder.answerTo);
  const [first] = to;
  if (!first) return undefined;
  const copies = (await named(urgedIn(rung.copies, state))).filter(
    (each) => !to.some(({ kind, id }) => kind === each.kind && id === each.id),
  );
  const { filing, owner } = matter;
  const { lawbook } = tx;
  const earlier = (await tx.urgings.ofFiling(filing.id)).filter(
    (each) => each.run === stored.id && each.urging.clock === run.clock?.key && each.urging.madeOn >= run.clock.setOn,
  );
  const number = await tx.urgings.nextNumber(level, Number(today.slice(0, 4)));
  const urging = urgingOf({
    court: docket.court,
    level,
    number,
    madeOn: today,
    flow,
    run,
    lastDay: end.due,
    provisional: end.provisional,
    filing: {
      reference: filing.reference,
      cause: filing.filing.cause,
      handler: docket.judges.find(({ id }) => id === owner)?.name,
    },
    to,
    copies,
    ladder,
    basis: flowBasis(
      { basis: [...flow.basis, ...ladder.basis] },
      lawbook.book,
      docket.court.code,
      filing.filing.receivedOn,
    ),
    earlier: earlier.map((each) => each.urging),
    vocabulary: lawbook.book.vocabulary,
  });
  const id = service.newId();
  await tx.urgings.write(stored, { id, timer: timer.id, number, to: first, urging });
  const about = { about: flow.key, action: level };
  const told = [...to, ...copies].map((each): NewNotification => ({ toKind: each.kind, toWhom: each.id, ...about }));
  await tx.flows.notify(stored, told);
  const document = { urging: id, number, due: end.due, daysLate: urging.daysLate };
  await tx.flows.step(stored, { kind: 'urge', action: level, state: run.state, on: today, reason: '', document });
  return urging;
}

interface Sought {
  readonly run: FlowRun;
  readonly state: FlowState;
  readonly matter: UrgedMatter;
  readonly docket: Omit<Docket, 'cases'>;
}

/** Who they are, each once: judges by the roster; offices by what they are called, or in their place whoever took the filing that waits for them. */
async function peopleOf(
  tx: CourtTx,
  actors: readonly ActorKind[],
  { run, state, matter, docket }: Sought,
): Promise<UrgedPerson[]> {
  const { vocabulary } = tx.lawbook.book;
  const { filing, owner } = matter;
  const taker = filing.state === 'needs_review' ? filing.waitingFor : undefined;
  const takerName = taker === undefined ? undefined : await tx.urgings.userName(taker);
  const concerned: Partial<Record<ActorKind, string | undefined>> = {
    recipient: owner,
    claimed_owner: run.claimedOwner,
    challenged: run.challenged,
    applicant: run.applicant,
  };
  const found = actors.flatMap((actor): UrgedPerson[] => {
    const judge = docket.judges.find(({ id }) => id === concerned[actor]);
    if (judge) return [{ kind: 'judge', id: judge.id, name: judge.name }];
    if (CONCERNED.includes(actor)) return [];
    if (taker !== undefined && takerName !== undefined && state.waitsFor.includes(actor)) {
      return [{ kind: 'user', id: taker, name: takerName }];
    }
    return [{ kind: 'office', id: actor, name: labelOf(vocabulary, '流程参与人', actor) }];
  });
  return [...new Map(found.map((each) => [`${each.kind} ${each.id}`, each])).values()];
}
