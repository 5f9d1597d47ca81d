import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isDateFormat } from '../../../src/shell/files/xlsx-parts.js';
import { FIRST, file, read, refusal, rows, workbook } from './support.js';

interface Part {
  name: string;
  data: Buffer;
  /** What the directory claims instead of the truth. */
  claims?: number;
  flags?: number;
}

/** A zip archive with deflated entries. */
function zip(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claims, flags = 0 } of parts) {
    const packed = deflateRawSync(data);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(data), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claims ?? data.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...central, end]);
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const part = (name: string, xml: string): Part => ({ name, data: Buffer.from(xml) });
const frame = (sheetName = '收案'): Part[] => [
  part(
    'xl/workbook.xml',
    `<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="${RELATIONS}"><x:workbookPr date1904="1"/><x:sheets>` +
      `<x:sheet name="${sheetName}" sheetId="1" r:id="rId9"/></x:sheets></x:workbook>`,
  ),
  part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships><Relationship Target="/xl/odd/place.xml" Id='rId9' Type="${RELATIONS}/worksheet"/>` +
      `<Relationship Id="rId2" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  ),
];
const sheet = (data: string, after = ''): Part =>
  part('xl/odd/place.xml', `<x:worksheet xmlns:x="m"><x:sheetData>${data}</x:sheetData>${after}</x:worksheet>`);
const inline = (cells: readonly string[]): string =>
  `<x:row>${cells.map((cell) => `<x:c t="inlineStr"><x:is>${cell}</x:is></x:c>`).join('')}</x:row>`;
const texts = (cells: readonly string[]): string => inline(cells.map((cell) => `<x:t>${cell}</x:t>`));
const HEADER = texts(Object.keys(FIRST));
const BODY = texts(Object.values(FIRST));
const strings = part('xl/sharedStrings.xml', '<sst/>');

describe('workbooks of other programs', () => {
  it('with prefixes, single quotes, cells without address, inline runs, reading aids and escapes', async () => {
    const shared =
      '<sst><!-- a < b --><si><t>王建国</t><rPh sb="0" eb="3"><t>wangjianguo</t></rPh><phoneticPr fontId="1"/></si>' +
      '<si><r><t>民间</t></r><r><rPr><b/></rPr><t xml:space="preserve">借贷纠纷</t></r></si></sst>';
    const cells = [
      '<x:c r="A2" t="inlineStr"><x:is><x:r><x:t>2026</x:t></x:r><x:r><x:t>&#45;1&amp;_x0041_</x:t></x:r></x:is></x:c>',
      '<x:c t="str"><x:f>"川"&amp;"1527"</x:f><x:v>川1527</x:v></x:c>',
      '<x:c t="inlineStr"><x:is><x:t><![CDATA[民事]]></x:t></x:is></x:c>',
      '<x:c t="str"><x:v>一审</x:v></x:c>',
      '<x:c t="d"><x:v>2026-03-09T00:00:00</x:v></x:c>',
      '<x:c t="s"><x:v>1</x:v></x:c>',
      '<x:c t="str"><x:v>原告</x:v></x:c>',
      '<x:c t="str"><x:v>自然人</x:v></x:c>',
      '<x:c t="s"><x:v>0</x:v></x:c>',
    ].join('');
    const parts = [...frame(), sheet(`${HEADER}<x:row r='2'>${cells}</x:row>`), part('xl/sharedStrings.xml', shared)];
    const { filings } = await read(file('other.xlsx', zip(parts)));
    expect(filings.flatMap((filing) => filing.errors)).toEqual([]);
    expect(filings[0]?.value).toEqual({
      id: '2026-1&A',
      court: '川1527',
      matter: 'civil',
      stage: 'first_instance',
      receivedOn: '2026-03-09',
      cause: '民间借贷纠纷',
      parties: [{ role: 'plaintiff', kind: 'person', name: '王建国' }],
    });
  });

  it('with dates counted from 1904 or before March 1900', async () => {
    for (const [date1904, serial, expected] of [
      [true, 46090 - 1462, '2026-03-09'],
      [false, 46090.75, '2026-03-09'],
      [false, 59, '1900-02-28'],
      [false, 61, '1900-03-01'],
    ] as const) {
      const bytes = await workbook(rows([{ ...FIRST, 收案日期: 0 }]), (page, book) => {
        book.properties.date1904 = date1904;
        page.getCell('E2').value = serial;
        page.getCell('E2').numFmt = 'yyyy/m/d';
      });
      const [filing] = (await read(file('epoch.xlsx', bytes))).filings;
      expect(filing?.value).toMatchObject({ receivedOn: expected });
    }
  });

  it('know a date format from a number format', () => {
    for (const code of ['yyyy-mm-dd', '[$-804]yyyy"年"m"月"d"日";@', 'd/m', 'e"年"'])
      expect(isDateFormat(200, code)).toBe(true);
    for (const code of ['General', '0.00E+00', '"年"0', '[Red]0', '#,##0_);\\(0\\)', '@'])
      expect(isDateFormat(200, code)).toBe(false);
    expect([14, 31, 57, 2, 49].map((id) => isDateFormat(id, undefined))).toEqual([true, true, true, false, false]);
  });
});

describe('hostile workbooks', () => {
  it.each<[string, Part[], string]>([
    ['declares a gigabyte', [...frame(), { ...sheet(HEADER + BODY), claims: 1_000_000_000 }, strings], 'ZIP_BOMB'],
    ['holds more than it declares', [...frame(), { ...sheet(HEADER + BODY), claims: 100 }, strings], 'ZIP_BOMB'],
    ['shrinks a thousandfold', [...frame(), sheet(' '.repeat(20_000_000)), strings], 'ZIP_BOMB'],
    ['has a password', [...frame(), { ...sheet(HEADER), flags: 1 }, strings], 'ENCRYPTED'],
    ['names a part twice', [...frame(), sheet(HEADER), sheet(HEADER), strings], 'XLSX_BROKEN'],
    ['is another document', [part('word/document.xml', '<a/>')], 'NOT_XLSX'],
    ['is an ODF document', [part('content.xml', '<a/>')], 'NOT_XLSX'],
    [
      'has a document type',
      [...frame(), part('xl/odd/place.xml', '<!DOCTYPE a [<!ENTITY b "c">]><a/>'), strings],
      'XLSX_BROKEN',
    ],
    ['ends inside a tag', [...frame(), part('xl/odd/place.xml', '<worksheet><row'), strings], 'XLSX_BROKEN'],
  ])('refused: %s', async (_, parts, code) => {
    expect((await refusal(file('hostile.xlsx', zip(parts)))).code).toBe(code);
  });

  it('with a merge over the whole sheet, a row at the far end and a text without end are done in a second', async () => {
    const started = Date.now();
    const merges = `<x:mergeCells>${'<x:mergeCell ref="A1:XFD1048576"/>'.repeat(1000)}</x:mergeCells>`;
    const far = HEADER + BODY.replace('<x:row>', '<x:row r="1048576">');
    const { filings } = await read(file('merge.xlsx', zip([...frame(), sheet(far, merges), strings])));
    expect(filings[0]?.place('/cause')).toBe('第1048576行 案由(F列)');
    const endless = Buffer.from(`<worksheet>${Array.from({ length: 2_000_000 }, (_, n) => n.toString(36)).join(' ')}`);
    const parts = [...frame(), { name: 'xl/odd/place.xml', data: endless }, strings];
    expect((await refusal(file('endless.xlsx', zip(parts)))).code).toBe('XLSX_BROKEN');
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
