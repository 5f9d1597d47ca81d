import { describe, expect, test } from 'vitest';
import type { EngineOfRecord } from '../../../src/core/rules/engine.js';
import {
  CLEAR,
  CRIMINAL_CLEAR,
  company,
  decideOne,
  docket,
  dueOf,
  earlier,
  enforcement,
  filing,
  judge,
  lawbook,
  person,
  presumedOf,
  questionsOf,
} from '../../support/court.js';

const outcome = async (more: Record<string, unknown>, court = docket()) => {
  const { status, procedure, panel, track } = await decideOne(filing(more), court);
  return { status, procedure, panel, track };
};
const facts = (more: Record<string, unknown>) => ({ facts: { ...CLEAR, ...more } });
const intermediate = docket([], {
  court: { code: '辽05', name: '本溪市中级人民法院', level: 'intermediate', province: '辽宁' },
  judges: [judge('P1', { handles: ['civil', 'criminal', 'administrative'] })],
});
const criminalFacts = { ...CRIMINAL_CLEAR, maxSentenceMonths: 12 };
const criminal = (more: Record<string, unknown> = {}) =>
  filing({
    matter: 'criminal',
    cause: '盗窃罪',
    amount: null,
    parties: [company('prosecutor', '某县人民检察院'), person('accused', '乙二', 102)],
    facts: { ...criminalFacts, ...more },
  });
