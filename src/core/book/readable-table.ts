import type { CauseNames } from '../rules/causes.js';
import type { BasisStatus } from '../rules/citation.js';
import { NOT_FOUND, type ParameterRow, parseParameters } from '../rules/parameters.js';
import type { Problems, RuleFile } from '../rules/source.js';
import { type CauseNatureRow, parseCauseNature, parseTriageTable, type TriageRow } from '../rules/tables.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';
import { showNumber } from './condition-lines.js';

/** A row of a table with columns of its own, as a person reads it. */
export interface ReadableRow {
  /** Where it stands in the text, from 1. */
  readonly line: number;
  /** What it is about: 小额诉讼法定限额（河南）. */
  readonly title: string;
  /** What it says: 35,120 元; 未查明. */
  readonly says: string;
  readonly isMissing: boolean;
  /** When, by which document, from where. */
  readonly lines: readonly string[];
  /** How far it has been checked; null where its file says so in words of its own. */
  readonly status: BasisStatus | null;
  readonly statusWord: string;
}

/** Reads a table of parameters, of 繁简识别 or of the nature of causes; what cannot be read is left out, and told as a problem. */
export function readableTable(
  file: RuleFile,
  vocabulary: Vocabulary,
  causes: CauseNames,
  problems: Problems,
): ReadableRow[] {
  const { path } = file;
  if (path.endsWith('/triage.csv')) return parseTriageTable(file, causes, problems).map(triageRow);
  if (path === 'national/cause-nature.csv') return parseCauseNature(file, causes, problems).map(natureRow);
  if (!path.startsWith('parameters/') && !path.endsWith('/parameters.csv')) return [];
  const rows = parseParameters([file], vocabulary, problems).map((row) => parameterRow(row, vocabulary));
  return rows.sort((a, b) => a.line - b.line);
}

function parameterRow(row: ParameterRow, vocabulary: Vocabulary): ReadableRow {
  const { parameter, area, value, validFrom, validTo, published, documentNo, source, note } = row;
  return {
    line: row.place.line,
    title: `${parameter.word}（${area}）`,
    says: value === undefined ? NOT_FOUND : `${showNumber(value)} ${parameter.unit}`,
    isMissing: value === undefined,
    lines: [
      `${validFrom} 起施行${validTo === undefined ? '，没有失效日' : `，${validTo} 起失效`}`,
      documentNo === '' ? '没有文号' : `文号：${documentNo}`,
      ...(published === undefined ? [] : [`公布：${published}`]),
      `来源：${source}`,
      ...(note === '' ? [] : [note]),
    ],
    status: row.status,
    statusWord: labelOf(vocabulary, '依据效力', row.status),
  };
}

const YES_OR_NO = (value: boolean): string => (value ? '是' : '否');

/** 事实清楚：是；争议不大：否. What is blank settles nothing. */
const answersText = (answers: Readonly<Record<string, boolean | undefined>>, words: Readonly<Record<string, string>>) =>
  Object.entries(words)
    .flatMap(([key, word]) => {
      const answer = answers[key];
      return answer === undefined ? [] : [`${word}：${YES_OR_NO(answer)}`];
    })
    .join('；') || '都不定';

/** 标的额 of a row of 繁简识别. */
export const amountText = ({ above, atMost }: Pick<TriageRow, 'above' | 'atMost'>): string =>
  [
    ...(above === undefined ? [] : [`超过 ${showNumber(above)} 元`]),
    ...(atMost === undefined ? [] : [`不超过 ${showNumber(atMost)} 元`]),
  ].join('，') || '不限';

const TRIAGE_WORDS = { factsClear: '事实清楚', rightsClear: '权利义务关系明确', disputeMinor: '争议不大' };
const NATURE_WORDS = { monetaryClaim: '金钱给付', personalStatus: '人身关系', titleConfirmation: '财产确权' };

const triageRow = (row: TriageRow): ReadableRow => ({
  line: row.place.line,
  title: `${row.id} ${row.cause}`,
  says: answersText(row.answers, TRIAGE_WORDS),
  isMissing: false,
  lines: [
    `标的额：${amountText(row)}`,
    `人数：${row.partiesAtMost === undefined ? '不限' : `不超过 ${row.partiesAtMost} 人`}`,
  ],
  status: null,
  statusWord: row.status,
});

const natureRow = ({ cause, answers, place }: CauseNatureRow): ReadableRow => ({
  line: place.line,
  title: cause,
  says: answersText(answers, NATURE_WORDS),
  isMissing: false,
  lines: [],
  status: null,
  statusWord: '',
});
