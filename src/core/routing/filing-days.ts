import type { Dossier } from '../documents/dossier.js';
import type { Filing } from '../documents/filing.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { type CaseDays, caseDays } from '../rules/case-days.js';

/** What is known of a filing's days besides its own. */
export interface GivenDays {
  /** The day of docketing, where it is not the filing's own. */
  readonly on?: PlainDate | undefined;
  /** The day of assignment, where it is later than the day of docketing or of the first measures' return. */
  readonly assignedOn?: PlainDate | undefined;
}

/** When a filing is docketed and assigned: on its own day unless another is said; enforcement once the first measures are back. */
export function filingDays(
  filing: Pick<Filing, 'stage' | 'receivedOn' | 'initialMeasuresReturnedOn'>,
  { on, assignedOn }: GivenDays,
): Pick<Dossier, 'docketedOn' | 'assignedOn'> {
  const docketedOn = on ?? filing.receivedOn;
  const ready = filing.stage === 'enforcement' ? (filing.initialMeasuresReturnedOn ?? docketedOn) : docketedOn;
  return { docketedOn, assignedOn: assignedOn !== undefined && assignedOn > ready ? assignedOn : ready };
}

/** The days by which the versions of rules are chosen that decide a filing. */
export function versionDays(filing: Filing, given: GivenDays): CaseDays {
  const { docketedOn, assignedOn } = filingDays(filing, given);
  return caseDays({ received: filing.receivedOn, docketed: docketedOn, assigned: assignedOn });
}

/** Those by which the versions were chosen that a decision was made by. */
export const recordedDays = ({ filing, docketedOn, assignedOn }: Dossier): CaseDays =>
  caseDays({ received: filing.receivedOn, docketed: docketedOn, assigned: assignedOn });
