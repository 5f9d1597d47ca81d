import { parseAmountFen } from '../law/money.js';
import type { CauseNames } from './causes.js';
import { type CsvRow, readCsv } from './csv.js';
import { unknownWord } from './nearest.js';
import type { Place, Problems, RuleFile } from './source.js';
import { readSource } from './source.js';

type Answer = boolean | undefined;

/** A line of a court's 繁简识别 table: for a cause, an amount band and a head count, what may be taken as given. */
export interface TriageRow {
  readonly id: string;
  readonly cause: string;
  /** fen; the amount must exceed it. */
  readonly above?: bigint;
  /** fen; the amount must not exceed it. */
  readonly atMost?: bigint;
  readonly partiesAtMost?: number;
  readonly answers: Readonly<Record<'factsClear' | 'rightsClear' | 'disputeMinor', Answer>>;
  readonly status: string;
  readonly place: Place;
}

/** What a cause settles by its nature; a blank settles nothing. */
export interface CauseNatureRow {
  readonly cause: string;
  readonly answers: Readonly<Record<'monetaryClaim' | 'personalStatus' | 'titleConfirmation', Answer>>;
  readonly place: Place;
}

const TRIAGE_COLUMNS = [
  '编号',
  '案由',
  '标的额超过',
  '标的额不超过',
  '人数不超过',
  '事实清楚',
  '权利义务关系明确',
  '争议不大',
  '效力',
  '说明',
];
const NATURE_COLUMNS = ['案由', '金钱给付', '人身关系', '财产确权', '效力', '说明'];

class Cells {
  private readonly row: CsvRow;
  private readonly problems: Problems;
  private readonly causes: CauseNames;

  constructor(row: CsvRow, problems: Problems, causes: CauseNames) {
    this.row = row;
    this.problems = problems;
    this.causes = causes;
  }

  private fail(column: string, message: string): undefined {
    this.problems.add(this.row.placeOf(column), 'TABLE', message);
    return undefined;
  }

  text(column: string): string {
    return this.row.cells[column] ?? '';
  }

  cause(): string | undefined {
    const name = this.text('案由');
    return this.causes.pathOf(name)?.at(-1) ?? this.fail('案由', unknownWord('案由', name, this.causes.near(name)));
  }

  answer(column: string): Answer {
    const text = this.text(column);
    if (text === '') return undefined;
    if (text === '是') return true;
    if (text === '否') return false;
    return this.fail(column, `「${column}」只能填「是」「否」或者留空,不是「${text}」`);
  }

  amount(column: string): bigint | undefined {
    const text = this.text(column);
    if (text === '') return undefined;
    return parseAmountFen(text) ?? this.fail(column, `「${text}」不是金额:以元为单位的半角数字`);
  }

  count(column: string): number | undefined {
    const text = this.text(column);
    if (text === '') return undefined;
    return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : this.fail(column, `「${text}」不是人数`);
  }
}

/** Reads a court's 繁简识别 table (CSV, marked local). */
export function parseTriageTable(file: RuleFile, causes: CauseNames, problems: Problems): TriageRow[] {
  const seen = new Set<string>();
  return readCsv(file, TRIAGE_COLUMNS, problems).flatMap((row) => {
    const cells = new Cells(row, problems, causes);
    const cause = cells.cause();
    const above = cells.amount('标的额超过');
    const atMost = cells.amount('标的额不超过');
    const partiesAtMost = cells.count('人数不超过');
    const answers = {
      factsClear: cells.answer('事实清楚'),
      rightsClear: cells.answer('权利义务关系明确'),
      disputeMinor: cells.answer('争议不大'),
    };
    if (cause === undefined) return [];
    const id = cells.text('编号');
    if (id === '' || seen.has(id)) {
      problems.add(row.placeOf('编号'), 'ROW_TWICE', id === '' ? '每一行要有「编号」' : `编号「${id}」写了两次`);
    }
    seen.add(id);
    return [
      {
        id,
        cause,
        answers,
        status: cells.text('效力'),
        place: row.placeOf('编号'),
        ...(above !== undefined && { above }),
        ...(atMost !== undefined && { atMost }),
        ...(partiesAtMost !== undefined && { partiesAtMost }),
      },
    ];
  });
}

/** Reads which causes settle by their nature whether a claim is monetary, about status, or about title. */
export function parseCauseNature(file: RuleFile, causes: CauseNames, problems: Problems): CauseNatureRow[] {
  return readCsv(file, NATURE_COLUMNS, problems).flatMap((row) => {
    const cells = new Cells(row, problems, causes);
    const cause = cells.cause();
    const answers = {
      monetaryClaim: cells.answer('金钱给付'),
      personalStatus: cells.answer('人身关系'),
      titleConfirmation: cells.answer('财产确权'),
    };
    return cause === undefined ? [] : [{ cause, answers, place: row.placeOf('案由') }];
  });
}

