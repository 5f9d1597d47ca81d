import type { ActorKind } from '../flows/flow.js';

/** What a deadline of a decision is for, and who has to see to it. */
export interface DeadlineKind {
  /**
   * Until when it is in sight. `assignment`: until somebody holds the matter, however late. `closure`: until the matter is closed, however
   * late. `window`: to its last day; what was not done by then cannot be done or is not known here.
   */
  readonly ends: 'assignment' | 'closure' | 'window';
  readonly waitsFor: ActorKind;
}

/** 期限种类 of the vocabulary, each with what it waits for. */
export const DEADLINE_KINDS: Readonly<Record<string, DeadlineKind>> = {
  filing_decision: { ends: 'assignment', waitsFor: 'filing_division' },
  first_trial_diversion: { ends: 'assignment', waitsFor: 'filing_division' },
  first_enforcement_diversion: { ends: 'assignment', waitsFor: 'command_centre' },
  objection: { ends: 'window', waitsFor: 'recipient' },
  enforcement_consultation: { ends: 'window', waitsFor: 'recipient' },
  trial_limit: { ends: 'closure', waitsFor: 'recipient' },
  enforcement_limit: { ends: 'closure', waitsFor: 'recipient' },
  panel_notice: { ends: 'window', waitsFor: 'recipient' },
};

/** The kinds that end so. */
export const deadlinesEnding = (ends: DeadlineKind['ends']): string[] =>
  Object.entries(DEADLINE_KINDS).flatMap(([kind, each]) => (each.ends === ends ? [kind] : []));
