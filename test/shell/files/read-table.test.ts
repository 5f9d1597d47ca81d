import { chmodSync, mkdirSync, truncateSync } from 'node:fs';
import type ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { rowsCsv } from '../../../src/shell/files/filing-rows.js';
import { formatInputError } from '../../../src/shell/files/input-error.js';
import { FIRST, file, read, refusal, rows, rowsOf, SAMPLE, values, workbook } from './support.js';

const csv = (cells: readonly Readonly<Record<string, ExcelJS.CellValue>>[]): string =>
  rowsCsv(rows(cells).map((row) => row.map((cell) => (cell === null ? '' : String(cell)))));
async function xlsx(name: string, ...args: Parameters<typeof workbook>): Promise<string> {
  return file(name, await workbook(...args));
}
/** GB18030 of text whose every character is ASCII or in the table below. */
function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low !== 0x7f) codes.set(decoder.decode(new Uint8Array([high, low])), [high, low]);
    }
  }
  return new Uint8Array([...text].flatMap((character) => codes.get(character) ?? [character.charCodeAt(0)]));
}

describe('the same filings', () => {
  it('read alike from JSON, CSV and xlsx', async () => {
    const paths = [
      file('same.json', JSON.stringify(SAMPLE, null, 1)),
      file('same.csv', rowsCsv(rowsOf())),
      await xlsx('same.xlsx', rowsOf()),
    ];
    for (const path of paths) {
      const { filings, remarks } = await read(path);
      expect(values(filings)).toEqual(SAMPLE);
      expect(filings.flatMap((filing) => filing.errors)).toEqual([]);
      expect(remarks).toEqual([]);
    }
  });

  it('read alike from GB18030 as from UTF-8, with a remark', async () => {
    const text = rowsCsv(rowsOf()).slice(1);
    const { filings, remarks } = await read(file('gbk.csv', gb18030(text)));
    expect(values(filings)).toEqual(SAMPLE);
    expect(remarks).toEqual([expect.stringContaining('GB18030')]);
  });

  it.each([';', '\t'])('read alike when separated by %j, with old line ends and blank lines', async (separator) => {
    const lines = csv([FIRST, { 诉讼地位: '被告', 当事人类型: '单位', 姓名或名称: '甲公司' }])
      .slice(1)
      .split('\r\n');
    const text = lines.map((line) => line.replaceAll(',', separator)).join('\n\n');
    const { filings } = await read(file('separated.csv', text));
    expect(filings).toHaveLength(1);
    expect(filings[0]?.value).toMatchObject({ id: '2026-0001', parties: [{ name: '王建国' }, { name: '甲公司' }] });
    expect(filings[0]?.place('/parties/1/name')).toBe('第5行 姓名或名称(I列)');
  });
});

