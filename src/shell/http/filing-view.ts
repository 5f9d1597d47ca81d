import type { z } from 'zod';
import type { Page } from '../../app/page.js';
import type { FilingSeen } from '../../app/see-filing.js';
import type { FilingDetail, FilingRow } from '../../app/views.js';
import type { CitedBasis, Decision } from '../../core/documents/decision.js';
import type { ArticleText } from '../../core/rules/cited-articles.js';
import type { filingView } from './contract/filings.js';

type View = z.input<typeof filingView>;

const rowView = (row: FilingRow): View['row'] => ({ ...row, links: [...row.links] });

export const pageView = ({ items, next }: Page<FilingRow>) => ({ items: items.map(rowView), next });

/** A filing as the pages are shown it: the decision in force without its record, and the articles that it cites. */
export function viewOf({ detail, releases, may }: FilingSeen, articles: readonly ArticleText[]): View {
  const { row, typed, errors, clocks, decisions, owners, handovers, judges } = detail;
  const latest = decisions.at(-1);
  const names = new Map(judges.map(({ id, name }) => [id, { id, name }]));
  return {
    row: rowView(row),
    filing: typed,
    errors: [...errors],
    decision: latest
      ? { ...madeOf(latest), release: releases.get(latest.number) ?? null, ...decisionOf(latest.decision) }
      : null,
    clocks: [...clocks],
    articles: latest ? articlesCited(citedIn(latest.decision), row.receivedOn ?? latest.madeAt, articles) : [],
    judges: [...judges],
    history: decisions.map(({ decision, ...made }) => ({
      ...made,
      status: decision.status,
      judge: decision.owner?.judge ? (names.get(decision.owner.judge) ?? null) : null,
      method: decision.owner?.method ?? null,
      release: releases.get(made.number)?.number ?? null,
      digest: decision.digest,
    })),
    owners: [...owners],
    handovers: [...handovers],
    may: [...may],
  };
}

const madeOf = ({ decision: _, ...made }: FilingDetail['decisions'][number]) => made;

function decisionOf(
  decision: Decision,
): Omit<NonNullable<View['decision']>, 'number' | 'occasion' | 'madeAt' | 'madeBy' | 'release'> {
  const { status, track = null, procedure = null, panel = null, owner = null, draw = null, rules, digest } = decision;
  const copy = <T>(list: readonly T[] | undefined): T[] => [...(list ?? [])];
  return {
    status,
    track,
    procedure,
    panel,
    owner,
    links: copy(decision.links).map((link) => ({ ...link, evidence: [...link.evidence] })),
    barred: copy(decision.barred),
    pool: copy(decision.pool),
    draw: draw && { ...draw, candidates: [...draw.candidates] },
    reasons: copy(decision.reasons).map((reason) => ({ ...reason, basis: [...reason.basis] })),
    questions: copy(decision.questions),
    presumed: copy(decision.presumed),
    facts: copy(decision.facts),
    rules,
    digest,
  };
}

const citedIn = ({ reasons = [], deadlines = [] }: Decision): CitedBasis[] =>
  [...reasons, ...deadlines].flatMap(({ basis }) => basis);

/** 第一百六十五条第二款 is of 第一百六十五条. */
const isOf = (cited: string, label: string): boolean => cited === label || cited.startsWith(`${label}第`);

/** The text of the articles that are cited, as far as the rules hold it and as it stood on the day; each once. */
export function articlesCited(
  cited: readonly CitedBasis[],
  day: string,
  articles: readonly ArticleText[],
): View['articles'] {
  const found = new Map<string, View['articles'][number]>();
  for (const { law, article } of cited) {
    if (article === undefined) continue;
    const key = `${law}\n${article}`;
    if (found.has(key)) continue;
    const text = articles
      .filter((each) => each.law === law && isOf(article, each.label) && each.inForceFrom <= day)
      .reduce<ArticleText | undefined>(
        (last, each) => (last && last.inForceFrom >= each.inForceFrom ? last : each),
        undefined,
      )?.text;
    if (text !== undefined) found.set(key, { law, article, text });
  }
  return [...found.values()];
}
