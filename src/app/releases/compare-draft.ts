import type { LawbookDiff } from '../../core/checking/diff-lawbooks.js';
import type { Problem } from '../../core/rules/source.js';
import type { Context } from '../ports.js';
import { draftTexts, permitLook } from './check-draft.js';
import { compareDraft } from './draft-checks.js';
import type { MergedFile } from './rebase-draft.js';
import { refuseUnfit } from './save-file.js';

/** What a draft changes against the release that it is based on. */
export interface DraftComparison {
  readonly revision: number;
  readonly base: number;
  /** Null where the rules cannot be read: then `problems` say why. */
  readonly diff: LawbookDiff | null;
  readonly problems: readonly Problem[];
}

/** Compares a draft as it is saved, or as it would be with texts that are not saved yet. */
export async function compareSavedDraft(
  context: Context,
  id: string,
  unsaved: readonly MergedFile[] = [],
): Promise<DraftComparison> {
  permitLook(context.subject, unsaved);
  refuseUnfit(unsaved);
  const { content, files, base } = await draftTexts(context, id, unsaved);
  const found = await compareDraft(id, base, files);
  const { revision, base: number } = content.draft;
  const isRead = 'changes' in found;
  return { revision, base: number, diff: isRead ? found : null, problems: isRead ? [] : found };
}
