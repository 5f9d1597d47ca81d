import { type AdjustableClock, adjustedTerms } from '../../core/flows/adjustment.js';
import { clockEnd } from '../../core/flows/clock.js';
import { periodMatterOf } from '../../core/law/period.js';
import type { Ruleset } from '../../core/rules/ruleset.js';
import type { StoredAdjustment, StoredDeadline } from '../clock-ports.js';
import type { CourtReads, CourtTx, InForce, Service, StoredFiling } from '../ports.js';
import { rulesetOf } from '../rulesets.js';
import { type ValidFiling, validFiling } from '../stored-filing.js';

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

/** A deadline as it is counted now; what stands still keeps its last day and says since when. */
function countedNow(
  { lawbook }: InForce,
  filing: ValidFiling,
  deadline: StoredDeadline,
  adjustments: readonly StoredAdjustment[],
  ruleset: Ruleset,
): Pick<StoredDeadline, 'kind' | 'due' | 'provisional' | 'pausedSince'> {
  const { kind, due, provisional, pausedSince } = deadline;
  const end = clockEnd(adjustedTerms(adjustableDeadline(filing, deadline, adjustments, ruleset)), lawbook.calendar);
  if (end.kind === 'paused') return { kind, due, provisional, pausedSince: pausedSince ?? end.since };
  return { kind, due: end.due, provisional: end.provisional, pausedSince: undefined };
}

/** Counts the deadlines of a filing again that something was left out of or added to. */
export async function recountDeadlines(tx: CourtTx, filing: ValidFiling, ruleset: Ruleset): Promise<void> {
  const adjustments = await tx.clocks.adjustmentsOf(filing.id);
  if (adjustments.length === 0) return;
  for (const deadline of await tx.clocks.deadlinesOf(filing.id)) {
    if (!adjustments.some((each) => each.run === undefined && each.clock === deadline.kind)) continue;
    await tx.clocks.setDeadline(filing.id, countedNow(tx, filing, deadline, adjustments, ruleset));
  }
}

/**
 * Counts the provisional deadlines of a court's open cases again, once the calendar may know more: those whose last day has moved, or is
 * certain now, are set to it, with an act in the chain each. The decision stays as it was made.
 */
export async function recountProvisional(service: Service, court: string, signal?: AbortSignal): Promise<void> {
  for (const id of await service.store.read(court, (tx) => tx.clocks.provisionalFilings())) {
    if (signal?.aborted) return;
    const filing = await service.store.read(court, (tx) => tx.filing(id));
    if (filing === undefined || (await service.store.read(court, (tx) => moved(tx, filing))).length === 0) continue;
    await service.store.act({ court, user: null }, async (tx) => {
      const locked = await tx.lockFiling(id);
      const deadlines = locked === undefined ? [] : await moved(tx, locked);
      for (const { before, now } of deadlines) {
        await tx.clocks.setDeadline(id, now);
        const body = { kind: now.kind, before: before.due, due: now.due };
        tx.record({ action: 'deadline.recount', subject: id, body });
      }
      if (locked !== undefined && deadlines.length > 0) await tx.noteChange(locked);
    });
  }
}

/** The provisional deadlines of a filing that would be counted otherwise now. */
async function moved(tx: CourtReads, stored: StoredFiling) {
  const filing = validFiling(stored);
  const ruleset = await rulesetOf(tx, filing);
  const adjustments = await tx.clocks.adjustmentsOf(filing.id);
  return (await tx.clocks.deadlinesOf(filing.id))
    .filter(({ provisional }) => provisional)
    .map((before) => ({ before, now: countedNow(tx, filing, before, adjustments, ruleset) }))
    .filter(({ before, now }) => before.due !== now.due || !now.provisional);
}
