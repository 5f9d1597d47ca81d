import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { describe, expect, it, vi } from 'vitest';
import { filingSchema } from '../../../src/core/documents/filing.js';
import { type DecisionView, RESULT_HEADER, resultRow } from '../../../src/shell/files/decision-rows.js';
import { TEMPLATE_FILINGS, writeTemplate } from '../../../src/shell/files/template.js';
import { textWidth, wrapWidth } from '../../../src/shell/files/text-width.js';
import { decisionsWorkbook } from '../../../src/shell/files/workbook.js';
import { writeWhole } from '../../../src/shell/files/write-file.js';
import { decisionsCsv, decisionsJson, decisionsText } from '../../../src/shell/files/write-table.js';
import { file, label, read, values, vocabulary } from './support.js';

const basis = [{ law: '民事诉讼法', article: '第一百六十五条' }];
const DECISIONS: readonly DecisionView[] = [
  {
    filing: '2026-0001',
    status: 'assigned',
    procedure: 'small_claims',
    panel: 'single',
    owner: { judge: 'M1', method: 'first_trial', linkedCase: '（2025）川1527民初88号', link: 'refiled' },
    reasons: [
      { rule: '程序.小额', text: '标的额在限额以下,适用小额诉讼程序。', basis },
      { rule: '承办.首审', text: '由先前承办人继续承办', basis },
    ],
    deadlines: [
      { kind: 'first_trial_diversion', from: '2026-03-09', due: '2026-03-24' },
      { kind: 'objection', from: '2026-03-09', due: '2026-03-16', provisional: true },
    ],
    presumed: [{ fact: 'publicInterest', value: false }],
  },
  {
    filing: '=HYPERLINK("http://x")',
    status: 'needs_review',
    owner: { judge: null, method: 'none' },
    questions: [{ fact: 'appraisalNeeded', label: '是否需要鉴定\u001b[31m' }],
  },
  {
    filing: '@2026-0003',
    status: 'invalid',
    errors: [
      { path: '/parties/0/idNumber', code: 'CHECK', message: '-身份证号校验码不对' },
      { path: '/cause', code: 'CAUSE', message: '没有这个案由' },
    ],
  },
];
const options = { label };

describe('decisions', () => {
  it('as JSON: one per line, nothing left out', () => {
    const text = [...decisionsJson(DECISIONS)].join('');
    expect(JSON.parse(text)).toEqual(DECISIONS);
    expect(text.split('\n')).toHaveLength(DECISIONS.length + 3);
    expect([...decisionsJson([])].join('')).toBe('[]\n');
  });

  it('as rows: words, the earliest deadline, one reason', () => {
    expect(resultRow(DECISIONS[0] as DecisionView, { label, judge: (id) => `法官${id}` })).toEqual([
      '2026-0001',
      '已分案',
      '小额诉讼程序',
      '独任',
      '法官M1',
      '首审负责',
      '（2025）川1527民初88号(程序审理后再次起诉)',
      '申请复核 2026-03-16(暂定)',
      '标的额在限额以下,适用小额诉讼程序；由先前承办人继续承办',
    ]);
    expect(resultRow(DECISIONS[2] as DecisionView, options).at(-1)).toBe('-身份证号校验码不对(另有 1 处)');
  });

  it('as CSV: byte order mark, and no cell is a formula', () => {
    const text = [...decisionsCsv(DECISIONS, options)].join('');
    expect(text.startsWith('\uFEFF登记号,')).toBe(true);
    const records: string[][] = parse(text, { bom: true });
    expect(records).toHaveLength(4);
    for (const cell of records.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(records[2]?.[0]).toBe('\'=HYPERLINK("http://x")');
  });

  it('as a workbook: four sheets, text only, the same bytes every time', async () => {
    const bytes = await decisionsWorkbook(DECISIONS, options);
    // A zip keeps times to two seconds: a day later the bytes would differ if any were kept.
    vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ['Date'] });
    const later = await decisionsWorkbook(DECISIONS, options).finally(() => vi.useRealTimers());
    expect(later.equals(bytes)).toBe(true);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Uint8Array.from(bytes).buffer);
    expect(book.worksheets.map((sheet) => [sheet.name, sheet.actualRowCount])).toEqual([
      ['分案结果', 4],
      ['理由', 4],
      ['期限', 3],
      ['待人工与有误', 4],
    ]);
    expect(book.getWorksheet('分案结果')?.getCell('A3').value).toBe('=HYPERLINK("http://x")');
    expect(book.getWorksheet('分案结果')?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  });

  it('as text: columns line up by what a terminal shows', () => {
    const lines = [...decisionsText(DECISIONS, { label, width: 130 })].join('').trimEnd().split('\n');
    const rule = lines[1] ?? '';
    const starts = [...rule.matchAll(/-+/g)].map((match) => match.index);
    expect(starts).toHaveLength(RESULT_HEADER.length);
    for (const line of lines) {
      expect(textWidth(line)).toBeLessThanOrEqual(textWidth(rule));
      expect(line).not.toContain('\u001b');
      // Two blank columns stand before every start.
      const columns = [...line].flatMap((character) => [character, ...(textWidth(character) === 2 ? [''] : [])]);
      for (const start of starts.slice(1)) expect((columns.slice(start - 2, start).join('') || '  ').trim()).toBe('');
    }
    expect(lines[0]?.startsWith('登记号')).toBe(true);
  });
});

