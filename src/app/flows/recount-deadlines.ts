import { type AdjustableClock, adjustedTerms } from '../../core/flows/adjustment.js';
import { clockEnd } from '../../core/flows/clock.js';
import { periodMatterOf } from '../../core/law/period.js';
import type { Ruleset } from '../../core/rules/ruleset.js';
import type { StoredAdjustment, StoredDeadline } from '../clock-ports.js';
import type { CourtTx, Service } from '../ports.js';
import type { ValidFiling } from '../stored-filing.js';

/** A deadline of a filing's decision with all that was done to it. */
export function adjustableDeadline(
  { filing }: ValidFiling,
  { kind, from, length, unit }: StoredDeadline,
  adjustments: readonly StoredAdjustment[],
  ruleset: Ruleset,
): AdjustableClock {
  // Whether a kind of deadline rolls past rest days, the cards that set it say.
  const rolls = (ruleset.rules.get('期限') ?? []).some(
    ({ card }) => card.conclusion?.value === kind && card.period?.rolls === true,
  );
  return {
    deadline: kind,
    terms: { from, length, unit, rolls, matter: periodMatterOf(filing.matter) },
    adjustments: adjustments.filter((each) => each.run === undefined && each.clock === kind && !each.isWithdrawn),
  };
}

/** Counts the deadlines of a filing again that something was left out of or added to; what stands still keeps its last day and says since when. */
export async function recountDeadlines(
  tx: CourtTx,
  { lawbook }: Service,
  filing: ValidFiling,
  ruleset: Ruleset,
): Promise<void> {
  const adjustments = await tx.clocks.adjustmentsOf(filing.id);
  if (adjustments.length === 0) return;
  for (const deadline of await tx.clocks.deadlinesOf(filing.id)) {
    const { kind, due, pausedSince, provisional } = deadline;
    if (!adjustments.some((each) => each.run === undefined && each.clock === kind)) continue;
    const clock = adjustableDeadline(filing, deadline, adjustments, ruleset);
    const end = clockEnd(adjustedTerms(clock), lawbook.calendar);
    await tx.clocks.setDeadline(filing.id, {
      kind,
      due: end.kind === 'due' ? end.due : due,
      provisional: end.kind === 'due' ? end.provisional : provisional,
      pausedSince: end.kind === 'paused' ? (pausedSince ?? end.since) : undefined,
    });
  }
}
