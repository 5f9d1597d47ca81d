import PDFDocument from 'pdfkit';
import { copiesText, itemText, type Notice, type NoticeBlock, remarkText } from '../../core/documents/notice.js';
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

/** Fonts by path, in a format that carries every character that may stand in a name. */
export interface NoticeFonts {
  readonly regular: string;
}

const mm = (length: number): number => (length * 72) / 25.4;

const LEFT = mm(PAGE_MM.left);
const TOP = mm(PAGE_MM.top);
const WIDTH = mm(PAGE_MM.width - PAGE_MM.left - PAGE_MM.right);
const BOTTOM = mm(PAGE_MM.height - PAGE_MM.bottom);

/** Points: 三号 as wide as a line holds of it, which the narrower setting of a Word document comes to as well. */
const SIZE = { ...POINTS, body: Math.floor((WIDTH / CHARACTERS) * 100) / 100 } as const;
type Kind = keyof typeof SIZE;
const CELL_PADDING = 4;
const CLOSING_SPACE = PITCH.body;
/** 0.35 mm. */
const RULE = mm(0.35);

/**
 * A notice as a PDF in the layout of official documents (GB/T 9704-2012) but for the typeface, which is the one that may be shipped: A4, 22
 * lines of 28 characters, page numbers at the outer edge, text that can be searched and copied, identity numbers masked. A character that the font has not is printed as its code point, 〔U+20BB7〕, never left out. Equal notices
 * are equal bytes.
 *
 * @throws Error when the font file cannot be read
 */
export async function noticePdf(whole: Notice, font: NoticeFonts): Promise<Uint8Array> {
  const notice = withoutNumbersIn(whole);
  const page = new NoticePages(notice, font);
  page.heading();
  for (const [index, { heading, blocks }] of notice.sections.entries()) {
    const isLast = index === notice.sections.length - 1;
    const introduces = (place: number): boolean => isIntroduction(blocks[place + 1], isLast);
    page.section(heading, blocks[0], introduces(0));
    for (const [place, block] of blocks.entries()) page.block(block, introduces(place));
  }
  page.closing();
  page.copies();
  return page.bytes();
}

interface GlyphFont {
  hasGlyphForCodePoint(point: number): boolean;
}

class NoticePages {
  private readonly doc: PDFKit.PDFDocument;
  private readonly notice: Notice;
  private readonly chunks: Buffer[] = [];
  private readonly finished: Promise<void>;
  private readonly glyphs: GlyphFont;

  constructor(notice: Notice, font: NoticeFonts) {
    const { title, court, reference, issuedOn } = notice;
    const time = fileTime(issuedOn);
    this.notice = notice;
    this.doc = new PDFDocument({
      size: [mm(PAGE_MM.width), mm(PAGE_MM.height)],
      margins: { top: TOP, bottom: mm(PAGE_MM.bottom), left: LEFT, right: mm(PAGE_MM.right) },
      bufferPages: true,
      pdfVersion: '1.7',
      lang: 'zh-CN',
      displayTitle: true,
      font: font.regular,
      info: { Title: `${title}（${reference}）`, Author: court, Creator: 'shouze', CreationDate: time, ModDate: time },
    });
    // pdfkit gives no public way to ask a font for a glyph.
    this.glyphs = (this.doc as unknown as { _font: { font: GlyphFont } })._font.font;
    this.finished = new Promise((resolve, reject) => {
      this.doc.on('data', (chunk: Buffer) => this.chunks.push(chunk));
      this.doc.on('end', resolve);
      this.doc.on('error', reject);
    });
  }

  heading(): void {
    const { court, title, reference, addressees, opening } = this.notice;
    this.doc.y += 2 * PITCH.body;
    this.bold(court, 'title', { align: 'center' });
    this.doc.y += 6;
    this.bold(title, 'title', { align: 'center' });
    this.doc.y += 6;
    this.text(reference, { align: 'right' });
    for (const line of addressees) this.text(line);
    this.text(opening, { indent: 2 * SIZE.body });
  }

  /** With the beginning of what it stands above. */
  section(heading: string, first: NoticeBlock | undefined, keepNext: boolean): void {
    this.keepTogether(PITCH.body + (first ? this.beginningOf(first, keepNext) : 0));
    this.bold(heading, 'body', { indent: 2 * SIZE.body });
  }

  block(block: NoticeBlock, keepNext: boolean): void {
    switch (block.kind) {
      case 'paragraph':
        if (keepNext) this.keepTogether(this.beginningOf(block, keepNext));
        this.text(block.text, { indent: 2 * SIZE.body });
        break;
      case 'list':
        for (const [index, item] of block.items.entries()) this.text(itemText(index, item), { indent: 2 * SIZE.body });
        break;
      case 'quote':
        this.keepTogether(this.beginningOf(block, keepNext));
        this.bold(block.source, 'quote', { indent: 2 * SIZE.quote });
        for (const line of block.lines) this.text(line, { indent: 2 * SIZE.quote }, 'quote');
        break;
      case 'table':
        this.table(block);
        break;
    }
  }

  closing(): void {
    this.keepTogether(this.closingHeight());
    this.doc.y += CLOSING_SPACE;
    const { closing, remark } = this.notice;
    const indents = closingIndents(closing);
    for (const [index, line] of closing.entries()) {
      this.text(line, { align: 'right', width: WIDTH - (indents[index] ?? 0) * SIZE.body });
    }
    if (remark !== undefined) this.text(remarkText(remark), { indent: 2 * SIZE.body });
  }

