/** Code points that a terminal shows two columns wide (East Asian Wide and Fullwidth), as [first, last]. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/** How many columns a terminal gives the text: two for Han and full-width characters, none for combining marks. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x300) width += 1;
    else if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) width += 0;
    else width += WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
  }
  return width;
}

/** The text with spaces after it up to `width` columns. */
export const padWidth = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - textWidth(text)));

function* pieces(text: string, width: number): Generator<string> {
  // A word of Latin letters or a number stays whole, and no line begins with a closing mark.
  for (const [token] of text.matchAll(/(?:[!-~]+|[^\s])[，。；：、）」』》！？\p{M}]*|\s+/gu)) {
    if (textWidth(token) <= width) yield token;
    else yield* token;
  }
}

/** Breaks text into lines of at most `width` columns. */
export function wrapWidth(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces(text, width)) {
    const size = textWidth(piece);
    if (used + size > width && line !== '') {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    if (line === '' && piece.trim() === '' && lines.length > 0) continue;
    line += piece;
    used += size;
  }
  lines.push(line.trimEnd());
  return lines;
}
