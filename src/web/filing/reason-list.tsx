import type { Basis, FilingView, Reason } from '../api/types.js';
import { useWords } from '../words/words.js';
import { withNames } from './judge-names.js';
import styles from './reason-list.module.css';

type Articles = FilingView['articles'];

/** A basis with how far it has been checked; national law needs no mark. */
export function Citation({ basis }: { readonly basis: Basis }) {
  const { word } = useWords();
  const { law, article, status } = basis;
  return (
    <span className={styles.citation}>
      《{law}》{article}
      {status !== 'national' && <span className={styles[status]}>〔{word('basisStatus', status)}〕</span>}
    </span>
  );
}

/** A basis whose article opens where the rules hold its text. */
export function CitedText({ basis, articles }: { readonly basis: Basis; readonly articles: Articles }) {
  const found = articles.find(({ law, article }) => law === basis.law && article === basis.article);
  if (found === undefined) return <Citation basis={basis} />;
  return (
    <details className={styles.article}>
      <summary>
        <Citation basis={basis} />
      </summary>
      <blockquote>{found.text}</blockquote>
    </details>
  );
}

/**
 * Reasons, each with the rule that says it and the articles that it rests on; an article opens where the rules hold
 * its text.
 */
export function ReasonList({
  reasons,
  view,
}: {
  readonly reasons: readonly Reason[];
  readonly view: Pick<FilingView, 'articles' | 'judges'>;
}) {
  return (
    <ul className={styles.reasons}>
      {reasons.map((reason) => (
        <li key={`${reason.rule}${reason.text}`}>
          <p>
            {withNames(reason.text, view.judges)}
            <code title="规则编号">{reason.rule}</code>
          </p>
          {reason.basis.map((basis) => (
            <CitedText key={`${basis.law}${basis.article}`} basis={basis} articles={view.articles} />
          ))}
        </li>
      ))}
    </ul>
  );
}
