import { byCodePoint } from '../kernel/order.js';
import type { PlainDate } from '../kernel/plain-date.js';

/** What the parties of a filing are to those of the earlier case that the question is about. */
export const PARTY_RELATIONS = ['same', 'swapped', 'shared', 'none'] as const;
export type PartyRelation = (typeof PARTY_RELATIONS)[number];

/** What makes two rulings of one flow and ground alike. What is not known of one of them agrees with nothing. */
export interface RulingTraits {
  /** Causes from the first level down to the filing's own. */
  readonly causePath: readonly string[];
  /** The kind of link that the decision in question rested on. */
  readonly linkKind: string | undefined;
  readonly relation: PartyRelation | undefined;
}

/** 案由相同, 案由同属一类, 关联种类相同, 当事人关系相同. */
export const TRAITS = ['cause', 'cause_branch', 'link', 'relation'] as const;
export type Trait = (typeof TRAITS)[number];

const WEIGHT: Readonly<Record<Trait, number>> = { cause: 3, cause_branch: 1, link: 2, relation: 2 };

/** A branch is a 二级案由. */
const BRANCH_LEVELS = 2;

/** In what two agree; one cause is also one branch, and said once. */
export function agreeing(a: RulingTraits, b: RulingTraits): Trait[] {
  const isSame = a.causePath.length > 0 && a.causePath.at(-1) === b.causePath.at(-1);
  const branch = (path: readonly string[]): string => path.slice(0, BRANCH_LEVELS).join('\n');
  const hasBranch = a.causePath.length >= BRANCH_LEVELS && b.causePath.length >= BRANCH_LEVELS;
  return [
    ...(isSame ? (['cause'] as const) : []),
    ...(!isSame && hasBranch && branch(a.causePath) === branch(b.causePath) ? (['cause_branch'] as const) : []),
    ...(a.linkKind !== undefined && a.linkKind === b.linkKind ? (['link'] as const) : []),
    ...(a.relation !== undefined && a.relation === b.relation ? (['relation'] as const) : []),
  ];
}

/** An earlier ruling as far as its order goes. */
export interface RuledOn {
  readonly id: string;
  readonly decidedOn: PlainDate;
  readonly traits: RulingTraits;
}

export type Alike<T> = T & { readonly agrees: readonly Trait[] };

/** The rulings that agree with a question in something: the most alike first, of equal ones the latest. At most so many. */
export function mostAlike<T extends RuledOn>(question: RulingTraits, rulings: readonly T[], most: number): Alike<T>[] {
  const weightOf = ({ agrees }: Alike<T>): number => agrees.reduce((sum, trait) => sum + WEIGHT[trait], 0);
  return rulings
    .map((ruling) => ({ ...ruling, agrees: agreeing(question, ruling.traits) }))
    .filter(({ agrees }) => agrees.length > 0)
    .sort((a, b) => weightOf(b) - weightOf(a) || byCodePoint(b.decidedOn, a.decidedOn) || byCodePoint(a.id, b.id))
    .slice(0, most);
}

/** What the parties are to each other by the facts of a pair; undefined where the two were never compared. */
export function relationIn(
  facts: { readonly sidesSame?: unknown; readonly sidesSwapped?: unknown; readonly partyShared?: unknown } | undefined,
): PartyRelation | undefined {
  if (facts === undefined) return undefined;
  if (facts.sidesSame === true) return 'same';
  if (facts.sidesSwapped === true) return 'swapped';
  return facts.partyShared === true ? 'shared' : 'none';
}
