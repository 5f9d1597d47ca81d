/** Why somebody may not decide on a release, in words for them. */
export interface ApprovalObjection {
  readonly code: 'AUTHOR' | 'SITS';
  readonly text: string;
}

/** A court in whose pool the approver sits, and what of the release bears on who gets its cases. */
export interface Seat {
  readonly court: string;
  readonly bears: readonly string[];
}

const TOLD_MAX = 3;

/** Whether somebody may decide on a release: not on what they wrote or proposed, nor on who gets the cases of a pool in which they sit. */
export function approvalObjection(
  approver: string,
  { proposer, authors }: { readonly proposer: string | null; readonly authors: readonly string[] },
  seats: readonly Seat[],
): ApprovalObjection | undefined {
  if (approver === proposer || authors.includes(approver)) {
    return { code: 'AUTHOR', text: '您提出或者改过这次发布的内容，不能自己审批；请由没有改过的另一名规则审批人审批' };
  }
  const seat = seats.find(({ bears }) => bears.length > 0);
  if (seat === undefined) return undefined;
  const told = `${seat.bears.slice(0, TOLD_MAX).join('、')}${seat.bears.length > TOLD_MAX ? ' 等' : ''}`;
  return {
    code: 'SITS',
    text: `您是 ${seat.court} 参加分案的法官，这次发布改动了决定案件分给谁的规则（${told}），不能由您审批；请由不在分案池里的规则审批人审批`,
  };
}
