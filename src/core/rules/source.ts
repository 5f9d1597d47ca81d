import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
} from 'yaml';
import { shorten } from './nearest.js';

/** Where something stands in a rule file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something wrong with the rule files: where, which rule, what is wrong and what would be right, in Chinese. */
export interface Problem extends Place {
  readonly code: string;
  readonly message: string;
  readonly rule?: string;
  /** A case in which it goes wrong, as a filing (JSON) that can be routed. */
  readonly filing?: string;
}

/** A rule file as text. `path` is relative to the rules folder, with `/`. */
export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

/** A value of the strict YAML subset: every scalar is its text; what it means is the reader's business. */
export type SourceNode = SourceText | SourceList | SourceMap;
export interface SourceText {
  readonly kind: 'text';
  readonly text: string;
  readonly quoted: boolean;
  readonly place: Place;
}
export interface SourceList {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
  readonly place: Place;
}
export interface SourceMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, SourceEntry>;
  readonly place: Place;
}
export interface SourceEntry {
  readonly keyPlace: Place;
  readonly value: SourceNode;
}

const DEPTH_MAX = 24;
const MESSAGE_MAX = 300;
const FULL_WIDTH_PUNCTUATION = /[：，［］｛｝“”‘’＃－]/;
const FULL_WIDTH_DIGIT = /[０-９]/;
/** What a person cannot see in a file and so must not decide anything: control, zero-width, bidirectional, full-width space. */
export const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u3000]/u;

/** More leading spaces, or more indicators in a row, than any depth that is allowed needs; the parser recurses on them. */
const DEEP_BLOCK = new RegExp(`^(?: {${DEPTH_MAX * 8}}|(?: *[-?:] ){${DEPTH_MAX}})`, 'm');

/** Says what an invisible character is and what to do. */
export function invisibleMessage(character: string): string {
  if (character === '\ufeff') return '这里有字节顺序标记(BOM),请把文件另存为不带 BOM 的 UTF-8';
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `这里有看不见的字符 U+${code}(全角空格、零宽字符或者控制字符),请删去,缩进只用半角空格`;
}

/** Collects problems while a file is read; reading goes on after the first so that an author sees all of them. */
export class Problems {
  readonly list: Problem[] = [];

  add(place: Place, code: string, text: string, rule?: string): void {
    // What somebody wrote is quoted back, but not at any length.
    const message = text.replace(/「([^」]{60})[^」]+」/g, '「$1……」').slice(0, MESSAGE_MAX);
    const { file, line, column } = place;
    this.list.push({ file, line, column, code, message, ...(rule !== undefined && { rule: shorten(rule) }) });
  }
}

/** The place of a character, counted on the text. */
export function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { file, line, column: offset - before.lastIndexOf('\n') };
}

/**
 * Reads one YAML file in the strict subset of the rule format: block and flow maps, lists and scalars, nothing else.
 * Refuses (each with its place): syntax errors, duplicate keys, anchors, aliases, tags, several documents, tabs,
 * invisible and bidirectional characters, full-width punctuation in keys or instead of `: `, nesting beyond 24.
 */
