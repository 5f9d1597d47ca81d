import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { diffRuleFiles, type LawbookDiff } from '../../../src/core/checking/diff-lawbooks.js';
import { addDays, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { replay } from '../../../src/core/routing/replay.js';
import { CASE_DAYS, type CaseDay, type CaseDays, caseDays, caseDayWord } from '../../../src/core/rules/case-days.js';
import { checkRules } from '../../../src/core/rules/check.js';
import { checkParameterTime } from '../../../src/core/rules/check-parameters.js';
import { jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { Evaluator } from '../../../src/core/rules/evaluate.js';
import { flatteningsOf, joined, showWhen, type When } from '../../../src/core/rules/proof/flattenings.js';
import { proofProblems } from '../../../src/core/rules/proof/proof-problems.js';
import { prove } from '../../../src/core/rules/proof/prove.js';
import { cardsInForce, daysChosenBy, parametersFor, rulesetFor } from '../../../src/core/rules/ruleset.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { runs } from '../../support/arbitraries.js';
import { alteredLawbook, decideOne, docket, filing, lawbook, RULES } from '../../support/court.js';
import { load, refused, SMALL } from './support.js';

const START = plainDate('2022-01-01');
const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays(START, days));
const basis = fc.constantFrom(...CASE_DAYS);
const COURT = { code: '川9999', province: '四川' };

interface Version {
  readonly by: CaseDay;
  readonly from: PlainDate;
  readonly to: PlainDate | undefined;
}

const version = fc
  .tuple(basis, day, fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }))
  .map(([by, from, long]): Version => ({ by, from, to: long === undefined ? undefined : addDays(from, long) }));

const card = ({ by, from, to }: Version, id: string): string => `  - 编号: ${id}
    名称: ${id}
    适用: { 案件类别: 民事, 审级: 一审 }
    结果: { 程序: 普通程序 }
    依据: [{ 法规: 测试法, 条: 165, 效力: 本地 }]
    效力: { 施行: ${from}, 失效: ${to ?? '无'}, 版本选择依据: ${caseDayWord(by)} }
    说明模板: 适用普通程序
`;

const bookOf = (versions: readonly Version[]) => {
  const text = `名称: 测试\n层: 程序\n规则:\n${versions.map((each, index) => card(each, `T-V${index}`)).join('')}`;
  const { book, problems } = load({ 'national/small.yaml': text });
  expect(problems).toEqual([]);
  return book;
};

const isIn = ({ by, from, to }: Version, days: CaseDays): boolean =>
  from <= days[by] && (to === undefined || days[by] < to);

const inOrder = fc.tuple(day, fc.nat(200), fc.nat(200)).map(([received, waited, worked]): CaseDays => {
  const docketed = addDays(received, waited);
  return { received, docketed, assigned: addDays(docketed, worked) };
});

describe('版本选择依据:随机的版本、随机的日期', () => {
  const versions = fc.array(version, { minLength: 1, maxLength: 5 });

  test('一个版本对一件案件有效,恰好是案件的那一天在它的施行日到失效日之间', () => {
    fc.assert(
      fc.property(versions, inOrder, (list, days) => {
        const rules = rulesetFor(bookOf(list), COURT, days, new Map()).rules.get('程序') ?? [];
        const expected = list.flatMap((each, index) => (isIn(each, days) ? [`T-V${index}`] : []));
        expect(rules.map((rule) => rule.card.id)).toEqual(expected);
      }),
      runs(100),
    );
  });

  const holdsIn = (when: When, days: CaseDays): boolean => {
    const isWithin = (
      stretch: { from?: PlainDate | undefined; until?: PlainDate | undefined },
      on: PlainDate,
    ): boolean =>
      (stretch.from === undefined || stretch.from <= on) && (stretch.until === undefined || on < stretch.until);
    return (
      isWithin(when, days.received) &&
      isWithin(when.docketed ?? {}, days.docketed) &&
      isWithin(when.assigned ?? {}, days.assigned)
    );
  };

  test('证明把每一件案件恰好放进一段日子,那一段的规则就是它的规则;合成一段的,正好是原来的两段', () => {
    fc.assert(
      fc.property(versions, inOrder, (list, days) => {
        const book = bookOf(list);
        const whole = flatteningsOf(book).filter(({ court }) => court === COURT.code);
        const first = list.map(({ from }) => from).sort()[0] as PlainDate;
        const own = whole.filter((each) => holdsIn(each, days));
        expect(own).toHaveLength(days.received < first ? 0 : 1);
        for (const each of own) {
          const ids = cardsInForce(book, COURT, days).map((one) => one.card.id);
          expect((each.cards.get('程序') ?? []).map(({ id }) => id)).toEqual(ids.sort());
          // The first case of the stretch is one of it: no stretch is empty.
          expect(holdsIn(each, each.days)).toBe(true);
        }
        for (const a of whole) {
          for (const b of whole) {
            const both = a === b ? undefined : joined(a, b);
            if (both) expect(holdsIn(both, days)).toBe(holdsIn(a, days) || holdsIn(b, days));
          }
        }
      }),
      runs(100),
    );
  });

  test('都按收案日期的,不多分一段:段数就是日期数', () => {
    fc.assert(
      fc.property(versions, (list) => {
        const book = bookOf(list.map((each) => ({ ...each, by: 'received' as const })));
        expect(daysChosenBy(book)).toEqual(['received']);
        const whole = flatteningsOf(book).filter(({ court }) => court === COURT.code);
        const cuts = new Set(list.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])));
        expect(whole).toHaveLength(cuts.size);
        for (const each of whole) expect([each.docketed, each.assigned]).toEqual([undefined, undefined]);
      }),
      runs(50),
    );
  });

  test('后一步不早于前一步:倒填的日期按前一步的日期', () => {
    fc.assert(
      fc.property(day, day, day, (received, docketed, assigned) => {
        const days = caseDays({ received, docketed, assigned });
        expect(days.received).toBe(received);
        expect(days.docketed).toBe([received, docketed].sort().at(-1));
        expect(days.assigned).toBe([received, docketed, assigned].sort().at(-1));
      }),
    );
  });
});

