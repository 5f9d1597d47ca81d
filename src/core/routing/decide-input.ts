import type { Dossier } from '../documents/dossier.js';
import type { Evaluator } from '../rules/evaluate.js';
import type { Ruleset } from '../rules/ruleset.js';
import type { Lawbook } from './lawbook.js';

/** All that a decision is made from. */
export interface DecideInput {
  readonly dossier: Dossier;
  readonly ruleset: Ruleset;
  readonly lawbook: Lawbook;
  readonly evaluator: Evaluator;
  /** Hex; the draw's key. */
  readonly seed: string;
}