export function readSource(file: RuleFile, problems: Problems): SourceNode | undefined {
  const { path, text } = file;
  const invisible = INVISIBLE.exec(text);
  if (invisible) {
    problems.add(placeAt(path, text, invisible.index), 'YAML_INVISIBLE', invisibleMessage(invisible[0]));
    return undefined;
  }
  const tab = text.indexOf('\t');
  if (tab >= 0) {
    problems.add(placeAt(path, text, tab), 'YAML_TAB', '不能用制表符(Tab),请改用半角空格缩进');
    return undefined;
  }
  const deepest = flowDepth(text);
  if (deepest.depth > DEPTH_MAX) {
    problems.add(placeAt(path, text, deepest.offset), 'YAML_DEEP', `括号嵌套超过 ${DEPTH_MAX} 层`);
    return undefined;
  }
  const directive = /^%/m.exec(text);
  if (directive) {
    problems.add(placeAt(path, text, directive.index), 'YAML_DIRECTIVE', '不能用以 % 开头的指令行,请删去');
    return undefined;
  }
  const nested = DEEP_BLOCK.exec(text);
  if (nested) {
    problems.add(placeAt(path, text, nested.index), 'YAML_DEEP', `缩进或者「- 」嵌套太深,超过 ${DEPTH_MAX} 层`);
    return undefined;
  }
  const lineCounter = new LineCounter();
  let documents: ReturnType<typeof parseAllDocuments>;
  try {
    documents = parseAllDocuments(text, {
      schema: 'failsafe',
      lineCounter,
      uniqueKeys: true,
      prettyErrors: false,
      strict: true,
    });
  } catch {
    problems.add(
      { file: path, line: 1, column: 1 },
      'YAML_UNKNOWN',
      '这个文件读不下去,多半是嵌套太深;请对照别的规则文件检查缩进和括号',
    );
    return undefined;
  }
  const reader = new Reader(file, lineCounter, problems);
  if (!Array.isArray(documents)) return undefined;
  const [first, second] = documents as Document.Parsed[];
  if (first === undefined) {
    problems.add({ file: path, line: 1, column: 1 }, 'YAML_EMPTY', '文件是空的');
    return undefined;
  }
  // After the first error the parser is lost and only repeats itself; what it warns of is refused as well.
  for (const error of [...first.errors.slice(0, 1), ...first.warnings]) {
    const place = reader.placeOf(error.pos[0]);
    const line = text.split('\n', place.line)[place.line - 1] ?? '';
    problems.add(place, `YAML_${error.code}`, `${yamlMessage(error.code, error.message)}${hint(line)}`);
  }
  if (first.errors.length > 0) return undefined;
  if (second !== undefined) {
    problems.add(reader.placeOf(second.range[0]), 'YAML_DOCUMENTS', '一个文件只能有一份内容,请删去 ---');
    return undefined;
  }
  if (first.contents === null) {
    problems.add({ file: path, line: 1, column: 1 }, 'YAML_EMPTY', '文件是空的');
    return undefined;
  }
  return reader.read(first.contents as Node, 0);
}

/** Deepest bracket nesting, counted on the text so that a hostile file never reaches the recursive parser. */
function flowDepth(text: string): { depth: number; offset: number } {
  let depth = 0;
  let deepest = { depth: 0, offset: 0 };
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '[' || character === '{') {
      depth++;
      if (depth > deepest.depth) deepest = { depth, offset: index };
    } else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    else if (character === '\n' && depth > 0 && text[index + 1] === '-') depth = 0;
  }
  return deepest;
}

