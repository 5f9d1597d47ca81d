/** A desk whose rules stand in its database as a release, with people who write and approve rules. */

import type { Context } from '../../src/app/ports.js';
import { checkSavedDraft } from '../../src/app/releases/check-draft.js';
import { createDraft } from '../../src/app/releases/create-draft.js';
import { approveRelease } from '../../src/app/releases/decide-release.js';
import { type ProposalTerms, proposeRelease } from '../../src/app/releases/propose-release.js';
import { saveFile } from '../../src/app/releases/save-file.js';
import type { Approver } from '../../src/app/releases/seats.js';
import { seeDraft, seeDraftFile } from '../../src/app/releases/see-drafts.js';
import { seeRelease } from '../../src/app/releases/see-releases.js';
import { type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import type { RuleFile } from '../../src/core/rules/source.js';
import type { Db } from '../../src/shell/db/db.js';
import { type Registered, registerFolder } from '../../src/shell/db/register-folder.js';
import { readQuotedFiles, readRuleFiles } from '../../src/shell/files/rule-files.js';
import { lawbook, RULES } from './court.js';

/** All files of the shipped rules. */
export const RULE_FILES: readonly RuleFile[] = [...readRuleFiles(RULES), ...readQuotedFiles(RULES)];
export const textOfRule = (path: string): string => RULE_FILES.find((file) => file.path === path)?.text ?? '';

/** Makes the shipped rules release 1, in force from a day. */
export const withFirstRelease = (db: Db, today = '2026-03-01'): Promise<unknown> => withFolder(db, RULE_FILES, today);

/** A process that was started with this folder, by a service or by a command that is run once. */
export const withFolder = (db: Db, files: readonly RuleFile[], today: string, onlyFirst = false): Promise<Registered> =>
  registerFolder(db, lawbook.book, files, { now: `${today}T00:00:00.000Z`, today: plainDate(today), onlyFirst });

export const ORDINARY: ProposalTerms = { urgency: 'ordinary', reason: '按新的通知修改' };
export const EMERGENCY: ProposalTerms = { urgency: 'emergency', ground: 'faulty_rule', reason: '限额写错' };

export const asApprover = (by: Context): Approver => ({ ...by, postings: [by.subject] });

/** A file that no rule depends on much: the deadlines of waiting work. */
export const PARAMETERS = 'parameters/national.csv';
/** The same rules with another note: nothing decides otherwise. */
export const reworded = (words: string): string =>
  textOfRule(PARAMETERS).replace(/写 0 就不发\n/, `写 0 就不发（${words}）\n`);

/** A draft with one file saved in it. */
export async function drafted(by: Context, path: string, text: string | null, title = '调整'): Promise<string> {
  const id = await createDraft(by, { title, note: '' });
  await saved(by, id, path, text);
  return id;
}

/** Saves a file as whoever has just read it. */
export async function saved(by: Context, id: string, path: string, text: string | null): Promise<number> {
  const known = await seeDraftFile(by, id, path).catch(() => undefined);
  const base = known?.base ?? (await seeDraft(by, id)).base;
  return saveFile(by, id, { path, text, revision: known?.revision ?? 0, base });
}

/** Proposes a draft as it stands; gives the number of the release. */
export async function proposed(by: Context, id: string, terms = ORDINARY): Promise<number> {
  const { revision } = await seeDraft(by, id);
  return proposeRelease(by, id, { revision, ...terms });
}

export async function approved(by: Context, number: number, effectiveOn?: string): Promise<void> {
  const { version } = await seeRelease(by, number);
  const day: PlainDate | undefined = effectiveOn === undefined ? undefined : plainDate(effectiveOn);
  await approveRelease(asApprover(by), number, { version, reason: '同意', effectiveOn: day });
}

export const checked = (by: Context, id: string) => checkSavedDraft(by, id);
