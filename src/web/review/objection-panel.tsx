import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { useEffect, useRef } from 'react';
import { messageOf } from '../api/problem.js';
import { objectionQuery } from '../api/queries.js';
import type { ObjectionView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { Section } from '../filing/section.js';
import { Alert } from '../parts/alert.js';
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
  const heading = useRef<HTMLHeadingElement>(null);
  const loaded = view !== undefined;
  useEffect(() => {
    if (loaded) heading.current?.focus({ preventScroll: true });
  }, [loaded]);
  return (
    <section className={styles.panel} aria-labelledby="objection-title">
      <header className={styles.head}>
        <h2 id="objection-title" ref={heading} tabIndex={-1}>
          {view === undefined ? '异议' : `${view.row.filing.reference} ${view.row.flowWord}`}
        </h2>
        {view !== undefined && (
          <>
            <span className={styles.state}>{view.row.stateWord}</span>
            <DueText row={view.row} inline />
          </>
        )}
        <Button
          type="text"
          className={styles.close ?? ''}
          aria-label="关闭"
          aria-keyshortcuts="Escape"
          icon={<CloseOutlined aria-hidden />}
          onClick={onClose}
        />
      </header>
      {view === undefined && error === null && (
        <p className={styles.body} role="status">
          正在读取…
        </p>
      )}
      {view === undefined && error !== null && (
        <div className={styles.body}>
          <Alert tone="wrong" title="这一件没有读出来" urgent>
            <p>{messageOf(error)}</p>
            <Button size="small" onClick={() => void refetch()}>
              再读一次
            </Button>
          </Alert>
        </div>
      )}
      {view !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
        <section className={styles.body} tabIndex={0} aria-label="异议详情">
          <Lead view={view} />
          <Ended view={view} />
          <Sides view={view} />
          <RuleCard view={view} />
          <Rulings view={view} onOpen={onOpen} />
          <Section title="作出决定">
            <DecideForm view={view} drafts={drafts} />
          </Section>
          <History view={view} />
        </section>
      )}
    </section>
  );
}