describe('cells', () => {
  const readCell = async (cell: ExcelJS.CellValue, header: string, format?: string) => {
    const path = await xlsx('cell.xlsx', rows([{ ...FIRST, [header]: cell }]), (sheet) => {
      const column = Object.keys({ ...FIRST, [header]: 0 }).indexOf(header) + 1;
      if (format !== undefined) sheet.getCell(2, column).numFmt = format;
    });
    const filing = (await read(path)).filings[0];
    return { value: filing?.value as Record<string, unknown>, errors: filing?.errors ?? [] };
  };

  it.each<[ExcelJS.CellValue, string]>([
    [new Date('2026-03-09T00:00:00Z'), '2026-03-09'],
    [new Date('2026-03-09T23:30:00Z'), '2026-03-09'],
    ['2026-3-9', '2026-03-09'],
    ['2026/3/9', '2026-03-09'],
    ['2026.03.09', '2026-03-09'],
    ['２０２６年３月９日', '2026-03-09'],
    ['2026-03-09 08:30:00', '2026-03-09'],
    [20260309, '2026-03-09'],
    ['2026年2月30日', '2026年2月30日'],
    [46090, '46090'],
    ['3/9/2026', '3/9/2026'],
    [{ formula: 'DATE(2026,3,9)', result: '2026-03-09' }, '2026-03-09'],
  ])('date %j', async (cell, expected) => {
    expect((await readCell(cell, '收案日期')).value.receivedOn).toBe(expected);
  });

  it('takes a Chinese date format for a date', async () => {
    expect((await readCell(46090, '收案日期', 'yyyy"年"m"月"d"日";@')).value.receivedOn).toBe('2026-03-09');
    expect((await readCell(46090, '收案日期', '#,##0.00"元"')).value.receivedOn).toBe('46090');
  });

  it.each<[ExcelJS.CellValue, string | null]>([
    [86000, '86000'],
    [0.1 + 0.2, '0.30'],
    [20000.5, '20000.50'],
    [1.005, '1.005'],
    ['86,000.00', '86000.00'],
    ['８６０００．５', '86000.5'],
    ['8,6000', '8,6000'],
    ['8.6万元', '8.6万元'],
    ['不知道', null],
    [{ formula: '1+1', result: 2 }, '2'],
  ])('amount %j', async (cell, expected) => {
    expect((await readCell(cell, '标的额')).value.amount).toBe(expected);
  });

  it.each<[ExcelJS.CellValue, unknown]>([
    ['是', true],
    [' 否 ', false],
    ['未知', null],
    [true, true],
    ['FALSE', false],
    [null, undefined],
  ])('answer %j', async (cell, expected) => {
    const { value } = await readCell(cell, '事实清楚');
    expect((value.facts as Record<string, unknown> | undefined)?.factsClear).toBe(expected);
  });

  it('reads rich text, hyperlinks and keys, and leaves the reading aid out of a name', async () => {
    const rich = { richText: [{ text: '王' }, { font: { bold: true }, text: '建国' }] };
    expect((await readCell(rich, '姓名或名称')).value.parties).toMatchObject([{ name: '王建国' }]);
    const link = { text: '王建国', hyperlink: 'https://example.com' };
    expect((await readCell(link, '姓名或名称')).value.parties).toMatchObject([{ name: '王建国' }]);
    expect((await readCell('Second_Instance', '审级')).value.stage).toBe('second_instance');
    expect((await readCell('无', '来源关系')).value).not.toHaveProperty('origin');
  });

  it.each<[string, ExcelJS.CellValue, string, string]>([
    ['身份证号', 511527197506150000, '/parties/0/idNumber', 'NUMERIC_ID'],
    ['身份证号', '5.11527E+17', '/parties/0/idNumber', 'NUMERIC_ID'],
    ['案件类别', '民市', '/matter', 'ENUM_WORD'],
    ['诉讼地位', '原吿人', '/parties/0/role', 'ENUM_WORD'],
    ['事实清楚', '基本清楚', '/facts/factsClear', 'ANSWER_WORD'],
    ['可能判处刑期', '三年', '/facts/maxSentenceMonths', 'INTEGER'],
    ['登记号', new Date('2026-01-01T00:00:00Z'), '/id', 'CELL_IS_DATE'],
    ['登记号', 2.02600000000001e20, '/id', 'LOST_DIGITS'],
    ['案由', { error: '#REF!' }, '/cause', 'FORMULA_ERROR'],
    ['案由', { formula: 'A1' }, '/cause', 'FORMULA_EMPTY'],
  ])('%s %j is an error of the filing alone', async (header, cell, path, code) => {
    const { errors } = await readCell(cell, header);
    expect(errors).toMatchObject([{ path, code }]);
    expect(errors[0]?.message).not.toMatch(/\d{6}/);
  });

  it('keeps the other filings when one has a lost number', async () => {
    const path = await xlsx(
      'others.xlsx',
      rows([
        { ...FIRST, 身份证号: 511527197506150000 },
        { ...FIRST, 登记号: '2026-0002', 身份证号: '511527197506150015' },
      ]),
    );
    const { filings } = await read(path);
    expect(filings.map((filing) => filing.errors.length)).toEqual([1, 0]);
    expect(filings[0]?.place('/parties/0/idNumber')).toBe('第2行 身份证号(J列)');
    expect(filings[0]?.value).toMatchObject({ id: '2026-0001', parties: [{ name: '王建国' }] });
  });
});

