import type { FieldError } from '../../core/documents/field-errors.js';
import { sha256Hex } from '../../core/kernel/digest.js';
import { EDITS_MAX, FILES_MAX, pathFault, textFault } from '../../core/releases/draft-files.js';
import { actorOf, permit } from '../permit.js';
import type { Context, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import type { ReleaseReads } from '../release-ports.js';
import { contentOf, type DraftContent, textOf } from './draft-content.js';
import { openDraft } from './found.js';

/** What is to become of one file of a draft. */
export interface FileSave {
  readonly path: string;
  /** Null: it is taken out. */
  readonly text: string | null;
  /** Of the save that the author started from; 0 where nobody had saved the file in this draft. */
  readonly revision: number;
  /** The release beneath the draft as the author saw it. */
  readonly base: number;
}

/**
 * Saves a file of a draft, or takes it out. Whoever started from anything but the last save is refused and told what stands there and
 * whose it is: nobody writes over what they have not seen.
 *
 * @returns the revision of the save
 */
export async function saveFile(
  { subject, service }: Context,
  id: string,
  file: FileSave,
  request?: RequestKey,
): Promise<number> {
  permit(subject, 'release.draft');
  refuseUnfit([file]);
  const { revision } = await service.store.act(
    { court: subject.court, user: actorOf(subject), request },
    async (tx) => {
      await tx.releases.lock();
      const content = await contentOf(tx.releases, await openDraft(tx.releases, id));
      await refuseStale(tx.releases, content, file);
      refuseTooMany(content, [file.path]);
      const { path, text } = file;
      const digest = text === null ? null : sha256Hex(text);
      const before = content.saved.find((each) => each.path === path);
      // Saving once more what stands there is no new revision.
      if (before && before.digest === digest) return { revision: before.revision };
      if (text === null && !content.files.has(path)) throw new Refusal('NOT_FOUND', `没有 ${path} 这个文件，无从删除`);
      const revision = await tx.releases.saveFiles(content.draft, new Map([[path, text]]));
      tx.record({ action: 'release.save', subject: id, body: { path, digest, revision } });
      return { revision };
    },
  );
  return revision;
}

/** @throws Refusal with every path and text that no rule file can have */
export function refuseUnfit(files: readonly Pick<FileSave, 'path' | 'text'>[]): void {
  const errors: FieldError[] = files.flatMap(({ path, text }) => {
    const fault = pathFault(path) ?? (text === null ? undefined : textFault(text));
    return fault === undefined ? [] : [{ path, code: 'RULE_FILE', message: fault }];
  });
  const [first] = errors;
  if (first) throw new Refusal('RULE_FILE_INVALID', `${first.path}：${first.message}`, errors);
}

async function refuseStale(
  releases: ReleaseReads,
  { draft, saved, files }: DraftContent,
  { path, revision, base }: FileSave,
): Promise<void> {
  const last = saved.find((each) => each.path === path);
  if ((last?.revision ?? 0) === revision && draft.base === base) return;
  const digest = files.get(path);
  const by = last && { id: last.savedBy, name: (await releases.namesOf([last.savedBy])).get(last.savedBy) ?? '' };
  const words = by ? `${by.name}在您打开以后保存过 ${path}` : `您打开以后，草稿并到了第 ${draft.base} 号规则上`;
  throw new Refusal('DRAFT_CONFLICT', `${words}；您的内容还没有保存，请对照现在的内容合并后再保存`, [], {
    path,
    base: draft.base,
    revision: last?.revision ?? 0,
    by: by ?? null,
    at: last?.savedAt ?? null,
    text: digest === undefined ? null : await textOf(releases, digest),
  });
}

/** @throws Refusal where a draft, or the rules with it, would hold more files than anybody can look through */
export function refuseTooMany({ edits, files }: DraftContent, paths: readonly string[]): void {
  if (new Set([...edits.keys(), ...paths]).size > EDITS_MAX)
    throw new Refusal('RULE_FILE_INVALID', `一份草稿最多改 ${EDITS_MAX} 个文件；请分成几次发布`);
  if (new Set([...files.keys(), ...paths]).size > FILES_MAX)
    throw new Refusal('RULE_FILE_INVALID', `规则文件最多 ${FILES_MAX} 个`);
}
