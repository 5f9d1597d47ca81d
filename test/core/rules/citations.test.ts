import { describe, expect, it } from 'vitest';
import { parseArticles } from '../../../src/core/routing/lawbook.js';
import type { Basis } from '../../../src/core/rules/citation.js';
import { type CitationFindings, checkCitations, type Validity } from '../../../src/core/rules/cited-articles.js';

const place = { file: 'national/a.yaml', line: 1, column: 1 };
const row = (version: string, from: string, article: number, text: string): string =>
  JSON.stringify({ law: '测试法', version, in_force_from: from, article, label: `第${article}条`, text });

/** Three versions of one law: 2017 is not known, 2021 only by what it has in common with 2023. */
const ARTICLES = [
  row('2023-09-01修正', '2024-01-01', 165, '审理简单的民事案件'),
  row('2023-09-01修正', '2024-01-01', 40, '由审判员、人民陪审员共同组成合议庭'),
  row('2023-09-01修正', '2024-01-01', 300, '新增的一条'),
].join('\n');
const EARLIER = [
  { article: 162, now: 165, same_text: true },
  { article: 40, now: 40, same_text: false },
]
  .map((each) =>
    JSON.stringify({
      law: '测试法',
      version: '2021-12-24修正',
      in_force_from: '2022-01-01',
      now_version: '2023-09-01修正',
      ...each,
    }),
  )
  .join('\n');

function cite(
  cited: Partial<Basis>,
  validity: Validity,
  { articles = ARTICLES, earlier = EARLIER } = {},
): CitationFindings {
  const basis: Basis = {
    law: '测试法',
    status: 'national',
    version: '2023-09-01修正',
    articleNumber: 165,
    article: '第一百六十五条',
    quote: '简单的民事案件',
    place,
    ...cited,
  };
  return checkCitations([basis], 'T-1', parseArticles(articles, earlier), validity);
}

const FOR_GOOD = { validFrom: '2024-01-01' };

describe('引文在规则施行期间有效', () => {
  it('the quoted words of the version that is named, in force when the rule is', () => {
    expect(cite({}, FOR_GOOD)).toEqual({ problems: [], remarks: [] });
  });

  it('a version that the library does not have is named with the one that it has', () => {
    const { problems } = cite({ version: '2021-12-24修正' }, FOR_GOOD);
    expect(problems).toMatchObject([{ code: 'CITATION_VERSION', rule: 'T-1' }]);
    expect(problems[0]?.message).toMatch(/「2023-09-01修正」.*「2021-12-24修正」/);
  });

  it('a rule from before the version is right where the version before had the same words', () => {
    expect(cite({}, { validFrom: '2022-01-01' })).toEqual({ problems: [], remarks: [] });
  });

  it('… and is remarked, not passed over, where nobody knows the words of that time', () => {
    for (const validFrom of ['2021-12-31', '2017-07-01']) {
      const { problems, remarks } = cite({}, { validFrom });
      expect(problems).toEqual([]);
      expect(remarks).toMatchObject([{ code: 'CITATION_UNVERIFIED' }]);
      expect(remarks[0]?.message).toMatch(/从 2022-01-01 起有效.*未核实/);
    }
  });

  it('… or where the article then read otherwise', () => {
    const changed = { articleNumber: 40, quote: '共同组成合议庭' };
    expect(cite(changed, { validFrom: '2022-01-01' }).remarks[0]?.message).toMatch(/文字不同/);
  });

  it('an article that the version before did not have cannot bear a rule of that time', () => {
    const added = { articleNumber: 300, quote: '新增' };
    const { problems } = cite(added, { validFrom: '2023-12-31' });
    expect(problems).toMatchObject([{ code: 'CITATION_IN_FORCE' }]);
    expect(problems[0]?.message).toMatch(/之前的版本没有这一条/);
    expect(cite(added, FOR_GOOD).problems).toEqual([]);
  });

  it('a version that another has replaced bears a rule until that day and no longer', () => {
    const articles = `${ARTICLES}\n${row('2021-12-24修正', '2022-01-01', 162, '审理简单的民事案件')}`;
    const old = { version: '2021-12-24修正', articleNumber: 162 };
    const until = (validTo?: string): readonly string[] =>
      cite(old, { validFrom: '2022-01-01', validTo }, { articles }).problems.map(({ code }) => code);
    expect(until('2024-01-01')).toEqual([]);
    expect(until('2024-01-02')).toEqual(['CITATION_IN_FORCE']);
    expect(until()).toEqual(['CITATION_IN_FORCE']);
  });

  it('a version is told by its day, whatever else is written with it', () => {
    const articles = row('2017-04-12 (2017-05-01起)(法发〔2017〕11号)', '2017-05-01', 3, '随机分案');
    const basis = {
      version: '2017-04-12(法发〔2017〕11号)',
      articleNumber: 3,
      quote: '随机',
      status: 'policy' as const,
    };
    expect(cite(basis, { validFrom: '2017-05-01' }, { articles }).problems).toEqual([]);
  });
});
