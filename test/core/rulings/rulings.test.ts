import { beforeAll, describe, expect, it } from 'vitest';
import type { Ruling } from '../../../src/core/documents/ruling.js';
import { buildLawbook } from '../../../src/core/routing/lawbook.js';
import { Problems } from '../../../src/core/rules/source.js';
import { rulingOf } from '../../../src/core/rulings/ruling-of.js';
import { rulingsFile, withRulings } from '../../../src/core/rulings/write-rulings.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { alteredLawbook, docket, earlier, filing, JUDGES, lawbook, RULES } from '../../support/court.js';
import { evaluatorOf } from '../../support/property.js';
import { checkedRulings, objected, readRulings } from '../../support/rulings.js';

const HEADER = { court: '川1527', province: '四川' };
const ELSEWHERE = earlier({
  caseNo: '（2025）川1527民初60号',
  filedOn: '2025-03-03',
  judge: 'M2',
  closure: 'withdrawn',
});
const COURT = docket([ELSEWHERE, earlier()]);
const file = (rulings: readonly Ruling[]): string => rulingsFile({ ...HEADER, rulings }, lawbook.book.vocabulary);

async function ruled(...of: Parameters<typeof objected>): Promise<Ruling> {
  const objection = await objected(...of);
  const ruling = objection && (await rulingOf(objection, lawbook, evaluatorOf(lawbook)));
  if (!ruling) throw new Error('no ruling');
  return ruling;
}

let upheld: Ruling;
let rejected: Ruling;
let missed: Ruling;
beforeAll(async () => {
  upheld = await ruled(COURT, filing(), { ground: 'not', outcome: 'uphold' });
  rejected = await ruled(docket([earlier()]), filing({ id: 'F2' }), { ground: 'not', outcome: 'reject' });
  const claimedOwner = JUDGES.find(({ id }) => id === 'M1')?.id as string;
  missed = await ruled(COURT, filing({ id: 'F3' }), { ground: 'missed', claimedOwner, outcome: 'uphold' });
});

describe('复核认定写成什么样', () => {
  it('不属于首审,认定成立:规则不应当由那件前案的承办人办理', () => {
    expect(upheld.differs).toBe(true);
    const text = file([{ ...upheld, decision: '0123456789abcdef' }]);
    expect(text).toContain(`认定:
  - 决定摘要: 0123456789abcdef
    流程: 首审异议
    第几次: 1
    日期: 2026-03-09
    事由: 不属于首审
    结果: 成立
    收案: { 案件类别: 民事, 审级: 一审, 法院层级: 基层, 案由: 民间借贷纠纷, 收案日期: 2026-03-09,`);
    expect(text).toContain(`    不应当: { 前案: [1] }
    原分案: { 承办: 首审负责, 前案: 1, 依据: [SZ-CB-CX] }
    复核后: { 承办: 首审负责, 前案: 2, 依据: [SZ-CB-ST] }
    与规则不一致: 是
`);
  });

  it('不属于首审,认定不成立:原来的分案就是应当的', () => {
    expect(file([rejected])).toContain(`    应当: { 承办: 首审负责, 前案: [1] }
    原分案: { 承办: 首审负责, 前案: 1, 依据: [SZ-CB-ST] }
    与规则不一致: 否
`);
  });

  it('未发现首审,认定成立:应当由被主张人的那件前案', () => {
    expect(missed).toMatchObject({ ought: { kind: 'owner', method: 'first_trial', cases: [2] }, differs: true });
    expect(missed.before).toMatchObject({ method: 'first_trial', case: 1 });
  });

  it('再写一次,原来的一字不动,新的加在最后;没有新的,什么都不变', () => {
    const { vocabulary } = lawbook.book;
    const one = file([upheld]).replace('    事由: 不属于首审', '    说明: 前案是另一笔借款\n    事由: 不属于首审');
    const both = withRulings(one, [rejected], vocabulary);
    expect(both.startsWith(one)).toBe(true);
    expect(readRulings(both).file?.rulings.map(({ ruling }) => ruling)).toEqual([upheld, rejected]);
    expect(withRulings(one, [], vocabulary)).toBe(one);
    expect(withRulings(file([]), [upheld], vocabulary)).toBe(file([upheld]));
  });
});

