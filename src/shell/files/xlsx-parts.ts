import { InputFault } from './input-error.js';
import { type XmlHandler, XmlScanner } from './xml-scan.js';
import { entryText, type ZipEntry, zipEntries } from './zip.js';

/** A sheet of a workbook and where it is stored. */
export interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly path: string;
}

/** What has to be known of a workbook before a sheet can be read. */
export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  readonly strings: readonly string[];
  /** By cell style: whether it shows a number as a day. */
  readonly dateStyles: readonly boolean[];
  readonly date1904: boolean;
  scan(path: string, handler: XmlHandler): Promise<void>;
}

/** `_x000D_` and the like: how a workbook writes what XML cannot hold. */
export const unescapeCell = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** Collects the text of `t` elements, leaving out `rPh`: a reading aid (拼音) is no part of a name. */
export class TextCollector {
  text = '';
  private phonetic = false;
  private inText = false;

  open(name: string): void {
    if (name === 'rPh') this.phonetic = true;
    if (name === 't') this.inText = true;
  }

  close(name: string): void {
    if (name === 'rPh') this.phonetic = false;
    if (name === 't') this.inText = false;
  }

  add(text: string): void {
    if (this.inText && !this.phonetic) this.text += text;
  }

  take(): string {
    const text = unescapeCell(this.text);
    this.text = '';
    return text;
  }
}

const BUILT_IN_DATES: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Whether a number format shows a day: it has year, month or day letters outside quoted text and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to);
  const letters = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|[_*]./gu, '').replace(/general/giu, '');
  return /[ymde]/iu.test(letters.replace(/[#0?]+(\.[#0?]+)?E[+-]/giu, ''));
}

const ignore = (): void => {};

async function readStrings(scan: WorkbookParts['scan'], path: string): Promise<string[]> {
  const strings: string[] = [];
  const collector = new TextCollector();
  await scan(path, {
    open: (name) => collector.open(name),
    close: (name) => {
      collector.close(name);
      if (name === 'si') strings.push(collector.take());
    },
    text: (text) => collector.add(text),
  });
  return strings;
}

async function readDateStyles(scan: WorkbookParts['scan'], path: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let inCellFormats = false;
  await scan(path, {
    open: (name, attribute) => {
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'xf' && inCellFormats) {
        const id = Number(attribute('numFmtId') ?? 0);
        styles.push(isDateFormat(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text: ignore,
  });
  return styles;
}

const WORKBOOK = 'xl/workbook.xml';

function notWorkbook(entries: ReadonlyMap<string, ZipEntry>): InputFault {
  const what = entries.has('content.xml') ? '是 ODF 文档' : '不是 xlsx 工作簿';
  return new InputFault({ code: 'NOT_XLSX', message: `文件${what},请用表格软件另存为 .xlsx` });
}

/** Opens a workbook: which sheets it has, its shared strings and date styles. @throws InputFault */
export async function openWorkbook(bytes: Buffer): Promise<WorkbookParts> {
  const entries = zipEntries(bytes);
  if (!entries.has(WORKBOOK)) throw notWorkbook(entries);
  const scan: WorkbookParts['scan'] = async (path, handler) => {
    const entry = entries.get(path);
    if (entry === undefined)
      throw new InputFault({ code: 'XLSX_BROKEN', message: '工作簿缺少内容,请重新另存为 .xlsx' });
    const scanner = new XmlScanner(handler);
    for await (const text of entryText(bytes, entry)) scanner.push(text);
    scanner.end();
  };

  const targets = new Map<string, string>();
  const byType = new Map<string, string>();
  await scan('xl/_rels/workbook.xml.rels', {
    open: (name, attribute) => {
      if (name !== 'Relationship') return;
      const target = attribute('Target') ?? '';
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//u, '')}`;
      targets.set(attribute('Id') ?? '', path);
      byType.set((attribute('Type') ?? '').replace(/^.*\//u, ''), path);
    },
    close: ignore,
    text: ignore,
  });
  const sheets: SheetPart[] = [];
  let date1904 = false;
  await scan(WORKBOOK, {
    open: (name, attribute) => {
      if (name === 'workbookPr') date1904 = /^(1|true)$/u.test(attribute('date1904') ?? '');
      if (name !== 'sheet') return;
      const path = targets.get(attribute('id') ?? '');
      const hidden = (attribute('state') ?? 'visible') !== 'visible';
      if (path !== undefined && entries.has(path)) sheets.push({ name: attribute('name') ?? '', hidden, path });
    },
    close: ignore,
    text: ignore,
  });
  const strings = byType.get('sharedStrings');
  const styles = byType.get('styles');
  return {
    sheets,
    date1904,
    scan,
    strings: strings !== undefined && entries.has(strings) ? await readStrings(scan, strings) : [],
    dateStyles: styles !== undefined && entries.has(styles) ? await readDateStyles(scan, styles) : [],
  };
}
