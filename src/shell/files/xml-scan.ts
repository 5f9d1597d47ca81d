import { InputFault } from './input-error.js';

/** What the scanner reports. Names come without their namespace prefix. */
export interface XmlHandler {
  open(name: string, attribute: (name: string) => string | undefined): void;
  close(name: string): void;
  text(text: string): void;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const broken = (): InputFault =>
  new InputFault({ code: 'XLSX_BROKEN', message: '工作簿里的 XML 已损坏,请用表格软件打开并重新另存为 .xlsx' });

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?)?(\w+);/gu, (_, kind: string | undefined, name: string) => {
    if (kind === undefined) return ENTITIES[name] ?? '';
    const point = Number.parseInt(name, kind === '#x' ? 16 : 10);
    return Number.isInteger(point) && point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}

const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
/** No tag and no cell is longer: without a bound, a text without end would be searched again with every piece. */
const MAX_PENDING = 8 * 1024 * 1024;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Past the next `mark`, or -1. */
function past(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

/**
 * Tags and text of a well-formed XML text that comes in pieces: what the parts of a workbook need and no more. There is no
 * document type, hence no entity that could expand or reach outside.
 */
export class XmlScanner {
  private rest = '';
  private body = '';
  private attributesFrom = 0;

  /** An attribute of the tag that is being reported. */
  private readonly attribute = (wanted: string): string | undefined => {
    ATTRIBUTE.lastIndex = this.attributesFrom;
    for (let match = ATTRIBUTE.exec(this.body); match !== null; match = ATTRIBUTE.exec(this.body)) {
      if (localName(match[1] ?? '') === wanted) return decode(match[2] ?? match[3] ?? '');
    }
    return undefined;
  };

  constructor(private readonly handler: XmlHandler) {}

  /** Scans the next piece. @throws InputFault */
  push(piece: string): void {
    const source = this.rest + piece;
    let at = 0;
    for (;;) {
      const tag = source.indexOf('<', at);
      if (tag < 0) break;
      const end = this.endOf(source, tag);
      if (end < 0) break;
      if (tag > at) this.handler.text(decode(source.slice(at, tag)));
      this.tag(source, tag, end);
      at = end;
    }
    this.rest = source.slice(at);
    if (this.rest.length > MAX_PENDING) throw broken();
  }

  /** @throws InputFault when a tag is left open */
  end(): void {
    if (this.rest.trim() !== '') throw broken();
  }

  /** Past the markup that begins at `tag`, or -1 while its end has not come yet. */
  private endOf(source: string, tag: number): number {
    const second = source[tag + 1];
    if (second === '?') return past(source, '?>', tag);
    if (second === '!') {
      const head = source.slice(tag, tag + 9);
      if (head.length < 9) return -1;
      if (head.startsWith('<!--')) return past(source, '-->', tag);
      if (head === '<![CDATA[') return past(source, ']]>', tag);
      throw broken();
    }
    for (let at = tag + 1; at < source.length; at++) {
      const character = source[at];
      if (character === '>') return at + 1;
      if (character === '<') throw broken();
      if (character === '"' || character === "'") {
        at = source.indexOf(character, at + 1);
        if (at < 0) return -1;
      }
    }
    return -1;
  }

  private tag(source: string, tag: number, end: number): void {
    const second = source[tag + 1];
    if (second === '?') return;
    if (second === '!') {
      if (source[tag + 2] === '[') this.handler.text(source.slice(tag + 9, end - 3));
      return;
    }
    if (second === '/') {
      this.handler.close(localName(source.slice(tag + 2, end - 1).trim()));
      return;
    }
    const selfClosing = source[end - 2] === '/';
    this.body = source.slice(tag + 1, end - (selfClosing ? 2 : 1));
    const space = this.body.search(/\s/u);
    this.attributesFrom = space < 0 ? this.body.length : space;
    const name = localName(this.body.slice(0, this.attributesFrom));
    this.handler.open(name, this.attribute);
    if (selfClosing) this.handler.close(name);
  }
}
