import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { checkRules } from '../../../src/core/rules/check.js';
import { jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { holds } from '../../../src/core/rules/evaluate.js';
import { proposalLine } from '../../../src/core/rules/proposals.js';
import { type CardExamples, coverageOf } from '../../../src/core/rules/test-rules.js';
import { evaluate } from '../../../src/core/rules/three-valued.js';
import { withProposals } from '../../../src/core/rules/write-proposals.js';
import { conditions, factSets } from './arbitrary.js';
import { load, SMALL } from './support.js';

const DATE = plainDate('2026-03-09');
const PATH = 'national/small.yaml';

/** 简易程序 of the small file, its scope left out of account: every test but these is shown by the examples below. */
const SHOWN = SMALL.replace(
  '      - { 名: 事实不清, 给: { 事实清楚: 否 }, 得: 不命中 }\n',
  `      - { 名: 事实不清, 给: { 事实清楚: 否 }, 得: 不命中 }
      - { 名: 刑事, 给: { 案件类别: 刑事 }, 得: 不命中 }
      - { 名: 二审, 给: { 审级: 二审 }, 得: 不命中 }
      - { 名: 别的案由, 给: { 案由: 婚姻家庭纠纷 }, 得: 不命中 }
`,
)
  .replace(
    '给: { 案件类别: 刑事 }, 得: 不命中 }\n  - 编号',
    '给: { 案件类别: 刑事 }, 得: 不命中 }\n      - { 名: 二审, 给: { 审级: 二审 }, 得: 不命中 }\n  - 编号',
  )
  .replace('给: { 案由: 婚姻家庭纠纷 }', '给: { 案由: 借款合同纠纷, 事实清楚: 否 }');

function coverage(text: string): CardExamples[] {
  const { book, problems } = load({ [PATH]: text });
  expect(problems).toEqual([]);
  return coverageOf(book, DATE);
}

const missingOf = (cards: readonly CardExamples[], id: string): string[] =>
  (cards.find(({ rule }) => rule.card.id === id)?.missing ?? []).map(
    ({ test, holds: wanted }) => `${test.fact} ${wanted}`,
  );

describe('条件覆盖', () => {
  it('a test is shown by an example on which turning it round changes what the example says', () => {
    const cards = coverage(SMALL);
    // 事实清楚, 标的额 are decided by both of their outcomes; nothing says what a second instance or another cause does.
    expect(missingOf(cards, 'T-JY')).toEqual(['matter false', 'stage false', 'cause false']);
    expect(missingOf(cards, 'T-PT')).toEqual(['stage false']);
  });

  it('is not shown by an example on which something else decides', () => {
    // 案由 is another, but 事实 is not clear either: 案由 alone decides nothing there.
    expect(missingOf(coverage(SHOWN), 'T-JY')).toEqual(['cause false']);
  });

  it('does not count what waits to be confirmed; it counts once 待确认 is gone', () => {
    const waiting = SMALL.replace('得: 简易程序 }', '得: 简易程序, 待确认: 是 }').replace(
      '{ 名: 离婚, 给: { 案由: 离婚纠纷 }, 得: 命中 }',
      '{ 名: 离婚, 给: { 案由: 离婚纠纷 }, 得: 命中, 待确认: 是 }',
    );
    const card = coverage(waiting).find(({ rule }) => rule.card.id === 'T-JY');
    expect(card?.unconfirmed).toEqual(['刚好等于限额', '离婚']);
    expect(card?.missing.map(({ test, holds: wanted }) => `${test.fact} ${wanted}`)).toContain('factsClear true');
    const confirmed = coverage(waiting.replaceAll(', 待确认: 是', '')).find(({ rule }) => rule.card.id === 'T-JY');
    expect(confirmed?.unconfirmed).toEqual([]);
    expect(confirmed?.missing.map(({ test, holds: wanted }) => `${test.fact} ${wanted}`)).not.toContain(
      'factsClear true',
    );
  });

  it('a proposal shows what was missing, once it is in the file and confirmed', async () => {
    const cards = coverage(SMALL);
    const proposals = cards.flatMap((each) => each.proposals.flatMap(({ proposal }) => proposal ?? []));
    expect(proposals.map(({ rule, given, expected }) => [rule.card.id, [...given], expected])).toEqual([
      ['T-JY', [['matter', 'criminal']], '无规则'],
      ['T-JY', [['stage', 'second_instance']], '无规则'],
      ['T-PT', [['stage', 'second_instance']], '无规则'],
    ]);
    const { book } = load({ [PATH]: SMALL });
    const { text, added, skipped } = withProposals(SMALL, proposals, book.vocabulary);
    expect([added, skipped]).toEqual([3, []]);
    for (const line of SMALL.split('\n')) expect(text).toContain(line);
    expect(text.split('\n').filter((line) => line.includes('待确认: 是'))).toHaveLength(3);
    const written = load({ [PATH]: text });
    expect(written.problems).toEqual([]);
    const { examples } = await checkRules({ book: written.book, articles: [], date: DATE, engine: jsonRulesEngine });
    expect(examples.every(({ passed }) => passed)).toBe(true);
    expect(missingOf(coverage(text), 'T-JY')).toHaveLength(3);
    expect(missingOf(coverage(text.replaceAll(', 待确认: 是', '')), 'T-JY')).toEqual(['cause false']);
    expect(withProposals(text, proposals, book.vocabulary).added).toBe(0);
  });

  it('a side of a threshold on which no example stands is proposed where the threshold decides', () => {
    const without = SMALL.replace(/ {6}- \{ 名: (刚好等于限额|超过一分).*\n/g, '').replace(
      '标的额: 20000',
      '标的额: 90000',
    );
    const card = coverage(without).find(({ rule }) => rule.card.id === 'T-JY');
    const { book } = load({ [PATH]: without });
    expect(card?.boundaries.map((each) => proposalLine(each, book.vocabulary))).toEqual([
      '- { 名: "界线:标的额正好在界上", 给: { 标的额: 40000 }, 得: 简易程序, 待确认: 是 }',
      '- { 名: "界线:标的额刚过界", 给: { 标的额: 40000.01 }, 得: 普通程序, 待确认: 是 }',
    ]);
  });

  it('the shipped national rules are shown whole', async () => {
    const { lawbook } = await import('../../support/court.js');
    const cards = coverageOf(lawbook.book, DATE).filter(({ isNational }) => isNational);
    expect(cards.length).toBeGreaterThan(150);
    expect(cards.filter(({ missing, boundaries }) => missing.length + boundaries.length > 0)).toEqual([]);
  });
});

describe('缺一些事实时的求值', () => {
  it('agrees with the closures where every fact is known', () => {
    fc.assert(
      fc.property(conditions, factSets, (condition, facts) => {
        expect(evaluate(condition, facts)).toBe(holds(condition, facts));
      }),
    );
  });

  it('says only what no value of the missing fact could change', () => {
    fc.assert(
      fc.property(conditions, factSets, fc.nat(), (condition, facts, at) => {
        const keys = [...facts.keys()];
        const gone = keys[at % keys.length] as string;
        const known = evaluate(condition, new Map([...facts].filter(([key]) => key !== gone)));
        if (known !== undefined) expect(holds(condition, facts)).toBe(known);
      }),
    );
  });
});