describe('检查规则与复核认定', () => {
  it('规则一直不一致的,列为待处理,不算问题', async () => {
    const { problems, pending, examples } = await checkedRulings(HEADER, [upheld, rejected, missed]);
    expect(problems).toEqual([]);
    expect(pending.map(({ code, line }) => [code, line])).toEqual([
      ['RULING_PENDING', 7],
      ['RULING_PENDING', expect.any(Number)],
    ]);
    expect(examples.map(({ passed }) => passed)).toEqual([true, true, true]);
  });

  it('草稿使规则改口的,报告是哪一项认定、认定什么、规则得出什么、哪条规则', async () => {
    const draft = alteredLawbook(
      'modules/shouze/ownership.yaml',
      '- 关联种类: 实体审理后衍生\n    结果: { 承办: 首审负责 }',
      '- 关联种类: 实体审理后衍生\n    结果: { 承办: 系列集中 }',
    );
    const card = draft.book.modules.get('shouze')?.find(({ id }) => id === 'SZ-CB-ST');
    const { problems } = await checkedRulings(HEADER, [rejected], draft);
    expect(problems).toMatchObject([{ code: 'RULING_CONTRADICTED', rule: 'SZ-CB-ST', ...card?.place }]);
    const [{ message } = { message: '' }] = problems;
    expect(message).toContain(`首审异议第1次(2026-03-09,不属于首审)${rejected.decision}`);
    expect(message).toContain('认定应当由第1件前案的承办人办理(首审负责)');
    expect(message).toContain('规则得出由第1件前案的承办人办理(系列集中)');
    expect(message).toMatch(
      /SZ-GL-YS\(modules\/shouze\/links\.yaml:\d+\)、SZ-CB-ST\(modules\/shouze\/ownership\.yaml:\d+\)/,
    );
  });

  it('没有规则再说话的,报告在认定那里', async () => {
    const draft = alteredLawbook('modules/shouze/links.yaml', '前案结案方式: [判决, 调解]', '前案结案方式: [调解]');
    const { problems } = await checkedRulings(HEADER, [rejected], draft);
    expect(problems).toMatchObject([
      { code: 'RULING_CONTRADICTED', file: expect.stringContaining('rulings/'), line: 7 },
    ]);
    expect(problems[0]?.message).toContain('没有先前承办人负责');
  });

  it('不能再由先前承办人承办的,说是哪条规则', async () => {
    const away = {
      ...rejected,
      earlier: rejected.earlier.map((each) => ({ ...each, handler: { ownerAbsentDays: 31 } })),
    };
    const { problems } = await checkedRulings(HEADER, [away]);
    expect(problems[0]?.message).toMatch(/先前承办人不能承办\([A-Z-]+[A-Z0-9-]*\)/);
  });

  it('草稿使规则一致了的,要改「与规则不一致」', async () => {
    const draft = alteredLawbook(
      'modules/shouze/links.yaml',
      '前案结案方式: [撤诉, 按撤诉处理, 驳回起诉, 不予受理]',
      '前案结案方式: [驳回起诉, 不予受理]',
    );
    const { problems } = await checkedRulings(HEADER, [upheld], draft);
    expect(problems).toMatchObject([{ code: 'RULING_AGREES', file: expect.stringContaining('rulings/') }]);
  });

  it('认定里缺少规则要读的事实,是问题', async () => {
    const { matter: _, ...facts } = rejected.facts;
    const { problems } = await checkedRulings(HEADER, [{ ...rejected, facts }]);
    expect(problems).toMatchObject([{ code: 'RULING_FACTS' }]);
  });
});

