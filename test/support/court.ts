import { fileURLToPath } from 'node:url';
import type { Decision } from '../../src/core/documents/decision.js';
import { identityCheckDigit } from '../../src/core/law/identity-number.js';
import type { Edition } from '../../src/core/releases/edition.js';
import { routeBatch } from '../../src/core/routing/batch.js';
import { checkDocket } from '../../src/core/routing/docket-check.js';
import { buildLawbook, type Lawbook, parseArticles } from '../../src/core/routing/lawbook.js';
import { parseRecusalRows } from '../../src/core/routing/recusal.js';
import { type EngineOfRecord, jsonRulesEngine } from '../../src/core/rules/engine.js';
import { Evaluator } from '../../src/core/rules/evaluate.js';
import { Problems, type RuleFile } from '../../src/core/rules/source.js';
import { readArticles, readEarlierArticles, readRecusalRows, readRuleFiles } from '../../src/shell/files/rule-files.js';

export const RULES = fileURLToPath(new URL('../../rules', import.meta.url));

/** A lawbook of these files. @throws with the first problem */
export function loadRules(files: readonly RuleFile[]): Lawbook {
  const problems = new Problems();
  const lawbook = buildLawbook(files, problems);
  const [first] = problems.list;
  if (!lawbook || first) throw new Error(`${first?.file}:${first?.line}: ${first?.message}`);
  return lawbook;
}

/** The shipped rules, read once for a test file. */
export const lawbook: Lawbook = loadRules(readRuleFiles(RULES));

/** The shipped rules with what they quote. */
export const edition: Edition = {
  ...lawbook,
  articles: parseArticles(readArticles(RULES), readEarlierArticles(RULES)),
  recusal: parseRecusalRows(readRecusalRows(RULES)),
  files: readRuleFiles(RULES),
};

/** A lawbook as the service holds it, with what the shipped rules quote. */
export const editionOf = (book: Lawbook): Edition => ({ ...edition, ...book });

/** The shipped rules with one text of one file replaced. */
export function alteredLawbook(path: string, from: string, to: string): Lawbook {
  const files = readRuleFiles(RULES);
  if (!files.some((file) => file.path === path && file.text.includes(from))) throw new Error(`no “${from}” in ${path}`);
  return loadRules(files.map((file) => (file.path === path ? { path, text: file.text.replace(from, to) } : file)));
}

export type Json = Record<string, unknown>;

/** A synthetic resident identity number that is valid; equal numbers for equal sequences. */
export function identityNumber(sequence: number): string {
  const first17 = `51152719750615${String(sequence).padStart(3, '0')}`;
  return first17 + identityCheckDigit(first17);
}

export const person = (role: string, name: string, sequence?: number, more: Json = {}): Json => ({
  role,
  kind: 'person',
  name,
  ...(sequence !== undefined && { idNumber: identityNumber(sequence) }),
  ...more,
});

export const company = (role: string, name: string, uscc?: string, more: Json = {}): Json => ({
  role,
  kind: 'organization',
  name,
  ...(uscc !== undefined && { uscc }),
  ...more,
});

/** Answers that leave nothing of a civil first-instance filing open. */
export const CLEAR = {
  factsClear: true,
  rightsClear: true,
  disputeMinor: true,
  monetaryClaim: true,
  personalStatus: false,
  titleConfirmation: false,
  appraisalNeeded: false,
} as const;

/** As `CLEAR`, of a criminal first-instance filing but for the sentence to be expected. */
export const CRIMINAL_CLEAR = {
  factsClear: true,
  evidenceSufficient: true,
  admitsGuilt: true,
  agreesFastTrack: true,
  agreesSummaryCriminal: true,
  minorAccused: false,
  disabledAccused: false,
  majorImpact: false,
  coAccusedObjects: false,
  civilClaimUnsettled: false,
} as const;

/** A plain loan case of 20,000 yuan between 甲 (101) and 乙 (102), received 2026-03-09 in 川1527. */
export const filing = (more: Json = {}): Json => ({
  id: 'F1',
  court: '川1527',
  matter: 'civil',
  stage: 'first_instance',
  receivedOn: '2026-03-09',
  cause: '民间借贷纠纷',
  amount: '20000.00',
  parties: [person('plaintiff', '甲一', 101), person('defendant', '乙二', 102)],
  facts: { ...CLEAR },
  ...more,
});

