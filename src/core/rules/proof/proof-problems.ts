import type { Card } from '../card.js';
import { testsOf } from '../condition.js';
import { DEFAULT_COURT, type RuleBook } from '../rulebook.js';
import type { Problem } from '../source.js';
import { showWhen } from './flattenings.js';
import { conditionsOf } from './layer-proof.js';
import type { Answer, Proofs, Question } from './prove.js';
import { showCase } from './show-case.js';
import type { Case } from './witness.js';

/** A problem with the case that shows it, where one does, and in whose rules. */
export interface ProofProblem extends Problem {
  readonly shown?: Shown;
}

/** A case, in answer to which question it was found, and the cards that it is about. */
export interface Shown {
  readonly values: Case['values'];
  readonly question: Question;
  readonly cards: readonly Card[];
}

/** What is known of one card from every question in which it could hold. */
interface Standing {
  holds: boolean;
  speaks: boolean;
  matters: boolean;
  /** Some question about it could not be answered. */
  isUnknown: boolean;
  readonly exceptions: Set<string>;
  shown: { readonly question: Question; readonly example: Case; readonly others: readonly Card[] } | undefined;
}

/**
 * What proofs find wrong: gaps, conflicts, and cards that never hold, never speak or change nothing, each with the case
 * that departs least from the base case; and what could not be proved, which is never taken for right.
 */
export function proofProblems(book: RuleBook, { answers, inForce }: Proofs): ProofProblem[] {
  return [
    ...unknowns(answers),
    ...gaps(book, certainFirst(answers)),
    ...conflicts(book, certainFirst(answers)),
    ...standings(answers, inForce).flatMap(([card, standing]) => problemsOf(book, card, standing)),
  ];
}

/** Answers that rest on published numbers alone before those that assume one: a case without an assumption says more. */
function certainFirst(answers: readonly Answer[]): Answer[] {
  const found = answers.filter(({ proof }) => proof && (proof.gaps.length > 0 || proof.conflicts.length > 0));
  const assuming = new Set(found.filter(({ question }) => isAssuming(question)));
  return [...found.filter((each) => !assuming.has(each)), ...assuming];
}

const isAssuming = ({ cards, flattening: { parameters } }: Question): boolean =>
  conditionsOf(cards)
    .flatMap(testsOf)
    .some(({ operand }) => operand.kind === 'parameter' && parameters.get(operand.id)?.value === undefined);

function unknowns(answers: readonly Answer[]): ProofProblem[] {
  const layers = new Map<string, Question>();
  for (const { question, proof } of answers)
    if (!proof && !layers.has(question.layer)) layers.set(question.layer, question);
  return [...layers.values()].map(({ layer, cards: [first] }) => ({
    ...(first?.place ?? NOWHERE),
    code: 'PROOF_UNKNOWN',
    message: `「${layer}」层的情形多得数不完，不能证明没有缺口和冲突；请把规则分细，或者减少一条规则里的条件`,
  }));
}

function gaps(book: RuleBook, answers: readonly Answer[]): ProofProblem[] {
  const found = new Map<string, ProofProblem>();
  for (const { question, proof } of answers) {
    for (const { outcome, example } of proof?.gaps ?? []) {
      const text = showCase(book.vocabulary, example);
      const key = `${outcome} ${text}`;
      if (found.has(key)) continue;
      const near = question.cards.find(({ conclusion }) => conclusion) ?? question.cards[0];
      const message = `「${outcome}」有缺口：${whose(book, question)}，没有一条规则管这样的案件：${text}；请补一条规则，有意不设的写进「不设规则」`;
      found.set(key, {
        ...(near?.place ?? NOWHERE),
        code: 'GAP',
        message,
        shown: { question, values: example.values, cards: [] },
      });
    }
  }
  return [...found.values()];
}