describe('写在规则里', () => {
  it('写错的词说明能写什么', () => {
    const [problem] = refused('版本选择依据: 收案日期', '版本选择依据: 结案日期');
    expect(problem?.message).toBe('「版本选择依据」只能是「收案日期」、「立案日期」、「分案日期」,没有「结案日期」');
    expect(problem?.line).toBe(18);
  });

  it('施行日写第二遍的文件也写依哪一天,不一样就报', async () => {
    const rules = SMALL.replace('版本选择依据: 收案日期', '版本选择依据: 分案日期');
    const messages = async (line: string): Promise<string[]> => {
      const written = `名称: 施行日\n效力:\n  - { 施行: 2022-01-01, 规则: [T-JY] }\n  - ${line}\n`;
      const { book, problems } = load({ 'national/small.yaml': rules, 'national/examples/validity.yaml': written });
      expect(problems).toEqual([]);
      const report = await checkRules({ book, articles: [], date: START, engine: jsonRulesEngine });
      return report.problems.filter(({ file }) => file.endsWith('validity.yaml')).map(({ message }) => message);
    };
    expect(await messages('{ 施行: 2022-01-01, 版本选择依据: 分案日期, 规则: [T-PT] }')).toEqual([]);
    expect(await messages('{ 施行: 2022-01-01, 规则: [T-PT] }')).toEqual([
      expect.stringMatching(/「T-PT」应当 2022-01-01 起施行,规则.*写的是 2022-01-01 起施行\(按分案日期\)/),
    ]);
  });
});

describe('两个版本依不同的日期选择', () => {
  const two = (first: string, second: string): string =>
    SMALL.replace(
      '效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }\n    下级可细化',
      `效力: { 施行: 2022-01-01, 失效: 2026-07-01, 版本选择依据: ${first} }\n    下级可细化`,
    )
      .replace('例外于: [T-PT]', '例外于: [T-PT, T-PT-2]')
      .concat(`  - 编号: T-PT-2
    名称: 特别程序(新)
    适用: { 案件类别: 民事, 审级: 一审 }
    结果: { 程序: 特别程序 }
    依据:
      - { 法规: 测试法, 条: 165, 效力: 本地 }
    效力: { 施行: 2026-07-01, 失效: 无, 版本选择依据: ${second} }
    说明模板: 适用特别程序
`);
  const problemsOf = (text: string): string[] => {
    const { book, problems } = load({ 'national/small.yaml': text });
    expect(problems).toEqual([]);
    return proofProblems(book, prove(book, lawbook.causes))
      .filter(({ code }) => code === 'GAP' || code === 'CONFLICT')
      .filter(({ message }) => message.includes('民事一审') || message.includes('特别程序'))
      .map(({ code, message }) => `${code} ${message}`);
  };

  it('旧版依分案日期失效,新版依收案日期施行:七月以前收、七月以后分的案件没有规则', () => {
    const found = problemsOf(two('分案日期', '收案日期')).filter((each) => each.startsWith('GAP'));
    expect(found).toEqual([
      expect.stringMatching(/有缺口：\S+ 2022-01-01 到 2026-07-01 前收案、2026-07-01 起分案，没有一条规则管/),
    ]);
  });

  it('旧版依收案日期失效,新版依分案日期施行:同样的案件有两条规则', () => {
    const found = problemsOf(two('收案日期', '分案日期')).filter((each) => each.startsWith('CONFLICT'));
    expect(found).toEqual([
      expect.stringMatching(
        /冲突：\S+ 2022-01-01 到 2026-07-01 前收案、2026-07-01 起分案，同一案件一条说普通程序，一条说特别程序/,
      ),
    ]);
  });

  it('依同一天的没有缺口,也没有冲突', () => {
    for (const by of ['收案日期', '立案日期', '分案日期']) expect(problemsOf(two(by, by))).toEqual([]);
  });
});

