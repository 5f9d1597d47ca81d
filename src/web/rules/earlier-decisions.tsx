import { useInfiniteQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { earlierDecisionsQuery } from '../api/rule-queries.js';
import type { EarlierDecisions as Found } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { Alert } from '../parts/alert.js';
import { NotYet } from '../parts/not-yet.js';
import { timeText } from '../words/days.js';
import styles from './reach.module.css';

type Said = Found['rules'][number];

const KINDS = { card: '规则', parameter: '参数', adoption: '采用' } as const satisfies Record<Said['kind'], string>;

const DAYS = { received: '收', docketed: '立', assigned: '分' } as const satisfies Record<
  Said['windows'][number]['by'],
  string
>;

/** 2026-03-01 起、2026-03-10 前收的案件. */
const windowText = ({ by, from, to }: Said['windows'][number]): string =>
  `${from} 起${to === null ? '' : `、${to} 前`}${DAYS[by]}的案件`;

/** 溯及: what a release says of days that have passed, and the court's decisions on filings of these days. */
export function EarlierDecisions({ number }: { readonly number: number }) {
  const { code, name } = useCourt();
  const query = useInfiniteQuery(earlierDecisionsQuery(number, code));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const [first] = data?.pages ?? [];
  if (data === undefined || first === undefined) {
    return <NotYet error={error} title="以前的决定没有读出来" onAgain={() => void refetch()} />;
  }
  const { rules, effectiveOn } = first;
  const items = data.pages.flatMap((page) => page.items);
  if (rules.length === 0) {
    return <p className={styles.none}>对 {effectiveOn} 以前的案件没有新的说法。</p>;
  }
  return (
    <>
      <ul aria-label="对以前收案的新说法">
        {rules.map(({ kind, id, name: said, windows }) => (
          <li key={`${kind} ${id}`}>
            {KINDS[kind]} {said}：{windows.map(windowText).join('；')}
          </li>
        ))}
      </ul>
      {items.length === 0 ? (
        <p className={styles.none}>{name}没有属于这些日子、已经作出决定的案件。</p>
      ) : (
        <>
          <Alert tone="warn">
            <p>
              {name}
              下列案件属于这些日子，决定是按原来的规则作出的。发布不改动它们；结果会不会不同、要不要另行处理，由人逐件看。
            </p>
          </Alert>
          <ul aria-label="以前的决定">
            {items.map(({ filing, decision, reference, receivedOn, madeAt }) => (
              <li key={`${filing} ${decision}`}>
                {reference} {receivedOn} 收案，{timeText(madeAt)} 作出第 {decision} 次决定
              </li>
            ))}
          </ul>
          {hasNextPage && (
            <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              再看一些
            </Button>
          )}
        </>
      )}
    </>
  );
}
