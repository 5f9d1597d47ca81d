import type { LawbookDiff } from '../../core/checking/diff-lawbooks.js';

/** What changed, as the contract has it. */
export const diffOf = ({ changes, unknown, proofs, files }: LawbookDiff) => ({
  changes: changes.map((each) => ({ ...each, where: [...each.where], region: [...each.region] })),
  unknown: [...unknown],
  proofs,
  files: files.map((each) => ({ ...each, what: [...each.what] })),
});
