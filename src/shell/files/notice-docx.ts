import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  type IFontAttributesProperties,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import {
  copiesText,
  itemText,
  type Notice,
  type NoticeBlock,
  type NoticeSection,
  remarkText,
} from '../../core/documents/notice.js';
import { withoutNumbersIn } from '../../core/law/number-masking.js';
import {
  CHARACTERS,
  closingIndents,
  columnShares,
  fileTime,
  isIntroduction,
  NUMBER_MARKS,
  PAGE_MM,
  PITCH,
  POINTS,
} from './notice-layout.js';
import { withoutTimes } from './zip.js';

/** Typefaces of official documents, each with what a machine without it should take. */
const FACES = {
  title: { name: '方正小标宋简体', instead: '华文中宋,STZhongsong,宋体,SimSun' },
  heading: { name: '黑体', instead: 'SimHei' },
  body: { name: '仿宋_GB2312', instead: '仿宋,FangSong' },
  quote: { name: '楷体_GB2312', instead: '楷体,KaiTi' },
  number: { name: '宋体', instead: 'SimSun' },
} as const;

/** Half points. */
const SIZE = {
  title: 2 * POINTS.title,
  body: 2 * POINTS.body,
  quote: 2 * POINTS.quote,
  table: 2 * POINTS.table,
} as const;

/** In twips, as are all lengths below. */
const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);

const LINE = {
  title: 20 * PITCH.title,
  body: 20 * PITCH.body,
  quote: 20 * PITCH.quote,
  table: 20 * PITCH.table,
} as const;
const CHARACTER = SIZE.body * 10;
const TWO_CHARACTERS = 2 * CHARACTER;
/**
 * How much narrower than its own width a character is set, so that a line holds as many of 三号 as it has to. A grid would say the same, but
 * programs differ in what they make of one.
 */
const NARROWER = Math.floor(twips(PAGE_MM.width - PAGE_MM.left - PAGE_MM.right) / CHARACTERS) - 20 * POINTS.body;
/** Below the foot of the page, with a line of 四号 above it. */
const FOOTER_MM = PAGE_MM.bottom - PAGE_MM.number - (POINTS.quote * 25.4) / 72;

// The hint keeps “” and … in the Chinese face.
const face = (name: string): IFontAttributesProperties => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia: name,
  hint: 'eastAsia',
});

/**
 * A notice as a Word document in the layout of official documents (GB/T 9704-2012): A4, 22 lines of 28 characters, their typefaces, page
 * numbers at the outer edge, identity numbers masked.
 * Equal notices are equal bytes.
 */
export async function noticeDocx(notice: Notice): Promise<Uint8Array> {
  const {
    court,
    title,
    reference,
    addressees,
    opening,
    sections,
    closing,
    remark,
    copies = [],
  } = withoutNumbersIn(notice);
  const indents = closingIndents(closing);
  const document = new Document({
    styles: {
      default: { document: { run: { font: face(FACES.body.name), size: SIZE.body, characterSpacing: NARROWER } } },
    },
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(PAGE_MM.width), height: twips(PAGE_MM.height) },
            margin: {
              top: twips(PAGE_MM.top),
              bottom: twips(PAGE_MM.bottom),
              left: twips(PAGE_MM.left),
              right: twips(PAGE_MM.right),
              footer: twips(FOOTER_MM),
            },
          },
        },
        footers: { default: pageFooter(AlignmentType.RIGHT), even: pageFooter(AlignmentType.LEFT) },
        children: [
          titleLine(court, 2 * LINE.body),
          titleLine(title),
          bodyLine(reference, { alignment: AlignmentType.RIGHT }),
          ...addressees.map((line) => bodyLine(line)),
          textLine(opening),
          ...sections.flatMap(sectionChildren),
          ...closing.map((line, index) => closingLine(line, index === 0, indents[index] ?? 0)),
          ...(remark === undefined ? [] : [textLine(remarkText(remark))]),
          ...(copies.length > 0 ? [textLine('', true), copiesTable(copiesText(copies))] : []),
        ],
      },
    ],
  });
  const bytes = await Packer.toBuffer(document, false, [
    { path: 'word/fontTable.xml', data: fontTable() },
    { path: 'docProps/core.xml', data: coreProperties(notice) },
  ]);
  return new Uint8Array(withoutTimes(bytes));
}

const titleLine = (text: string, before = 0): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { line: LINE.title, lineRule: LineRuleType.EXACT, before, after: 120 },
    children: [new TextRun({ text, font: face(FACES.title.name), size: SIZE.title })],
  });

const BODY_SPACING = { line: LINE.body, lineRule: LineRuleType.EXACT } as const;

const bodyLine = (text: string, more: { alignment?: (typeof AlignmentType)['RIGHT'] } = {}): Paragraph =>
  new Paragraph({ spacing: BODY_SPACING, children: [new TextRun(text)], ...more });

const textLine = (text: string, keepNext = false): Paragraph =>
  new Paragraph({
    keepNext,
    spacing: BODY_SPACING,
    indent: { firstLine: TWO_CHARACTERS },
    children: [new TextRun(text)],
  });

