import { useSession } from '../app/session-boundary.js';
import { ClosedDesk } from '../desk/closed-desk.js';
import { CourtContext } from '../desk/court.js';
import { ReviewDesk } from './review-desk.js';
import { reviewAddress } from './review-search.js';

/** The desk of those who decide, of one court, for those who may see its lists. */
export function ReviewRoute() {
  const { court: code } = reviewAddress.useParams();
  const { courts } = useSession();
  const court = courts.find((each) => each.code === code);
  if (court?.may.includes('filing.list')) {
    return (
      <CourtContext value={court}>
        <ReviewDesk key={code} />
      </CourtContext>
    );
  }
  return <ClosedDesk code={code} court={court} reason="复核台供复核、执行指挥、立案和审判管理人员使用。" />;
}