/** What is likely wrong with a line that the parser cannot read. */
function hint(line: string): string {
  if (/(^|\s)#\S/.test(line)) return ';这一行有「#」,它后面会被当成注释:要保留就把整段加上英文双引号';
  if (/(^|[\s[{,])![^\s]/.test(line)) return ';这一行有「!」,它会被当成标签:要保留就把整段加上英文双引号';
  const full = /[：｛｝［］，]/.exec(line)?.[0];
  return full === undefined ? '' : `;这一行有全角的「${full}」,如果是用来分隔的,请改成半角`;
}

function yamlMessage(code: string, message: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return '同一层里这个键写了两次,后一个会盖掉前一个;请合并或者删去一个';
    case 'BAD_INDENT':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return '缩进不对:同一层的键要对齐,下一层多缩进两个空格';
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      return '这里少了冒号、逗号或者括号;注意冒号要用半角并在后面留一个空格';
    case 'BLOCK_IN_FLOW':
      return '括号里少了半角逗号或者括号没有关上';
    case 'TAG_RESOLVE_FAILED':
      return '不能用 ! 标签,请删去;要保留感叹号就把整段加上英文双引号';
    case 'UNEXPECTED_TOKEN':
      return '这里不该有这个符号:以 { [ 开头的文字、含「: 」的文字要整段加英文双引号';
    default:
      return `不是合法的 YAML:${message.split('\n')[0]}`;
  }
}

class Reader {
  private readonly file: string;
  private readonly source: string;
  private readonly hasMarks: boolean;
  private readonly lineCounter: LineCounter;
  private readonly problems: Problems;

  constructor({ path, text }: RuleFile, lineCounter: LineCounter, problems: Problems) {
    this.file = path;
    this.source = text;
    this.hasMarks = text.includes('!');
    this.lineCounter = lineCounter;
    this.problems = problems;
  }

  placeOf(offset: number): Place {
    const { line, col } = this.lineCounter.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  read(node: Node, depth: number): SourceNode | undefined {
    const place = this.placeOf(node.range?.[0] ?? 0);
    if (depth > DEPTH_MAX) {
      this.problems.add(place, 'YAML_DEEP', `嵌套超过 ${DEPTH_MAX} 层`);
      return undefined;
    }
    if (isAlias(node)) {
      this.problems.add(place, 'YAML_ALIAS', '不能用 * 引用,请把内容写出来');
      return undefined;
    }
    if (this.isTagged(node)) {
      this.problems.add(place, 'YAML_TAG', '不能用 ! 标签,请删去');
      return undefined;
    }
    if ('anchor' in node && node.anchor !== undefined) {
      this.problems.add(place, 'YAML_ANCHOR', '不能用 & 锚点,请删去');
      return undefined;
    }
    if (isScalar(node)) return this.scalar(node, place);
    if (isSeq(node)) {
      const items: SourceNode[] = [];
      for (const item of node.items) {
        const read = this.read(item as Node, depth + 1);
        if (read?.kind === 'text' && !read.quoted && node.flow === true && read.text.includes('，')) {
          this.problems.add(read.place, 'YAML_FULL_WIDTH', '列表里的逗号是全角「，」,整段会被当成一项;请改成半角「,」');
        }
        if (read) items.push(read);
      }
      return { kind: 'list', items, place };
    }
    if (isMap(node)) {
      const entries = new Map<string, SourceEntry>();
      for (const pair of node.items as Pair<Node, Node | null>[]) {
        const key = pair.key;
        const keyPlace = key ? this.placeOf(key.range?.[0] ?? 0) : place;
        if (!isScalar(key) || typeof key.value !== 'string' || key.value === '') {
          this.problems.add(keyPlace, 'YAML_KEY', '键必须是一个词');
          continue;
        }
        const full = FULL_WIDTH_PUNCTUATION.exec(key.value) ?? FULL_WIDTH_DIGIT.exec(key.value);
        if (full) {
          this.problems.add(
            keyPlace,
            'YAML_FULL_WIDTH',
            `键「${shorten(key.value)}」里有全角字符「${full[0]}」,请改成半角`,
          );
          continue;
        }
        if (pair.value === null || (isScalar(pair.value) && pair.value.value === '' && !isQuoted(pair.value))) {
          const comma = /^\d+$/.test(key.value) ? ';数字里不要写逗号' : '';
          this.problems.add(keyPlace, 'YAML_NO_VALUE', `键「${shorten(key.value)}」后面没有内容${comma}`);
          continue;
        }
        const value = this.read(pair.value, depth + 1);
        if (value) entries.set(key.value, { keyPlace, value });
      }
      return { kind: 'map', entries, place };
    }
    this.problems.add(place, 'YAML_UNKNOWN', '看不懂这里的写法');
    return undefined;
  }

  /** A tag leaves no trace in a node where it says what the node is anyway; what stands before the node shows it. */
  private isTagged(node: Node): boolean {
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org')) return true;
    if (!this.hasMarks) return false;
    const before = this.source.slice(Math.max(0, (node.range?.[0] ?? 0) - 80), node.range?.[0] ?? 0);
    return /(?:^|[\s[{,])![^\s]*\s*$/.test(before.trimEnd()) && /[\s]$/.test(before);
  }

  private scalar(node: Scalar, place: Place): SourceNode | undefined {
    if (typeof node.comment === 'string' && /^[^\s#]/.test(node.comment)) {
      this.problems.add(
        place,
        'YAML_HASH',
        `「#${node.comment.slice(0, 12)}」会被当成注释丢掉;要保留请把整段加上引号,真要注释请在 # 后空一格`,
      );
      return undefined;
    }
    const text = typeof node.value === 'string' ? node.value : String(node.value ?? '');
    const quoted = isQuoted(node);
    if (!quoted && /^[“”][^“”]*[“”]$/.test(text)) {
      this.problems.add(place, 'YAML_FULL_WIDTH', '这里用了中文引号,引号会成为内容;请删去,或者改成英文双引号');
      return undefined;
    }
    if (!quoted && /^[^\s：]{1,20}：/.test(text) && !text.includes('。') && /^\S+：\s*\S+$/.test(text)) {
      this.problems.add(place, 'YAML_FULL_WIDTH', '冒号是全角「：」,整行被当成一段文字;请改成半角冒号加一个空格「: 」');
      return undefined;
    }
    return { kind: 'text', text, quoted, place };
  }
}

const isQuoted = (node: Scalar): boolean =>
  node.type === 'QUOTE_DOUBLE' ||
  node.type === 'QUOTE_SINGLE' ||
  node.type === 'BLOCK_LITERAL' ||
  node.type === 'BLOCK_FOLDED';
