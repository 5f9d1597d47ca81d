import { setImmediate } from 'node:timers/promises';
import { checkLawbook, checkMemory, type LawbookReport } from '../../core/checking/check-lawbook.js';
import { diffLawbooks, type LawbookDiff } from '../../core/checking/diff-lawbooks.js';
import type { Digest } from '../../core/kernel/digest.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { Sources } from '../../core/releases/draft-files.js';
import { buildEdition, type Edition } from '../../core/releases/edition.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { ReadCache } from '../../core/rules/read-cache.js';
import { type Problem, Problems, type RuleFile } from '../../core/rules/source.js';

/** What a check found; without a report where the rules could not be read. */
export interface Checked {
  readonly edition: Edition | undefined;
  readonly problems: readonly Problem[];
  readonly report: LawbookReport | undefined;
}

/** Drafts whose reading is remembered; the one looked at longest ago is forgotten first. */
const DRAFTS_KEPT = 4;
/** Edits of one draft after which what was read is forgotten, lest it grow for ever. */
const EDITS_KEPT = 200;

const kept = new Map<string, DraftReader>();
let last: Promise<unknown> = Promise.resolve();

/**
 * Checks the rules of a draft. Files that have not changed since its last check are not read again, and checks of this process follow one
 * another: an author who types does not keep everybody else waiting.
 *
 * @param files path and text of everything
 */
export function checkDraft(draft: string, files: readonly RuleFile[], on: PlainDate): Promise<Checked> {
  return inTurn(() => checked(draft, files, on));
}

/** What a draft changes, or why the rules with it could not be read. In turn with the checks. */
export function compareDraft(
  draft: string,
  base: readonly RuleFile[],
  files: readonly RuleFile[],
): Promise<LawbookDiff | readonly Problem[]> {
  return inTurn(async () => {
    const reader = readerOf(draft);
    const problems = new Problems();
    const after = reader.read(files, problems);
    const before = reader.read(base, problems);
    if (!before || !after || problems.list.length > 0) return problems.list;
    await setImmediate();
    return diffLawbooks({ lawbook: before, files: base }, { lawbook: after, files });
  });
}

/** Comparisons of releases that are remembered. */
const COMPARED_KEPT = 20;
const compared = new Map<string, Promise<LawbookDiff>>();

/** What a release changes against another, where neither was proposed with a comparison. In turn with the checks, and once. */
export function compareEditions(before: Edition, after: Edition): Promise<LawbookDiff> {
  const key = `${before.release} ${after.release}`;
  const known = compared.get(key);
  const found =
    known ??
    inTurn(async () => {
      await setImmediate();
      return diffLawbooks({ lawbook: before, files: before.files }, { lawbook: after, files: after.files });
    });
  compared.delete(key);
  compared.set(key, found);
  found.catch(() => compared.delete(key));
  for (const oldest of compared.keys()) {
    if (compared.size <= COMPARED_KEPT) break;
    compared.delete(oldest);
  }
  return found;
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work);
  last = turn.catch(() => undefined);
  return turn;
}

function readerOf(draft: string): DraftReader {
  const reader = kept.get(draft) ?? new DraftReader();
  kept.delete(draft);
  kept.set(draft, reader);
  for (const oldest of kept.keys()) {
    if (kept.size <= DRAFTS_KEPT) break;
    kept.delete(oldest);
  }
  return reader;
}

async function checked(draft: string, files: readonly RuleFile[], on: PlainDate): Promise<Checked> {
  const reader = readerOf(draft);
  const problems = new Problems();
  const edition = reader.read(files, problems);
  if (edition === undefined || problems.list.length > 0)
    return { edition: undefined, problems: problems.list, report: undefined };
  const report = await checkLawbook(edition, {
    articles: edition.articles,
    on,
    engine: jsonRulesEngine,
    memory: reader.memory,
    pause: () => setImmediate(),
  });
  return { edition, problems: report.problems, report };
}

/** Reads a set of files again and again, with what was read of those that stayed the same. */
class DraftReader {
  #files = new Map<string, RuleFile>();
  #cache = new ReadCache();
  memory = checkMemory(jsonRulesEngine);
  #reads = 0;

  read(files: readonly RuleFile[], problems: Problems): Edition | undefined {
    const same = files.map((file) => {
      const known = this.#files.get(file.path);
      return known?.text === file.text ? known : file;
    });
    // Causes are read into every card that names one.
    const isReference = ({ path }: RuleFile): boolean => path.startsWith('reference/');
    const changed = same.some((file) => isReference(file) && this.#files.get(file.path) !== file);
    if (changed || ++this.#reads > EDITS_KEPT) {
      this.#cache = new ReadCache();
      this.memory = checkMemory(jsonRulesEngine);
      this.#reads = 0;
    }
    this.#files = new Map(same.map((file) => [file.path, file]));
    return buildEdition(same, problems, this.#cache);
  }
}

/** Texts by digest, as far as they are asked for again and again: the files of the rules that drafts begin with. */
export class TextCache {
  readonly #texts = new Map<Digest, string>();

  /** The files of these sources; texts that are not known are fetched together. */
  async filesOf(
    sources: Sources,
    fetch: (digests: readonly Digest[]) => Promise<ReadonlyMap<Digest, string>>,
  ): Promise<RuleFile[]> {
    const missing = [...new Set([...sources.values()].filter((digest) => !this.#texts.has(digest)))];
    const found = missing.length === 0 ? new Map<Digest, string>() : await fetch(missing);
    const files = [...sources].map(([path, digest]) => {
      const text = this.#texts.get(digest) ?? found.get(digest);
      if (text === undefined) throw new Error(`no text of ${digest}`);
      return { path, text };
    });
    this.#texts.clear();
    for (const [index, digest] of [...sources.values()].entries()) this.#texts.set(digest, files[index]?.text ?? '');
    return files;
  }
}
