import type { RuleProblem } from './problem.js';
import styles from './problem-list.module.css';

interface ProblemListProps {
  readonly problems: readonly RuleProblem[];
  readonly onGo: (problem: RuleProblem) => void;
}

/** Everything that is wrong, each leading to its place. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  if (problems.length === 0) return null;
  const keyed = problems.map((problem, at) => ({ problem, key: `${at} ${problem.file} ${problem.line}` }));
  return (
    <section className={styles.problems} aria-label="问题">
      <ul>
        {keyed.map(({ problem, key }) => (
          <li key={key}>
            <button type="button" onClick={() => onGo(problem)}>
              <span className={styles.place}>
                {problem.file}:{problem.line}:{problem.column}
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
