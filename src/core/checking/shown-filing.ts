import type { Filing } from '../documents/filing.js';
import { Router } from '../routing/batch.js';
import { checkDocket } from '../routing/docket-check.js';
import { resolveFacts } from '../routing/facts.js';
import { checkFiling } from '../routing/intake.js';
import { causePathOf, type Lawbook } from '../routing/lawbook.js';
import { analyseProcedure, settledFacts } from '../routing/procedure.js';
import type { Card } from '../rules/card.js';
import type { Value } from '../rules/condition.js';
import { Evaluator, FactMissingError, holds } from '../rules/evaluate.js';
import type { LayerProof } from '../rules/proof/layer-proof.js';
import type { ProofProblem, Shown } from '../rules/proof/proof-problems.js';
import { proveFiled, type Question } from '../rules/proof/prove.js';
import { DEFAULT_COURT } from '../rules/rulebook.js';
import type { Problem } from '../rules/source.js';
import { filingOf, SAMPLE_COURT } from './counter-example.js';

/** Whose filing it is where the sample court's rules do not show the problem: a court without rules of its own. */
const NO_FOLDER = '川1598';

/** The conclusions that routing a filing shows at once. */
const ROUTED_LAYERS = ['程序', '审判组织'];

const FILINGS_MAX = 100;

/** Problems with the filing that shows each, where one does: it has been routed, and it is what the problem says. */
export function withFilings(problems: readonly ProofProblem[], lawbook: Lawbook): Problem[] {
  const proofs = new Map<Question, LayerProof | undefined>();
  let count = 0;
  return problems.map(({ shown, ...problem }) => {
    if (shown === undefined || !ROUTED_LAYERS.includes(shown.question.layer) || count >= FILINGS_MAX) return problem;
    const { question } = shown;
    if (!proofs.has(question)) proofs.set(question, proveFiled(lawbook.book, lawbook.causes, question));
    const values = filedValues(problem.code, shown, proofs.get(question));
    const filing = values && shownFiling(problem.code, shown, values, lawbook);
    if (filing === undefined) return problem;
    count++;
    return { ...problem, filing: JSON.stringify(filing) };
  });
}

/** The case of the problem among those that filings lead to; undefined: none does. */
function filedValues(code: string, { cards }: Shown, proof: LayerProof | undefined): Shown['values'] | undefined {
  const [a, b] = cards;
  if (code === 'GAP') return proof?.gaps[0]?.example.values;
  if (code === 'CONFLICT')
    return proof?.conflicts.find((each) => each.cards[0] === a && each.cards[1] === b)?.example.values;
  return a && proof?.cards.get(a)?.example?.values;
}

function shownFiling(code: string, shown: Shown, values: Shown['values'], lawbook: Lawbook): Filing | undefined {
  const { court, province, from } = shown.question.flattening;
  const area = court === DEFAULT_COURT ? { code: NO_FOLDER, province } : { code: court, province };
  const filed = new Map(values).set('cause', causeOf(values, lawbook));
  for (const each of court === DEFAULT_COURT ? [SAMPLE_COURT, area] : [area]) {
    const filing = filingOf(filed, lawbook.book.vocabulary, each.code, from);
    if (filing && isShownBy(filing, each.province, code, shown, values, lawbook)) return filing;
  }
  return undefined;
}

/** The case's cause; where it is no rule's matter, it may be that of another kind of case, and then one of its own stands for it. */
function causeOf(values: Shown['values'], { causes }: Lawbook): Value {
  const cause = values.get('cause');
  const own = causes.nodes.filter(({ list }) => list === values.get('matter'));
  const [first] = own.filter(({ path }) => path.length > 1);
  const isOwn = own.length === 0 || own.some(({ path }) => String(path) === String(cause));
  return isOwn && cause !== undefined ? cause : (first?.path ?? []);
}

/** Whether routing the filing, in a court of the level in question, comes upon the problem. */
function isShownBy(
  filing: Filing,
  province: string,
  code: string,
  { question: { layer }, cards }: Shown,
  values: Shown['values'],
  lawbook: Lawbook,
): boolean {
  const docket = checkDocket(emptyDocket(filing.court, province, values.get('courtLevel')), lawbook);
  if (!docket.ok || !checkFiling(filing, { court: filing.court, lawbook, seen: new Set() }).ok) return false;
  const router = new Router({ docket: docket.value, lawbook, evaluator: NO_ENGINE, seed: '00' });
  const ruleset = router.rulesetOf(filing);
  const { dossier } = router.gather(filing);
  const table = resolveFacts(dossier, ruleset, causePathOf(lawbook, filing.cause));
  const analysis = analyseProcedure(table, ruleset, () => '');
  if (code === 'GAP') return isSettled(analysis) && analysis.gaps.includes(layer);
  const ids = cards.map(({ id }) => id);
  if (code === 'CONFLICT') {
    return isSettled(analysis) && analysis.conflicts.some((each) => ids.every((id) => each.split('、').includes(id)));
  }
  const facts = new Map(settledFacts(table));
  if (analysis.procedure !== undefined) facts.set('procedure', analysis.procedure);
  return cards.every((card) =>
    ruleset.rules.get(layer)?.some((rule) => rule.card.id === card.id && heldIn(rule, facts)),
  );
}

const isSettled = (analysis: ReturnType<typeof analyseProcedure>): boolean =>
  analysis.questions.length === 0 && analysis.missingParameters.length === 0;

function heldIn(
  rule: { readonly card: Card; readonly holds: Parameters<typeof holds>[0] },
  facts: Map<string, Value>,
): boolean {
  try {
    return holds(rule.holds, facts);
  } catch (error) {
    if (error instanceof FactMissingError) return false;
    throw error;
  }
}

/** Gathering and analysing ask no engine. */
const NO_ENGINE = new Evaluator(() => Promise.reject(new Error('nothing is decided here')));

const emptyDocket = (code: string, province: string, level: Value | undefined): object => ({
  court: { code, name: '示例法院', level: level ?? 'basic', province },
  divisions: [{ id: '1', name: '立案庭', kind: 'filing' }],
  judges: [{ id: '1', name: '示例法官', division: '1', handles: ['civil'] }],
  cases: [],
});
