import type { ActorKind } from '../../core/flows/flow.js';
import { addDays, daysBetween, type PlainDate } from '../../core/kernel/plain-date.js';
import { DEADLINE_KINDS, deadlinesEnding } from '../../core/routing/deadline-kinds.js';
import { labelOf } from '../../core/rules/vocabulary.js';
import type { ClockRow, Sight } from '../clock-list-ports.js';
import type { Page } from '../page.js';
import { judgesSeen, permit } from '../permit.js';
import type { Context, InForce } from '../ports.js';

/** A clock as it is listed. */
export interface ClockLine {
  readonly filing: string;
  readonly reference: string;
  /** Of which flow; null for a deadline of the decision. */
  readonly flow: { readonly key: string; readonly name: string; readonly state: string } | null;
  readonly kind: string;
  readonly word: string;
  readonly from: PlainDate;
  /** Null while it stands still. */
  readonly due: PlainDate | null;
  /** Calendar days until it is due: 0 on the day, negative once it is over. */
  readonly daysLeft: number | null;
  readonly provisional: boolean;
  /** 延长, in the clock's own unit. */
  readonly extended: number;
  readonly length: number | null;
  readonly unit: 'day' | 'working_day' | 'month' | null;
  readonly judge: { readonly id: string; readonly name: string } | null;
  /** Who has to act by then. */
  readonly waitsFor: readonly string[];
}

export interface ClocksQuery {
  /** Only what is due within so many days, or is late. */
  readonly within?: number;
  readonly judge?: string;
  readonly kind?: string;
  readonly filing?: string;
  /** As of which day; today unless it is said. */
  readonly on?: PlainDate;
  readonly limit: number;
  readonly after?: string;
}

const SIGHT: readonly Sight[] = [
  { kinds: deadlinesEnding('assignment'), states: ['received', 'needs_review'], late: true },
  { kinds: deadlinesEnding('closure'), states: ['assigned'], late: true },
  { kinds: deadlinesEnding('window'), states: ['assigned'], late: false },
];

/** Every clock of the court that runs, by the day it is due; a judge sees those of their own cases, and of runs in which they have a part. */
export async function listClocks({ subject, service }: Context, query: ClocksQuery): Promise<Page<ClockLine>> {
  const { judge, within, on, ...rest } = query;
  permit(subject, 'clock.read', judge === undefined ? {} : { about: [judge] });
  const of = judge === undefined ? judgesSeen(subject, 'clock.read') : [judge];
  return service.store.read(subject.court, async (tx) => {
    const day = on ?? tx.today;
    const until = within === undefined ? undefined : addDays(day, within);
    const { items, next } = await tx.clockList.page({ ...rest, of, until }, day, SIGHT);
    return { items: items.map((row) => lineOf(row, day, tx)), next };
  });
}

function lineOf(row: ClockRow, on: PlainDate, { lawbook }: InForce): ClockLine {
  const { filing, reference, kind, run, from, due = null, provisional, extended, period, judge = null } = row;
  const { vocabulary } = lawbook.book;
  const flow = run && lawbook.flows.find(({ key }) => key === run.flow);
  const state = flow?.states.find(({ key }) => key === run?.state);
  const waitsFor: readonly ActorKind[] = run
    ? (state?.waitsFor ?? [])
    : [DEADLINE_KINDS[kind]?.waitsFor ?? 'recipient'];
  const clockName = flow?.clocks.find(({ key }) => key === kind)?.name;
  return {
    filing,
    reference,
    flow: run ? { key: run.flow, name: flow?.name ?? run.flow, state: state?.name ?? run.state } : null,
    kind,
    word: run ? (clockName ?? kind) : labelOf(vocabulary, '期限种类', kind),
    from,
    due,
    daysLeft: due === null ? null : daysBetween(on, due),
    provisional,
    extended,
    length: period?.length ?? null,
    unit: period?.unit ?? null,
    judge,
    waitsFor: waitsFor.map((each) => labelOf(vocabulary, '流程参与人', each)),
  };
}