  /** Between two rules as wide as the text, at the foot of the last page. */
  copies(): void {
    const { copies = [] } = this.notice;
    if (copies.length === 0) return;
    const { doc } = this;
    const top = BOTTOM - this.copiesHeight();
    doc.lineWidth(RULE);
    for (const y of [top, BOTTOM]) doc.polygon([LEFT, y], [LEFT + WIDTH, y]).stroke();
    doc.text(this.printable(copiesText(copies)), LEFT + 4 * SIZE.quote, top, this.copiesRoom());
  }

  /** A character free on either side; what does not fit in the line goes on below the first name. */
  private copiesRoom(): PDFKit.Mixins.TextOptions {
    return { width: WIDTH - 5 * SIZE.quote, indent: -3 * SIZE.quote, lineGap: this.gapOf('quote') };
  }

  private copiesHeight(): number {
    const { copies = [] } = this.notice;
    return copies.length === 0 ? 0 : this.doc.heightOfString(this.printable(copiesText(copies)), this.copiesRoom());
  }

  /** Ends the document and gives its bytes. */
  async bytes(): Promise<Uint8Array> {
    this.numberPages();
    this.doc.end();
    await this.finished;
    return new Uint8Array(Buffer.concat(this.chunks));
  }

  /** How much of a block has to stand on one page with what is above it; what fills a page by itself begins anywhere. */
  private beginningOf(block: NoticeBlock, keepNext: boolean): number {
    if (block.kind === 'quote') return 3 * PITCH.quote;
    if (block.kind !== 'paragraph' || !keepNext) return 2 * PITCH.body;
    const whole = this.heightOf(block.text) + this.closingHeight();
    return whole + PITCH.body < BOTTOM - TOP ? whole : 2 * PITCH.body;
  }

  private heightOf(text: string): number {
    const options = { width: WIDTH, lineGap: this.gapOf('body'), indent: 2 * SIZE.body };
    return this.doc.heightOfString(this.printable(text), options);
  }

  private closingHeight(): number {
    const { closing, remark } = this.notice;
    const below = this.copiesHeight();
    const lines = [...closing, ...(remark === undefined ? [] : [remarkText(remark)])];
    return CLOSING_SPACE + this.heightOf(lines.join('\n')) + (below === 0 ? 0 : PITCH.body + below);
  }

  /** Sets the size of a kind of text; gives what is to stand between its lines. */
  private gapOf(kind: Kind): number {
    return PITCH[kind] - this.doc.fontSize(SIZE[kind]).currentLineHeight();
  }

  /** A new page where so many points are not left on this one. */
  private keepTogether(height: number): void {
    if (this.doc.y + height > BOTTOM) this.doc.addPage();
  }

  private text(text: string, options: PDFKit.Mixins.TextOptions = {}, kind: Kind = 'body'): void {
    const more = { width: WIDTH, lineGap: this.gapOf(kind), ...options };
    this.doc.text(this.printable(text), LEFT, this.doc.y, more);
  }

  /** The family is shipped in one weight; an outline makes the other. */
  private bold(text: string, kind: Kind, options: PDFKit.Mixins.TextOptions): void {
    this.doc.lineWidth(0.35);
    this.text(text, { fill: true, stroke: true, ...options }, kind);
  }

  private printable(text: string): string {
    const shown = (character: string): string => {
      const point = character.codePointAt(0) ?? 0;
      if (this.glyphs.hasGlyphForCodePoint(point)) return character;
      return `〔U+${point.toString(16).toUpperCase().padStart(4, '0')}〕`;
    };
    return [...text].map(shown).join('');
  }

  private table(block: Extract<NoticeBlock, { kind: 'table' }>): void {
    const widths = columnShares(block).map((share) => share * WIDTH);
    const { header, rows } = block;
    this.doc.y += 2;
    if (header.length > 0) this.row(header, widths, header);
    for (const row of rows) this.row(row, widths, header);
    this.doc.y += 6;
  }

  /** One row in one piece; on a new page below the header again. */
  private row(cells: readonly string[], widths: readonly number[], header: readonly string[]): void {
    const { doc } = this;
    const isHeader = cells === header;
    const texts = cells.map((cell) => this.printable(cell));
    const lineGap = this.gapOf('table');
    const options = (column: number): PDFKit.Mixins.TextOptions => ({
      width: (widths[column] ?? 0) - 2 * CELL_PADDING,
      lineGap,
    });
    const height =
      Math.max(...texts.map((text, column) => doc.heightOfString(text, options(column)))) + 2 * CELL_PADDING;
    if (doc.y + height > BOTTOM) {
      doc.addPage();
      if (header.length > 0 && !isHeader) this.row(header, widths, header);
    }
    const top = doc.y;
    let x = LEFT;
    for (const [column, text] of texts.entries()) {
      const width = widths[column] ?? 0;
      const isLabel = isHeader || (header.length === 0 && column === 0);
      if (isLabel) doc.rect(x, top, width, height).fill('#eeeeee').fillColor('black');
      doc.lineWidth(0.5).rect(x, top, width, height).stroke();
      doc.text(text, x + CELL_PADDING, top + CELL_PADDING, options(column));
      x += width;
    }
    doc.x = LEFT;
    doc.y = top + height;
  }

  private numberPages(): void {
    const { doc } = this;
    const { count } = doc.bufferedPageRange();
    for (let index = 0; index < count; index++) {
      doc.switchToPage(index);
      // Text below the bottom margin would begin a new page.
      doc.page.margins.bottom = 0;
      const isOdd = index % 2 === 0;
      doc
        .fontSize(SIZE.quote)
        .text(NUMBER_MARKS.join(String(index + 1)), LEFT + SIZE.quote, BOTTOM + mm(PAGE_MM.number), {
          width: WIDTH - 2 * SIZE.quote,
          align: isOdd ? 'right' : 'left',
        });
    }
  }
}
