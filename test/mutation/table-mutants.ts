import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { addDays, plainDate } from '../../src/core/kernel/plain-date.js';
import { readCsv } from '../../src/core/rules/csv.js';
import { Problems, type RuleFile } from '../../src/core/rules/source.js';
import type { Vocabulary } from '../../src/core/rules/vocabulary.js';
import { moved } from './card-mutants.js';
import type { Mutant } from './mutant.js';

type Cells = Readonly<Record<string, string>>;

/** The lines of a CSV that stand alone (no quoted line breaks), with edits of one line. */
class Lines {
  readonly file: RuleFile;
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: Cells }[];

  constructor(file: RuleFile) {
    this.file = file;
    const [header = []] = parse(file.text, { bom: true, to: 1, comment: '#' });
    this.header = header;
    this.rows = readCsv(file, header, new Problems()).map(({ cells, placeOf }) => ({
      line: placeOf(header[0] ?? '').line,
      cells,
    }));
  }

  without(line: number): string {
    return this.file.text
      .split('\n')
      .toSpliced(line - 1, 1)
      .join('\n');
  }

  changed(line: number, cells: Cells, change: Cells): string {
    const record = this.header.map((name) => change[name] ?? cells[name] ?? '');
    return this.file.text
      .split('\n')
      .toSpliced(line - 1, 1, stringify([record]).trimEnd())
      .join('\n');
  }
}

function mutantsOf(
  file: RuleFile,
  nameOf: (cells: Cells) => string,
  changesOf: (cells: Cells) => { kind: string; change: Cells }[],
): Mutant[] {
  const lines = new Lines(file);
  return lines.rows.flatMap(({ line, cells }) => [
    { kind: '删去表行', name: `${nameOf(cells)} 删去`, path: file.path, text: lines.without(line) },
    ...changesOf(cells).map(({ kind, change }) => ({
      kind,
      name: `${nameOf(cells)} ${Object.entries(change).map(([key, value]) => `${key} ${cells[key] || '空'}→${value || '空'}`)}`,
      path: file.path,
      text: lines.changed(line, cells, change),
    })),
  ]);
}

/** Every mutant of a parameter table: another value, a day earlier or later, a row less. */
export function parameterMutants(file: RuleFile, vocabulary: Vocabulary): Mutant[] {
  return mutantsOf(
    file,
    (cells) => `${cells.适用} ${cells.参数} ${cells.施行}`,
    (cells) => {
      const { 值: value = '', 施行: from = '', 失效: to = '' } = cells;
      const isAmount = vocabulary.parameters.get(cells.参数 ?? '')?.type === 'amount';
      const values =
        value === '未查明'
          ? ['40000']
          : [1, -1].map((by) => (isAmount ? moved(value, by) : String(Number(value) + by)));
      const day = (text: string, by: number): string => addDays(plainDate(text), by);
      return [
        ...[...values, ...(value === '未查明' ? [] : ['未查明'])].map((each) => ({
          kind: '改参数值',
          change: { 值: each },
        })),
        ...[1, -1].map((by) => ({ kind: '改参数日期', change: { 施行: day(from, by) } })),
        ...(to === '' ? [] : [1, -1].map((by) => ({ kind: '改参数日期', change: { 失效: day(to, by) } }))),
      ];
    },
  );
}

/** Every mutant of a table of answers (cause-nature, triage): another answer, a bound moved, a row less. */
export function answerMutants(file: RuleFile): Mutant[] {
  const ANSWERS = ['金钱给付', '人身关系', '财产确权', '事实清楚', '权利义务关系明确', '争议不大'];
  return mutantsOf(
    file,
    (cells) => [cells.编号, cells.案由].filter(Boolean).join(' '),
    (cells) => [
      ...ANSWERS.filter((column) => column in cells).flatMap((column) =>
        ['是', '否', '']
          .filter((each) => each !== cells[column])
          .map((each) => ({ kind: '改表格', change: { [column]: each } })),
      ),
      ...['标的额超过', '标的额不超过'].flatMap((column) =>
        cells[column]
          ? [1, -1].map((by) => ({ kind: '移表界', change: { [column]: moved(cells[column] ?? '', by) } }))
          : [],
      ),
      ...(cells.人数不超过
        ? [1, -1].map((by) => ({ kind: '移表界', change: { 人数不超过: String(Number(cells.人数不超过) + by) } }))
        : []),
    ],
  );
}
