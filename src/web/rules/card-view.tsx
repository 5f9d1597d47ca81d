import type { ReadCard } from '../api/types.js';
import styles from './card-view.module.css';

type Lines = ReadCard['conditions'];

const INDENTS = [styles.depth0, styles.depth1, styles.depth2, styles.depth3];

function Conditions({ lines }: { readonly lines: Lines }) {
  if (lines.length === 0) return <p>没有条件，一律如此</p>;
  const keyed = lines.map((line, at) => ({ ...line, key: `${at} ${line.text}` }));
  return (
    <ul className={styles.lines}>
      {keyed.map(({ key, depth, text, isHeading }) => (
        <li key={key} className={`${INDENTS[Math.min(depth, INDENTS.length - 1)]} ${isHeading ? styles.heading : ''}`}>
          {text}
        </li>
      ))}
    </ul>
  );
}

interface CardViewProps {
  readonly cards: readonly ReadCard[];
  /** The line that the caret stands in: the card there is shown in front. */
  readonly line: number;
  readonly onGo: (line: number) => void;
}

/** The cards of the text as a person reads them, the one that is being written first. */
export function CardView({ cards, line, onGo }: CardViewProps) {
  const at = cards.reduce((found, card, index) => (card.line <= line ? index : found), 0);
  const card = cards[at];
  if (card === undefined) {
    return (
      <p className={styles.none}>
        这里没有读得出来的规则。写好“编号、结果、条件、依据、效力”以后，会在这里用大白话显示。
      </p>
    );
  }
  return (
    <article className={styles.card} aria-label={`${card.id} ${card.name}`}>
      <h4>
        <span className="number">{card.id}</span> {card.name}
      </h4>
      <p className={styles.conclusion}>{card.conclusion}</p>
      {card.period !== null && <p>{card.period}</p>}
      <h5>条件</h5>
      <Conditions lines={card.conditions} />
      {card.exceptions.map((exception) => (
        <div key={exception.id} className={styles.exception}>
          <h5>
            例外：{exception.id} {exception.name}
          </h5>
          <Conditions lines={exception.conditions} />
        </div>
      ))}
      {card.exceptionTo.length > 0 && <p className={styles.faint}>是 {card.exceptionTo.join('、')} 的例外</p>}
      <h5>依据</h5>
      {card.basis.map((basis) => (
        <blockquote key={`${basis.law}${basis.article ?? ''}${basis.text?.quote ?? ''}`} className={styles.basis}>
          <p>
            <span className={`${styles.status} ${styles[basis.status]}`}>{basis.statusWord}</span> {basis.law}
            {basis.article}
          </p>
          {basis.text !== null && (
            <p>
              {basis.text.before}
              <mark>{basis.text.quote}</mark>
              {basis.text.after}
            </p>
          )}
          {basis.text?.quote === '' && <p className={styles.bad}>这一条里没有所引的原文</p>}
          {basis.source !== null && <p className={styles.faint}>来源：{basis.source}</p>}
        </blockquote>
      ))}
      <h5>说明</h5>
      <p>{card.template}</p>
      <p className={styles.faint}>
        {card.validFrom} 起施行{card.validTo !== null && `，${card.validTo} 起失效`}
        {card.chosenBy !== null && `，按${card.chosenBy}选用`}；示例 {card.examples} 个
      </p>
      {cards.length > 1 && (
        <nav aria-label="这个文件里的规则" className={styles.others}>
          <h5>这个文件里的 {cards.length} 条规则</h5>
          <ul>
            {cards.map((each) => (
              <li key={each.id}>
                <button type="button" aria-current={each === card || undefined} onClick={() => onGo(each.line)}>
                  {each.id} {each.name}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </article>
  );
}
