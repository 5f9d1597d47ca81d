import type { Filing } from '../core/documents/filing.js';
import type { Bench, CourtReads, CourtTx, FilingState, StoredFiling } from './ports.js';
import { Refusal } from './refusal.js';

export type ValidFiling = StoredFiling & { readonly filing: Filing };

const STATE_WORDS: Readonly<Record<FilingState, string>> = {
  received: '待分案',
  assigned: '已分案',
  needs_review: '待人工',
  invalid: '有误',
  replaced: '已由更正后的收案代替',
  closed: '已结案',
};

/** @throws Refusal where the court has no docket yet */
export async function benchOf(tx: CourtReads): Promise<Bench> {
  const bench = await tx.bench();
  if (bench === undefined) {
    throw new Refusal('NOT_FOUND', '本院还没有导入案卷；请系统管理员先用 shouze import 或者“导入案卷”导入');
  }
  return bench;
}

/**
 * The filing of that id as it stands, locked, for an act that its states allow.
 *
 * @throws Refusal where it is not there, somebody changed it since `version` was read, or it is in another state
 */
export async function lockedFiling(
  tx: CourtTx,
  id: string,
  version: number,
  states: readonly FilingState[],
): Promise<StoredFiling> {
  const filing = await tx.lockFiling(id);
  if (filing === undefined) throw new Refusal('NOT_FOUND', '没有这件收案；请回到列表核对');
  if (!states.includes(filing.state)) {
    const wanted = states.map((state) => STATE_WORDS[state]).join('、');
    throw new Refusal('STATE_CONFLICT', `本件现在是“${STATE_WORDS[filing.state]}”，只有“${wanted}”的收案才能这样办理`);
  }
  if (filing.version !== version) {
    throw new Refusal('VERSION_CONFLICT', '您打开以后，别人改过本件；您填写的内容没有保存，请刷新后核对再提交');
  }
  return filing;
}

export function validFiling(filing: StoredFiling): ValidFiling {
  if (filing.filing === undefined) throw new Refusal('STATE_CONFLICT', '本件填写有误，请先更正');
  return { ...filing, filing: filing.filing };
}
