import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser';
import { wellFormed } from '../../core/documents/field-errors.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/** What one pass over the bytes tells, in time linear in their number and without recursion. */
export interface JsonShape {
  readonly keys: number;
  readonly depth: number;
  /** A `\ud8xx` escape occurs, so some string may hold a lone surrogate. */
  readonly surrogates: boolean;
}

/** Counts key colons and nesting outside strings. */
export function scanJson(bytes: Uint8Array): JsonShape {
  let keys = 0;
  let depth = 0;
  let deepest = 0;
  let surrogates = false;
  const end = bytes.length;
  for (let at = 0; at < end; at++) {
    switch (bytes[at]) {
      case QUOTE:
        // A line end closes the string too, as it does for the parser that names errors: both must see the same depth.
        for (at++; at < end && bytes[at] !== QUOTE && bytes[at] !== NEWLINE; at++) {
          if (bytes[at] !== BACKSLASH) continue;
          at++;
          if (bytes[at] === 0x75 && ((bytes[at + 1] ?? 0) | 0x20) === 0x64) surrogates = true;
        }
        break;
      case 0x3a:
        keys++;
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > deepest) deepest = depth;
        break;
      case 0x5d:
      case 0x7d:
        depth--;
        break;
    }
  }
  return { keys, depth: deepest, surrogates };
}

/** The number of keys of all objects in a parsed tree. */
export function countKeys(root: unknown): number {
  let count = 0;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const members = Array.isArray(value) ? value : Object.values(value);
    if (!Array.isArray(value)) count += members.length;
    for (const member of members) if (typeof member === 'object' && member !== null) open.push(member);
  }
  return count;
}

/** A defect in the text; line and column from 1. */
export interface JsonDefect {
  readonly line: number;
  readonly column: number;
  readonly field?: string;
  readonly code: 'SYNTAX' | 'DUPLICATE_KEY' | 'BAD_UNICODE';
  readonly message: string;
}

class Found extends Error {
  constructor(readonly defect: JsonDefect) {
    super(defect.message);
  }
}

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidNumberFormat: '数字的写法不对',
  PropertyNameExpected: '这里应当是加英文双引号的字段名(检查是否多了一个逗号)',
  ValueExpected: '这里缺少一个值(检查是否多了一个逗号)',
  ColonExpected: '字段名后面缺少冒号',
  CommaExpected: '两项之间缺少逗号',
  CloseBraceExpected: '缺少右花括号 }(文件可能不完整)',
  CloseBracketExpected: '缺少右方括号 ](文件可能不完整)',
  EndOfFileExpected: '内容在这里已经结束,后面不应再有文字',
  InvalidCommentToken: 'JSON 里不能写注释,请删去',
  UnexpectedEndOfComment: 'JSON 里不能写注释,请删去',
  UnexpectedEndOfString: '文字缺少结尾的英文双引号',
  UnexpectedEndOfNumber: '数字没有写完',
  InvalidUnicode: '\\u 后面应当是四位十六进制数',
  InvalidEscapeCharacter: '反斜杠后面的字符不对',
  InvalidCharacter: '文字里有不能直接写的字符(例如换行、制表符)',
  InvalidSymbol: '这里的内容没有加英文双引号,或者用了中文标点',
};

/**
 * The first defect of a JSON text that is known to have one. Slow and recursive: only for texts that `JSON.parse` or
 * the key count has refused, and whose depth is bounded.
 */
export function firstDefect(text: string): JsonDefect | undefined {
  const keys: Set<string>[] = [];
  const report = (line: number, character: number, defect: Omit<JsonDefect, 'line' | 'column'>): never => {
    throw new Found({ line: line + 1, column: character + 1, ...defect });
  };
  const checkText = (value: unknown, line: number, character: number): void => {
    if (typeof value !== 'string' || wellFormed(value) === value) return;
    report(line, character, { code: 'BAD_UNICODE', message: '文字里有残缺的字符(半个代理对),请重新导出或者改正' });
  };
  const visitor: JSONVisitor = {
    onObjectBegin: () => void keys.push(new Set()),
    onObjectEnd: () => void keys.pop(),
    onObjectProperty: (key, _offset, _length, line, character) => {
      checkText(key, line, character);
      const seen = keys.at(-1);
      if (seen?.has(key)) {
        const message = '同一个对象里这个字段写了两次,请删去一个';
        report(line, character, { field: key, code: 'DUPLICATE_KEY', message });
      }
      seen?.add(key);
    },
    onLiteralValue: (value, _offset, _length, line, character) => checkText(value, line, character),
    onError: (error, _offset, _length, line, character) => {
      report(line, character, {
        code: 'SYNTAX',
        message: `不是合法的 JSON:${SYNTAX[printParseErrorCode(error)] ?? '写法不对'}`,
      });
    },
  };
  try {
    visit(text, visitor, { disallowComments: true, allowTrailingComma: false });
    return undefined;
  } catch (found) {
    if (found instanceof Found) return found.defect;
    if (found instanceof RangeError) return undefined;
    throw found;
  }
}