describe('rows', () => {
  it('add parties while the filing columns are blank, merged or have the same 登记号', async () => {
    const party = { 诉讼地位: '被告', 当事人类型: '自然人', 姓名或名称: '李志强' };
    const path = await xlsx(
      'merged.xlsx',
      rows([FIRST, { ...party, 登记号: '2026-0001' }, { ...party, 诉讼地位: null, 姓名或名称: '何晓兰' }]),
      (sheet) => {
        sheet.mergeCells('A2:A4');
        sheet.mergeCells('F2:F4');
        sheet.mergeCells('G3:G4');
      },
    );
    const { filings } = await read(path);
    expect(filings).toHaveLength(1);
    expect(filings[0]?.value).toMatchObject({
      cause: '民间借贷纠纷',
      parties: [{ role: 'plaintiff' }, { role: 'defendant' }, { role: 'defendant', name: '何晓兰' }],
    });
  });

  it('are another filing when they state anything, with a remark for the same 登记号', async () => {
    const { filings, remarks } = await read(file('twice.csv', csv([FIRST, FIRST])));
    expect(filings).toHaveLength(2);
    expect(remarks[0]).toContain('第3行');
  });

  it('tell where a pointer stands', async () => {
    const { filings } = await read(file('places.csv', rowsCsv(rowsOf())));
    const [first, second] = filings;
    expect(first?.place('/facts/factsClear')).toMatch(/^第2行 事实清楚\(P列\)$/);
    expect(first?.place('/claims/1')).toBe('第2行 诉讼请求(I列)');
    expect(first?.place('/parties/2/represents')).toMatch(/^第4行 被代理人/);
    expect(first?.place('/parties')).toBe('第2行');
    expect(second?.place('/origin/caseNo')).toBe('第5行 来源案号(N列)');
    expect(second?.place('')).toBe('第5行');
  });

  it('take a second 涉外 after 诉讼地位 for the party', async () => {
    const text =
      '登记号,法院代字,案件类别,审级,收案日期,案由,涉外,诉讼地位,当事人类型,姓名或名称,涉外\n1,川1527,民事,一审,2026-03-09,民间借贷纠纷,否,原告,自然人,甲,不知道\n';
    const [filing] = (await read(file('foreign.csv', text))).filings;
    expect(filing?.value).toMatchObject({ facts: { foreignRelated: false }, parties: [{ foreign: null }] });
  });

  it.each<[string, Readonly<Record<string, ExcelJS.CellValue>>, string]>([
    ['a footer', { 登记号: '制表人:张三' }, 'JUNK_ROW'],
    ['a cell under no header', { '': '合计' }, 'STRAY_CELL'],
  ])('refuse %s', async (_, row, code) => {
    const error = await refusal(file('junk.csv', csv([FIRST, row])));
    expect(error).toMatchObject({ code, line: 3 });
  });
});

describe('headers', () => {
  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['unknown', { ...FIRST, 身份号: '' }, 'UNKNOWN_HEADER', '身份证号'],
    ['missing', (({ 案由: _, ...rest }) => rest)(FIRST), 'MISSING_HEADER', '案由'],
    ['none', { 甲: '1', 乙: '2' }, 'NO_HEADER', '模板'],
  ])('%s', async (_, row, code, hint) => {
    const error = await refusal(file('header.csv', csv([row])));
    expect(error).toMatchObject({ code, line: 1 });
    expect(formatInputError(error)).toContain(hint);
  });

  it('are refused twice, and understood with marks and units', async () => {
    const text = csv([FIRST]).replace('法院代字', '登记号');
    expect(await refusal(file('header.csv', text))).toMatchObject({ code: 'DUPLICATE_HEADER', column: 2 });
    const marked = csv([{ ...FIRST, '标的额(元)': '5' }]).replace('案由', '*案 由');
    expect((await read(file('header.csv', marked))).filings[0]?.value).toMatchObject({ amount: '5' });
  });
});

