import type { PlainDate } from '../core/kernel/plain-date.js';
import { type Ruleset, rulesetFor } from '../core/rules/ruleset.js';
import type { Bench, CourtReads } from './ports.js';
import { benchOf, type ValidFiling } from './stored-filing.js';

const rulesets = new WeakMap<Bench, Map<PlainDate, Ruleset>>();

/** The rules of today for the court and a day; flattened once for each state of its bench, since everything that is remembered of rules hangs on it. */
export function rulesetOn(bench: Bench, day: PlainDate): Ruleset {
  const known = rulesets.get(bench) ?? new Map<PlainDate, Ruleset>();
  rulesets.set(bench, known);
  const ruleset = known.get(day) ?? rulesetFor(bench.lawbook.book, bench.docket.court, day, bench.overrides);
  known.set(day, ruleset);
  return ruleset;
}

/** The rules by which a filing is decided. */
export const rulesetOf = async (tx: CourtReads, { filing }: ValidFiling): Promise<Ruleset> =>
  rulesetOn(await benchOf(tx), filing.receivedOn);
