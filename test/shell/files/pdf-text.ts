import { inflateSync } from 'node:zlib';

/** One string that a page shows, at the size it is shown in. */
export interface PdfRun {
  readonly text: string;
  readonly size: number;
  readonly x: number;
}

interface PdfObject {
  readonly head: string;
  readonly stream?: string;
}

/** The objects of a PDF as pdfkit writes it, by number; streams inflated. */
function objectsOf(pdf: Uint8Array): Map<string, PdfObject> {
  const text = Buffer.from(pdf).toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const [, number = '', body = ''] of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [head = '', rest] = body.split('stream\n', 2);
    const isPacked = rest !== undefined && head.includes('/FlateDecode');
    const bytes = body.slice(head.length + 'stream\n'.length).replace(/\nendstream$/, '');
    objects.set(number, {
      head,
      ...(isPacked && { stream: inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1') }),
    });
  }
  return objects;
}

/** From glyph codes to characters, by the font's ToUnicode map. */
function characterMap(cmap: string): Map<number, string> {
  const characters = new Map<number, string>();
  for (const [, from = '', , list = ''] of cmap.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g)) {
    for (const [index, [, hex = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries()) {
      const units = hex.match(/\w{4}/g) ?? [];
      characters.set(
        Number.parseInt(from, 16) + index,
        String.fromCharCode(...units.map((each) => Number.parseInt(each, 16))),
      );
    }
  }
  return characters;
}

/** What each page shows, in the order in which it was drawn. */
export function pdfRuns(pdf: Uint8Array): PdfRun[][] {
  const objects = objectsOf(pdf);
  const all = [...objects.values()];
  const characters = characterMap(
    all.map(({ stream }) => stream ?? '').find((each) => each.includes('begincmap')) ?? '',
  );
  const kids = all.find(({ head }) => head.includes('/Type /Pages'))?.head.match(/\/Kids \[([^\]]*)\]/)?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, page = '']) => {
    const contents = objects.get(page)?.head.match(/\/Contents (\d+) 0 R/)?.[1] ?? '';
    const runs: PdfRun[] = [];
    for (const [, block = ''] of (objects.get(contents)?.stream ?? '').matchAll(/BT\n([\s\S]*?)ET/g)) {
      const hex = [...block.matchAll(/<(\w+)>/g)].map((match) => match[1]).join('');
      const codes = (hex.match(/\w{4}/g) ?? []).map((each) => Number.parseInt(each, 16));
      runs.push({
        text: codes.map((code) => characters.get(code) ?? '\ufffd').join(''),
        size: Number(/\/F\d+ ([\d.]+) Tf/.exec(block)?.[1]),
        x: Number(/1 0 0 1 ([\d.]+) /.exec(block)?.[1]),
      });
    }
    return runs;
  });
}

/** A text of the document's information, such as Title. */
export function pdfInfo(pdf: Uint8Array, key: string): string {
  const objects = objectsOf(pdf);
  const info = [...objects.values()].find(({ head }) => head.includes('/Producer'))?.head ?? '';
  const number = new RegExp(`/${key} (\\d+) 0 R`).exec(info)?.[1] ?? '';
  const literal = objects.get(number)?.head.match(/^\(([\s\S]*)\)$/)?.[1] ?? '';
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const bytes = Buffer.from(
    literal.replace(/\\([\s\S])/g, (_, each: string) => escapes[each] ?? each),
    'latin1',
  );
  return bytes[0] === 0xfe ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1');
}
