import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Notice, type NoticeBlock, noticeLines } from '../../../src/core/documents/notice.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { noticeFont } from '../../../src/shell/files/fonts.js';
import { noticeDocx } from '../../../src/shell/files/notice-docx.js';
import { columnShares } from '../../../src/shell/files/notice-layout.js';
import { noticePdf } from '../../../src/shell/files/notice-pdf.js';
import { textWidth } from '../../../src/shell/files/text-width.js';
import { entryText, zipEntries } from '../../../src/shell/files/zip.js';
import { decideOne, docket, earlier, filing, identityNumber, type Json, person } from '../../support/court.js';
import { noticeFor } from '../../support/notice.js';
import { pdfInfo, pdfRuns } from './pdf-text.js';

const FONT = { regular: noticeFont() };

afterEach(() => {
  vi.useRealTimers();
});

async function noticeOn(one: Json, court: Json = docket()): Promise<Notice> {
  return noticeFor(await decideOne(one, court), one, court);
}

const LINKED = docket([earlier({ closure: 'withdrawn' })]);

/** A notice of one section, for what real ones seldom are. */
const simple = (blocks: readonly NoticeBlock[], more: Partial<Notice> = {}): Notice => ({
  title: '告知书',
  court: '示例县人民法院',
  reference: '登记号：F1',
  addressees: ['原告：甲一'],
  opening: '现告知如下：',
  sections: [{ heading: '一、事项', blocks }],
  closing: ['示例县人民法院', '二〇二六年三月十日'],
  issuedOn: plainDate('2026-03-10'),
  ...more,
});

const withoutSpaces = (text: string): string => text.replace(/\s+/gu, '');

