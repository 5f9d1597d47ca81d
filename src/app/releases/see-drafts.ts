import { changesBetween, type FileChange } from '../../core/releases/draft-files.js';
import { namesOf } from '../../core/rules/file-name.js';
import type { Page } from '../page.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { Refusal } from '../refusal.js';
import type { PageAsked, ReleaseReads, SavedFile, StoredDraft, StoredDraftState } from '../release-ports.js';
import { draftTexts } from './check-draft.js';
import { contentOf, type DraftContent, textOf } from './draft-content.js';
import { draftFound } from './found.js';
import { type Person, peopleOf } from './release-views.js';

/** A draft as lists show it. 已检查 is a draft of which exactly what is saved was checked, over the rules that it is over now. */
export interface DraftRow {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly state: StoredDraftState | 'checked';
  readonly base: number;
  /** Another release has been scheduled since: it has to be brought onto that one before it can be proposed. */
  readonly isBehind: boolean;
  readonly revision: number;
  readonly release: number | null;
  readonly createdBy: Person | null;
  readonly createdAt: string;
  readonly authors: readonly Person[];
  readonly version: number;
}

/** A file that a draft touches. */
export interface DraftFileRow {
  readonly path: string;
  /** Null: saved, and the same as beneath. */
  readonly change: FileChange | null;
  readonly revision: number;
  readonly savedBy: Person | null;
  readonly savedAt: string;
}

export interface DraftDetail extends DraftRow {
  readonly files: readonly DraftFileRow[];
}

export async function seeDrafts({ subject, service }: Context, asked: PageAsked): Promise<Page<DraftRow>> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async ({ releases }) => {
    const { items, next } = await releases.drafts(asked);
    const drafts: DraftRow[] = [];
    for (const draft of items) drafts.push(await rowOf(releases, draft));
    return { items: drafts, next };
  });
}

export async function seeDraft({ subject, service }: Context, id: string): Promise<DraftDetail> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async ({ releases }) => {
    const draft = await draftFound(releases, id);
    const content = await contentOf(releases, draft);
    const changes = changesBetween(content.base, content.files);
    const personOf = await peopleOf(
      releases,
      content.saved.map(({ savedBy }) => savedBy),
    );
    const files = content.saved.map(({ path, revision, savedBy, savedAt }) => ({
      path,
      change: changes.get(path) ?? null,
      revision,
      savedBy: personOf(savedBy),
      savedAt,
    }));
    return { ...(await rowOf(releases, draft)), files };
  });
}

async function rowOf(releases: ReleaseReads, draft: StoredDraft): Promise<DraftRow> {
  const { checkedRevision, checkedBase, ...rest } = draft;
  const authors = await releases.authorsOf(draft.id);
  const personOf = await peopleOf(releases, [...authors, draft.createdBy]);
  const tip = await releases.tip();
  const isChecked = draft.state === 'draft' && checkedRevision === draft.revision && checkedBase === draft.base;
  return {
    ...rest,
    state: isChecked ? 'checked' : draft.state,
    isBehind: draft.state === 'draft' && tip?.number !== draft.base,
    release: (await releases.releaseOf(draft.id)) ?? null,
    createdBy: personOf(draft.createdBy),
    authors: authors.map(personOf).filter((person) => person !== null),
  };
}

/** A file of a draft, whether the draft touches it or not. */
export interface FileListed {
  readonly path: string;
  /** 名称, where it says one. */
  readonly name: string | null;
  readonly change: FileChange | null;
  readonly revision: number;
}

/** Everything that a draft consists of, in order of the paths; also what it takes out. */
export async function seeDraftFiles(context: Context, id: string): Promise<FileListed[]> {
  permit(context.subject, 'release.read');
  const { content, files } = await draftTexts(context, id);
  const names = namesOf(files);
  const changes = changesBetween(content.base, content.files);
  const revisions = new Map(content.saved.map(({ path, revision }) => [path, revision]));
  const paths = [...new Set([...content.base.keys(), ...content.files.keys()])].sort();
  return paths.map((path) => ({
    path,
    name: names.get(path) ?? null,
    change: changes.get(path) ?? null,
    revision: revisions.get(path) ?? 0,
  }));
}

/** A file as it stands in a draft, with what saving it has to name. */
export interface DraftFile {
  readonly path: string;
  /** Null: the draft takes it out. */
  readonly text: string | null;
  /** In the rules beneath; null: a new file. */
  readonly baseText: string | null;
  readonly revision: number;
  readonly base: number;
  readonly savedBy: Person | null;
  readonly savedAt: string | null;
}

export async function seeDraftFile({ subject, service }: Context, id: string, path: string): Promise<DraftFile> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async ({ releases }) => {
    const content = await contentOf(releases, await draftFound(releases, id));
    return fileOf(releases, content, path);
  });
}

async function fileOf(
  releases: ReleaseReads,
  { draft, saved, base, files }: DraftContent,
  path: string,
): Promise<DraftFile> {
  const last = saved.find((each) => each.path === path);
  const [beneath, digest] = [base.get(path), files.get(path)];
  if (last === undefined && beneath === undefined) throw new Refusal('NOT_FOUND', `草稿里没有 ${path} 这个文件`);
  const personOf = await peopleOf(releases, [last?.savedBy ?? null]);
  return {
    path,
    text: digest === undefined ? null : await textOf(releases, digest),
    baseText: beneath === undefined ? null : await textOf(releases, beneath),
    revision: last?.revision ?? 0,
    base: draft.base,
    savedBy: personOf(last?.savedBy ?? null),
    savedAt: last?.savedAt ?? null,
  };
}

/** One save of the past. */
export interface SaveRow {
  readonly revision: number;
  readonly path: string;
  readonly isRemoval: boolean;
  readonly savedBy: Person | null;
  readonly savedAt: string;
}

/** Every save of a draft, the latest first; of one file where a path is given. */
export async function seeDraftHistory(
  { subject, service }: Context,
  id: string,
  asked: PageAsked & { readonly path?: string | undefined },
): Promise<Page<SaveRow>> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async ({ releases }) => {
    await draftFound(releases, id);
    const { items, next } = await releases.historyOf(id, asked);
    const personOf = await peopleOf(
      releases,
      items.map(({ savedBy }) => savedBy),
    );
    return { items: items.map((save) => saveRowOf(save, personOf)), next };
  });
}

const saveRowOf = ({ digest, savedBy, ...save }: SavedFile, personOf: (id: string) => Person | null): SaveRow => ({
  ...save,
  isRemoval: digest === null,
  savedBy: personOf(savedBy),
});

/** A file as it was saved once; undo is saving it again. */
export async function seeDraftRevision(
  { subject, service }: Context,
  id: string,
  revision: number,
): Promise<SaveRow & { readonly text: string | null }> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async ({ releases }) => {
    const save = await releases.savedAs(id, revision);
    if (save === undefined) throw new Refusal('NOT_FOUND', `草稿里没有第 ${revision} 次保存`);
    const personOf = await peopleOf(releases, [save.savedBy]);
    return { ...saveRowOf(save, personOf), text: save.digest === null ? null : await textOf(releases, save.digest) };
  });
}
