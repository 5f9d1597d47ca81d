import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load, SMALL } from './support.js';

const PATH = 'national/small.yaml';

/** Twenty ways to hurt a reader, each at ten sizes. */
const BOMBS: Readonly<Record<string, (size: number) => string>> = {
  'brackets in brackets': (size) => `名称: ${'['.repeat(25 * size)}`,
  'closed brackets in brackets': (size) => `名称: ${'['.repeat(30 * size)}${']'.repeat(30 * size)}`,
  'braces in braces': (size) => `名称: ${'{ 甲: '.repeat(30 * size)}`,
  'brackets that hide behind line breaks': (size) => `名称: ${'[\n-'.repeat(2_000 * size)}`,
  'dashes in a row': (size) => `规则:\n  ${'- '.repeat(1_000 * size)}甲`,
  'question marks in a row': (size) => `${'? '.repeat(1_000 * size)}甲`,
  'maps in maps': (size) => Array.from({ length: 60 * size }, (_, depth) => `${' '.repeat(depth)}键:`).join('\n'),
  'lists in lists': (size) => Array.from({ length: 60 * size }, (_, depth) => `${' '.repeat(depth * 2)}-`).join('\n'),
  'groups in groups': (size) =>
    SMALL.replace('- 事实清楚: 是', `- ${'全部: [ '.repeat(13 + size)}事实清楚: 是${' ]'.repeat(13 + size)}`),
  'aliases that multiply': (size) =>
    `甲0: &甲0 [一]\n${Array.from({ length: 5 * size }, (_, index) => `甲${index + 1}: &甲${index + 1} [*甲${index}, *甲${index}, *甲${index}]`).join('\n')}`,
  'an alias of itself': (size) => `甲: &甲 [${'*甲, '.repeat(size)}*甲]`,
  'merge keys': (size) => `${'<<: *甲\n'.repeat(size)}`,
  'a very long word': (size) => SMALL.replace('- 事实清楚: 是', `- ${'清'.repeat(40_000 * size)}: 是`),
  'a very long cause': (size) => SMALL.replace('[合同纠纷, 离婚纠纷]', `[${'合'.repeat(40_000 * size)}]`),
  'a very long number': (size) => SMALL.replace('标的额: 20000', `标的额: ${'9'.repeat(40_000 * size)}`),
  'a very long id': (size) => SMALL.replace('编号: T-PT', `编号: ${'A-'.repeat(20_000 * size)}`),
  'very many keys': (size) => `${Array.from({ length: 500 * size }, (_, index) => `键${index}: 值`).join('\n')}\n`,
  'very many unknown rules': (size) =>
    SMALL.replace('[T-PT]', `[${Array.from({ length: 300 * size }, (_, index) => `无此-${index}`).join(', ')}]`),
  'quotes that do not close': (size) => `名称: "${'\\"甲\n'.repeat(500 * size)}`,
  'control characters': (size) => `名称: 测试${String.fromCodePoint(size - 1)}\u0007`,
};

describe('敌意文件', () => {
  const cases = Object.entries(BOMBS).flatMap(([name, bomb]) =>
    Array.from({ length: 10 }, (_, index) => [name, index + 1, bomb] as const),
  );

  it('there are two hundred of them', () => {
    expect(cases).toHaveLength(200);
  });

  it.each(cases)('%s, size %i, is refused with a place and without a crash', (_name, size, bomb) => {
    const { problems } = load({ [PATH]: bomb(size) });
    expect(problems.length).toBeGreaterThan(0);
    for (const { file, line, column, message } of problems) {
      expect(file).toBe(PATH);
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).toMatch(/\p{Script=Han}/u);
      expect(message.length).toBeLessThan(400);
    }
  });
});

/** Either something is wrong, with a place, or there is a book: never an exception. */
function survives(text: string, path = PATH): void {
  const { book, problems } = load({ [path]: text });
  if (problems.length === 0) expect(book.digest).toMatch(/^[0-9a-f]{64}$/);
  for (const { line, column } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
  }
}

describe('改坏一处', () => {
  it('a character less, anywhere, is a problem or another book, never a crash', () => {
    fc.assert(
      fc.property(fc.nat(SMALL.length - 1), (at) => survives(SMALL.slice(0, at) + SMALL.slice(at + 1))),
      { numRuns: 400 },
    );
  });

  it('a line less, anywhere', () => {
    const lines = SMALL.split('\n');
    for (const index of lines.keys()) survives(lines.toSpliced(index, 1).join('\n'));
  });

  it('characters that mean something to YAML, put anywhere', () => {
    fc.assert(
      fc.property(
        fc.nat(SMALL.length),
        fc.string({
          unit: fc.constantFrom(...':,[]{}#&*!|>\'"%@`-? \n：，０', '\ud800', '甲', '1', '~'),
          minLength: 1,
          maxLength: 4,
        }),
        (at, inserted) => survives(SMALL.slice(0, at) + inserted + SMALL.slice(at)),
      ),
      { numRuns: 400 },
    );
  });

  it("any text at all, as cards, as a court, as a table or as a table's examples", () => {
    const paths = [
      'national/small.yaml',
      'courts/9999/court.yaml',
      'vocabulary/more.yaml',
      'parameters/p.csv',
      'links/evidence-weights.yaml',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.string({ unit: 'binary', maxLength: 60 }), (path, text) =>
        survives(text, path),
      ),
      { numRuns: 500 },
    );
  });
});
