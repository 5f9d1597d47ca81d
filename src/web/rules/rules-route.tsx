import { useSession } from '../app/session-boundary.js';
import { ClosedDesk } from '../desk/closed-desk.js';
import { CourtContext } from '../desk/court.js';
import { RulesDesk } from './rules-desk.js';
import { rulesAddress } from './rules-search.js';

/** The desk of those who write and approve rules, opened from one court: the rules themselves serve all. */
export function RulesRoute() {
  const { court: code } = rulesAddress.useParams();
  const { courts } = useSession();
  const court = courts.find((each) => each.code === code);
  if (court?.may.includes('release.read')) {
    return (
      <CourtContext value={court}>
        <RulesDesk key={code} />
      </CourtContext>
    );
  }
  return <ClosedDesk code={code} court={court} reason="规则工作台供规则编辑、规则审批、审判管理和审计人员使用。" />;
}