describe('复核认定的文件', () => {
  it('不改变规则的摘要,所以不改变任何一次随机分案', () => {
    const problems = new Problems();
    const path = 'courts/1527-junlian/examples/rulings/2026.yaml';
    const with_ = buildLawbook([...readRuleFiles(RULES), { path, text: file([upheld, rejected]) }], problems);
    expect(problems.list).toEqual([]);
    expect(with_?.book.rulings.flatMap(({ rulings }) => rulings)).toHaveLength(2);
    expect(with_?.book.digest).toBe(lawbook.book.digest);
  });

  it('放错了法院的目录,或者两个文件写了同一项,都拒绝', () => {
    const problems = new Problems();
    const at = (folder: string) => ({ path: `courts/${folder}/examples/rulings/2026.yaml`, text: file([upheld]) });
    buildLawbook([...readRuleFiles(RULES), at('1599-sample'), at('default')], problems);
    expect(problems.list.map(({ code, file: where }) => `${code} ${where}`)).toEqual([
      'RULING_COURT courts/1599-sample/examples/rulings/2026.yaml',
      'RULING_TWICE courts/default/examples/rulings/2026.yaml',
    ]);
  });

  it.each<[what: string, from: RegExp | string, to: string, code: string]>([
    ['别的来源', '来源: 复核认定', '来源: 听说', 'WORD_UNKNOWN'],
    ['不是摘要', /决定摘要: .*/, '决定摘要: F00', 'TYPE'],
    ['不是日期', '日期: 2026-03-09\n', '日期: 三月九日\n', 'TYPE'],
    ['第零次', '第几次: 1', '第几次: 0', 'TYPE'],
    ['没有这个结果', '结果: 成立', '结果: 胜诉', 'WORD_UNKNOWN'],
    ['没有这个事实', '案件类别: 民事, 审级', '案件种类: 民事, 审级', 'FACT_UNKNOWN'],
    ['别层的事实', '审级: 一审, 法院层级', '标的额: 20000, 法院层级', 'FACT_LAYER'],
    ['没有这个参数', /案卷参数: \{ [^:]*:/, '案卷参数: { 复核天数:', 'PARAMETER_UNKNOWN'],
    ['关联种类由规则得出', '- { 两案', '- { 承办人: { 关联种类: 反诉 }, 两案', 'FACT_LAYER'],
    ['没有这件前案', '不应当: { 前案: [1] }', '不应当: { 前案: [3] }', 'RULING_CASE'],
    ['没有写哪件前案', '不应当: { 前案: [1] }', '不应当: {}', 'RULING_OUGHT'],
    ['两种写法都有', '    不应当:', '    应当: { 承办: 随机分案 }\n    不应当:', 'RULING_OUGHT'],
    ['随机分案却有前案', '不应当: { 前案: [1] }', '应当: { 承办: 随机分案, 前案: [1] }', 'RULING_OUGHT'],
    ['指定分案不是规则得出的', '不应当: { 前案: [1] }', '应当: { 承办: 指定分案 }', 'RULING_OUGHT'],
    ['没有写应当', / {4}不应当.*\n/, '', 'FIELD_MISSING'],
    ['不是是否', '与规则不一致: 是', '与规则不一致: 也许', 'TYPE'],
    ['多一个键', '    第几次: 1', '    第几次: 1\n    姓名: 某人', 'FIELD_UNKNOWN'],
    ['写了两次', /$/, '', 'RULING_TWICE'],
  ])('%s:拒绝,写明位置', (what, from, to, code) => {
    const text = what === '写了两次' ? file([upheld, upheld]) : file([upheld]).replace(from, to);
    const { problems } = readRulings(text);
    expect(problems.map((each) => each.code)).toContain(code);
    for (const { line, column } of problems) expect(line * column).toBeGreaterThan(0);
  });

  it('任何一个字符不见了,是一个问题或者另一项认定,不会出错', () => {
    const text = file([upheld, missed]);
    for (let at = 0; at < text.length; at += 5) readRulings(text.slice(0, at) + text.slice(at + 1));
  });
});
