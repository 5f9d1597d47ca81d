import type { Basis, CardBasis } from './citation.js';
import type { Problem } from './source.js';

/** The text of a cited article, for the check that a national quote really stands there. */
export interface ArticleText {
  readonly law: string;
  readonly article: number;
  /** 第几条, as it is cited. */
  readonly label: string;
  readonly version: string;
  /** First day on which this version is in force. */
  readonly inForceFrom: string;
  readonly text: string;
  /** First day on which these words are known to have been law, by earlier versions; `inForceFrom` where not said. */
  readonly textFrom?: string;
  /** What is known of the words before that day; nothing where not said. */
  readonly before?: 'changed' | 'absent';
}

/** Days on which a rule is in force; `validTo` is the first on which it no longer is. */
export interface Validity {
  readonly validFrom: string;
  readonly validTo?: string | null | undefined;
}

/** What was found out about citations. */
export interface CitationFindings {
  readonly problems: readonly Problem[];
  /** Words that stand in the cited version, but are not known to have been law since the rule's 施行. */
  readonly remarks: readonly Problem[];
}

/** A policy is cited by its name, with or without its number behind it. */
const DOCUMENT_NUMBER = /（[^（）]*〔\d{4}〕\d+号）$/;

const articleIndexes = new WeakMap<readonly ArticleText[], Map<string, ArticleText[]>>();

function articlesOf(
  articles: readonly ArticleText[],
  law: string,
  article: number | undefined,
): readonly ArticleText[] {
  let index = articleIndexes.get(articles);
  if (!index) {
    index = new Map();
    for (const each of articles) {
      const key = `${each.law} ${each.article}`;
      index.set(key, [...(index.get(key) ?? []), each]);
    }
    articleIndexes.set(articles, index);
  }
  return index.get(`${law} ${article}`) ?? [];
}

/**
 * What is wrong with citations: a national or policy quote must stand in the text of its article, in the version that is
 * named, and that version must be in force on the rule's dates. Where an earlier version is not known, it is remarked.
 */
export function checkCitations(
  bases: readonly CardBasis[],
  rule: string,
  articles: readonly ArticleText[],
  validity: Validity,
): CitationFindings {
  const problems: Problem[] = [];
  const remarks: Problem[] = [];
  for (const basis of bases) {
    if (!('law' in basis) || (basis.status !== 'national' && basis.status !== 'policy')) continue;
    const wrong = wrongIn(basis, articles, validity);
    if (wrong)
      (wrong.isRemark ? remarks : problems).push({ ...basis.place, rule, code: wrong.code, message: wrong.message });
  }
  return { problems, remarks };
}

interface Wrong {
  readonly code: 'CITATION' | 'CITATION_VERSION' | 'CITATION_IN_FORCE' | 'CITATION_UNVERIFIED';
  readonly message: string;
  readonly isRemark?: true;
}

function wrongIn(basis: Basis, articles: readonly ArticleText[], { validFrom, validTo }: Validity): Wrong | undefined {
  const where = `${basis.law}${basis.article ?? ''}`;
  const versions = articlesOf(articles, basis.law.replace(DOCUMENT_NUMBER, ''), basis.articleNumber);
  if (versions.length === 0) return { code: 'CITATION', message: `条文库里没有「${where}」` };
  const named = versions.filter(
    ({ version }) => basis.version === undefined || dayOf(version) === dayOf(basis.version),
  );
  if (named.length === 0) {
    const known = versions.map(({ version }) => version).join('」「');
    const message = `条文库里「${where}」是「${known}」,没有所写的版本「${basis.version}」`;
    return { code: 'CITATION_VERSION', message };
  }
  const quoting = named.filter(({ text }) => squeeze(text).includes(squeeze(basis.quote ?? '')));
  const [cited] = quoting;
  if (!cited) return { code: 'CITATION', message: `「${where}」里没有所引的原文` };
  const ends = quoting.map((each) => endOf(each, articles));
  const last = ends.includes(undefined) ? undefined : ends.sort().at(-1);
  if (last !== undefined && (!validTo || validTo > last)) {
    const message = `「${where}」的这一版到 ${last} 已被新的版本取代,规则却还有效;按新的版本写,或者给规则填「失效」`;
    return { code: 'CITATION_IN_FORCE', message };
  }
  const [first = cited] = quoting.toSorted((a, b) => (knownFrom(a) < knownFrom(b) ? -1 : 1));
  if (validFrom >= knownFrom(first)) return undefined;
  const since = `「${where}」的文本从 ${knownFrom(first)} 起有效,规则从 ${validFrom} 起施行`;
  if (first.before === 'absent') {
    return { code: 'CITATION_IN_FORCE', message: `${since},之前的版本没有这一条;改「施行」或者写上当时的依据` };
  }
  const what =
    first.before === 'changed' ? '之前的版本文字不同,所引的话当时是否一样未核实' : '条文库里没有之前的版本,未核实';
  return { code: 'CITATION_UNVERIFIED', message: `${since};${what}`, isRemark: true };
}

/** A version is told by its day: 「2017-04-12(法发〔2017〕11号)」 and the same with more words are one. */
const dayOf = (version: string): string => /^\d{4}-\d{2}-\d{2}/.exec(version)?.[0] ?? version;

/** 「2019-03-28(原2018-04-26)」 begins with the day. */
const knownFrom = ({ textFrom, inForceFrom }: ArticleText): string => (textFrom ?? inForceFrom).slice(0, 10);

/** The day on which another version of the same law takes an article's place; undefined while it is the last. */
function endOf(article: ArticleText, articles: readonly ArticleText[]): string | undefined {
  let end: string | undefined;
  for (const from of versionsOf(articles).get(article.law) ?? []) {
    if (from > article.inForceFrom && (end === undefined || from < end)) end = from;
  }
  return end?.slice(0, 10);
}

const versionIndexes = new WeakMap<readonly ArticleText[], Map<string, Set<string>>>();

/** The days on which a version of each law came into force. */
function versionsOf(articles: readonly ArticleText[]): ReadonlyMap<string, ReadonlySet<string>> {
  let index = versionIndexes.get(articles);
  if (!index) {
    index = new Map();
    for (const { law, inForceFrom } of articles) index.set(law, (index.get(law) ?? new Set()).add(inForceFrom));
    versionIndexes.set(articles, index);
  }
  return index;
}

/** Articles are kept with their line breaks, quotes are written on one line. */
const squeeze = (text: string): string => text.replace(/\s/g, '');