function conflicts(book: RuleBook, answers: readonly Answer[]): ProofProblem[] {
  const found = new Map<string, ProofProblem>();
  for (const { question, proof } of answers) {
    for (const { cards, example } of proof?.conflicts ?? []) {
      const [a, b] = cards;
      const key = `${a.id} ${b.id}`;
      if (found.has(key)) continue;
      const says = ({ conclusion }: Card): string =>
        conclusion?.outcome.enumeration?.byKey.get(conclusion.value)?.word ?? conclusion?.outcome.word ?? '';
      const message = `与「${b.id}」(${b.file}:${b.place.line})冲突：${whose(book, question)}，同一案件一条说${says(a)}，一条说${says(b)}：${showCase(book.vocabulary, example)}；请写明谁是谁的「例外于」，或者收窄条件`;
      found.set(key, {
        ...a.place,
        code: 'CONFLICT',
        rule: a.id,
        message,
        shown: { question, values: example.values, cards },
      });
    }
  }
  return [...found.values()];
}

function standings(answers: readonly Answer[], inForce: ReadonlySet<Card>): [Card, Standing][] {
  const never = (): Standing => ({
    holds: false,
    speaks: false,
    matters: false,
    isUnknown: false,
    exceptions: new Set(),
    shown: undefined,
  });
  const all = new Map([...inForce].map((card) => [card, never()]));
  for (const { question, proof } of answers) {
    for (const card of question.cards) {
      const standing = all.get(card) ?? never();
      const own = proof?.cards.get(card);
      if (!own) {
        standing.isUnknown = true;
        continue;
      }
      standing.holds ||= own.holds;
      standing.speaks ||= own.speaks;
      standing.matters ||= own.matters;
      for (const id of own.exceptions) standing.exceptions.add(id);
      if (own.example && standing.shown === undefined) {
        standing.shown = { question, example: own.example, others: own.others };
      }
    }
  }
  return [...all];
}

function problemsOf(book: RuleBook, card: Card, standing: Standing): ProofProblem[] {
  if (standing.isUnknown) return [];
  const problems: ProofProblem[] = card.exceptions
    .filter(({ id }) => standing.holds && !standing.exceptions.has(id))
    .map(({ id, place }) => ({
      ...place,
      code: 'DEAD',
      rule: card.id,
      message: `例外「${id}」永远不会成立：它要求的，本条自己的条件或者词汇表的约束已经排除；请删去或者改正`,
    }));
  const { shown } = standing;
  const others = (shown?.others ?? []).map(({ id }) => `「${id}」`).join('、');
  const text = shown === undefined ? '' : `；例如${showCase(book.vocabulary, shown.example)}`;
  const add = (code: string, message: string): void => {
    const isShown = shown && code !== 'DEAD' && code !== 'OVERLAP';
    const example = isShown && { shown: { question: shown.question, values: shown.example.values, cards: [card] } };
    problems.push({ ...card.place, code, rule: card.id, message, ...example });
  };
  const cure = standing.matters
    ? '请改正条件（删去它，别处的结果会变：它的例外经它优先于它所例外的规则）'
    : '请改正条件或者删去';
  if (!standing.holds) add('DEAD', `永远不会成立：没有一种可能的案件符合它的条件；${cure}`);
  else if (!standing.speaks) {
    add('SHADOWED', `永远轮不到它说话：它成立时总有更特殊的规则${others}取而代之${text}；${cure}`);
  } else if (!standing.matters && card.overlaps === undefined) {
    add(
      'REDUNDANT',
      `删去它什么也不变：它管的案件，${others === '' ? '别的规则' : others}已经这样说了${text}；请删去，有意保留的写明「重合: 理由」`,
    );
  } else if (standing.matters && card.overlaps !== undefined) {
    add('OVERLAP', '写了「重合」，可是删去它结果会变；请删去「重合」');
  }
  return problems;
}

/** Whose rules a question was about, and since when. */
function whose({ courts }: RuleBook, { flattening }: Question): string {
  const { court, province, from, docketed, assigned } = flattening;
  const name = court === DEFAULT_COURT ? province : (courts.get(court)?.name ?? court);
  const isLater = docketed !== undefined || assigned !== undefined;
  return isLater ? `${name} ${showWhen(flattening)}` : `${name}自 ${from} 起收案`;
}

const NOWHERE = { file: 'vocabulary/outcomes.yaml', line: 1, column: 1 };
