import { Link } from '@tanstack/react-router';
import { useSession } from '../app/session-boundary.js';
import { CourtContext } from '../desk/court.js';
import styles from '../desk/desk-route.module.css';
import { SignOutButton } from '../session/sign-out-button.js';
import { ReviewDesk } from './review-desk.js';
import { reviewAddress } from './review-search.js';

/** The desk of those who decide, of one court, for those who may see its lists. */
export function ReviewRoute() {
  const { court: code } = reviewAddress.useParams();
  const { courts, user } = useSession();
  const court = courts.find((each) => each.code === code);
  if (court?.may.includes('filing.list')) {
    return (
      <CourtContext value={court}>
        <ReviewDesk key={code} />
      </CourtContext>
    );
  }
  return (
    <main className={styles.closed}>
      <h1>这里打不开</h1>
      <p>
        {court === undefined
          ? `您在“${code}”没有任何角色。请核对地址，或者请系统管理员授权。`
          : `复核台供复核、执行指挥、立案和审判管理人员使用。${user.name}，您在${court.name}的角色看不到这里的案件；需要时请系统管理员授权。`}
      </p>
      <footer>
        {courts.length > 1 && <Link to="/">换一个法院</Link>}
        <SignOutButton />
      </footer>
    </main>
  );
}
