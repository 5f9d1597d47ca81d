import { findBars } from '../assignment/bars.js';
import {
  type Claim,
  decideOwnership,
  findClaim,
  handlerFacts,
  NAMES_ONLY,
  type OwnerQuestion,
  ownerRuleWord,
  stoppingReviews,
} from '../assignment/owner.js';
import { buildPool } from '../assignment/pool.js';
import { type Conversion, isConvertedTo } from '../documents/conversion.js';
import type { Decision } from '../documents/decision.js';
import { FIRST_HANDOVER } from '../documents/dossier.js';
import { digestOf } from '../kernel/digest.js';
import { findLinks, type LinkReview } from '../related/links.js';
import { onlyOf, type Value } from '../rules/condition.js';
import { DiagramTooLargeError } from '../rules/diagram.js';
import { type Evaluator, holds } from '../rules/evaluate.js';
import { reasonOf, speakerOf } from '../rules/reason.js';
import type { Ruleset } from '../rules/ruleset.js';
import { select } from '../rules/selection.js';
import { labelOf } from '../rules/vocabulary.js';
import { ConstraintCheck } from './constraint-check.js';
import { countDeadlines } from './deadlines.js';
import type { DecideInput } from './decide-input.js';
import { factRows } from './fact-rows.js';
import { type FactTable, resolveFacts } from './facts.js';
import { causePathOf, type Lawbook } from './lawbook.js';
import { Notes } from './notes.js';
import { analyseProcedure, type ProcedureAnalysis, settledFacts } from './procedure.js';
import { linkOf } from './related-cases.js';
import { byKeeper, byRuling, NOBODY, ownerOf, settleOwner } from './settle-owner.js';

/**
 * Decides one filing: the one way through links, bars, procedure and panel, owner, pool, draw and deadlines.
 * Pure and total: the same dossier, rules and seed give the same decision, byte for byte; whatever the rules cannot
 * settle comes back as `needs_review` with its reason and all that was determined before.
 */