const headingLine = (text: string): Paragraph =>
  new Paragraph({
    keepNext: true,
    spacing: BODY_SPACING,
    indent: { firstLine: TWO_CHARACTERS },
    children: [new TextRun({ text, font: face(FACES.heading.name) })],
  });

const closingLine = (text: string, isFirst: boolean, indent: number): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    keepNext: isFirst,
    keepLines: true,
    spacing: { ...BODY_SPACING, before: isFirst ? LINE.body : 0 },
    indent: { right: Math.round(indent * CHARACTER) },
    children: [new TextRun(text)],
  });

function sectionChildren({ heading, blocks }: NoticeSection, index: number, all: readonly NoticeSection[]) {
  const isLast = index === all.length - 1;
  return [
    headingLine(heading),
    ...blocks.flatMap((block, place) => blockChildren(block, isIntroduction(blocks[place + 1], isLast))),
  ];
}

function blockChildren(block: NoticeBlock, keepNext: boolean): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'paragraph':
      return [textLine(block.text, keepNext)];
    case 'list':
      return block.items.map((item, index) => textLine(itemText(index, item)));
    case 'quote':
      return [quoteLine(block.source, FACES.heading.name, true), ...block.lines.map((line) => quoteLine(line))];
    case 'table':
      return [spacer(true), tableOf(block), spacer(false)];
  }
}

const spacer = (keepNext: boolean): Paragraph =>
  new Paragraph({ keepNext, spacing: { line: 100, lineRule: LineRuleType.EXACT } });

const quoteLine = (text: string, name: string = FACES.quote.name, keepNext = false): Paragraph =>
  new Paragraph({
    keepNext,
    spacing: { line: LINE.quote, lineRule: LineRuleType.EXACT },
    indent: { left: SIZE.quote * 10, firstLine: SIZE.quote * 20 },
    children: [new TextRun({ text, font: face(name), size: SIZE.quote })],
  });

function tableOf(block: Extract<NoticeBlock, { kind: 'table' }>): Table {
  const width = twips(PAGE_MM.width - PAGE_MM.left - PAGE_MM.right);
  const columnWidths = columnShares(block).map((share) => Math.floor(share * width));
  const rowOf = (cells: readonly string[], isHeader: boolean): TableRow =>
    new TableRow({
      cantSplit: true,
      tableHeader: isHeader,
      children: cells.map((text, column) =>
        cellOf(text, columnWidths[column] ?? 0, isHeader || (block.header.length === 0 && column === 0)),
      ),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width, type: WidthType.DXA },
    columnWidths,
    rows: [
      ...(block.header.length > 0 ? [rowOf(block.header, true)] : []),
      ...block.rows.map((row) => rowOf(row, false)),
    ],
  });
}

const cellOf = (text: string, width: number, isLabel: boolean): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    children: [
      new Paragraph({
        spacing: { line: LINE.table, lineRule: LineRuleType.EXACT },
        children: [new TextRun({ text, size: SIZE.table, font: face(isLabel ? FACES.heading.name : FACES.body.name) })],
      }),
    ],
  });

/** Who gets a copy, between two rules of 0.35 mm as wide as the text. */
function copiesTable(text: string): Table {
  const width = twips(PAGE_MM.width - PAGE_MM.left - PAGE_MM.right);
  const rule = { style: BorderStyle.SINGLE, size: 8 } as const;
  const none = { style: BorderStyle.NONE } as const;
  const oneCharacter = SIZE.quote * 10;
  const line = new Paragraph({
    spacing: { line: LINE.quote, lineRule: LineRuleType.EXACT },
    indent: { left: 3 * oneCharacter, hanging: 3 * oneCharacter },
    children: [new TextRun({ text, size: SIZE.quote })],
  });
  const cell = new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { left: oneCharacter, right: oneCharacter },
    children: [line],
  });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width, type: WidthType.DXA },
    columnWidths: [width],
    borders: { top: rule, bottom: rule, left: none, right: none },
    rows: [new TableRow({ cantSplit: true, children: [cell] })],
  });
}

const pageFooter = (alignment: 'left' | 'right'): Footer => {
  const [before, after] = NUMBER_MARKS;
  const number = new TextRun({
    size: SIZE.quote,
    font: face(FACES.number.name),
    children: [before, PageNumber.CURRENT, after],
  });
  const oneCharacter = SIZE.quote * 10;
  return new Footer({
    children: [new Paragraph({ alignment, indent: { left: oneCharacter, right: oneCharacter }, children: [number] })],
  });
};

const xmlText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function fontTable(): string {
  const fonts = Object.values(FACES)
    .map(
      ({ name, instead }) => `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/></w:font>`,
    )
    .join('');
  const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  return `${XML}<w:fonts xmlns:w="${namespace}">${fonts}</w:fonts>`;
}

/** Written by hand because the library always puts the clock into it. */
function coreProperties({ title, court, reference, issuedOn }: Notice): string {
  const time = fileTime(issuedOn).toISOString().replace('.000', '');
  const stamp = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${time}</dcterms:${name}>`;
  return (
    `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${xmlText(title)}</dc:title><dc:subject>${xmlText(reference)}</dc:subject>` +
    `<dc:creator>${xmlText(court)}</dc:creator>${stamp('created')}${stamp('modified')}</cp:coreProperties>`
  );
}