async function parts(docx: Uint8Array): Promise<Map<string, string>> {
  const bytes = Buffer.from(docx);
  const texts = new Map<string, string>();
  for (const [name, entry] of zipEntries(bytes)) {
    let text = '';
    for await (const piece of entryText(bytes, entry)) text += piece;
    texts.set(name, text);
  }
  return texts;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The paragraphs of a part that hold text. */
const paragraphs = (xml: string): string[] =>
  [...xml.matchAll(/<w:p>([\s\S]*?)<\/w:p>/g)]
    .map(([, body = '']) => [...body.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((match) => match[1]).join(''))
    .map((text) => text.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? ''))
    .filter((text) => text !== '');

describe('as a Word document', () => {
  test.each([
    ['of a linked case', LINKED],
    ['of a drawn case', docket()],
  ])('%s it says what the notice says, line by line', async (_, court) => {
    const notice = await noticeOn(filing(), court);
    const texts = await parts(await noticeDocx(notice));
    expect(paragraphs(texts.get('word/document.xml') ?? '')).toEqual(
      noticeLines(notice).flatMap((line) => line.split('\t')),
    );
  });

  test('it has A4, the margins and typefaces of official documents with stand-ins, and page numbers', async () => {
    const texts = await parts(await noticeDocx(await noticeOn(filing())));
    const document = texts.get('word/document.xml') ?? '';
    expect(/<w:pgSz [^>]*/.exec(document)?.[0]).toContain('w:w="11906" w:h="16838"');
    expect(/<w:pgMar [^>]*/.exec(document)?.[0]).toContain('w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"');
    const faces = (xml = ''): Set<string | undefined> =>
      new Set([...xml.matchAll(/w:eastAsia="([^"]*)"/g)].map((match) => match[1]));
    expect(faces(document)).toEqual(new Set(['方正小标宋简体', '黑体', '仿宋_GB2312', '楷体_GB2312']));
    expect(document).not.toMatch(/<w:rFonts (?![^>]*w:hint="eastAsia")/);
    expect(faces(texts.get('word/styles.xml'))).toContain('仿宋_GB2312');
    expect(texts.get('word/fontTable.xml')).toMatch(/w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong"/);
    const footerOf = (pages: string): string => {
      const [, id = ''] = new RegExp(`<w:footerReference w:type="${pages}" r:id="(\\w+)"`).exec(document) ?? [];
      const links = texts.get('word/_rels/document.xml.rels') ?? '';
      const [, target = ''] = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(links) ?? [];
      return texts.get(`word/${target}`) ?? '';
    };
    expect(texts.get('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
    for (const [pages, side] of [
      ['default', 'right'],
      ['even', 'left'],
    ] as const) {
      expect(footerOf(pages)).toMatch(new RegExp(`<w:jc w:val="${side}"/>[\\s\\S]*— [\\s\\S]*PAGE[\\s\\S]* —`));
    }
  });

  test('a page holds 22 lines of 28 characters of 三号', async () => {
    const texts = await parts(await noticeDocx(simple([{ kind: 'paragraph', text: '一行' }])));
    const document = texts.get('word/document.xml') ?? '';
    const pitch = Number(/w:line="(\d+)" w:lineRule="exact"\/><\/w:pPr><w:r><w:t[^>]*>原告/.exec(document)?.[1]);
    const narrower = Number(/<w:spacing w:val="(-\d+)"\/>/.exec(texts.get('word/styles.xml') ?? '')?.[1]);
    expect(Math.floor((16838 - 2098 - 1984) / pitch)).toBe(22);
    expect(Math.floor((11906 - 1587 - 1474) / (16 * 20 + narrower))).toBe(28);
  });

  test('the court stands centred above the day, the day four characters from the edge; who gets a copy comes last, between rules', async () => {
    const notice = simple([], { remark: '不是文号', copies: ['院庭长', '院长'] });
    const document = (await parts(await noticeDocx(notice))).get('word/document.xml') ?? '';
    expect(paragraphs(document).slice(-4)).toEqual([
      '示例县人民法院',
      '二〇二六年三月十日',
      '（不是文号）',
      '抄送：院庭长，院长。',
    ]);
    const indents = [...document.matchAll(/<w:ind w:right="(\d+)"\/>/g)].map(([, right]) => Number(right) / 320);
    expect(indents).toEqual([5, 4]);
    expect(document).toMatch(
      /<w:tblBorders><w:top w:val="single"[^>]*w:sz="8"[\s\S]*<w:bottom w:val="single"[^>]*w:sz="8"/,
    );
    const without = (await parts(await noticeDocx(simple([])))).get('word/document.xml') ?? '';
    expect(without).not.toContain('抄送');
  });

  test('it keeps rare characters and marks of XML, and holds no number of a person', async () => {
    const parties = [person('plaintiff', '龘㼆𠮷', 101), person('defendant', '<乙>&"二"', 102)];
    const texts = await parts(await noticeDocx(await noticeOn(filing({ parties }))));
    const lines = paragraphs(texts.get('word/document.xml') ?? '');
    expect(lines).toContain('原告：龘㼆𠮷');
    expect(lines).toContain('被告：<乙>&"二"');
    expect([...texts.values()].join('')).not.toContain(identityNumber(101));
  });

  test('it says who made it and when by the notice, not by the clock', async () => {
    const notice = simple([{ kind: 'paragraph', text: '一' }], { court: 'A&B<C>法院' });
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T00:00:00Z') });
    const first = await noticeDocx(notice);
    vi.setSystemTime(new Date('2027-06-02T00:00:00Z'));
    const second = await noticeDocx(notice);
    expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
    const core = (await parts(first)).get('docProps/core.xml');
    expect(core).toContain('<dc:title>告知书</dc:title>');
    expect(core).toContain('<dc:creator>A&amp;B&lt;C&gt;法院</dc:creator>');
    expect(core).toContain('2026-03-10T00:00:00Z</dcterms:created>');
  });
});

const FOOTER = /—\d+—$/;

/** What the pages show, without spaces and page numbers. */
const pagesOf = (pdf: Uint8Array): string[] =>
  pdfRuns(pdf).map((runs) => withoutSpaces(runs.map(({ text }) => text).join('')).replace(FOOTER, ''));

describe('as a PDF', () => {
  test.each([
    ['of a linked case', LINKED],
    ['of a drawn case', docket()],
  ])('%s it shows what the notice says, and the text can be taken out again', async (_, court) => {
    const notice = await noticeOn(filing(), court);
    const pdf = await noticePdf(notice, FONT);
    expect(pagesOf(pdf).join('')).toBe(withoutSpaces(noticeLines(notice).join('')));
  });

  test('it carries only the glyphs it needs, has a Chinese title and numbers its pages', async () => {
    const notice = await noticeOn(filing());
    const pdf = await noticePdf(notice, FONT);
    expect(pdf.length).toBeLessThan(200_000);
    expect(pdfInfo(pdf, 'Title')).toBe('案件承办人及审判组织告知书（登记号：F1）');
    expect(pdfInfo(pdf, 'Author')).toBe('筠连县人民法院');
    const pages = pdfRuns(pdf).map((runs) => withoutSpaces(runs.map(({ text }) => text).join('')));
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) expect(page.endsWith(`—${index + 1}—`)).toBe(true);
    const text = Buffer.from(pdf).toString('latin1');
    expect(text).toContain('/MediaBox [0 0 595.275591 841.889764]');
    expect(text).toContain('/Lang (zh-CN)');
  });

  test('a page holds 22 lines of 28 characters; its number is on the right of an odd page and on the left of an even one', async () => {
    const text = '字'.repeat(28 * 80);
    const [first = [], second = [], third = []] = pdfRuns(await noticePdf(simple([{ kind: 'paragraph', text }]), FONT));
    const lines = third.filter((run) => run.text.startsWith('字'));
    expect(new Set(lines.map((run) => run.text.length))).toEqual(new Set([28]));
    expect(lines.length).toBe(22);
    expect(first.some((run) => run.text.startsWith('字'))).toBe(true);
    const middle = (105 * 72) / 25.4;
    const numberOf = (runs: readonly { text: string; x: number }[]) => runs.find((run) => run.text.includes('—'));
    expect(numberOf(second)?.x).toBeLessThan(middle);
    expect(numberOf(third)?.x).toBeGreaterThan(middle);
  });

  test('it ends with who gets a copy, on the page of the closing', async () => {
    const line: NoticeBlock = { kind: 'paragraph', text: '一行' };
    const more = { remark: '不是文号', copies: ['院庭长', '院长'] };
    for (let count = 8; count < 28; count++) {
      const notice = simple(
        Array.from({ length: count }, () => line),
        more,
      );
      const pages = pagesOf(await noticePdf(notice, FONT));
      expect([count, pages.join('')]).toEqual([count, withoutSpaces(noticeLines(notice).join(''))]);
      expect(pages.at(-1)).toMatch(/二〇二六年三月十日（不是文号）抄送：院庭长，院长。$/);
    }
  });

  test('it keeps rare characters; what the font has not is shown by its code point', async () => {
    const parties = [person('plaintiff', '龘㼆', 101), person('defendant', '𠮷二', 102)];
    const [page = ''] = pagesOf(await noticePdf(await noticeOn(filing({ parties })), FONT));
    expect(page).toContain('原告：龘㼆');
    expect(page).toContain('被告：〔U+20BB7〕二');
    expect(page).not.toContain('\ufffd');
  });

  test('it breaks lines within the margins, and begins none with a closing mark', async () => {
    const parties = Array.from({ length: 120 }, (_, index) =>
      person('plaintiff', `${'原告名称'.repeat(9)}${index}`, 101),
    );
    const notice = await noticeOn(filing({ parties: [...parties, person('defendant', '乙二', 102)] }));
    const width = (156 * 72) / 25.4;
    const runs = pdfRuns(await noticePdf(notice, FONT)).flat();
    for (const { text, size, x } of runs) {
      expect(text).not.toMatch(/^[，。；：、）」』》！？]/);
      const isHan = textWidth(text) === 2 * text.length;
      if (isHan) expect(x - (28 * 72) / 25.4 + text.length * size).toBeLessThan(width + 0.5);
    }
  });

  test('it repeats a table’s header on the next page and splits no row', async () => {
    const rows = Array.from({ length: 70 }, (_, index) => [`第${index}行`, '两行字'.repeat(20)]);
    const pdf = await noticePdf(simple([{ kind: 'table', header: ['名称', '内容'], rows }]), FONT);
    const pages = pagesOf(pdf);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages.slice(1, -1)) expect(page.startsWith('名称内容第')).toBe(true);
    for (const page of pages) expect(page.split('两行字').length % 20).toBe(1);
  });

  test('it never leaves the closing to a page of its own', async () => {
    const line: NoticeBlock = { kind: 'paragraph', text: '一行' };
    for (let count = 12; count < 28; count++) {
      const pages = pagesOf(await noticePdf(simple(Array.from({ length: count }, () => line)), FONT));
      expect([count, pages.at(-1)]).not.toEqual([count, '示例县人民法院二〇二六年三月十日']);
    }
  });

  test('a heading is never the last of a page', async () => {
    const line: NoticeBlock = { kind: 'paragraph', text: '一行' };
    const below: NoticeBlock[] = [
      { kind: 'paragraph', text: '应当与下列一致：' },
      { kind: 'table', header: [], rows: [['摘要', '00']] },
    ];
    for (let count = 8; count < 28; count++) {
      const above = { heading: '一、事项', blocks: Array.from({ length: count }, () => line) };
      const notice = simple([], { sections: [above, { heading: '二、核对信息', blocks: below }] });
      for (const page of pagesOf(await noticePdf(notice, FONT)))
        expect([count, page]).not.toEqual([count, expect.stringMatching(/核对信息$/)]);
    }
  });

  test('it is the same bytes for the same notice, whatever the clock', async () => {
    const notice = await noticeOn(filing());
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T00:00:00Z') });
    const first = await noticePdf(notice, FONT);
    vi.setSystemTime(new Date('2027-06-02T00:00:00Z'));
    expect(Buffer.from(await noticePdf(notice, FONT)).equals(Buffer.from(first))).toBe(true);
  });

  test('without its font it is refused', async () => {
    await expect(noticePdf(simple([]), { regular: '/nowhere/font.ttf' })).rejects.toThrow(/ENOENT/);
  });
});

describe('columns', () => {
  const share = (header: string[], ...rows: string[][]): number[] => columnShares({ kind: 'table', header, rows });
  const wide = '很长的内容'.repeat(20);

  test('share the whole width, the modest ones as much as they need', () => {
    for (const columns of [
      share([], ['甲', '乙']),
      share([], ['甲', wide]),
      share(['甲', '乙', '丙'], [wide, wide, wide]),
    ]) {
      expect(columns.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
      for (const each of columns) expect(each).toBeGreaterThan(0.05);
    }
    expect(share([], ['甲', wide])[0]).toBeLessThan(0.15);
  });
});

test('the font is a TrueType file under the Open Font License', () => {
  const path = noticeFont();
  expect(readFileSync(path).readUInt32BE(0)).toBe(0x00010000);
  expect(readFileSync(join(dirname(path), '../LICENSE_FONT'), 'utf8')).toContain('SIL OPEN FONT LICENSE');
});
