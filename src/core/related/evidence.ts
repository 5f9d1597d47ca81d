import { byCodePoint } from '../kernel/order.js';
import type { EvidenceKind, EvidenceWeights } from '../rules/tables.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';
import { PARTY_BASES, type PartyBasis } from './match.js';
import type { Pair, PartyMatch } from './pair-facts.js';
import { BOTH_SIDES, type Role } from './party-key.js';

/** One piece of evidence, in words that name no person, number or amount. */
export type Evidence = { readonly kind: EvidenceKind; readonly text: string };

/** 诉讼地位 in the words of the vocabulary. */
export const roleWord = (vocabulary: Vocabulary, role: Role): string => labelOf(vocabulary, '诉讼地位', role);

/** What a pair of parties agrees by, in words. */
export const BASIS_WORDS: Readonly<Record<PartyBasis, string>> = {
  number: '证件号码一致',
  organisation_name: '单位名称一致',
  person_name: '仅个人姓名一致',
};

/**
 * What speaks for a link between the two, in a fixed order. Parties count once for each side of the filing, by their strongest
 * match; a party that stands on the same side goes before one that changed sides.
 *
 * @param causeName the filing's cause, as the text shall name it
 */
export function evidenceOf({ facts, matches }: Pair, causeName: string, vocabulary: Vocabulary): Evidence[] {
  const evidence: Evidence[] = [];
  const found = (kind: EvidenceKind, text: string): void => {
    evidence.push({ kind, text });
  };
  if (facts.earlierIsOrigin) found('origin', '收案载明该案为来源案件');
  if (facts.earlierCited) found('cited', '收案写明该案案号');
  if (facts.instrumentSame) {
    found('instrument', facts.laterInstalment ? '同一执行依据（本次为后续分期）' : '同一执行依据');
  }
  for (const side of BOTH_SIDES) {
    const best = bestOf(matches.filter((match) => match.side === side));
    if (best !== undefined) found(best.basis, partyText(best, roleWord(vocabulary, best.role)));
  }
  if (facts.causeSame) found('cause', `案由相同：${causeName}`);
  else if (facts.secondLevelCauseSame) found('second_level_cause', '二级案由相同');
  if (facts.amountSame) found('amount', '标的额一致');
  if (facts.claimsSame) found('claims', '诉讼请求相同');
  if (facts.seriesDay > 0) {
    found('date', `收案日期相近：系列首案起第${facts.seriesDay}日，连本件共${facts.seriesSize}件`);
  }
  return evidence;
}

/** Same side first, then the stronger basis; among equals the first in the order of roles, so that the parties' order does not show. */
function bestOf(matches: readonly PartyMatch[]): PartyMatch | undefined {
  const rank = ({ side, earlierSide, basis }: PartyMatch) =>
    (side === earlierSide ? PARTY_BASES.length : 0) + PARTY_BASES.indexOf(basis);
  return [...matches].sort((x, y) => rank(y) - rank(x) || byCodePoint(x.role, y.role))[0];
}

function partyText({ side, earlierSide, basis }: PartyMatch, word: string): string {
  const what = side === earlierSide ? `${word}相同` : `${word}在前案中为对方当事人`;
  return `${what}（${BASIS_WORDS[basis]}）`;
}

/**
 * The score of kinds of evidence (a kind counts as often as it stands there) in whole permille: 1000·S ⁄ (S + half), rounded
 * down. A kind without a weight adds nothing.
 */
export function scoreOf(kinds: readonly string[], { weights, half }: EvidenceWeights): number {
  const sum = kinds.reduce((total, kind) => total + (weights[kind] ?? 0), 0);
  return sum <= 0 ? 0 : Math.floor((1000 * sum) / (sum + half));
}

/**
 * In what an earlier case does not agree with the filing, in words that name no person, number or amount: what whoever decides on a link
 * looks at beside `evidenceOf`. Facts as a dossier keeps them, those at their default left out.
 */
export function differencesOf(facts: Readonly<Record<string, boolean | string | number>>): string[] {
  const isSame = facts.sidesSame === true || facts.sidesSwapped === true;
  const parties = facts.partyShared === true ? (isSame ? [] : ['只有部分当事人相同']) : ['没有相同的当事人'];
  const cause = facts.causeSame === true ? [] : ['案由不同'];
  return [...parties, ...cause, ...(facts.sameCourt === true ? [] : ['前案不是本院的案件'])];
}