describe('text width', () => {
  it('is two for Han and full-width characters, none for combining marks', () => {
    expect(['abc', '王a', '（2025）', '𠮷', 'e\u0301', '「」，', 'ｶﾅ', '①·“”'].map(textWidth)).toEqual([
      3, 3, 8, 2, 1, 6, 2, 4,
    ]);
  });

  it('wraps within the width and loses nothing but space', () => {
    const text =
      '与（2025）川1527民初88号当事人相同,案由相同，由先前承办人继续承办。Reference ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    for (const width of [4, 10, 17, 40]) {
      const lines = wrapWidth(text, width);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
    expect(wrapWidth('', 10)).toEqual(['']);
  });
});

describe('writing', () => {
  it('replaces a file as a whole, through a link too, and leaves nothing beside it', async () => {
    const path = file('out/结果.csv');
    mkdirSync(dirname(path));
    writeFileSync(path, 'old');
    symlinkSync(path, file('out/link.csv'));
    expect(await writeWhole(file('out/link.csv'), ['新', '的'])).toEqual({ ok: true, value: undefined });
    expect(readFileSync(path, 'utf8')).toBe('新的');
    expect(readdirSync(dirname(path)).sort()).toEqual(['link.csv', '结果.csv']);
  });

  it('keeps the old file when the new one fails half-way', async () => {
    const path = file('half.json', 'old');
    const pieces = function* (): Generator<string> {
      yield 'x'.repeat(1_000_000);
      throw new Error('broken');
    };
    await expect(writeWhole(path, pieces())).rejects.toThrow('broken');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(dirname(path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('what only its owner may read is nobody else’s from the first byte on, even in place of a file that all may read', async () => {
    const path = file('secret/案卷.json');
    mkdirSync(dirname(path));
    const modes: number[] = [];
    const pieces = function* (): Generator<string> {
      for (let piece = 0; piece < 2; piece += 1) {
        modes.push(...readdirSync(dirname(path)).map((name) => statSync(file(`secret/${name}`)).mode & 0o777));
        yield 'x'.repeat(1_000_000);
      }
    };
    expect((await writeWhole(path, pieces(), { mode: 0o600 })).ok).toBe(true);
    expect([...modes, statSync(path).mode & 0o777]).toEqual([0o600, 0o600, 0o600]);
    chmodSync(path, 0o644);
    await writeWhole(path, ['y'], { mode: 0o600 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('says what is wrong with the target', async () => {
    mkdirSync(file('folder'));
    expect(await writeWhole(file('folder'), ['x'])).toMatchObject({ error: { code: 'EISDIR' } });
    expect(await writeWhole(file('no/such/a.csv'), ['x'])).toMatchObject({
      error: { code: 'ENOENT', message: expect.stringContaining('不存在') },
    });
    expect(await writeWhole(file('half.json', 'filled in'), ['x'], { keep: true })).toMatchObject({
      error: { code: 'EXISTS' },
    });
  });

  it('reports a full disk', async () => {
    expect(await writeWhole('/dev/full', ['x'])).toMatchObject({ error: { code: 'ENOSPC' } });
  });
});

describe('the template', () => {
  it.each(['template.xlsx', 'template.csv'])('%s reads back as its example', async (name) => {
    const path = file(name);
    expect(await writeTemplate(path, vocabulary)).toEqual({ ok: true, value: undefined });
    const { filings, remarks } = await read(path);
    expect(values(filings)).toEqual(TEMPLATE_FILINGS);
    expect(filings.flatMap((filing) => filing.errors)).toEqual([]);
    expect(remarks).toEqual([expect.stringContaining('示例')]);
    for (const filing of TEMPLATE_FILINGS) expect(filingSchema.safeParse(filing).success).toBe(true);
    expect(await writeTemplate(path, vocabulary)).toMatchObject({ error: { code: 'EXISTS' } });
  });

  it('offers the words, keeps numbers as text and explains itself', async () => {
    const path = file('looks.xlsx');
    await writeTemplate(path, vocabulary);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.getWorksheet('收案');
    expect(sheet?.getCell('C501').dataValidation).toMatchObject({ type: 'list', formulae: ['"民事,刑事,行政,执行"'] });
    expect(sheet?.getCell('P2').dataValidation).toMatchObject({ formulae: ['"是,否,不知道"'] });
    expect(sheet?.getColumn(1).numFmt).toBe('@');
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 1 });
    expect(sheet?.getCell('A1').note).toBeTruthy();
    expect(book.getWorksheet('填写说明')?.actualRowCount).toBeGreaterThan(40);
  });

  it('wants a name it knows', async () => {
    expect(await writeTemplate(file('template.doc'), vocabulary)).toMatchObject({ error: { code: 'UNKNOWN_FORMAT' } });
  });
});
