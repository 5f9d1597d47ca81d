import { useSession } from '../app/session-boundary.js';
import { ClosedDesk } from '../desk/closed-desk.js';
import { CourtContext } from '../desk/court.js';
import { MineDesk } from './mine-desk.js';
import { mineAddress } from './mine-search.js';

/** The desk of a judge in one court. */
export function MineRoute() {
  const { court: code } = mineAddress.useParams();
  const { courts } = useSession();
  const court = courts.find((each) => each.code === code);
  if (court?.may.includes('mine.read')) {
    return (
      <CourtContext value={court}>
        <MineDesk key={code} />
      </CourtContext>
    );
  }
  return <ClosedDesk code={code} court={court} reason="法官工作台供法官使用。" />;
}
