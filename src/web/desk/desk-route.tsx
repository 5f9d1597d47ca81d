import { Link } from '@tanstack/react-router';
import { useSession } from '../app/session-boundary.js';
import { SignOutButton } from '../session/sign-out-button.js';
import { CourtContext } from './court.js';
import { Desk } from './desk.js';
import styles from './desk-route.module.css';
import { deskAddress } from './desk-search.js';

/** The desk of one court, for those who may see its lists. */
export function DeskRoute() {
  const { court: code } = deskAddress.useParams();
  const { courts, user } = useSession();
  const court = courts.find((each) => each.code === code);
  if (court?.may.includes('filing.list')) {
    return (
      <CourtContext value={court}>
        <Desk key={code} />
      </CourtContext>
    );
  }
  const reason =
    court === undefined
      ? `您在“${code}”没有任何角色。请核对地址，或者请系统管理员授权。`
      : `立案分流台供立案、复核、执行指挥和审判管理人员使用。${user.name}，您在${court.name}的角色看不到收案列表；需要时请系统管理员授权。`;
  return (
    <main className={styles.closed}>
      <h1>这里打不开</h1>
      <p>{reason}</p>
      <footer>
        {courts.length > 1 && <Link to="/">换一个法院</Link>}
        <SignOutButton />
      </footer>
    </main>
  );
}
