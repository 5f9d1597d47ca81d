import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellAt, cellSpan, linesOf, readTable } from '../../src/web/rules/csv-text.js';
import { NO_STEPS, stepped, type TableStep, withStep } from '../../src/web/rules/table-steps.js';

const texts = fc.array(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 12 });
const cell = { row: 1, column: 0 };

/** Each text as a step of its own. */
const chain = (first: string, rest: readonly string[], pauseMs: number, isTyping = false): TableStep[] =>
  rest.map((after, at) => ({
    before: at === 0 ? first : (rest[at - 1] ?? ''),
    after,
    cell,
    isTyping,
    at: at * pauseMs,
  }));

describe('表格的撤销', () => {
  test('改过多少步，就能退回多少步，再一步一步做回来', () => {
    fc.assert(
      fc.property(fc.string(), texts, (first, rest) => {
        let steps = chain(first, rest, 10_000).reduce(withStep, NO_STEPS);
        let text = rest.at(-1) ?? '';
        for (const way of ['back', 'again'] as const) {
          for (;;) {
            const made = stepped(steps, text, way);
            if (made === undefined) break;
            ({ steps, text } = made);
          }
          expect(text).toBe(way === 'back' ? first : rest.at(-1));
        }
      }),
    );
  });

  test('在一格里一口气打的字是一步；停一下、换一格、加一行各是一步', () => {
    const typed = (after: string, more: Partial<TableStep> = {}): TableStep => ({
      before: after.slice(0, -1),
      after,
      cell,
      isTyping: true,
      at: 0,
      ...more,
    });
    const count = (...made: TableStep[]): number => made.reduce(withStep, NO_STEPS).done.length;
    expect(count(typed('a'), typed('ab', { at: 100 }), typed('abc', { at: 200 }))).toBe(1);
    expect(count(typed('a'), typed('ab', { at: 2000 }))).toBe(2);
    expect(count(typed('a'), typed('ab', { cell: { row: 2, column: 0 } }))).toBe(2);
    expect(count(typed('a'), typed('ab', { isTyping: false }))).toBe(2);
  });

  test('别人的内容进来以后，不拿旧的盖掉', () => {
    const steps = chain('甲', ['乙'], 0).reduce(withStep, NO_STEPS);
    expect(stepped(steps, '丙', 'back')).toBeUndefined();
  });

  test('退回以后又改了，退掉的不再做回来', () => {
    const back = stepped(chain('甲', ['乙'], 0).reduce(withStep, NO_STEPS), '乙', 'back');
    if (back === undefined) throw new Error('nothing was done');
    const steps = withStep(back.steps, { before: '甲', after: '丁', cell, isTyping: false, at: 9 });
    expect(stepped(steps, '丁', 'again')).toBeUndefined();
  });
});

describe('问题在哪一格', () => {
  const table = readTable('一,二\n# 说明\n"多\n行",b\nc,d\n');
  if (table === undefined) throw new Error('unreadable');

  test('一格里有几行字的，哪一行说的都是这一格', () => {
    expect(linesOf(table).map(({ first, last }) => [first, last])).toEqual([
      [1, 1],
      [2, 2],
      [3, 4],
      [5, 5],
    ]);
    expect(cellAt(table, { line: 3, column: 2 })).toEqual({ row: 2, column: 1 });
    expect(cellAt(table, { line: 4, column: 2 })).toEqual({ row: 2, column: 1 });
    expect(cellAt(table, { line: 5, column: 1 })).toEqual({ row: 3, column: 0 });
  });

  test('说明行、没有的行、没有的列，不是哪一格', () => {
    for (const place of [
      { line: 2, column: 1 },
      { line: 9, column: 1 },
      { line: 5, column: 3 },
    ])
      expect(cellAt(table, place)).toBeUndefined();
  });

  test('文字里标出来的就是这一格', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('甲', 'a', ',', ' ') }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, (cells) => {
        const quoted = cells.map((each) => `"${each}"`);
        const line = quoted.join(',');
        for (const [at, each] of quoted.entries()) {
          const { from, to } = cellSpan(line, at + 1);
          expect(line.slice(from, to)).toBe(each);
        }
      }),
    );
    expect(cellSpan('a,b', 7)).toEqual({ from: 0, to: 3 });
  });
});
