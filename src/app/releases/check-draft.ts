import { can, type Subject } from '../../core/access/can.js';
import { type Digest, sha256Hex } from '../../core/kernel/digest.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { Sources } from '../../core/releases/draft-files.js';
import type { Problem, RuleFile } from '../../core/rules/source.js';
import { actorOf, permit } from '../permit.js';
import type { Context, Service, Store } from '../ports.js';
import { type Checked, checkDraft, TextCache } from './draft-checks.js';
import { contentOf, type DraftContent } from './draft-content.js';
import { draftFound } from './found.js';
import type { MergedFile } from './rebase-draft.js';
import type { CheckCounts } from './release-views.js';
import { refuseTooMany, refuseUnfit } from './save-file.js';

/** What a check tells its author. */
export interface DraftReport {
  readonly revision: number;
  readonly base: number;
  readonly on: PlainDate;
  readonly problems: readonly Problem[];
  /** Rulings that the rules contradict as their files say; they hold nothing up. */
  readonly pending: readonly Problem[];
  /** What nobody need correct, but should know. */
  readonly remarks: readonly Problem[];
  /** Undefined where the rules could not be read. */
  readonly counts: CheckCounts | undefined;
  readonly failedExamples: number;
  /** Nothing is wrong. */
  readonly isSound: boolean;
  /** The draft counts as checked from now on: what is saved was checked, and nothing is wrong. */
  readonly isChecked: boolean;
}

const textCaches = new WeakMap<Store, TextCache>();

/** A draft with the texts of all its files. */
export interface DraftTexts {
  readonly content: DraftContent;
  readonly files: readonly RuleFile[];
  /** Those of the release that it changes. */
  readonly base: readonly RuleFile[];
  readonly today: PlainDate;
}

/** The files of a draft as they are saved, with texts that are not saved yet in their place. */
export async function draftTexts(
  { subject, service }: Context,
  id: string,
  unsaved: readonly MergedFile[] = [],
): Promise<DraftTexts> {
  return service.store.read(subject.court, async (tx) => {
    const content = await contentOf(tx.releases, await draftFound(tx.releases, id));
    refuseTooMany(
      content,
      unsaved.map(({ path }) => path),
    );
    const own = new Map(unsaved.flatMap(({ text }) => (text === null ? [] : [[sha256Hex(text), text]])));
    const sources: Sources = withUnsaved(content.files, unsaved);
    const cache = textCaches.get(service.store) ?? new TextCache();
    textCaches.set(service.store, cache);
    const files = await cache.filesOf(sources, async (digests) => {
      const stored = await tx.releases.texts(digests.filter((digest) => !own.has(digest)));
      return new Map([...stored, ...own]);
    });
    const base = await filesBefore(content, files, (digests) => tx.releases.texts(digests));
    return { content, files, base, today: tx.today };
  });
}

/** Most files are as they were: only those that changed are fetched. */
async function filesBefore(
  { base }: DraftContent,
  files: readonly RuleFile[],
  fetch: (digests: readonly Digest[]) => Promise<ReadonlyMap<Digest, string>>,
): Promise<RuleFile[]> {
  const now = new Map(files.map((file) => [`${file.path} ${sha256Hex(file.text)}`, file]));
  const gone = [...base].filter(([path, digest]) => !now.has(`${path} ${digest}`)).map(([, digest]) => digest);
  const texts = gone.length === 0 ? new Map<Digest, string>() : await fetch(gone);
  return [...base].map(([path, digest]) => now.get(`${path} ${digest}`) ?? { path, text: texts.get(digest) ?? '' });
}

function withUnsaved(files: Sources, unsaved: readonly MergedFile[]): Sources {
  const sources = new Map(files);
  for (const { path, text } of unsaved) {
    if (text === null) sources.delete(path);
    else sources.set(path, sha256Hex(text));
  }
  return sources;
}

/**
 * Whoever may read the rules may see what is found in a draft as it is saved; with texts of their own only those who may check. Whether
 * they may check is returned: a look by anybody else changes nothing.
 */
export function permitLook(subject: Subject, unsaved: readonly MergedFile[]): boolean {
  permit(subject, unsaved.length > 0 ? 'release.check' : 'release.read');
  return can(subject, 'release.check', { court: subject.court }).allowed;
}

/** Checks a draft as it is saved, or as it would be with texts that are not saved yet. */
export async function checkSavedDraft(
  context: Context,
  id: string,
  unsaved: readonly MergedFile[] = [],
): Promise<DraftReport> {
  const { subject, service } = context;
  const mayMark = permitLook(subject, unsaved);
  refuseUnfit(unsaved);
  const { content, files, today } = await draftTexts(context, id, unsaved);
  const checked = await checkDraft(id, files, today);
  const { revision, base, state } = content.draft;
  const isSound = soundness(checked);
  const isChecked = mayMark && isSound && unsaved.length === 0 && state === 'draft';
  return {
    revision,
    base,
    on: today,
    problems: checked.problems,
    pending: checked.report?.pending ?? [],
    remarks: checked.report?.remarks ?? [],
    counts: countsOf(checked),
    failedExamples: checked.report?.examples.filter(({ passed }) => !passed).length ?? 0,
    isSound,
    isChecked: isChecked && (await markChecked(service, subject, id, { revision, base })),
  };
}

/** How much was looked at; undefined where the rules could not be read. */
export function countsOf({ edition, report }: Checked): CheckCounts | undefined {
  if (!edition || !report) return undefined;
  const { flows, adjustments, ladders } = edition;
  return { ...report.counts, flows: flows.length, adjustments: adjustments.length, ladders: ladders.length };
}

/** Everything can be read, nothing is wrong and every example passes. */
export const soundness = ({ edition, problems, report }: Checked): boolean =>
  edition !== undefined && problems.length === 0 && report?.examples.every(({ passed }) => passed) === true;

/** Whether it is still what was checked. */
function markChecked(
  { store }: Service,
  subject: Context['subject'],
  id: string,
  { revision, base }: { readonly revision: number; readonly base: number },
): Promise<boolean> {
  return store.act({ court: subject.court, user: actorOf(subject) }, async (tx) => {
    await tx.releases.lock();
    const draft = await draftFound(tx.releases, id);
    if (draft.state !== 'draft' || draft.revision !== revision || draft.base !== base) return false;
    if (draft.checkedRevision === revision && draft.checkedBase === base) return true;
    await tx.releases.markChecked(id, { revision, base });
    tx.record({ action: 'release.check', subject: id, body: { revision, base } });
    return true;
  });
}