export const enforcement = (more: Json = {}): Json => ({
  id: 'E1',
  court: '川1527',
  matter: 'enforcement',
  stage: 'enforcement',
  receivedOn: '2026-03-09',
  cause: '民间借贷纠纷',
  amount: '52000.00',
  parties: [person('creditor', '甲一', 101), person('debtor', '乙二', 102)],
  instrument: { caseNo: '（2024）川1527民初512号', kind: 'judgment' },
  ...more,
});

/** An earlier civil case between the same two, closed by judgment, decided by M1. */
export const earlier = (more: Json = {}): Json => ({
  caseNo: '（2025）川1527民初88号',
  matter: 'civil',
  stage: 'first_instance',
  cause: '民间借贷纠纷',
  amount: '20000.00',
  filedOn: '2025-06-02',
  closedOn: '2025-07-15',
  closure: 'judgment',
  judge: 'M1',
  parties: [person('plaintiff', '甲一', 101), person('defendant', '乙二', 102)],
  ...more,
});

export const judge = (id: string, more: Json = {}): Json => ({
  id,
  name: `法官${id}`,
  division: 'min-yi',
  handles: ['civil'],
  ...more,
});

export const JUDGES: readonly Json[] = [
  judge('M1'),
  judge('M2', { handles: ['civil', 'enforcement_review'] }),
  judge('M3', { handles: ['civil', 'enforcement_review'] }),
  judge('M4'),
  judge('S1', { tracks: ['simple'] }),
  judge('X1', { handles: ['criminal'] }),
  judge('X2', { handles: ['criminal', 'administrative'] }),
  judge('Z1', { handles: ['enforcement'] }),
  judge('Z2', { handles: ['enforcement', 'enforcement_review'] }),
];

export const docket = (cases: readonly Json[] = [], more: Json = {}): Json => ({
  court: { code: '川1527', name: '筠连县人民法院', level: 'basic', province: '四川' },
  divisions: [{ id: 'min-yi', name: '民事审判庭', kind: 'civil' }],
  judges: JUDGES,
  cases,
  parameters: { 'small_claims.mandatory_max': 40000, 'small_claims.agreed_max': 160000 },
  ...more,
});

export interface RouteOptions {
  readonly seed?: string;
  readonly on?: string;
  readonly engine?: EngineOfRecord;
  readonly lawbook?: Lawbook;
}

/** Routes filings against a docket by the shipped rules; decisions in file order. */
export async function route(filings: readonly Json[], court: Json, options: RouteOptions = {}): Promise<Decision[]> {
  const book = options.lawbook ?? lawbook;
  const checked = checkDocket(court, book);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  const decisions: Decision[] = [];
  const input = {
    filings: filings.map((value) => ({ value })),
    docket: checked.value,
    lawbook: book,
    evaluator: new Evaluator(options.engine ?? jsonRulesEngine),
    seed: options.seed ?? '00',
    ...(options.on !== undefined && { on: options.on as never }),
  };
  for await (const { index, decision } of routeBatch(input)) decisions[index] = decision;
  return decisions;
}

/** Routes one filing. */
export async function decideOne(one: Json, court: Json, options: RouteOptions = {}): Promise<Decision> {
  const [decision] = await route([one], court, options);
  if (!decision) throw new Error('no decision');
  return decision;
}

export const dueOf = (decision: Decision): Record<string, string> =>
  Object.fromEntries((decision.deadlines ?? []).map(({ kind, due }) => [kind, due]));

export const questionsOf = (decision: Decision): string[] => (decision.questions ?? []).map(({ fact }) => fact).sort();

export const presumedOf = (decision: Decision): string[] => (decision.presumed ?? []).map(({ fact }) => fact);

export const linksOf = (decision: Decision): string[] => (decision.links ?? []).map(({ kind }) => kind);

export const barredOf = (decision: Decision): string[] => (decision.barred ?? []).map(({ judge: id }) => id);
