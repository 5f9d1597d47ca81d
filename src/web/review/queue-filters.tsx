import { ChoiceList } from '../parts/choice-list.js';
import { useWords } from '../words/words.js';
import styles from './queue.module.css';
import type { ReviewSearch } from './review-search.js';

interface QueueFiltersProps {
  readonly search: ReviewSearch;
  readonly onSearch: (change: Partial<Record<keyof ReviewSearch, unknown>>) => void;
}

const STATES = [
  { key: 'open', word: '在办' },
  { key: 'ended', word: '已办结' },
];

/** Which part of the queue is shown. */
export function QueueFilters({ search, onSearch }: QueueFiltersProps) {
  const { vocabulary, terms } = useWords();
  const { state, flow, waits, mine, overdue } = search;
  const choice = (label: string, key: 'flow' | 'waits', value: string | undefined, options: readonly Option[]) => (
    <label htmlFor={`queue-${key}`}>
      <span className="visually-hidden">{label}</span>
      <ChoiceList
        id={`queue-${key}`}
        value={value ?? ''}
        none={label}
        options={options}
        onChange={(chosen) => onSearch({ [key]: chosen === '' ? undefined : chosen })}
      />
    </label>
  );
  return (
    <search className={styles.filters}>
      <label htmlFor="queue-state">
        <span className="visually-hidden">在办还是已办结</span>
        <ChoiceList
          id="queue-state"
          value={state ?? 'open'}
          options={STATES}
          onChange={(chosen) => onSearch({ state: chosen === 'ended' ? 'ended' : undefined })}
        />
      </label>
      {choice('所有流程', 'flow', flow, vocabulary.flows)}
      {state !== 'ended' && choice('不论等谁', 'waits', waits, terms('actor'))}
      {state !== 'ended' && (
        <div className={styles.checks}>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={mine === true}
              onChange={(event) => onSearch({ mine: event.target.checked || undefined })}
            />
            轮到我
          </label>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={overdue === true}
              onChange={(event) => onSearch({ overdue: event.target.checked || undefined })}
            />
            已逾期
          </label>
        </div>
      )}
    </search>
  );
}

interface Option {
  readonly key: string;
  readonly word: string;
}
