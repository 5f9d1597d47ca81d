import { err, ok, type Result } from '../../core/kernel/result.js';
import { decodeUtf8 } from './decode-text.js';
import { type InputError, InputFault, systemError } from './input-error.js';
import { countKeys, firstDefect, type JsonShape, scanJson } from './json-scan.js';
import { readBytes } from './read-bytes.js';

/** A filings file may be this large. */
export const MAX_FILINGS_BYTES = 64 * 1024 * 1024;
/** A docket may be this large. */
export const MAX_DOCKET_BYTES = 256 * 1024 * 1024;

const MAX_DEPTH = 64;

export interface JsonLimits {
  readonly maxBytes: number;
  /** Deepest nesting of arrays and objects; 64 unless told. */
  readonly maxDepth?: number;
}

/** A JSON text that was parsed: strict UTF-8, no duplicate key, bounded depth. */
export interface ParsedJson {
  readonly text: string;
  readonly value: unknown;
  readonly shape: JsonShape;
}

function refuseDefect(text: string, fallback: string): never {
  const defect = firstDefect(text);
  throw new InputFault(defect ?? { code: 'SYNTAX', message: fallback });
}

/** Parses the bytes of a JSON file. @throws InputFault with line and column */
export function parseJsonBytes(bytes: Buffer, maxDepth = MAX_DEPTH): ParsedJson {
  const text = decodeUtf8(bytes);
  if (text.trim() === '') throw new InputFault({ code: 'EMPTY', message: '文件里只有空白,请核对是否导出成功' });
  const shape = scanJson(bytes);
  if (shape.depth > maxDepth) {
    const message = `嵌套太深(${shape.depth} 层),上限是 ${maxDepth} 层,请核对文件是否选错`;
    throw new InputFault({ code: 'TOO_DEEP', message });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuseDefect(text, '不是合法的 JSON,请用编辑器检查后重试');
  }
  if (countKeys(value) !== shape.keys) refuseDefect(text, '有对象把同一个字段写了两次,请删去一个');
  return { text, value, shape };
}

/**
 * Reads a JSON file as it is. Refused, each with its own code and cure: what is missing, too large (before it is read),
 * no text, not UTF-8, not JSON, too deep, or names a key twice.
 */
export async function readJsonFile(path: string, limits: JsonLimits): Promise<Result<unknown, InputError>> {
  try {
    const parsed = parseJsonBytes(await readBytes(path, limits.maxBytes), limits.maxDepth);
    if (parsed.shape.surrogates) {
      const defect = firstDefect(parsed.text);
      if (defect !== undefined) throw new InputFault(defect);
    }
    return ok(parsed.value);
  } catch (failure) {
    return err(systemError(failure, path));
  }
}