/** What the nearest row up the cause path settles; undefined where none does. */
export const natureOf = (
  rows: ReadonlyMap<string, CauseNatureRow>,
  causePath: readonly string[],
  fact: keyof CauseNatureRow['answers'],
): Answer => natureRowOf(rows, causePath, fact)?.answers[fact];

/** The row that `natureOf` reads. */
export function natureRowOf(
  rows: ReadonlyMap<string, CauseNatureRow>,
  causePath: readonly string[],
  fact: keyof CauseNatureRow['answers'],
): CauseNatureRow | undefined {
  for (let index = causePath.length - 1; index >= 0; index--) {
    const row = rows.get(causePath[index] ?? '');
    if (row?.answers[fact] !== undefined) return row;
  }
  return undefined;
}

/**
 * What the table says of one amount and head count. The rows of the nearest cause up the path speak; they must agree,
 * else the table is silent.
 */
export function triageOf(
  rows: readonly TriageRow[],
  causePath: readonly string[],
  amount: bigint | undefined,
  parties: number,
  fact: keyof TriageRow['answers'],
): Answer {
  const answers = new Set(triageRowsOf(rows, causePath, amount, parties, fact).map((row) => row.answers[fact]));
  return answers.size === 1 ? [...answers][0] : undefined;
}

/** The rows that speak, agreeing or not; see `triageOf`. */
export function triageRowsOf(
  rows: readonly TriageRow[],
  causePath: readonly string[],
  amount: bigint | undefined,
  parties: number,
  fact: keyof TriageRow['answers'],
): readonly TriageRow[] {
  for (let index = causePath.length - 1; index >= 0; index--) {
    const matching = rows.filter(
      (row) => row.cause === causePath[index] && row.answers[fact] !== undefined && isInBand(row, amount, parties),
    );
    if (matching.length > 0) return matching;
  }
  return [];
}

/** Whether an amount (fen; absent: 不明) and a head count lie within a row's bounds. */
export const isInBand = (row: TriageRow, amount: bigint | undefined, parties: number): boolean =>
  (row.partiesAtMost === undefined || parties <= row.partiesAtMost) &&
  (row.above === undefined || (amount !== undefined && amount > row.above)) &&
  (row.atMost === undefined || (amount !== undefined && amount <= row.atMost));

/** How much each kind of evidence counts towards a link's score, in whole bits; not calibrated on real cases yet. */
export interface EvidenceWeights {
  readonly weights: Readonly<Record<string, number>>;
  /** score = 1000 × sum ÷ (sum + half), so that `half` bits score one half. */
  readonly half: number;
}

/** The kinds of evidence that a weight can be given for. */
export const EVIDENCE_KINDS = {
  载明来源: 'origin',
  案号被引用: 'cited',
  同一执行依据: 'instrument',
  号码一致: 'number',
  单位名称一致: 'organisation_name',
  个人姓名一致: 'person_name',
  案由相同: 'cause',
  二级案由相同: 'second_level_cause',
  标的额一致: 'amount',
  诉讼请求相同: 'claims',
  收案日期相近: 'date',
} as const;

export type EvidenceKind = (typeof EVIDENCE_KINDS)[keyof typeof EVIDENCE_KINDS];

/** Reads `links/evidence-weights.yaml`. */
export function parseEvidenceWeights(file: RuleFile | undefined, problems: Problems): EvidenceWeights {
  const weights: Record<string, number> = {};
  let half = 0;
  const root = file && readSource(file, problems);
  if (root?.kind !== 'map') {
    const place = { file: file?.path ?? 'links/evidence-weights.yaml', line: 1, column: 1 };
    problems.add(place, 'WEIGHTS', '缺少证据权重表,应当写成「证据: 比特数」');
    return { weights, half };
  }
  for (const [word, { keyPlace, value }] of root.entries) {
    const number = value.kind === 'text' && /^[1-9]\d{0,3}$/.test(value.text) ? Number(value.text) : undefined;
    if (word === '说明') continue;
    if (number === undefined) {
      problems.add(value.place, 'TYPE', '权重写 1 到 9999 的整数');
      continue;
    }
    const kind = Object.hasOwn(EVIDENCE_KINDS, word)
      ? (EVIDENCE_KINDS as Readonly<Record<string, string>>)[word]
      : undefined;
    if (word === '半数') half = number;
    else if (kind) weights[kind] = number;
    else problems.add(keyPlace, 'WORD_UNKNOWN', unknownWord('证据', word, [...Object.keys(EVIDENCE_KINDS), '半数']));
  }
  for (const [word, kind] of Object.entries(EVIDENCE_KINDS)) {
    if (weights[kind] === undefined) problems.add(root.place, 'WEIGHTS', `没有给「${word}」的权重`);
  }
  if (half === 0) problems.add(root.place, 'WEIGHTS', '没有给「半数」');
  return { weights, half };
}