describe('参数依自己的那一天', () => {
  const HEAD = '参数,适用,值,施行,失效,公布,文号,来源,效力,说明\n';
  const words = readRuleFiles(RULES).find(({ path }) => path === 'vocabulary/parameters.yaml')?.text ?? '';
  const limitBy = (by: string): string =>
    words.replace(/(词: 小额诉讼法定限额, .*单位: 元) }/, `$1, 版本选择依据: ${by} }`);
  const files = (by: string, rows: string) => ({
    'vocabulary/parameters.yaml': limitBy(by),
    'national/small.yaml': SMALL,
    'parameters/p.csv': HEAD + rows,
  });

  it('是那一天公布的数,不论哪条规则用它', () => {
    const rows =
      '小额诉讼法定限额,四川,1,2022-01-01,2026-07-01,,,通知,本地,\n小额诉讼法定限额,四川,2,2026-07-01,,,,通知,本地,\n';
    const { book, problems } = load(files('分案日期', rows));
    expect(problems).toEqual([]);
    const valueFor = (assigned: string): unknown => {
      const days = caseDays({ received: START, docketed: START, assigned: plainDate(assigned) });
      return parametersFor(book, COURT, days).get('small_claims.mandatory_max')?.value;
    };
    expect([valueFor('2026-06-30'), valueFor('2026-07-01')]).toEqual([100n, 200n]);
  });

  it('规则依收案日期、参数依分案日期:规则失效以后也还要有值;反过来,规则施行以前收的案件也要有值', () => {
    const holes = (by: string, rows: string, small = SMALL): string[] => {
      const { book, problems } = load({ ...files(by, rows), 'national/small.yaml': small });
      expect(problems).toEqual([]);
      return checkParameterTime(book).problems.map(({ message }) => message.match(/在(.*?) ?没有值/)?.[1] ?? '');
    };
    const jy = '效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }\n    说明模板: 标的额';
    const ended = SMALL.replace(jy, jy.replace('失效: 无', '失效: 2024-01-01'));
    const row = '小额诉讼法定限额,四川,1,2022-01-01,2024-01-01,,,通知,本地,\n';
    expect(holes('收案日期', row, ended)).toEqual([]);
    expect(holes('分案日期', row, ended)).toEqual(['四川 2024-01-01 起']);
    const later = SMALL.replace(jy, jy.replace('2022-01-01', '2024-01-01').replace('收案日期', '分案日期'));
    const since = '小额诉讼法定限额,四川,1,2024-01-01,,,,通知,本地,\n';
    expect(holes('分案日期', since, later)).toEqual([]);
    expect(holes('收案日期', since, later)).toEqual(['四川 2022-01-01 至 2023-12-31']);
  });
});

