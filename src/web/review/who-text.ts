import type { ObjectionRow } from '../api/types.js';

/** Who asks for what: 赵葵坊 → 李四. */
export function whoText({ applicant, claimedOwner, challenged }: ObjectionRow): string {
  if (challenged !== null) return `${applicant.name} 申请 ${challenged.name} 回避`;
  return claimedOwner === null ? `${applicant.name} 提出` : `${applicant.name} 主张由 ${claimedOwner.name} 办理`;
}
