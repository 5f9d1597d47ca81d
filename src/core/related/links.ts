import type { DossierCase, FactRecord } from '../documents/dossier.js';
import { byCodePoint } from '../kernel/order.js';
import type { Rule } from '../rules/compose.js';
import { onlyOf, type Value, withFacts } from '../rules/condition.js';
import type { Evaluator } from '../rules/evaluate.js';
import type { Ruleset } from '../rules/ruleset.js';
import { select } from '../rules/selection.js';
import type { Vocabulary } from '../rules/vocabulary.js';

/** A link that a rule found between the filing and an earlier case. */
export interface FoundLink {
  readonly kind: string;
  readonly earlier: DossierCase;
  readonly rule: Rule;
  /** 0 is the strongest: the place of the kind in the vocabulary. */
  readonly rank: number;
}

/** Something about a link that a person has to look at. */
export interface LinkReview {
  readonly cause: string;
  readonly earlier: DossierCase;
  readonly rule: Rule;
  /** It would fall away if the unknown amount turned out to be the earlier one's. */
  readonly dependsOnAmount: boolean;
}

export interface LinkFindings {
  readonly links: readonly FoundLink[];
  readonly reviews: readonly LinkReview[];
  readonly agreed: boolean;
}

const defaultsOf = new WeakMap<Vocabulary, Map<string, FactRecord>>();

/** What the facts of a group are where a record leaves them out: no, none or nought. */
export function factDefaults(vocabulary: Vocabulary, group: '前案' | '承办'): FactRecord {
  const known = defaultsOf.get(vocabulary) ?? new Map<string, FactRecord>();
  defaultsOf.set(vocabulary, known);
  let defaults = known.get(group);
  if (!defaults) {
    const facts = [...vocabulary.facts.values()].filter((fact) => fact.group === group);
    defaults = Object.fromEntries(
      facts.map(({ key, type }) => [key, type === 'boolean' ? false : type === 'integer' ? 0 : 'none']),
    );
    known.set(group, defaults);
  }
  return defaults;
}

/** The facts of a filing and one earlier case together. */
export function pairedWith(
  facts: ReadonlyMap<string, Value>,
  earlier: DossierCase,
  vocabulary: Vocabulary,
): Map<string, Value> {
  return withFacts(facts, factDefaults(vocabulary, '前案'), earlier.facts);
}

/** Puts every earlier case of the dossier to the link rules. Strongest kind first, then the earliest filed. */
export async function findLinks(
  earlier: readonly DossierCase[],
  facts: ReadonlyMap<string, Value>,
  ruleset: Ruleset,
  evaluator: Evaluator,
): Promise<LinkFindings> {
  const selection = select(ruleset, '关联', onlyOf(facts, ['matter', 'stage', 'cause']));
  const kinds = [...(ruleset.vocabulary.enumerations.get('关联种类')?.byKey.keys() ?? [])];
  const links: FoundLink[] = [];
  const reviews: LinkReview[] = [];
  let agreed = true;
  for (const one of earlier) {
    const paired = pairedWith(facts, one, ruleset.vocabulary);
    const verdict = await evaluator.evaluate(selection.engineRules, paired);
    const otherwise =
      one.openAmount === undefined
        ? verdict
        : await evaluator.evaluate(selection.engineRules, paired.set('amountSame', true));
    agreed &&= verdict.agreed && otherwise.agreed;
    for (const rule of selection.rules) {
      if (!verdict.held.has(rule.card.id)) continue;
      const { outcome, value } = rule.card.conclusion ?? {};
      if (outcome?.key === 'link' && value) links.push({ kind: value, earlier: one, rule, rank: kinds.indexOf(value) });
      else if (value) {
        reviews.push({ cause: value, earlier: one, rule, dependsOnAmount: !otherwise.held.has(rule.card.id) });
      }
    }
  }
  links.sort(
    (a, b) =>
      a.rank - b.rank ||
      byCodePoint(a.earlier.filedOn, b.earlier.filedOn) ||
      byCodePoint(a.earlier.caseNo, b.earlier.caseNo),
  );
  return { links, reviews, agreed };
}
