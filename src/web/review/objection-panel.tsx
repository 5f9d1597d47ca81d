import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { objectionQuery } from '../api/queries.js';
import type { ObjectionView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { Section } from '../filing/section.js';
import { NotYet } from '../parts/not-yet.js';
import { Panel, PanelBody } from '../parts/panel.js';
import { useWords } from '../words/words.js';
import { DecideForm, type Draft } from './decide-form.js';
import { DueText } from './due-text.js';
import { Ended } from './ended.js';
import { History } from './history.js';
import styles from './objection-panel.module.css';
import { RuleCard } from './rule-card.js';
import { Rulings } from './rulings.js';
import { Sides } from './sides.js';

interface ObjectionPanelProps {
  readonly id: string;
  readonly drafts: Map<string, Draft>;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

function Lead({ view }: { readonly view: ObjectionView }) {
  const { code } = useCourt();
  const { word } = useWords();
  const { row, filing } = view;
  return (
    <p className={styles.lead}>
      <strong>{row.filing.cause ?? '案由不明'}</strong>
      <span>
        {word('matter', filing.matter)}
        {filing.procedure !== null && `，${word('procedure', filing.procedure)}`}
      </span>
      <span>{filing.receivedOn} 收案</span>
      <span>现承办人：{row.filing.judge?.name ?? '未定'}</span>
      <Link to="/desk/$court" params={{ court: code }} search={{ filing: row.filing.id }}>
        打开收案
      </Link>
    </p>
  );
}

/** One run with both sides beside each other, the rules, what was ruled before, and the decision. */
export function ObjectionPanel({ id, drafts, onClose, onOpen }: ObjectionPanelProps) {
  const { code } = useCourt();
  const { data: view, error, refetch } = useQuery(objectionQuery(code, id));
  return (
    <Panel
      id="objection-title"
      title={view === undefined ? '异议' : `${view.row.filing.reference} ${view.row.flowWord}`}
      shown={view && ''}
      mark={view?.row.stateWord}
      beside={view && <DueText row={view.row} inline />}
      onClose={onClose}
    >
      <PanelBody label="异议详情">
        {view === undefined ? (
          <NotYet error={error} title="这一件没有读出来" onAgain={() => void refetch()} />
        ) : (
          <>
            <Lead view={view} />
            <Ended view={view} />
            <Sides view={view} />
            <RuleCard view={view} />
            <Rulings view={view} onOpen={onOpen} />
            <Section title="作出决定">
              <DecideForm view={view} drafts={drafts} />
            </Section>
            <History view={view} />
          </>
        )}
      </PanelBody>
    </Panel>
  );
}
