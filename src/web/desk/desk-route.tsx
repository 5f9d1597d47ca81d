import { useSession } from '../app/session-boundary.js';
import { ClosedDesk } from './closed-desk.js';
import { CourtContext } from './court.js';
import { Desk } from './desk.js';
import { deskAddress } from './desk-search.js';

/** The desk of one court, for those who may see its lists. */
export function DeskRoute() {
  const { court: code } = deskAddress.useParams();
  const { courts } = useSession();
  const court = courts.find((each) => each.code === code);
  if (court?.may.includes('filing.list')) {
    return (
      <CourtContext value={court}>
        <Desk key={code} />
      </CourtContext>
    );
  }
  return <ClosedDesk code={code} court={court} reason="立案分流台供立案、复核、执行指挥和审判管理人员使用。" />;
}
