import { CsvError, parse } from 'csv-parse/sync';
import { unknownWord } from './nearest.js';
import { INVISIBLE, invisibleMessage, type Place, type Problems, placeAt, type RuleFile } from './source.js';

/** One line of a rule CSV: its cells by header, and where each stands. */
export interface CsvRow {
  readonly cells: Readonly<Record<string, string>>;
  placeOf(column: string): Place;
}

/** Reads a CSV of the rules folder; `optional` columns may be left out. Refuses wrong or missing headers, ragged lines and quotes that do not close. */
export function readCsv(
  file: RuleFile,
  columns: readonly string[],
  problems: Problems,
  optional: readonly string[] = [],
): CsvRow[] {
  const invisible = INVISIBLE.exec(file.text.replace(/^\ufeff/, ' '));
  if (invisible) {
    problems.add(placeAt(file.path, file.text, invisible.index), 'CSV_INVISIBLE', invisibleMessage(invisible[0]));
    return [];
  }
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(file.text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 100_000,
      relax_column_count: true,
      comment: '#',
      comment_no_infix: true,
    }) as unknown as typeof records;
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === 'number' ? error.lines : 1;
    problems.add({ file: file.path, line, column: 1 }, 'CSV', 'CSV 的引号或者分隔符不对:检查这一行的英文双引号和逗号');
    return [];
  }
  const [head, ...body] = records;
  const header = head?.record ?? [];
  const headLine = head?.info.lines ?? 1;
  if (header.length === 1 && header[0]?.includes('，')) {
    problems.add(
      { file: file.path, line: headLine, column: 1 },
      'CSV_HEADER',
      '表头的逗号是全角「，」,请改成半角「,」',
    );
    return [];
  }
  let headerIsWrong = false;
  for (const [index, name] of header.entries()) {
    if (columns.includes(name) || optional.includes(name)) continue;
    headerIsWrong = true;
    problems.add(
      { file: file.path, line: headLine, column: index + 1 },
      'CSV_HEADER',
      unknownWord('列', name, [...columns, ...optional]),
    );
  }
  for (const [index, name] of header.entries()) {
    if (header.indexOf(name) === index) continue;
    headerIsWrong = true;
    problems.add({ file: file.path, line: headLine, column: index + 1 }, 'CSV_HEADER', `「${name}」这一列写了两次`);
  }
  for (const name of columns) {
    if (header.includes(name)) continue;
    headerIsWrong = true;
    problems.add({ file: file.path, line: headLine, column: 1 }, 'CSV_HEADER', `缺少「${name}」这一列`);
  }
  if (headerIsWrong) return [];
  const rows: CsvRow[] = [];
  for (const { record, info } of body) {
    const line = info.lines;
    if (record.length !== header.length) {
      problems.add(
        { file: file.path, line, column: 1 },
        'CSV',
        `这一行有 ${record.length} 格,表头有 ${header.length} 格;含逗号的内容要加英文双引号`,
      );
      continue;
    }
    const cells: Record<string, string> = Object.create(null);
    for (const [index, name] of header.entries()) cells[name] = record[index] ?? '';
    rows.push({
      cells,
      placeOf: (column) => ({ file: file.path, line, column: header.indexOf(column) + 1 }),
    });
  }
  return rows;
}