export async function decide(input: DecideInput): Promise<Decision> {
  const { dossier, ruleset, lawbook, evaluator } = input;
  const { filing } = dossier;
  const causePath = causePathOf(lawbook, filing.cause);
  const table = resolveFacts(dossier, ruleset, causePath);
  const facts = settledFacts(table);
  const note = new Notes(filing.id, ruleset, facts);

  const links = await findLinks(dossier.earlier, facts, ruleset, evaluator);
  note.agreed(links.agreed);
  const bars = await findBars(dossier, facts, ruleset, evaluator);
  note.agreed(bars.agreed);
  for (const { rule, earlier } of links.links) note.rule('link', rule, { 前案案号: earlier.caseNo }, earlier);
  for (const reasons of bars.byJudge.values()) for (const reason of reasons) note.add(reason);
  await reviewFiling(note, facts, ruleset, evaluator);

  const { handover = FIRST_HANDOVER } = dossier;
  const { disclaimed = [] } = handover;
  const claim = findClaim(
    links.links.filter(({ earlier }) => !disclaimed.includes(earlier.caseNo)),
    facts,
    ruleset,
  );
  const question: OwnerQuestion = {
    claim,
    facts,
    ruleset,
    handler: (earlier, track) => handlerFacts(earlier, dossier, bars.byJudge, track),
  };
  const unsure = stoppingReviews(links.reviews, claim);
  for (const review of links.reviews) note.review(review, unsure.includes(review));
  const analysis = analyseCached(table, question) ?? UNSETTLED;
  if (analysis === UNSETTLED)
    note.stop('未知事项太多，无法在可控的时间内算清哪些会改变结果；请先补充能够确定的事项，再重新分案');
  if (unsure.some((review) => review.dependsOnAmount)) note.ask('/amount', '标的额');
  for (const { name, label } of analysis.questions) note.ask(name, label);
  for (const { name, label } of analysis.missingParameters) note.missing(name, label);
  if (analysis.conflicts.length > 0)
    note.stop(`规则互相冲突：${analysis.conflicts.join('；')}；本案请由院庭长确定，并请规则编辑改正这几条规则`);
  if (analysis.gaps.length > 0)
    note.stop(`没有一条规则能得出本案的${analysis.gaps.join('、')}，请由院庭长确定后指定承办人`);
  await explainProcedure(note, analysis, facts, ruleset, evaluator);

  const procedureFacts = new Map<string, Value>(facts);
  if (analysis.procedure !== undefined) procedureFacts.set('procedure', analysis.procedure);
  const { track } = analysis;
  const isRouted = analysis.procedure !== undefined && analysis.panel !== undefined;
  const { conversion, keeper } = handover;
  const isSound = isRouted && isAsRuled(note, conversion, analysis, ruleset);
  const named = handover.designation ?? handover.ruling;
  const isKept = named === undefined && conversion !== undefined && keeper !== undefined;
  const keeping =
    isKept && isSound ? await byKeeper(input, note, facts, { conversion, keeper }, bars, track) : undefined;
  const kept = isKept && !isSound ? NOBODY : keeping;
  const ownership = isRouted && !named && !kept ? await decideOwnership(question, track, evaluator) : undefined;
  if (ownership) {
    note.agreed(ownership.agreed);
    for (const reason of ownership.reasons) note.add(reason);
  }
  const hasPool = analysis.procedure !== undefined;
  const pool = hasPool ? await buildPool(dossier, bars, track, ruleset, evaluator) : undefined;
  if (pool) note.agreed(pool.agreed);
  const constraints = new ConstraintCheck(table, ruleset, facts);
  const routed = new Map<string, Value>(analysis.procedure === undefined ? [] : [['procedure', analysis.procedure]]);
  const records = { dossier, question, claim, track, barred: bars.byJudge };
  for (const text of [...constraints.ofFiling(routed), ...constraints.ofRecords(records)]) note.stop(text);
  const owner = named
    ? await byRuling(input, note, facts, handover, bars)
    : (kept ?? (isRouted ? await settleOwner(input, note, facts, ownership?.owner, pool) : NOBODY));
  const isAssigned = owner.judge !== null && owner.judge !== undefined;
  procedureFacts.set('isAssigned', isAssigned).set('firstOwnerKind', firstOwnerKind(claim, unsure));
  const after = onlyOf(procedureFacts, ['procedure', 'isAssigned', 'firstOwnerKind']);
  for (const text of constraints.ofFiling(after)) note.stop(text);
  if (analysis.procedure === undefined) procedureFacts.set('procedure', '');
  const clocks = await countDeadlines(dossier, procedureFacts, table, ruleset, lawbook.calendar, evaluator);
  note.agreed(clocks.agreed);
  for (const id of clocks.missing) note.missing(id, ruleset.vocabulary.parametersById.get(id)?.word ?? id);
  if (clocks.conflicts.length > 0) note.stop(`期限规则互相冲突:${clocks.conflicts.join(';')}`);
  for (const reason of clocks.reasons) note.add(reason);

  // Those who designate, rule or hold it already have seen why it stopped; only what forbids their choice still stops it.
  const isDecided = isAssigned && (named !== undefined || owner.kept !== undefined || !note.stopped);
  return sealed({
    filing: filing.id,
    status: isDecided ? 'assigned' : 'needs_review',
    ...(track !== undefined && { track }),
    ...(analysis.procedure !== undefined && { procedure: analysis.procedure }),
    ...(analysis.panel !== undefined && { panel: analysis.panel }),
    owner: isDecided ? ownerOf(owner, claim) : NOBODY,
    links: links.links.map((link) => linkOf(link, ruleset)),
    barred: [...bars.byJudge].map(([judge, reasons]) => ({
      judge,
      rule: reasons[0]?.rule ?? '',
      text: reasons.map((reason) => reason.text).join('；'),
    })),
    ...(pool && { pool: pool.entries }),
    ...(isDecided && owner.receipt && { draw: owner.receipt }),
    deadlines: clocks.deadlines,
    reasons: note.reasons,
    questions: note.questions,
    presumed: analysis.presumed.map(({ name, label }) => presumption(name, label)),
    facts: factRows(table, facts, ruleset),
    rules: rulesOf(ruleset, lawbook),
    seed: input.seed,
    record: dossier,
  });
}

/** Whether the rules come to what was ruled, where a conversion was; told where they do not. */
function isAsRuled(
  note: Notes,
  conversion: Conversion | undefined,
  { procedure = '', panel = '' }: ProcedureAnalysis,
  { vocabulary }: Ruleset,
): boolean {
  if (!conversion || isConvertedTo(conversion.to, procedure, panel)) return true;
  const to = labelOf(vocabulary, '转换去向', conversion.to);
  const ground = labelOf(vocabulary, '转换事由', conversion.ground);
  const found = `${labelOf(vocabulary, '程序', procedure)}、${labelOf(vocabulary, '审判组织', panel)}`;
  note.stop(`以“${ground}”转为${to}，依规则得出的却是${found}；请核对事由和去向`);
  return false;
}

/** By which rules, parameters and calendar a decision was made. */
export const rulesOf = (
  ruleset: Ruleset,
  { calendar, release }: Pick<Lawbook, 'calendar' | 'release'>,
): Decision['rules'] => ({
  digest: ruleset.digest,
  version: ruleset.version,
  parameters: ruleset.parameterDigest,
  calendar: `${calendar.version}@${calendar.digest}`,
  ...(release !== undefined && { release }),
});

/** Adds the digest over everything else. */
export function sealed(decision: Omit<Decision, 'digest'>): Decision {
  return { ...decision, digest: digestOf(decision) };
}

