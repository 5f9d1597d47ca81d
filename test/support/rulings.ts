/** Decided objections for tests: a filing that was assigned, an objection of its recipient, and what a reviewer made of it. */
import type { CourtRulings, Ruling } from '../../src/core/documents/ruling.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { checkFiling } from '../../src/core/routing/intake.js';
import type { Lawbook } from '../../src/core/routing/lawbook.js';
import { parseRulingFile, type RulingFile } from '../../src/core/rules/ruling-file.js';
import { type Problem, Problems } from '../../src/core/rules/source.js';
import { checkRulings, type RulingReport } from '../../src/core/rulings/check-rulings.js';
import type { DecidedObjection } from '../../src/core/rulings/ruling-of.js';
import { rulingsFile } from '../../src/core/rulings/write-rulings.js';
import { MemoryCourt } from '../../src/core/scenario/court.js';
import { type Json, lawbook } from './court.js';
import { checked, evaluatorOf, SEED } from './property.js';

/** What the recipient of a filing claims, and what becomes of it. */
export interface Objecting {
  /** `not`: 不属于首审, 不属于首执; `missed`: 未发现. */
  readonly ground: 'not' | 'missed';
  readonly claimedOwner?: string;
  readonly evidence?: readonly string[];
  readonly outcome: 'uphold' | 'reject';
}

/** Plays a filing, an objection and its ruling in a court; undefined where one of them is refused. */
export async function objected(
  docket: Json,
  filing: Json,
  { ground, claimedOwner, evidence = [], outcome }: Objecting,
  book: Lawbook = lawbook,
): Promise<DecidedObjection | undefined> {
  const known = checked(docket, book);
  const court = new MemoryCourt({ docket: known, lawbook: book, evaluator: evaluatorOf(book), seed: SEED });
  const read = checkFiling(filing, { court: known.docket.court.code, lawbook: book, seen: new Set() });
  if (!read.ok) return undefined;
  const { id, matter, receivedOn } = read.value;
  const { decision: before, owner, assignedOn } = await court.file(read.value);
  const subject = matter === 'enforcement' ? 'first_enforcement' : 'first_trial';
  const flow = court.flowsOn(receivedOn).find(({ key }) => key.startsWith(subject) && key !== 'first_enforcement_flow');
  if (!flow || owner === undefined) return undefined;
  const opened = await court.play(id, flow, {
    action: 'object',
    by: { id: owner, offices: new Set() },
    on: assignedOn,
    ground: `${ground}_${subject}`,
    ...(claimedOwner !== undefined && { claimedOwner }),
    evidence,
    reason: '申请',
  });
  const by = { id: '复核人', offices: new Set(['reviewer', 'command_centre'] as const) };
  if (!opened.ok) return undefined;
  const ruled = await court.play(id, flow, { action: outcome, by, on: assignedOn, reason: '经审查' });
  const after = court.matter(id);
  const run = after?.runs.find((each) => each.flow === flow.key);
  if (!ruled.ok || !run || !after) return undefined;
  return { flow, run, before, after: after.decision === before ? undefined : after.decision };
}

const FILE = 'courts/default/examples/rulings/测试.yaml';

/** Rulings as a file holds them, read again. */
export function readRulings(
  text: string,
  { book }: Pick<Lawbook, 'book'> = lawbook,
): { file: RulingFile | undefined; problems: readonly Problem[] } {
  const problems = new Problems();
  const file = parseRulingFile({ path: FILE, text }, book.vocabulary, book.causes, problems);
  return { file, problems: problems.list };
}

/** What a check says of rulings beside the rules of a lawbook. */
export async function checkedRulings(
  { court, province }: Pick<CourtRulings, 'court' | 'province'>,
  rulings: readonly Ruling[],
  book: Lawbook = lawbook,
): Promise<RulingReport> {
  const { file, problems } = readRulings(rulingsFile({ court, province, rulings }, book.book.vocabulary), book);
  if (!file || problems.length > 0) throw new Error(problems[0]?.message ?? 'no file');
  return checkRulings({ ...book, book: { ...book.book, rulings: [file] } }, DAY, evaluatorOf(book));
}

/** The day on which rulings are checked; every shipped card is in force on it. */
export const DAY = plainDate('2026-03-12');