describe('files that are refused', () => {
  let good: Uint8Array;
  beforeAll(async () => {
    good = await workbook(rowsOf());
  });

  it.each<[string, string, string | Uint8Array, string]>([
    ['an old workbook', 'a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'OLD_XLS'],
    ['an encrypted workbook', 'a.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'OLD_XLS'],
    ['a web page called xls', 'a.xls', '<html><table></table></html>', 'HTML'],
    ['CSV called xlsx', 'a.xlsx', '登记号,案由', 'WRONG_EXTENSION'],
    ['another extension', 'a.doc', '登记号,案由', 'UNKNOWN_FORMAT'],
    ['an empty file', 'a.csv', '', 'EMPTY'],
    ['blank lines', 'a.csv', '\n\n', 'EMPTY'],
    ['binary junk', 'a.csv', Buffer.from([1, 2, 3, 4, 5]), 'BINARY'],
    ['UTF-16', 'a.csv', Buffer.from('\uFEFF登记号\t案由', 'utf16le'), 'UTF16'],
    ['neither encoding', 'a.csv', Buffer.from([0x61, 0xff, 0xff, 0x2c]), 'ENCODING'],
    ['a stray quote', 'a.csv', csv([FIRST]).replace('王建国', '王"建国'), 'CSV_QUOTE'],
    ['an unclosed quote', 'a.csv', csv([FIRST]).replace('王建国', '"王建国'), 'CSV_QUOTE'],
    ['an endless record', 'a.csv', csv([{ ...FIRST, 诉讼请求: 'x'.repeat(1_200_000) }]), 'CSV_RECORD_TOO_LARGE'],
    ['a huge cell', 'a.csv', csv([{ ...FIRST, 诉讼请求: 'x'.repeat(40_000) }]), 'CELL_TOO_LONG'],
    ['a broken archive', 'a.xlsx', 'PK\u0003\u0004 broken', 'XLSX_BROKEN'],
    ['a docket', 'a.json', '{"court":{},"divisions":[],"judges":[],"cases":[]}', 'NOT_FILINGS'],
    ['a number', 'a.json', '1', 'NOT_FILINGS'],
  ])('%s', async (_, name, content, code) => {
    const error = await refusal(file(name, content));
    expect(error.code).toBe(code);
    expect(formatInputError(error)).not.toContain('\n');
  });

  it('name the line of a stray quote', async () => {
    const lines = csv([FIRST, FIRST, FIRST]).split('\r\n');
    lines[2] = (lines[2] ?? '').replace('王建国', '王"建国');
    expect(await refusal(file('quote.csv', lines.join('\r\n')))).toMatchObject({ code: 'CSV_QUOTE', line: 3 });
  });

  it('xlsx called csv or json', async () => {
    expect(await refusal(file('x.csv', good))).toMatchObject({ code: 'WRONG_EXTENSION' });
    expect(await refusal(file('x.json', good))).toMatchObject({ code: 'WRONG_EXTENSION' });
  });

  it('cut and damaged workbooks, and other documents', async () => {
    expect(await refusal(file('cut.xlsx', good.subarray(0, good.length - 100)))).toMatchObject({ code: 'XLSX_BROKEN' });
    const damaged = Uint8Array.from(good);
    for (let at = 200; at < good.length - 2000; at += 97) damaged[at] = (damaged[at] ?? 0) ^ 0x55;
    expect(['XLSX_BROKEN', 'ZIP_BOMB', 'NOT_XLSX']).toContain((await refusal(file('damaged.xlsx', damaged))).code);
  });

  it('a table without the sheet, unless it has one sheet only', async () => {
    const renamed = await xlsx('one.xlsx', rowsOf(), (sheet) => Object.assign(sheet, { name: 'Sheet1' }));
    expect((await read(renamed)).remarks[0]).toContain('Sheet1');
    const two = await xlsx('two.xlsx', rowsOf(), (sheet, book) => {
      sheet.name = '表一';
      book.addWorksheet('表二');
    });
    expect(await refusal(two)).toMatchObject({ code: 'NO_SHEET', message: expect.stringContaining('表二') });
  });

  it('more than 200 columns or 100,000 rows', async () => {
    const wide = await xlsx('wide.xlsx', rowsOf(), (sheet) => Object.assign(sheet.getCell('HZ2'), { value: 'x' }));
    expect(await refusal(wide)).toMatchObject({ code: 'TOO_MANY_COLUMNS', line: 2 });
    const long = file('long.csv', csv([FIRST]) + `${','.repeat(8)}\n`.repeat(100_001));
    expect(await refusal(long)).toMatchObject({ code: 'TOO_MANY_ROWS' });
  });

  it('500 MB at once, whatever it is called', async () => {
    for (const name of ['huge.json', 'huge.csv', 'huge.xlsx']) {
      const path = file(name, '');
      truncateSync(path, 500_000_000);
      const started = Date.now();
      expect(await refusal(path)).toMatchObject({ code: 'TOO_LARGE' });
      expect(Date.now() - started).toBeLessThan(1000);
    }
  });

  it('what is missing, a folder, and what may not be read', async () => {
    expect(await refusal(file('none.csv'))).toMatchObject({ code: 'ENOENT' });
    mkdirSync(file('folder.xlsx'));
    expect(await refusal(file('folder.xlsx'))).toMatchObject({ code: 'EISDIR' });
    if (process.getuid?.() === 0) return;
    const secret = file('secret.csv', csv([FIRST]));
    chmodSync(secret, 0);
    expect(await refusal(secret)).toMatchObject({ code: 'EACCES' });
  });
});

describe('JSON filings', () => {
  it('come with their lines', async () => {
    const { filings } = await read(file('lines.json', '[\n {"id":"1",\n  "parties":[{"name":\n"甲"}]},\n 5]'));
    expect(filings[0]?.place('/parties/0/name')).toBe('第3行');
    expect(filings[0]?.place('/cause')).toBe('第2行');
    expect(filings[1]).toMatchObject({ value: 5 });
  });

  it('may be one object, with a remark', async () => {
    const { filings, remarks } = await read(file('one.json', JSON.stringify(SAMPLE[0])));
    expect(values(filings)).toEqual([SAMPLE[0]]);
    expect(remarks).toHaveLength(1);
  });

  it('with half a surrogate pair are errors of their own', async () => {
    const { filings } = await read(file('half.json', '[{"id":"\\ud800","__proto__":{"x":1}},{"id":"\\ud83d\\ude00"}]'));
    expect(filings.map((filing) => filing.errors.map((error) => error.path))).toEqual([['/id'], []]);
    expect(Object.keys(filings[0]?.value as object)).toEqual(['id', '__proto__']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});
