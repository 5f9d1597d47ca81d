import type { Decision } from '../core/documents/decision.js';
import type { Dossier, Handover } from '../core/documents/dossier.js';
import type { FieldError } from '../core/documents/field-errors.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import { countPeriod } from '../core/law/period.js';
import { dayOf, NO_DAY } from '../core/routing/batch.js';
import { decide, rulesOf, sealed } from '../core/routing/decide.js';
import { versionDays } from '../core/routing/filing-days.js';
import { onOneDay } from '../core/rules/case-days.js';
import type { Ruleset } from '../core/rules/ruleset.js';
import { afterRouting } from './flows/after-routing.js';
import { recountDeadlines } from './flows/recount-deadlines.js';
import { gatherStored } from './gather-stored.js';
import type { CourtReads, CourtTx, InForce, Occasion, Service, Settlement, StoredFiling } from './ports.js';
import { rulesetOf, rulesetOn } from './rulesets.js';
import { benchOf, type ValidFiling, validFiling } from './stored-filing.js';

interface Settling {
  readonly occasion: Occasion;
  readonly handover?: Handover;
  /** The day on which it is decided, where that is not the day of docketing: every occasion but the first. */
  readonly decidedOn?: PlainDate;
}

/** What a decision on a filing rests on as things stand. */
export async function dossierOf(
  tx: CourtReads,
  filing: ValidFiling,
  { handover, decidedOn }: Omit<Settling, 'occasion'>,
): Promise<{ readonly dossier: Dossier; readonly ruleset: Ruleset }> {
  const { lawbook } = tx;
  const bench = await benchOf(tx);
  const { docketedOn } = filing;
  const ruleset = rulesetOn(bench, versionDays(filing.filing, { on: docketedOn, assignedOn: decidedOn }));
  const { dossier } = await gatherStored(tx, {
    filing: filing.filing,
    bench,
    lawbook,
    ruleset,
    ...(docketedOn && { docketedOn }),
    ...(decidedOn && { assignedOn: decidedOn }),
    ...(handover && { handover }),
  });
  return { dossier, ruleset };
}

/** Decides a filing by the stored docket, without storing anything. */
export async function decideStored(
  tx: CourtReads,
  service: Service,
  filing: ValidFiling,
  settling: Omit<Settling, 'occasion'>,
): Promise<{ readonly decision: Decision; readonly ruleset: Ruleset }> {
  const { evaluator } = service;
  const { dossier, ruleset } = await dossierOf(tx, filing, settling);
  return { decision: await decide({ dossier, ruleset, lawbook: tx.lawbook, evaluator, seed: filing.seed }), ruleset };
}

/** Decides a filing that nobody holds and stores all that follows: decision, clocks, owner, ledger, the docket's new case. */
export async function settle(
  tx: CourtTx,
  service: Service,
  filing: ValidFiling,
  settling: Settling,
): Promise<Decision> {
  const { decision, ruleset } = await decideStored(tx, service, filing, settling);
  const judge = decision.owner?.judge;
  const isAssigned = decision.status === 'assigned' && typeof judge === 'string';
  await storeDecision(tx, {
    filing,
    decision,
    occasion: settling.occasion,
    state: isAssigned ? 'assigned' : 'needs_review',
    waitingDue: isAssigned ? undefined : waitingDue(decision, filing.filing.receivedOn, ruleset, tx),
  });
  if (isAssigned) await tx.assign(filing, { judge, method: decision.owner?.method ?? '' });
  await afterRouting(tx, service, filing, decision, ruleset, isAssigned ? judge : undefined);
  return decision;
}

/** Stores the decision on a filing that cannot be read as one. */
export async function settleInvalid(
  tx: CourtTx,
  filing: StoredFiling,
  errors: readonly FieldError[],
  occasion: Occasion,
): Promise<void> {
  const bench = await benchOf(tx);
  const day = dayOf(filing.raw) ?? filing.docketedOn ?? NO_DAY;
  const rules = rulesOf(rulesetOn(bench, onOneDay(day)), tx.lawbook);
  const decision = sealed({ filing: filing.reference, status: 'invalid', errors, rules });
  await storeDecision(tx, { filing, decision, occasion, state: 'invalid', waitingDue: undefined });
}

/**
 * Stores a decision with its clocks: what was left out of the old ones or added to them counts for the new ones too. Its digest goes into
 * the chain; what it says stands in the decision itself.
 */
export async function storeDecision(tx: CourtTx, settlement: Settlement): Promise<void> {
  const { filing, decision, occasion } = settlement;
  await tx.saveDecision(settlement);
  if (filing.decision > 0 && filing.filing !== undefined) {
    const valid = validFiling(filing);
    await recountDeadlines(tx, valid, await rulesetOf(tx, valid));
  }
  const { digest, status, owner, rules } = decision;
  const body = { occasion, number: filing.decision + 1, digest, status, rules: rules.digest };
  const held = owner?.judge ? { judge: owner.judge, method: owner.method } : {};
  tx.record({ action: 'filing.decide', subject: filing.id, body: { ...body, ...held } });
}

/** Until when somebody has to look at a filing that waits: the review period of the law where one runs, or the court's own if that is earlier. */
function waitingDue(
  decision: Decision,
  receivedOn: PlainDate,
  ruleset: Ruleset,
  { lawbook }: InForce,
): PlainDate | undefined {
  const byLaw = decision.deadlines?.find(({ kind }) => kind === 'filing_decision')?.due as PlainDate | undefined;
  const length = ruleset.parameters.get('waiting.review_days')?.value;
  if (typeof length !== 'number') return byLaw;
  const period = { from: receivedOn, length, unit: 'working_day', matter: 'civil', roll: true } as const;
  const own = countPeriod(period, lawbook.calendar).due;
  return byLaw !== undefined && byLaw < own ? byLaw : own;
}
