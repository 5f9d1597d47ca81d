import { CsvError, type Info, parse } from 'csv-parse/sync';
import { decodeUtf8OrGb18030 } from './decode-text.js';
import { InputFault } from './input-error.js';
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, type Table, tooManyColumns, tooManyRows } from './table-limits.js';

const MAX_RECORD_BYTES = 1024 * 1024;

/** The separator that the header line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/u);
  const header = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/gu, '');
  const count = (separator: string): number => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function faultOf(error: CsvError, lastLine: number): InputFault {
  const line = typeof error.lines === 'number' ? error.lines : lastLine + 1;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED': {
      const message = '从这一行起,有一个英文双引号没有配对,请补上或者删去';
      return new InputFault({ line: lastLine + 1, code: 'CSV_QUOTE', message });
    }
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE': {
      const message = '有一个英文双引号不在单元格的开头或结尾;内容里的双引号要写成两个,或者删去';
      return new InputFault({ line, code: 'CSV_QUOTE', message });
    }
    case 'CSV_MAX_RECORD_SIZE': {
      const message = '从这一行起,一条记录超过 1 MiB,多半是英文双引号没有配对,请检查';
      return new InputFault({ line: lastLine + 1, code: 'CSV_RECORD_TOO_LARGE', message });
    }
    default:
      return new InputFault({ line, code: 'CSV', message: '这一行不是合法的 CSV,请用表格软件打开后重新另存' });
  }
}

/** The rows of a CSV file: UTF-8 or GB18030; separated by comma, semicolon or tab. @throws InputFault */
export function readCsvTable(bytes: Buffer): Table {
  const { text, encoding } = decodeUtf8OrGb18030(bytes);
  let lastLine = 0;
  const onRecord = (record: string[], info: Info): string[] => {
    const row = info.records;
    if (row > MAX_ROWS + 1) throw tooManyRows();
    if (record.length > MAX_COLUMNS) throw tooManyColumns(row);
    const long = record.findIndex((cell) => cell.length > MAX_CELL_CHARACTERS);
    if (long >= 0) {
      const message = `单元格太长,上限是 ${MAX_CELL_CHARACTERS} 个字符,请删短`;
      throw new InputFault({ line: row, column: long + 1, code: 'CELL_TOO_LONG', message });
    }
    lastLine = info.lines;
    return record;
  };
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      max_record_size: MAX_RECORD_BYTES,
      on_record: onRecord,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
    });
    const rows = records.map((cells, index) => ({ number: index + 1, cells }));
    const remarks = encoding === 'gb18030' ? ['文件按 GB18030(GBK)编码读取;建议另存为「CSV UTF-8」'] : [];
    return { rows, remarks };
  } catch (error) {
    if (error instanceof CsvError) throw faultOf(error, lastLine);
    throw error;
  }
}
