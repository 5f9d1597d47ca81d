import type { CitedCase, ObjectionView } from '../api/types.js';
import { withNames } from '../filing/judge-names.js';
import { ReasonList } from '../filing/reason-list.js';
import { Pairs, Section } from '../filing/section.js';
import { useWords } from '../words/words.js';
import styles from './sides.module.css';

/** What the docket knows of a case, and in what it agrees with the filing. Names no party. */
export function CaseFacts({ cited, note }: { readonly cited: CitedCase; readonly note?: string | undefined }) {
  const { word } = useWords();
  const { caseNo, known, stage, cause, filedOn, closedOn, closure, judge, agrees, differs } = cited;
  if (!known) {
    return (
      <>
        <strong>{caseNo}</strong>
        <p>案卷里没有这一件。</p>
      </>
    );
  }
  const closed = closedOn === null ? '尚未结案' : `${closedOn} ${closure === null ? '结案' : word('closure', closure)}`;
  return (
    <>
      <p className={styles.number}>
        <strong>{caseNo}</strong>
        {note !== undefined && <span>{note}</span>}
      </p>
      <p>
        {[cause ?? '案由不明', stage === null ? undefined : word('stage', stage), `${filedOn ?? ''} 立案`, closed]
          .filter((each) => each !== undefined)
          .join('，')}
      </p>
      <p>
        承办人：<b>{judge?.name ?? '不明'}</b>
      </p>
      {agrees.length > 0 && <p className={styles.agrees}>与本件一致：{agrees.join('；')}</p>}
      {differs.length > 0 && <p className={styles.differs}>与本件不一致：{differs.join('；')}</p>}
    </>
  );
}

const Case = (props: { readonly cited: CitedCase; readonly note?: string }) => (
  <li className={styles.case}>
    <CaseFacts {...props} />
  </li>
);

function Asked({ view }: { readonly view: ObjectionView }) {
  const { row, asked, judges } = view;
  const unable = asked.claimedOwnerUnable;
  return (
    <Section title="申请人一方" note={row.applicant.name}>
      <Pairs
        pairs={[
          ...(row.groundWord === null ? [] : [['事由', row.groundWord] as const]),
          ...(row.claimedOwner === null
            ? []
            : [['被主张人', <strong key="claimed">{row.claimedOwner.name}</strong>] as const]),
          ...(row.challenged === null
            ? []
            : [['被申请人', <strong key="challenged">{row.challenged.name}</strong>] as const]),
          ['提出日期', row.openedOn],
        ]}
      />
      {unable !== null && <p className={styles.unable}>现在不能由其承办：{withNames(unable, judges)}</p>}
      <h4>理由</h4>
      <p className={styles.said}>{asked.reason === '' ? '没有写明理由。' : asked.reason}</p>
      <h4>证据</h4>
      {asked.cases.length === 0 ? (
        <p className={styles.none}>没有提出有关案件。</p>
      ) : (
        <ul className={styles.cases}>
          {asked.cases.map((cited) => (
            <Case key={cited.caseNo} cited={cited} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Decided({ view }: { readonly view: ObjectionView }) {
  const { word } = useWords();
  const { decided } = view;
  const { number, judge, method, link, pool } = decided;
  const how =
    method === null ? '未定' : `${word('method', method)}${link === null ? '' : `：${word('linkKind', link)}`}`;
  return (
    <Section title="分案依据一方" note={`第 ${number} 号决定`}>
      <Pairs
        pairs={[
          ['承办人', <strong key="judge">{judge?.name ?? '未定'}</strong>],
          ['承办方式', how],
          ...(pool === null ? [] : [['抽签', `${pool.in} 人参加，${pool.out} 人不参加`] as const]),
        ]}
      />
      <h4>理由和依据</h4>
      {decided.reasons.length === 0 ? (
        <p className={styles.none}>这份决定没有写明由谁承办的理由。</p>
      ) : (
        <ReasonList reasons={decided.reasons} view={view} />
      )}
      <h4>依据的前案</h4>
      {decided.cases.length === 0 ? (
        <p className={styles.none}>没有查到关联的前案。</p>
      ) : (
        <ul className={styles.cases}>
          {decided.cases.map((cited) => (
            <Case key={`${cited.kind}${cited.caseNo}`} cited={cited} note={word('linkKind', cited.kind)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Both sides beside each other: what whoever asks says, and what the decision rested on. */
export function Sides({ view }: { readonly view: ObjectionView }) {
  return (
    <div className={styles.sides}>
      <div>
        <Asked view={view} />
      </div>
      <div>
        <Decided view={view} />
      </div>
    </div>
  );
}
