import { recordedDays, versionDays } from '../core/routing/filing-days.js';
import { type CaseDays, onOneDay } from '../core/rules/case-days.js';
import { daysChosenBy, type Ruleset, rulesetFor, versionKey } from '../core/rules/ruleset.js';
import type { StandingRun } from './flow-ports.js';
import type { Bench, CourtReads } from './ports.js';
import { benchOf, type ValidFiling, validFiling } from './stored-filing.js';

const rulesets = new WeakMap<Bench, Map<string, Ruleset>>();

/** The rules of today for the court and cases of these days; flattened once for each state of its bench, since everything that is remembered of rules hangs on it. */
export function rulesetOn(bench: Bench, days: CaseDays): Ruleset {
  const known = rulesets.get(bench) ?? new Map<string, Ruleset>();
  rulesets.set(bench, known);
  const { book } = bench.lawbook;
  const key = versionKey(book, days);
  const ruleset = known.get(key) ?? rulesetFor(book, bench.docket.court, days, bench.overrides);
  known.set(key, ruleset);
  return ruleset;
}

/** The rules by which a filing was decided last; before that, those of its own days. */
export async function rulesetOf(tx: CourtReads, filing: ValidFiling): Promise<Ruleset> {
  const bench = await benchOf(tx);
  const { receivedOn } = filing.filing;
  // Where the day of receipt alone decides, the decision need not be read for its days.
  if (isByReceipt(bench)) return rulesetOn(bench, onOneDay(receivedOn));
  const record = filing.decision > 0 ? (await tx.decisionOf(filing.id, filing.decision))?.record : undefined;
  return rulesetOn(bench, record ? recordedDays(record) : versionDays(filing.filing, { on: filing.docketedOn }));
}

/** The rules by which the filing of a run was decided last. */
export async function rulesetOfRun(tx: CourtReads, { filing: id, receivedOn }: StandingRun): Promise<Ruleset> {
  const bench = await benchOf(tx);
  const filing = isByReceipt(bench) ? undefined : await tx.filing(id);
  return filing ? rulesetOf(tx, validFiling(filing)) : rulesetOn(bench, onOneDay(receivedOn));
}

const isByReceipt = ({ lawbook }: Bench): boolean => daysChosenBy(lawbook.book).length === 1;
