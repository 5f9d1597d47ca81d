import { describe, expect, test } from 'vitest';
import { buildLawbook, type Lawbook } from '../../../src/core/routing/lawbook.js';
import { Problems, type RuleFile } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { decideOne, docket, earlier, filing, RULES } from '../../support/court.js';

const shipped = readRuleFiles(RULES);

function lawbookOf(files: readonly RuleFile[]): Lawbook {
  const problems = new Problems();
  const book = buildLawbook(files, problems);
  expect(problems.list).toEqual([]);
  if (!book) throw new Error('no lawbook');
  return book;
}

const courtOf = (code: string, province: string) => ({
  court: { code, name: `${province}某县人民法院`, level: 'basic', province },
  parameters: {},
});

const NEW_COURT = `名称: 某县人民法院
代字: 豫1699
省: 河南
采用:
  - 模块: shouze
    施行: 2026-01-01
    依据:
      首审: { 法规: 某县人民法院首责办法, 效力: 本地 }
      首执: { 法规: 某县人民法院首责办法, 效力: 本地 }
`;

describe('新法院', () => {
  const lawbook = lawbookOf([...shipped, { path: 'courts/1699-mouxian/court.yaml', text: NEW_COURT }]);
  const route = (more: object = {}, cases = [earlier({ closure: 'withdrawn', caseNo: '（2025）豫1699民初88号' })]) =>
    decideOne(filing({ court: '豫1699', ...more }), docket(cases, courtOf('豫1699', '河南')), { lawbook });

  test('加一个目录就能分案,依据写的是它自己的办法,限额按省里的通知', async () => {
    const decision = await route();
    expect(decision).toMatchObject({
      status: 'assigned',
      procedure: 'small_claims',
      owner: { judge: 'M1', method: 'first_trial' },
    });
    const laws = decision.reasons?.flatMap(({ basis }) => basis.map(({ law }) => law));
    expect(laws).toContain('某县人民法院首责办法');
  });
  test('采用之前收的案件不适用首责', async () => {
    expect((await route({ receivedOn: '2025-12-31' })).owner?.method).toBe('random');
  });
  test('省名写全称也找得到省里的限额', async () => {
    const court = docket([], courtOf('豫1699', '河南省'));
    expect(await decideOne(filing({ court: '豫1699' }), court, { lawbook })).toMatchObject({
      status: 'assigned',
      procedure: 'small_claims',
    });
  });
});

describe('规则出了问题', () => {
  const CONFLICTING = `名称: 与别的规则冲突的一条
层: 审判组织
规则:
  - 编号: CS-CT-1
    名称: 小额诉讼也合议
    适用: { 案件类别: 民事, 审级: 一审 }
    条件:
      - 程序: 小额诉讼程序
    结果: { 审判组织: 合议 }
    依据:
      - { 法规: 测试, 效力: 未核实 }
    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
    说明模板: 测试
`;
  test('两条规则结论不同又互不为例外:交人工,两条都写明', async () => {
    const lawbook = lawbookOf([...shipped, { path: 'national/civil/zz-conflict.yaml', text: CONFLICTING }]);
    const decision = await decideOne(filing(), docket(), { lawbook });
    expect(decision).toMatchObject({ status: 'needs_review', procedure: 'small_claims', owner: { method: 'none' } });
    const text = decision.reasons?.map((reason) => reason.text).join('\n');
    expect(text).toContain('CS-CT-1');
    expect(text).toContain('GJ-MS-40-2-JY');
  });
  test('删去允许随机分案的规则:不抽签,交人工', async () => {
    const lawbook = lawbookOf(shipped.filter(({ path }) => path !== 'national/random-draw.yaml'));
    expect((await decideOne(filing(), docket(), { lawbook })).status).toBe('needs_review');
  });
  test('删去民事一审程序的规则:没有规则,交人工', async () => {
    const dropped = ['first-instance', 'exclusions', 'conversion'].map(
      (name) => `national/civil/procedure-${name}.yaml`,
    );
    const lawbook = lawbookOf(shipped.filter(({ path }) => !dropped.includes(path)));
    const decision = await decideOne(filing(), docket(), { lawbook });
    expect(decision.status).toBe('needs_review');
    expect(decision).not.toHaveProperty('procedure');
  });
});
