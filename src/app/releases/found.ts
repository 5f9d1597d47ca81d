import { Refusal } from '../refusal.js';
import type { ReleaseReads, StoredDraft, StoredDraftState, StoredRelease } from '../release-ports.js';

/** @throws Refusal where there is none of that number */
export async function releaseFound(releases: ReleaseReads, number: number): Promise<StoredRelease> {
  const release = await releases.release(number);
  if (release === undefined) throw new Refusal('NOT_FOUND', `没有第 ${number} 号规则发布；请回到列表核对`);
  return release;
}

/** @throws Refusal where there is none of that number, or somebody brought it a step on since `version` was read */
export async function releaseAt(releases: ReleaseReads, number: number, version: number): Promise<StoredRelease> {
  const release = await releaseFound(releases, number);
  if (release.version !== version)
    throw new Refusal('VERSION_CONFLICT', `第 ${number} 号发布刚刚有人办理过；请刷新后核对再办`);
  return release;
}

/** @throws Refusal where there is no such draft */
export async function draftFound(releases: ReleaseReads, id: string): Promise<StoredDraft> {
  const draft = await releases.draft(id);
  if (draft === undefined) throw new Refusal('NOT_FOUND', '没有这份草稿；请回到列表核对');
  return draft;
}

const STATE_WORDS: Readonly<Record<StoredDraftState, string>> = {
  draft: '起草',
  proposed: '已提出',
  released: '已批准',
  discarded: '已作废',
};

/** @throws Refusal where there is no such draft, or nothing can be written in it any more */
export async function openDraft(releases: ReleaseReads, id: string): Promise<StoredDraft> {
  const draft = await draftFound(releases, id);
  if (draft.state === 'draft') return draft;
  const cure = draft.state === 'proposed' ? '；要改就先撤回提出' : '；请另起一份草稿';
  throw new Refusal('STATE_CONFLICT', `这份草稿是“${STATE_WORDS[draft.state]}”，不能再改${cure}`);
}
