import { type AdjustableClock, type AdjustmentRule, adjust, adjustmentsFor } from '../../core/flows/adjustment.js';
import { kindsOf } from '../../core/flows/play.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { StoredAdjustment } from '../clock-ports.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { Refusal } from '../refusal.js';
import { validFiling } from '../stored-filing.js';
import { actorIn } from './act-in-flow.js';
import { adjustableDeadline } from './recount-deadlines.js';
import { clockEndOf, runClock } from './run-clock.js';
import { flowOf, matterOf } from './stored-matter.js';

/** A clock of a filing with all that was done to it and what may be. */
export interface FilingClockView {
  /** The kind of deadline, where it is one of the decision. */
  readonly deadline: string | null;
  /** The flow, where it is the one that runs in it. */
  readonly flow: string | null;
  readonly word: string;
  readonly from: string;
  /** Null while it stands still. */
  readonly due: string | null;
  readonly length: number;
  readonly unit: 'day' | 'working_day' | 'month';
  readonly provisional: boolean;
  readonly pausedSince: string | null;
  readonly adjustments: readonly AdjustmentView[];
  readonly offered: readonly OfferedAdjustment[];
}

export interface AdjustmentView {
  readonly id: string;
  readonly word: string;
  readonly operation: 'exclude' | 'extend';
  readonly from: string | null;
  readonly to: string | null;
  readonly length: number;
  readonly appliedOn: string | null;
  readonly reason: string;
  readonly enteredBy: { readonly id: string; readonly name: string } | null;
  readonly enteredAt: string;
  readonly isWithdrawn: boolean;
}

export interface OfferedAdjustment {
  readonly rule: string;
  readonly word: string;
  readonly operation: 'exclude' | 'extend';
  readonly most: number | null;
  readonly needsAppliedOn: boolean;
  readonly basis: readonly string[];
  /** Why the one who looks may not. */
  readonly refused: { readonly code: string; readonly message: string } | null;
}

/** The clocks of a filing that run or stand still, for someone who may see it. */
export async function seeClocks({ subject, service }: Context, id: string): Promise<FilingClockView[]> {
  return service.store.read(subject.court, async (tx) => {
    const owner = (await tx.ownerOf(id))?.judge;
    permit(subject, 'filing.read', { owner });
    const stored = await tx.filing(id);
    if (stored === undefined) throw new Refusal('NOT_FOUND', '没有这件收案；请回到列表核对');
    if (stored.filing === undefined || stored.decision === 0) return [];
    const filing = validFiling(stored);
    const matter = await matterOf(tx, filing, []);
    const { lawbook } = tx;
    const entered = await tx.clocks.adjustmentsOf(id);
    const ruleOf = new Map(lawbook.adjustments.map((rule) => [rule.key, rule]));
    const words = lawbook.book.vocabulary.enumerations.get('期限种类')?.byKey;
    const kinds = kindsOf(actorIn(subject, owner, undefined), matter.view, undefined);
    const on = tx.today;
    const offered = (clock: AdjustableClock): OfferedAdjustment[] =>
      filing.state === 'closed'
        ? []
        : adjustmentsFor(lawbook.adjustments, clock, matter.view.facts, on).map((rule) => {
            const request = { rule: rule.key, reason: '…', kinds, on, ...filledIn(rule, on) };
            const tried = adjust(lawbook.adjustments, clock, matter.view.facts, request, lawbook.calendar);
            const { key, name, operation, most = null, appliedBeforeDays, basis } = rule;
            return {
              rule: key,
              word: name,
              operation,
              most,
              needsAppliedOn: appliedBeforeDays !== undefined,
              basis: basis.flatMap((each) => ('adopted' in each ? [] : [`${each.law}${each.article ?? ''}`])),
              refused: tried.ok ? null : tried.error,
            };
          });
    const viewsOf = (kind: string, run: string | undefined): AdjustmentView[] =>
      entered.filter((each) => each.clock === kind && each.run === run).map((each) => adjustmentView(each, ruleOf));
    const views: FilingClockView[] = [];
    for (const deadline of await tx.clocks.deadlinesOf(id)) {
      const { kind, from, due, length, unit, provisional, pausedSince } = deadline;
      views.push({
        deadline: kind,
        flow: null,
        word: words?.get(kind)?.word ?? kind,
        from,
        due: pausedSince === undefined ? due : null,
        length,
        unit,
        provisional,
        pausedSince: pausedSince ?? null,
        adjustments: viewsOf(kind, undefined),
        offered: offered(adjustableDeadline(filing, deadline, entered, matter.ruleset)),
      });
    }
    for (const { id: run, run: document } of matter.runs) {
      if (document.outcome !== undefined || !document.clock) continue;
      const flow = await flowOf(tx, filing, document.flow);
      const own = entered.filter((each) => each.run === run);
      const clock = runClock(flow, document, matter, own);
      const end = clockEndOf(flow, document, matter, tx);
      if (!clock || !end) continue;
      const { name } = flow.clocks.find(({ key }) => key === document.clock?.key) ?? flow;
      const { from, length, unit } = clock.terms;
      views.push({
        deadline: null,
        flow: flow.key,
        word: `${flow.name}:${name}`,
        from,
        due: end.kind === 'due' ? end.due : null,
        length,
        unit,
        provisional: end.kind === 'due' && end.provisional,
        pausedSince: clock.adjustments.find(({ from: since, to }) => since !== null && to === null)?.from ?? null,
        adjustments: viewsOf(document.clock.key, run),
        offered: offered(clock),
      });
    }
    return views;
  });
}

/** What is still to be filled in, so that only what stands in the way is told. */
const filledIn = ({ operation, appliedBeforeDays }: AdjustmentRule, on: PlainDate) =>
  operation === 'exclude' ? { from: on } : { length: 1, ...(appliedBeforeDays !== undefined && { appliedOn: on }) };

function adjustmentView(
  { id, rule, from, to, length, appliedOn, reason, enteredBy, enteredAt, isWithdrawn }: StoredAdjustment,
  ruleOf: ReadonlyMap<string, AdjustmentRule>,
): AdjustmentView {
  const operation = length > 0 ? 'extend' : 'exclude';
  const word = ruleOf.get(rule)?.name ?? rule;
  return {
    id,
    word,
    operation,
    from,
    to,
    length,
    appliedOn: appliedOn ?? null,
    reason,
    enteredBy,
    enteredAt,
    isWithdrawn,
  };
}