const administrative = (more: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
  filing({
    matter: 'administrative',
    cause: '行政处罚',
    amount: '5000.00',
    parties: [person('plaintiff', '甲一', 101), company('defendant', '某县公安局')],
    facts: {
      factsClear: true,
      rightsClear: true,
      disputeMinor: true,
      decidedOnTheSpot: false,
      informationDisclosure: false,
      ...more,
    },
    ...rest,
  });

describe('民事一审程序', () => {
  test.each([
    ['限额以内', {}, 'small_claims', 'single', 'simple'],
    ['超过限额', { amount: '40000.01' }, 'summary', 'single', 'simple'],
    ['约定小额', { amount: '160000', ...facts({ agreeSmallClaims: true }) }, 'small_claims', 'single', 'simple'],
    [
      '约定小额但超过约定限额',
      { amount: '160000.01', ...facts({ agreeSmallClaims: true }) },
      'summary',
      'single',
      'simple',
    ],
    ['约定小额不是约定简易', facts({ disputeMinor: false, agreeSmallClaims: true }), 'ordinary', 'single', 'complex'],
    ['约定简易', facts({ disputeMinor: false, agreeSummary: true }), 'summary', 'single', 'simple'],
    ['群体性纠纷', facts({ groupDispute: true }), 'ordinary', 'collegial', 'complex'],
    ['公共利益只是合议,不是七人', facts({ publicInterest: true }), 'ordinary', 'collegial', 'complex'],
    ['权利义务不明确', facts({ rightsClear: false }), 'ordinary', 'collegial', 'complex'],
    ['涉外', facts({ foreignRelated: true }), 'summary', 'single', 'simple'],
    [
      '原告下落不明只挡小额',
      { parties: [person('plaintiff', '甲一', 101, { whereabouts: 'missing' }), person('defendant', '乙二', 102)] },
      'summary',
      'single',
      'simple',
    ],
    ['申请宣告失踪', { cause: '申请宣告自然人失踪', amount: null }, 'special', 'single', 'simple'],
    ['申请确定选民资格', { cause: '申请确定选民资格', amount: null }, 'special', 'collegial', 'simple'],
    ['申请支付令', { cause: '申请支付令' }, 'payment_order', 'single', 'simple'],
  ])('%s', async (_name, more, procedure, panel, track) => {
    expect(await outcome(more)).toEqual({ status: 'assigned', procedure, panel, track });
  });
  test('一方十人以上不适用简易程序', async () => {
    const parties = (count: number) => [
      ...Array.from({ length: count }, (_, index) => person('plaintiff', `原告${index}`, 400 + index)),
      person('defendant', '乙二', 102),
    ];
    expect(await outcome({ parties: parties(9) })).toMatchObject({ procedure: 'small_claims' });
    expect(await outcome({ parties: parties(10) })).toMatchObject({ procedure: 'ordinary', panel: 'single' });
  });
  test('中级法院一审是普通程序、合议', async () => {
    expect(await outcome({ court: '辽05' }, intermediate)).toMatchObject({ procedure: 'ordinary', panel: 'collegial' });
  });
  test('没有规则的非讼案件交人工', async () => {
    const decision = await decideOne(filing({ cause: '申请公示催告' }), docket());
    expect(decision.status).toBe('needs_review');
    expect(decision.reasons?.some(({ text }) => text.includes('没有一条规则'))).toBe(true);
  });
});

describe('二审、再审', () => {
  const appeal = (more: Record<string, unknown>) =>
    filing({
      court: '辽05',
      stage: 'second_instance',
      parties: [person('appellant', '甲一', 101), person('appellee', '乙二', 102)],
      origin: { relation: 'appeal', caseNo: '（2025）辽0502民初90号' },
      ...facts(more),
    });
  test('三道门都过才独任', async () => {
    const panel = async (more: Record<string, unknown>) => (await decideOne(appeal(more), intermediate)).panel;
    expect(await panel({ firstInstanceSummary: true, agreeSinglePanel: true })).toBe('single');
    expect(await panel({ appealOfRuling: true, agreeSinglePanel: true })).toBe('single');
    expect(await panel({ agreeSinglePanel: true })).toBe('collegial');
    expect(await panel({ firstInstanceSummary: true })).toBe('collegial');
    expect(await panel({ firstInstanceSummary: true, agreeSinglePanel: true, factsClear: false })).toBe('collegial');
  });
  test('审限:判决三个月,裁定三十日', async () => {
    expect(dueOf(await decideOne(appeal({}), intermediate)).trial_limit).toBe('2026-06-09');
    expect(dueOf(await decideOne(appeal({ appealOfRuling: true }), intermediate)).trial_limit).toBe('2026-04-08');
  });
});

describe('刑事、行政、执行', () => {
  test.each([
    ['速裁', {}, 'fast_track', 'single'],
    ['三年以上不能速裁,简易合议', { maxSentenceMonths: 37 }, 'summary', 'collegial'],
    ['三年以下可以速裁', { maxSentenceMonths: 36 }, 'fast_track', 'single'],
    ['不同意速裁', { agreesFastTrack: false }, 'summary', 'single'],
    ['未成年', { minorAccused: true }, 'summary', 'single'],
    ['盲聋哑', { disabledAccused: true }, 'ordinary', 'collegial'],
    ['不认罪', { admitsGuilt: false }, 'ordinary', 'collegial'],
    ['十年以上且重大社会影响', { maxSentenceMonths: 120, majorImpact: true }, 'ordinary', 'collegial_seven'],
    ['差一个月', { maxSentenceMonths: 119, majorImpact: true }, 'ordinary', 'collegial'],
    ['十年以上没有重大社会影响', { maxSentenceMonths: 120, admitsGuilt: false }, 'ordinary', 'collegial'],
  ])('刑事:%s', async (_name, more, procedure, panel) => {
    const decision = await decideOne(criminal(more), docket());
    expect(decision).toMatchObject({ status: 'assigned', procedure, panel });
  });
  test('刑事审限', async () => {
    const limit = async (more: Record<string, unknown>) => dueOf(await decideOne(criminal(more), docket())).trial_limit;
    expect(await limit({})).toBe('2026-03-19');
    expect(await limit({ agreesFastTrack: false })).toBe('2026-03-29');
    expect(await limit({ admitsGuilt: false })).toBe('2026-05-09');
  });
  test.each([
    ['当场作出', { decidedOnTheSpot: true }, {}, 'summary', 'single'],
    ['二千元以下', {}, { amount: '2000' }, 'summary', 'single'],
    ['二千元以上', {}, { amount: '2000.01' }, 'ordinary', 'collegial'],
    ['政府信息公开', { informationDisclosure: true }, {}, 'summary', 'single'],
    ['各方同意', { agreeSummary: true }, {}, 'summary', 'single'],
  ])('行政:%s', async (_name, more, rest, procedure, panel) => {
    expect(await decideOne(administrative(more, rest), docket())).toMatchObject({
      status: 'assigned',
      procedure,
      panel,
    });
  });
  test('执行没有审判组织,也不分繁简', async () => {
    const decision = await decideOne(enforcement(), docket());
    expect(decision).toMatchObject({ status: 'assigned', procedure: 'enforcement', panel: 'none' });
    expect(decision).not.toHaveProperty('track');
  });
});

describe('参数', () => {
  const limits = (court: string, name: string, province: string, receivedOn: string, amount: string) =>
    decideOne(
      filing({ court, receivedOn, amount }),
      docket([], { court: { code: court, name, level: 'basic', province }, parameters: {} }),
    );
  test.each([
    ['豫1624', '河南', '2026-03-09', '35120', 'small_claims'],
    ['豫1624', '河南', '2026-03-09', '35120.01', 'summary'],
    ['吉0323', '吉林', '2022-08-31', '38997.50', 'small_claims'],
    ['吉0323', '吉林', '2022-08-31', '38997.51', 'summary'],
    ['辽0502', '辽宁', '2023-06-30', '44000', 'small_claims'],
    ['辽0502', '辽宁', '2024-06-28', '47000', 'small_claims'],
  ])('%s(%s)%s 收案,标的额 %s', async (court, province, on, amount, procedure) => {
    expect(await limits(court, court, province, on, amount)).toMatchObject({ status: 'assigned', procedure });
  });
  test.each([
    ['川1527', '四川', '2026-03-09'],
    ['吉0323', '吉林', '2022-09-01'],
    ['豫1624', '河南', '2022-01-08'],
  ])('%s(%s)%s 没有有效的限额:交人工并写明参数,没有问题', async (court, province, on) => {
    const decision = await limits(court, court, province, on, '20000');
    expect(decision.status).toBe('needs_review');
    expect(decision.questions ?? []).toEqual([]);
    expect(decision.reasons?.some(({ text }) => text.includes('small_claims.mandatory_max'))).toBe(true);
    expect(decision.panel).toBe('single');
  });
  test('限额未查明而不影响结果时照常分案', async () => {
    const decision = await decideOne(filing({ ...facts({ groupDispute: true }) }), docket([], { parameters: {} }));
    expect(decision).toMatchObject({ status: 'assigned', procedure: 'ordinary' });
  });
});

describe('三态事实', () => {
  test('不知道而会改变结果的才问', async () => {
    const decision = await decideOne(
      filing({ ...facts({ appraisalNeeded: null, mediationAgreed: null, otherUnsuitable: null }) }),
      docket(),
    );
    expect(questionsOf(decision)).toEqual(['appraisalNeeded', 'otherUnsuitable']);
    expect(decision.status).toBe('needs_review');
  });
  test('不知道但不影响结果,照常分案', async () => {
    const decision = await decideOne(
      filing({ ...facts({ groupDispute: true, appraisalNeeded: null, counterclaim: null }) }),
      docket(),
    );
    expect(decision.status).toBe('assigned');
    expect(questionsOf(decision)).toEqual([]);
  });
  test('识别表没有说的要问', async () => {
    const { factsClear: _, ...rest } = CLEAR;
    expect(questionsOf(await decideOne(filing({ facts: rest }), docket()))).toEqual(['factsClear']);
  });
  test('当事人的下落、标的额用指针问', async () => {
    const parties = [person('plaintiff', '甲一', 101), person('defendant', '乙二', 102, { whereabouts: null })];
    expect(questionsOf(await decideOne(filing({ parties }), docket()))).toEqual(['/parties/1/whereabouts']);
    expect(questionsOf(await decideOne(filing({ amount: null }), docket()))).toEqual(['/amount']);
    const foreign = [person('plaintiff', '甲一', 101, { foreign: null }), person('defendant', '乙二', 102)];
    expect(questionsOf(await decideOne(filing({ parties: foreign }), docket()))).toEqual(['/parties/0/foreign']);
  });
  test('结果所依赖的推定都列出,不依赖的不列', async () => {
    const plain = presumedOf(await decideOne(filing(), docket()));
    expect(plain).toEqual(
      expect.arrayContaining([
        'groupDispute',
        'publicInterest',
        'counterclaim',
        'otherUnsuitable',
        '/parties/0/whereabouts',
        '/parties/1/whereabouts',
      ]),
    );
    expect(plain).not.toContain('appraisalNeeded');
    expect(plain).not.toContain('agreeSummary');
    const collegial = presumedOf(await decideOne(filing({ ...facts({ groupDispute: true }) }), docket()));
    expect(collegial).toEqual([]);
  });
  test('当事人涉外使案件涉外,涉外民事案件没有审限', async () => {
    const parties = [person('plaintiff', '甲一', undefined, { foreign: true }), person('defendant', '乙二', 102)];
    const decision = await decideOne(filing({ parties }), docket());
    expect(decision.procedure).toBe('summary');
    expect(dueOf(decision)).not.toHaveProperty('trial_limit');
  });
});

describe('期限', () => {
  test('民事一审', async () => {
    expect(dueOf(await decideOne(filing(), docket()))).toEqual({
      filing_decision: '2026-03-16',
      objection: '2026-03-16',
      trial_limit: '2026-05-09',
      panel_notice: '2026-03-12',
    });
  });
  test('--on 改变立案日和分案日,不改变收案日', async () => {
    const decision = await decideOne(filing(), docket(), { on: '2026-03-12' });
    expect(dueOf(decision)).toEqual({
      filing_decision: '2026-03-16',
      objection: '2026-03-17',
      trial_limit: '2026-05-12',
      panel_notice: '2026-03-16',
    });
  });
  test('待人工的一审案件仍有立案审查期限', async () => {
    expect(dueOf(await decideOne(filing({ amount: null }), docket()))).toEqual({ filing_decision: '2026-03-16' });
  });
  test('2027 年放假安排未公布:不顺延并写明暂定;审限不顺延,从不暂定', async () => {
    const decision = await decideOne(filing({ receivedOn: '2026-12-29' }), docket());
    const found = Object.fromEntries(
      (decision.deadlines ?? []).map(({ kind, due, provisional }) => [kind, [due, provisional]]),
    );
    expect(found.objection).toEqual(['2027-01-03', true]);
    expect(found.trial_limit).toEqual(['2027-02-28', undefined]);
  });
});

describe('规则引擎', () => {
  const nothing: EngineOfRecord = async () => undefined;
  const empty: EngineOfRecord = async () => new Set<string>();
  test.each([
    ['没有答复', nothing],
    ['一条都不命中', empty],
  ])('%s 时,凡需要规则的收案都交人工', async (_name, engine) => {
    for (const one of [filing(), criminal(), administrative(), enforcement()]) {
      const decision = await decideOne(one, docket(), { engine });
      expect(decision.status).toBe('needs_review');
      expect(decision.owner).toEqual({ judge: null, method: 'none' });
    }
  });
  test('每份决定都带规则、参数、日历的摘要', async () => {
    const decision = await decideOne(filing(), docket());
    expect(decision.rules.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(decision.rules.calendar).toContain(lawbook.calendar.version);
  });
});

describe('极端输入', () => {
  test('两千名当事人下落都不知道,也在可控的时间内有结果', async () => {
    const defendants = Array.from({ length: 1999 }, (_, index) =>
      person('defendant', `被告${index}`, undefined, { whereabouts: null, foreign: null }),
    );
    const parties = [person('plaintiff', '甲一', 101, { whereabouts: null }), ...defendants];
    expect(await decideOne(filing({ parties }), docket())).toMatchObject({ status: 'assigned', procedure: 'ordinary' });
    const many = { 'small_claims.mandatory_max': 40000, 'small_claims.agreed_max': 160000, numerous_parties: 5000 };
    expect(questionsOf(await decideOne(filing({ parties }), docket([], { parameters: many })))).toHaveLength(3999);
  });
  test('系列窗口设为零日:没有系列,不会停不下来', async () => {
    const parameters = {
      'small_claims.mandatory_max': 40000,
      'small_claims.agreed_max': 160000,
      'series.window_days': 0,
    };
    const decision = await decideOne(
      filing(),
      docket([earlier({ closure: 'completed', filedOn: '2026-03-09' })], { parameters }),
    );
    expect(decision.owner?.method).toBe('random');
  });
});

describe('收案有误', () => {
  test('格式错误不掩盖其他错误:每一处都报', async () => {
    const one = filing({
      amount: '1,000',
      cause: '没有这个案由',
      receivedOn: '2026-02-30',
      court: '川0000',
      citedCases: ['乱写的案号'],
      parties: [
        person('plaintiff', '甲一', undefined, { idNumber: '511527197506150010' }),
        company('defendant', '某公司', '91350211M000100Y43'),
      ],
    });
    const decision = await decideOne(one, docket());
    expect(decision.errors?.map(({ path }) => path).sort()).toEqual([
      '/amount',
      '/cause',
      '/citedCases/0',
      '/court',
      '/parties/0/idNumber',
      '/parties/1/uscc',
      '/receivedOn',
    ]);
  });
  test('刑事罪名不是民事案由', async () => {
    expect((await decideOne(filing({ cause: '盗窃罪' }), docket())).errors?.map(({ path }) => path)).toEqual([
      '/cause',
    ]);
  });
  test('--on 早于收案日期不是错误', async () => {
    expect((await decideOne(filing(), docket(), { on: '2026-03-01' })).status).toBe('assigned');
  });
  test('拒收的一件写明它那一天的规则', async () => {
    expect((await decideOne(filing({ amount: 'x' }), docket())).rules.version).toContain('2026-03-09');
  });
});