describe('分案', () => {
  const PATH = 'national/civil/procedure-first-instance.yaml';
  const SUMMARY = `    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期, 说明: 2021年修正文本同条同文 }
    说明模板: 事实清楚、权利义务关系明确、争议不大的简单民事案件`;
  const ended = (by: string) =>
    alteredLawbook(
      PATH,
      SUMMARY,
      SUMMARY.replace('失效: 无, 版本选择依据: 收案日期', `失效: 2026-07-01, 版本选择依据: ${by}`),
    );
  const court = docket();
  const one = filing({ receivedOn: '2026-06-20', amount: '90000.00' });
  const byAssignment = ended('分案日期');

  it.each([
    ['收案日期', '2026-07-05', 'summary'],
    ['分案日期', '2026-06-30', 'summary'],
    ['分案日期', '2026-07-05', 'ordinary'],
    ['立案日期', '2026-06-30', 'summary'],
    ['立案日期', '2026-07-05', 'ordinary'],
  ])('六月收的案件,简易程序的规则七月起失效,依%s,%s 分案:%s', async (by, on, procedure) => {
    const decision = await decideOne(one, court, { lawbook: ended(by), on });
    expect([decision.status, decision.procedure]).toEqual(['assigned', procedure]);
  });

  it('没有另填立案日期的,以收案日期为准,写在理由里;依收案日期的和从前一字不差', async () => {
    const said = async (by: string, on?: string): Promise<string[]> => {
      const decision = await decideOne(one, court, { lawbook: ended(by), ...(on !== undefined && { on }) });
      return (decision.reasons ?? []).filter(({ rule }) => rule === 'GJ-MS-160').map(({ text }) => text);
    };
    const plain = '事实清楚、权利义务关系明确、争议不大的简单民事案件，适用简易程序';
    expect(await said('收案日期')).toEqual([plain]);
    expect(await said('立案日期')).toEqual([
      `${plain}（按立案日期 2026-06-20 选用这一版，没有另填立案日期的以收案日期为准）`,
    ]);
    expect(await said('立案日期', '2026-06-25')).toEqual([`${plain}（按立案日期 2026-06-25 选用这一版）`]);
    expect(await said('分案日期', '2026-06-25')).toEqual([`${plain}（按分案日期 2026-06-25 选用这一版）`]);
  });

  it('决定里写明所依的日期;重算出来逐字节相同', async () => {
    const decision = await decideOne(one, court, { lawbook: byAssignment, on: '2026-07-05' });
    expect(decision.rules.version).toMatch(/@2026-06-20 分案日期2026-07-05$/);
    expect(decision.facts).toContainEqual({
      fact: 'assignedOn',
      label: '分案日期',
      value: '2026-07-05',
      source: '选用规则版本所依的日期',
    });
    expect((await replay(decision, byAssignment, new Evaluator(jsonRulesEngine))).outcome).toBe('same');
    const usual = await decideOne(one, court, { on: '2026-07-05' });
    expect(usual.rules.version).toMatch(/@2026-06-20$/);
    expect(usual.facts?.map(({ fact }) => fact)).not.toContain('assignedOn');
  });

  it('以后重新分案,依重新分案的那一天:同一件案件,版本随之不同,两次都能重算', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 30 }), async (waited) => {
        const on = addDays(plainDate('2026-06-20'), waited);
        const decision = await decideOne(one, court, { lawbook: byAssignment, on });
        expect(decision.procedure).toBe(on < '2026-07-01' ? 'summary' : 'ordinary');
        expect((await replay(decision, byAssignment, new Evaluator(jsonRulesEngine))).outcome).toBe('same');
      }),
      { numRuns: 10 },
    );
  });

  it('期限的规则依分案日期的,理由里写明', async () => {
    const DEADLINES = 'national/deadlines.yaml';
    const text = readRuleFiles(RULES).find(({ path }) => path === DEADLINES)?.text ?? '';
    const book = alteredLawbook(DEADLINES, text, text.replaceAll('版本选择依据: 收案日期', '版本选择依据: 分案日期'));
    const decision = await decideOne(one, court, { lawbook: book, on: '2026-06-25' });
    const told = (decision.reasons ?? []).filter(({ about }) => about === 'deadline').map(({ text: said }) => said);
    expect(told).toContainEqual(expect.stringMatching(/^民事简易程序审限（按分案日期 2026-06-25 选用这一版）$/));
  });

  it('比较:只改依哪一天,改变的恰好是跨过施行日或者失效日的案件', () => {
    const files = readRuleFiles(RULES);
    const edited = (by: string) =>
      files.map((file) => {
        if (file.path !== PATH) return file;
        const to = SUMMARY.replace('失效: 无, 版本选择依据: 收案日期', `失效: 2026-07-01, 版本选择依据: ${by}`);
        return { path: PATH, text: file.text.replace(SUMMARY, to) };
      });
    const found = diffRuleFiles(edited('收案日期'), edited('分案日期')) as LawbookDiff;
    expect(found.unknown).toEqual([]);
    expect(found.changes.length).toBeGreaterThan(0);
    const days = new Set<string>();
    for (const { layer, where, filing: shown } of found.changes) {
      expect(layer).toBe('程序');
      for (const each of where) days.add(each.split('：').at(-1) ?? '');
      expect(shown).toBeUndefined();
    }
    // And those received before the rule began, which come under it now if they were assigned since.
    const crossing =
      /^20(2[2-6]-\S+ 到 20\S+ 前收案、2026-07-01 起分案|16-09-12 到 2022-01-01 前收案、2022-01-01 到 2026-07-01 前分案)$/;
    expect(days.size).toBeGreaterThan(1);
    for (const each of days) expect(each).toMatch(crossing);
    expect(found.files).toEqual([{ file: PATH, kind: 'changed', what: ['「GJ-MS-160」的效力'], isProved: true }]);
  });

  it('日子读出来是一句话', () => {
    const on = plainDate('2026-07-01');
    expect(showWhen({ from: START, until: undefined })).toBe('2022-01-01 起收案');
    expect(showWhen({ from: START, until: on, docketed: { until: on }, assigned: { from: on } })).toBe(
      '2022-01-01 到 2026-07-01 前收案、2026-07-01 前立案、2026-07-01 起分案',
    );
  });
});
