import type { Digest } from '../../core/kernel/digest.js';
import { edited, type Sources } from '../../core/releases/draft-files.js';
import type { ReleaseReads, SavedFile, StoredDraft } from '../release-ports.js';
import { releaseFound } from './found.js';

/** A draft with everything that it is made of, by path and digest. */
export interface DraftContent {
  readonly draft: StoredDraft;
  readonly saved: readonly SavedFile[];
  /** Of the release that it changes. */
  readonly base: Sources;
  readonly edits: ReadonlyMap<string, Digest | null>;
  /** With its edits. */
  readonly files: Sources;
}

export async function contentOf(releases: ReleaseReads, draft: StoredDraft): Promise<DraftContent> {
  const saved = await releases.filesOf(draft.id);
  const base = await sourcesOfRelease(releases, draft.base);
  const edits = new Map(saved.map(({ path, digest }) => [path, digest]));
  return { draft, saved, base, edits, files: edited(base, edits) };
}

export async function sourcesOfRelease(releases: ReleaseReads, number: number): Promise<Sources> {
  const { bundle } = await releaseFound(releases, number);
  return new Map((await releases.manifest(bundle)).sources);
}

/** One text. @throws Error where the database has lost it: it is append-only */
export async function textOf(releases: ReleaseReads, digest: Digest): Promise<string> {
  const text = (await releases.texts([digest])).get(digest);
  if (text === undefined) throw new Error(`no text of ${digest}`);
  return text;
}
