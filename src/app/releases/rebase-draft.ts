import { conflictsOf, voidEdits } from '../../core/releases/draft-files.js';
import { actorOf, permit } from '../permit.js';
import type { Context, CourtTx, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import { contentOf, sourcesOfRelease } from './draft-content.js';
import { openDraft } from './found.js';
import { refuseTooMany, refuseUnfit } from './save-file.js';

/** A file that both sides changed, as somebody put it together. */
export interface MergedFile {
  readonly path: string;
  readonly text: string | null;
}

/**
 * Brings a draft onto the last release. Files that only one side changed go together by themselves; those that both changed are told,
 * and nothing is done until somebody has put each of them together.
 */
export async function rebaseDraft(
  { subject, service }: Context,
  id: string,
  { version, files }: { readonly version: number; readonly files: readonly MergedFile[] },
  request?: RequestKey,
): Promise<number> {
  permit(subject, 'release.draft');
  refuseUnfit(files);
  const { base } = await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    return { base: await rebased(tx, id, version, files) };
  });
  return base;
}

async function rebased(tx: CourtTx, id: string, version: number, merged: readonly MergedFile[]): Promise<number> {
  const { releases } = tx;
  const draft = await openDraft(releases, id);
  if (draft.version !== version) throw new Refusal('VERSION_CONFLICT', '这份草稿刚刚有人改过；请刷新后核对再并');
  const tip = await releases.tip();
  if (tip === undefined || tip.number === draft.base) return draft.base;
  const content = await contentOf(releases, draft);
  const onto = await sourcesOfRelease(releases, tip.number);
  const given = new Map(merged.map(({ path, text }) => [path, text]));
  const open = conflictsOf(content.base, onto, content.edits).filter((path) => !given.has(path));
  if (open.length > 0) {
    const errors = open.map((path) => ({ path, code: 'BOTH_CHANGED', message: '草稿和新的发布都改过这个文件' }));
    throw new Refusal('MERGE_CONFLICT', `有 ${open.length} 个文件两边都改过，请逐个合并后连同内容提交`, errors);
  }
  refuseTooMany(content, [...given.keys()]);
  const settled = [...voidEdits(content.base, onto, content.edits)].filter(([path]) => !given.has(path));
  const texts = await releases.texts(settled.flatMap(([, digest]) => (digest === null ? [] : [digest])));
  const saves = new Map<string, string | null>(
    settled.map(([path, digest]) => [path, digest === null ? null : (texts.get(digest) ?? null)]),
  );
  for (const [path, text] of given) saves.set(path, text);
  await releases.saveFiles(draft, saves);
  await releases.changeDraft(id, { base: tip.number });
  tx.record({ action: 'release.rebase', subject: id, body: { base: tip.number, merged: [...given.keys()] } });
  return tip.number;
}