async function reviewFiling(
  note: Notes,
  facts: ReadonlyMap<string, Value>,
  ruleset: Ruleset,
  evaluator: Evaluator,
): Promise<void> {
  const selection = select(ruleset, '收案审查', new Map());
  const verdict = await evaluator.evaluate(selection.engineRules, facts);
  note.agreed(verdict.agreed);
  for (const rule of selection.rules) {
    if (!verdict.held.has(rule.card.id)) continue;
    const stops = rule.card.conclusion?.outcome.key === 'filingReview';
    if (stops) note.stopped = true;
    note.rule(stops ? 'review' : 'link', rule, {});
  }
}

const analyses = new WeakMap<Ruleset['rules'], Map<string, ProcedureAnalysis>>();
const ANALYSES_MAX = 20_000;

/** Of a filing with more unknowns than can be enumerated. */
const UNSETTLED: ProcedureAnalysis = { gaps: [], conflicts: [], questions: [], missingParameters: [], presumed: [] };

/** Filings that no rule can tell apart share one analysis. Undefined where there is too much to decide between. */
function analyseCached(table: FactTable, question: OwnerQuestion): ProcedureAnalysis | undefined {
  const { ruleset } = question;
  const ownerRuleOf = (track: string | undefined): string => ownerRuleWord(question, track);
  const tracks = [undefined, ...(ruleset.vocabulary.enumerations.get('繁简')?.byKey.keys() ?? [])];
  let kept = analyses.get(ruleset.rules);
  if (!kept) {
    kept = new Map();
    analyses.set(ruleset.rules, kept);
  }
  const key = `${ruleset.digest}\u0000${ruleset.parameterDigest}\u0000${table.key}\u0000${tracks.map(ownerRuleOf).join('\u0000')}`;
  let analysis = kept.get(key);
  if (!analysis) {
    try {
      analysis = analyseProcedure(table, ruleset, ownerRuleOf);
    } catch (error) {
      if (error instanceof DiagramTooLargeError) return undefined;
      throw error;
    }
    if (kept.size >= ANALYSES_MAX) kept.clear();
    kept.set(key, analysis);
  }
  return analysis;
}

/** Confirms procedure, panel and track by the engine of record and says why: the rules that speak and those that were held back. */
async function explainProcedure(
  note: Notes,
  analysis: ProcedureAnalysis,
  facts: ReadonlyMap<string, Value>,
  ruleset: Ruleset,
  evaluator: Evaluator,
): Promise<void> {
  // Where something was converted, the rules that it took away are to be named too.
  const isConverted = facts.get('conversionGround') !== 'none';
  const known = onlyOf(facts, ['matter', 'stage', 'courtLevel', ...(isConverted ? [] : ['conversionGround'])]);
  const layer = async (
    about: 'procedure' | 'panel' | 'track',
    name: string,
    all: ReadonlyMap<string, Value>,
    expected: string | undefined,
  ): Promise<void> => {
    const selection = select(ruleset, name, name === '繁简' ? new Map() : known);
    const verdict = await evaluator.evaluate(selection.engineRules, all);
    const speaking = selection.rules.filter((rule) => verdict.held.has(rule.card.id));
    const words = new Set(speaking.map((rule) => rule.card.conclusion?.value));
    note.agreed(verdict.agreed && (expected === undefined || (words.size === 1 && words.has(expected))));
    if (expected === undefined) return;
    for (const rule of speaking) note.add(reasonOf(about, speakerOf(rule), all, ruleset));
    for (const rule of selection.rules) {
      if (!holds(rule.card.condition, all)) continue;
      for (const blocker of rule.blockers) {
        if (holds(blocker.condition, all)) note.add(reasonOf('not_applied', blocker, all, ruleset));
      }
    }
  };
  await layer('procedure', '程序', facts, analysis.procedure);
  if (analysis.procedure === undefined) return;
  const withProcedure = new Map(facts).set('procedure', analysis.procedure);
  await layer('panel', '审判组织', withProcedure, analysis.panel);
  await layer('track', '繁简', withProcedure, analysis.track);
}

const FIRST_OWNER_KINDS = new Set(['first_trial', 'first_enforcement']);

/** Whether the search found a first owner, be it one who then could not take the case. */
function firstOwnerKind(claim: Claim | undefined, unsure: readonly LinkReview[]): string {
  if (claim?.link.earlier.facts.sameCourt !== true) return 'none';
  if (unsure.some((review) => review.earlier === claim.link.earlier && review.cause === NAMES_ONLY)) return 'none';
  return FIRST_OWNER_KINDS.has(claim.method) ? claim.method : 'none';
}

function presumption(name: string, label: string): { fact: string; value: boolean; text: string } {
  if (name.startsWith('/')) return { fact: name, value: true, text: `推定${label}明确` };
  return { fact: name, value: false, text: `推定“${label}”为否` };
}
