import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { messageOf } from '../api/problem.js';
import { filingQuery, proposalsQuery } from '../api/queries.js';
import type { FilingRow } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { rowButtonId } from '../desk/row-button.js';
import { Alert } from '../parts/alert.js';
import { OpenProposal } from './open-proposal.js';
import styles from './proposals.module.css';

interface ProposalsProps {
  readonly onOpen: (id: string) => void;
}

function ProposalLine({ row, onOpen }: { readonly row: FilingRow } & ProposalsProps) {
  const { code } = useCourt();
  const { data: view, error } = useQuery(filingQuery(code, row.id));
  const proposal = view?.handovers.find(({ outcome }) => outcome === null);
  return (
    <li>
      <p className={styles.head}>
        <button type="button" id={rowButtonId(row.id)} onClick={() => onOpen(row.id)}>
          {row.reference}
        </button>
        <span>{row.cause}</span>
        <span>{row.parties}</span>
      </p>
      {error !== null && <Alert tone="wrong">{messageOf(error)}</Alert>}
      {view !== undefined && proposal !== undefined && <OpenProposal view={view} proposal={proposal} />}
    </li>
  );
}

/** What waits for a second person, in one place. */
export function Proposals({ onOpen }: ProposalsProps) {
  const { code } = useCourt();
  const { data, error, refetch, isPending } = useQuery(proposalsQuery(code));
  return (
    <section className={styles.proposals} aria-labelledby="list-title">
      <header>
        <h2 id="list-title" tabIndex={-1}>
          待审批的指定分案和变更承办人
        </h2>
      </header>
      <div className={styles.scroll}>
        {isPending && <p role="status">正在读取…</p>}
        {error !== null && (
          <Alert tone="wrong" title="没有读出来" urgent>
            <p>{messageOf(error)}</p>
            <Button size="small" onClick={() => void refetch()}>
              再读一次
            </Button>
          </Alert>
        )}
        {data?.whole === false && (
          <Alert tone="warn">
            <p>提议太多，这里只列出前面的一部分；办完这些再看其余的。</p>
          </Alert>
        )}
        {data?.items.length === 0 && <p className={styles.empty}>没有待审批的提议。</p>}
        <ul>
          {data?.items.map((row) => (
            <ProposalLine key={row.id} row={row} onOpen={onOpen} />
          ))}
        </ul>
      </div>
    </section>
  );
}
