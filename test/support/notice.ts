import type { Decision } from '../../src/core/documents/decision.js';
import type { Docket } from '../../src/core/documents/docket.js';
import type { Filing } from '../../src/core/documents/filing.js';
import type { Notice } from '../../src/core/documents/notice.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { parseArticles } from '../../src/core/routing/lawbook.js';
import { type NoticeInput, noticeJudges, noticeOf } from '../../src/core/routing/notice.js';
import { parseRecusalRows, recusalArticles } from '../../src/core/routing/recusal.js';
import { readArticles, readRecusalRows } from '../../src/shell/files/rule-files.js';
import { type Json, lawbook, RULES } from './court.js';

export const ARTICLES = parseArticles(readArticles(RULES));
export const RECUSAL_ROWS = parseRecusalRows(readRecusalRows(RULES));

const quoted = new Map<string, NoticeInput['recusal']>();

function recusalOf(matter: Filing['matter'], day: string): NoticeInput['recusal'] {
  const key = `${matter} ${day}`;
  const articles = quoted.get(key) ?? recusalArticles(ARTICLES, RECUSAL_ROWS, matter, plainDate(day));
  quoted.set(key, articles);
  return articles;
}

/** The notice on a decision as a court would give it, by the shipped rules. */
export function noticeFor(decision: Decision, filing: Json, court: Json, more: Partial<NoticeInput> = {}): Notice {
  const docket = court as unknown as Docket;
  const day = '2026-03-10';
  return noticeOf({
    court: docket.court.name,
    parties: filing.parties as Filing['parties'],
    decision,
    judge: noticeJudges(docket),
    vocabulary: lawbook.book.vocabulary,
    issuedOn: plainDate(day),
    recusal: recusalOf(filing.matter as Filing['matter'], day),
    ...more,
  });
}
