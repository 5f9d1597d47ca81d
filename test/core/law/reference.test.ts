import { describe, expect, it } from 'vitest';
import { parsePlainDate } from '../../../src/core/kernel/plain-date.js';
import { ruleText } from './load.js';

type Article = {
  readonly law_id: string;
  readonly law: string;
  readonly in_force_from: string;
  readonly article: number;
  readonly label: string;
  readonly text: string;
};
const articles: Article[] = ruleText('reference/articles.jsonl')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const textOf = (law: string, article: number): string =>
  articles.find((each) => each.law_id === law && each.article === article)?.text ?? '';

describe('法条', () => {
  it('each stands once, with its law, label, day and text', () => {
    expect(new Set(articles.map(({ law_id, article }) => `${law_id}/${article}`)).size).toBe(articles.length);
    for (const each of articles) {
      expect(each.text.trim()).not.toBe('');
      expect(each.label).not.toBe('');
      expect(each.law).not.toBe('');
      expect(parsePlainDate(each.in_force_from.slice(0, 10))).toBeDefined();
    }
  });

  it.each([
    ['cpl-2023', 85, '期间开始的时和日，不计算在期间内。'],
    ['cpl-2023', 42, '（四）属于新类型或者疑难复杂的案件；'],
    ['cpl-interp-2022', 45, '在一个审判程序中参与过本案审判工作的审判人员，不得再参与该案其他程序的审判。'],
    ['crpl-2018', 105, '应当至期满之日为止，不得因节假日而延长'],
    ['crpl-interp-2021', 202, '期限起算日为本月最后一日的，至下月最后一日为一个月'],
    ['civilcode-general', 202, '没有对应日的，月末日为期间的最后一日。'],
    ['enf-objection-2020', 11, '办理执行实施案件的人员不得参与相关执行异议和复议案件的审查。'],
  ])('%s art. %i', (law, article, quote) => {
    expect(textOf(law, article)).toContain(quote);
  });
});

describe('政策与地方做法', () => {
  const { policies, local } = JSON.parse(ruleText('reference/policies.json'));

  it('only what was read as an excerpt may be quoted', () => {
    for (const each of policies) expect(each.quotable, each.id).toBe(each.verification === 'excerpt');
    for (const each of local) expect(each.verification, each.id).toBe('local_excerpt');
  });

  it('every quotable text has a text and an address', () => {
    for (const { id, text, url } of [...policies.filter((each: { quotable: boolean }) => each.quotable), ...local]) {
      expect(text, id).not.toBe('');
      expect(url, id).toMatch(/^https?:/);
    }
  });
});
