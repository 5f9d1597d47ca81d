import { extname } from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { type FieldError, pointerOf, segmentsOf, wellFormed } from '../../core/documents/field-errors.js';
import { err, ok, type Result } from '../../core/kernel/result.js';
import { assembleFilings, type FilingRead, type FilingsRead } from './assemble-filings.js';
import { startsWith } from './decode-text.js';
import { type InputError, InputFault, systemError } from './input-error.js';
import { readBytes } from './read-bytes.js';
import { readCsvTable } from './read-csv.js';
import { MAX_FILINGS_BYTES, type ParsedJson, parseJsonBytes } from './read-json.js';
import { readXlsxTable } from './read-xlsx.js';
import type { TableVocabulary } from './table-layout.js';
import { MAX_TABLE_BYTES } from './table-limits.js';

type Format = 'json' | 'csv' | 'xlsx';

/** Places are looked up in a second parse, which is worth it for files that a person reads. */
const MAX_PLACED_CHARACTERS = 8 * 1024 * 1024;

const FORMATS: Readonly<Record<string, Format>> = { '.json': 'json', '.csv': 'csv', '.xlsx': 'xlsx' };

/** What the first bytes say: a zip archive, an OLE file (.xls, or xlsx with a password), HTML, JSON, or some other text. */
function contentOf(bytes: Buffer): 'zip' | 'ole' | 'html' | 'json' | 'text' {
  if (startsWith(bytes, [0x50, 0x4b])) return 'zip';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'ole';
  const head = bytes.toString('latin1', 0, 512).replace(/^\u00ef\u00bb\u00bf/u, '');
  if (/^\s*<(!doctype html|html|table|\?xml)/iu.test(head)) return 'html';
  return /^\s*[[{]/u.test(head) ? 'json' : 'text';
}

function formatOf(path: string, bytes: Buffer): Format {
  const extension = extname(path).toLowerCase();
  const content = contentOf(bytes);
  if (content === 'ole') {
    const message = '这是老式 .xls 工作簿,或者有密码的工作簿:请用表格软件另存为 .xlsx(不设密码)后重试';
    throw new InputFault({ code: 'OLD_XLS', message });
  }
  if (content === 'html') {
    const message = '内容是网页或者 XML,不是表格文件:请用表格软件打开后另存为 .xlsx';
    throw new InputFault({ code: 'HTML', message });
  }
  const wanted = FORMATS[extension];
  const found = content === 'zip' ? 'xlsx' : content === 'json' ? 'json' : undefined;
  if (wanted === 'xlsx' && found !== 'xlsx') {
    const cure = found === 'json' ? '请把扩展名改为 .json' : '请用表格软件打开后另存为 .xlsx,或者把扩展名改为 .csv';
    throw new InputFault({ code: 'WRONG_EXTENSION', message: `扩展名是 ${extension},内容却不是 xlsx 工作簿,${cure}` });
  }
  if (wanted !== undefined && wanted !== 'xlsx' && found === 'xlsx') {
    const message = `扩展名是 ${extension},内容却是压缩包或者 xlsx 工作簿,请把扩展名改为 .xlsx`;
    throw new InputFault({ code: 'WRONG_EXTENSION', message });
  }
  const format = wanted ?? found;
  if (format !== undefined) return format;
  const message = `不认识扩展名「${extension}」,请使用 .json、.csv 或者 .xlsx(模板:shouze template filings.xlsx)`;
  throw new InputFault({ code: 'UNKNOWN_FORMAT', message });
}

/** Replaces lone surrogates, which no digest and no database can hold, and says where they were. */
function repair(value: unknown, path: readonly string[], errors: FieldError[]): unknown {
  if (typeof value === 'string') {
    const text = wellFormed(value);
    if (text === value) return value;
    const message = '文字里有残缺的字符(半个代理对),请重新录入';
    errors.push({ path: pointerOf(path), code: 'BAD_UNICODE', message });
    return text;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    errors.push({ path: pointerOf(path), code: 'NUMBER_TOO_LARGE', message: '数字太大，无法保存，请核对后重新录入' });
    return null;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((member, index) => repair(member, [...path, String(index)], errors));
  // fromEntries defines properties, so a key `__proto__` stays an ordinary one.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [wellFormed(key), repair(member, [...path, key], errors)]),
  );
}

function jsonPlaces(text: string): (segments: readonly (string | number)[]) => string | undefined {
  let tree: ReturnType<typeof parseTree> | null = null;
  let lineStarts: number[] = [];
  return (segments) => {
    if (text.length > MAX_PLACED_CHARACTERS) return undefined;
    if (tree === null) {
      tree = parseTree(text);
      lineStarts = [0, ...[...text.matchAll(/\n/gu)].map((match) => match.index + 1)];
    }
    if (tree === undefined) return undefined;
    // What is missing has no place: the nearest thing around it does.
    for (let length = segments.length; length >= 0; length--) {
      const node = findNodeAtLocation(tree, segments.slice(0, length));
      if (node === undefined) continue;
      const offset = node.parent?.type === 'property' ? node.parent.offset : node.offset;
      return `第${lineStarts.findLastIndex((start) => start <= offset) + 1}行`;
    }
    return undefined;
  };
}

function ofJson({ text, value }: ParsedJson): FilingsRead {
  const remarks: string[] = [];
  const single = !Array.isArray(value);
  if (single) {
    if (typeof value !== 'object' || value === null) {
      throw new InputFault({ code: 'NOT_FILINGS', message: '收案文件应当是由收案组成的数组 […],请核对文件是否选错' });
    }
    if ('judges' in value || 'divisions' in value) {
      const message = '这是案卷文件(docket),不是收案文件:案卷请用 --docket 指定,收案文件放在命令后面';
      throw new InputFault({ code: 'NOT_FILINGS', message });
    }
    remarks.push('文件里是一件收案而不是数组,按一件处理');
  }
  const placeIn = jsonPlaces(text);
  const raw: readonly unknown[] = single ? [value] : (value as unknown[]);
  const filings = raw.map((one, index): FilingRead => {
    const errors: FieldError[] = [];
    const filing = repair(one, [], errors);
    const place: FilingRead['place'] = (pointer) => {
      let at: unknown = filing;
      const path = segmentsOf(pointer).map((segment) => {
        const step = Array.isArray(at) ? Number(segment) : segment;
        at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined;
        return step;
      });
      return placeIn(single ? path : [index, ...path]);
    };
    return { value: filing, errors, place };
  });
  return { filings, remarks };
}

/** Filings that came as JSON values, not validated; what no digest and no database can hold is among their `errors`. */
export function filingsOfJson(values: readonly unknown[]): { value: unknown; errors: FieldError[] }[] {
  return values.map((one) => {
    const errors: FieldError[] = [];
    return { value: repair(one, [], errors), errors };
  });
}

/**
 * The filings of a JSON, CSV or xlsx file, in its order and not validated. What concerns one filing only is among its
 * `errors`; what makes the file unreadable as a whole is the result's error.
 */
export async function readFilings(
  path: string,
  vocabulary: TableVocabulary | (() => TableVocabulary),
): Promise<Result<FilingsRead, InputError>> {
  try {
    const table = /^\.(csv|xlsx?)$/iu.test(extname(path));
    return readFilingsBytes(path, await readBytes(path, table ? MAX_TABLE_BYTES : MAX_FILINGS_BYTES), vocabulary);
  } catch (failure) {
    return err(systemError(failure, path));
  }
}

/** As `readFilings`, of bytes that came under a file's name: its extension counts, and messages name it. */
export async function readFilingsBytes(
  path: string,
  bytes: Buffer,
  vocabulary: TableVocabulary | (() => TableVocabulary),
): Promise<Result<FilingsRead, InputError>> {
  try {
    const format = formatOf(path, bytes);
    if (format === 'json') return ok(ofJson(parseJsonBytes(bytes)));
    const read = format === 'csv' ? readCsvTable(bytes) : await readXlsxTable(bytes);
    const { filings, remarks } = assembleFilings(
      read.rows,
      typeof vocabulary === 'function' ? vocabulary() : vocabulary,
    );
    return ok({ filings, remarks: [...read.remarks, ...remarks] });
  } catch (failure) {
    return err(systemError(failure, path));
  }
}
