import { type KeyboardEvent, useRef, useState } from 'react';
import type { RuleProblem } from './problem.js';
import styles from './problem-list.module.css';

interface ProblemListProps {
  readonly problems: readonly RuleProblem[];
  readonly onGo: (problem: RuleProblem) => void;
}

/** Where it stands, as somebody would say it: in a table by the cell. */
const placeText = ({ file, line, column }: RuleProblem): string =>
  file.endsWith('.csv') ? `${file}:${line} 第 ${column} 格` : `${file}:${line}:${column}`;

/** Everything that is wrong, each leading to its place. One stop for Tab however many there are; arrows lead from one to the next. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [reached, setReached] = useState(0);
  if (problems.length === 0) return null;
  const current = Math.min(reached, problems.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = destination(event.key, current, problems.length);
    if (to === undefined) return;
    event.preventDefault();
    setReached(to);
    list.current?.querySelectorAll('button')[to]?.focus();
  };
  const keyed = problems.map((problem, at) => ({ problem, at, key: `${at} ${problem.file} ${problem.line}` }));
  return (
    <section className={styles.problems} aria-label="问题">
      <h3>
        {problems.length} 处问题 <span>F8 到下一处</span>
      </h3>
      <ul ref={list} onKeyDown={onKeyDown}>
        {keyed.map(({ problem, at, key }) => (
          <li key={key}>
            <button
              type="button"
              tabIndex={at === current ? 0 : -1}
              onFocus={() => setReached(at)}
              onClick={() => onGo(problem)}
            >
              <span className={styles.place}>
                {placeText(problem)}
                {problem.rule !== undefined && ` ${problem.rule}`}
              </span>
              <span>{problem.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function destination(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
