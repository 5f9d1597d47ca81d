import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { batchesQuery, batchQuery } from '../api/queries.js';
import type { BatchView } from '../api/types.js';
import { announce, tellDone } from '../parts/notices.js';
import { timeText } from '../words/days.js';
import { STATE_WORDS } from '../words/words.js';
import styles from './batch-list.module.css';
import { useCourt } from './court.js';
import type { DeskSearch } from './desk-search.js';

const leftIn = (batch: BatchView): number => batch.counts.received ?? 0;
const doneIn = (batch: BatchView): number => batch.size - leftIn(batch);

const SUMMED = ['assigned', 'needs_review', 'invalid', 'closed', 'replaced'] as const;

/** 已分 41，待人工 11，有误 8: what a batch has come to. */
const summary = (batch: BatchView): string =>
  SUMMED.filter((state) => (batch.counts[state] ?? 0) > 0)
    .map((state) => `${STATE_WORDS[state]} ${batch.counts[state]?.toLocaleString('zh-CN')}`)
    .join('，');

/** Tells a quarter of the way at a time, and the end, to those who do not see the bar. */
function useProgressTold(batch: BatchView): void {
  const client = useQueryClient();
  const court = useCourt();
  const told = useRef(leftIn(batch) === 0 ? 4 : 0);
  useEffect(() => {
    const quarter = batch.size === 0 ? 4 : Math.floor((4 * doneIn(batch)) / batch.size);
    if (quarter <= told.current) return;
    told.current = quarter;
    if (quarter < 4) {
      announce(`已办 ${doneIn(batch)} 件，共 ${batch.size} 件`);
      return;
    }
    tellDone(`${batch.size} 件已办完：${summary(batch)}`);
    void client.invalidateQueries({ queryKey: ['court', court.code] });
  }, [batch, client, court.code]);
}

function BatchLine({ known, search }: { readonly known: BatchView; readonly search: DeskSearch }) {
  const court = useCourt();
  const { data } = useQuery({ ...batchQuery(court.code, known.id), initialData: known, enabled: leftIn(known) > 0 });
  // The list is fetched more often than a batch that has come to its end.
  const batch = leftIn(known) > 0 ? data : known;
  useProgressTold(batch);
  const chosen = search.batch === batch.id;
  const { batch: _, filing: __, panel: ___, ...rest } = search;
  const running = leftIn(batch) > 0;
  return (
    <li className={chosen ? styles.chosen : undefined}>
      <Link
        to="/desk/$court"
        params={{ court: court.code }}
        search={chosen ? rest : { ...rest, batch: batch.id }}
        aria-current={chosen ? 'true' : undefined}
      >
        <span className={styles.head}>
          <span className="number">{timeText(batch.filedAt)}</span>
          <span className="number">{batch.size.toLocaleString('zh-CN')} 件</span>
        </span>
        <span className={styles.sum}>
          {batch.filedBy === null ? '' : `${batch.filedBy.name}：`}
          {running ? `已办 ${doneIn(batch)}/${batch.size}` : summary(batch)}
        </span>
      </Link>
      {running && (
        <progress aria-label={`分案进度 ${timeText(batch.filedAt)}`} value={doneIn(batch)} max={batch.size} />
      )}
      {batch.remarks.length > 0 && (
        <details>
          <summary>文件里有 {batch.remarks.length} 处提示</summary>
          <ul>
            {batch.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** What was filed together: how far each batch is, and a way to see it alone. */
export function BatchList({ search }: { readonly search: DeskSearch }) {
  const court = useCourt();
  const { data: batches = [] } = useQuery(batchesQuery(court.code));
  if (batches.length === 0) return null;
  return (
    <section className={styles.batches} aria-labelledby="batches-title">
      <h2 id="batches-title">最近的批次</h2>
      <ul>
        {batches.map((batch) => (
          <BatchLine key={batch.id} known={batch} search={search} />
        ))}
      </ul>
    </section>
  );
}
