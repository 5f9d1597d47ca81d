import { describe, expect, test } from 'vitest';
import {
  alteredLawbook,
  barredOf,
  company,
  decideOne,
  docket,
  dueOf,
  earlier,
  enforcement,
  filing,
  JUDGES,
  judge,
  linksOf,
  person,
  route,
} from '../../support/court.js';

const owner = async (one: Record<string, unknown>, cases: readonly Record<string, unknown>[], more = {}) =>
  (await decideOne(one, docket(cases, more))).owner;

const firstTrial = { judge: 'M1', method: 'first_trial', linkedCase: '（2025）川1527民初88号' };

describe('首审:程序审理后再次起诉', () => {
  test.each(['withdrawn', 'deemed_withdrawn', 'dismissed', 'rejected'])(
    '前案 %s 后再次起诉,归原承办人',
    async (closure) => {
      expect(await owner(filing(), [earlier({ closure })])).toEqual({ ...firstTrial, link: 'refiled' });
    },
  );
  test('两造互换不是再次起诉', async () => {
    const parties = [person('plaintiff', '乙二', 102), person('defendant', '甲一', 101)];
    const decision = await decideOne(filing({ parties }), docket([earlier({ closure: 'withdrawn' })]));
    expect(decision.owner?.method).toBe('random');
  });
  test('案由不同不是再次起诉', async () => {
    expect((await owner(filing({ cause: '买卖合同纠纷' }), [earlier({ closure: 'withdrawn' })]))?.method).toBe(
      'random',
    );
  });
  test('多了一名原告就不是两造相同', async () => {
    const parties = [
      person('plaintiff', '甲一', 101),
      person('plaintiff', '丙三', 103),
      person('defendant', '乙二', 102),
    ];
    expect((await owner(filing({ parties }), [earlier({ closure: 'withdrawn' })]))?.method).toBe('random');
  });
  test('代理人、第三人不影响两造相同', async () => {
    const parties = [
      person('plaintiff', '甲一', 101),
      person('defendant', '乙二', 102),
      person('third_party', '丁四', 104),
      person('agent', '戊五', 105, { represents: '甲一' }),
    ];
    expect(await owner(filing({ parties }), [earlier({ closure: 'withdrawn' })])).toEqual({
      ...firstTrial,
      link: 'refiled',
    });
  });
  test('号码冲突否定姓名相同', async () => {
    const parties = [person('plaintiff', '甲一', 101), person('defendant', '乙二', 202)];
    expect(linksOf(await decideOne(filing({ parties }), docket([earlier({ closure: 'withdrawn' })])))).toEqual([]);
  });
  test('一侧号码一致、一侧只有姓名,仍然成立', async () => {
    const parties = [person('plaintiff', '甲一', 101), person('defendant', '乙二')];
    expect((await owner(filing({ parties }), [earlier({ closure: 'withdrawn' })]))?.method).toBe('first_trial');
  });
  test('两侧都只有姓名:交人工核对,写明前案;标的额分毫不差时不用', async () => {
    const parties = [person('plaintiff', '甲一'), person('defendant', '乙二')];
    const before = earlier({ closure: 'withdrawn', parties });
    const review = await decideOne(filing({ parties, amount: '30000.00' }), docket([before]));
    expect(review.status).toBe('needs_review');
    expect(review.reasons?.some(({ text }) => text.includes('（2025）川1527民初88号') && text.includes('名称'))).toBe(
      true,
    );
    expect((await decideOne(filing({ parties }), docket([before]))).owner?.method).toBe('first_trial');
  });
  test('两侧都只有姓名而标的额未填:问标的额', async () => {
    const parties = [person('plaintiff', '甲一'), person('defendant', '乙二')];
    const before = earlier({ closure: 'withdrawn', parties });
    const facts = { ...(filing().facts as object), monetaryClaim: false };
    const decision = await decideOne(filing({ parties, amount: null, facts }), docket([before]));
    expect(decision.status).toBe('needs_review');
    expect(decision.questions?.map(({ fact }) => fact)).toEqual(['/amount']);
  });
});

describe('首审:实体审理后衍生', () => {
  test('写明案号且有共同当事人', async () => {
    const parties = [person('plaintiff', '丙三', 103), person('defendant', '乙二', 102)];
    const one = filing({ cause: '追偿权纠纷', parties, citedCases: ['(2025)川1527民初88号'] });
    expect(await owner(one, [earlier()])).toEqual({ ...firstTrial, link: 'derived' });
  });
  test('写明案号但没有共同当事人,不成立', async () => {
    const parties = [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)];
    expect((await owner(filing({ parties, citedCases: ['（2025）川1527民初88号'] }), [earlier()]))?.method).toBe(
      'random',
    );
  });
  test('两造互换、二级案由相同', async () => {
    const parties = [person('plaintiff', '乙二', 102), person('defendant', '甲一', 101)];
    expect(await owner(filing({ cause: '买卖合同纠纷', parties }), [earlier()])).toEqual({
      ...firstTrial,
      link: 'derived',
    });
  });
  test('二级案由不同,不成立', async () => {
    expect((await owner(filing({ cause: '姓名权纠纷' }), [earlier()]))?.method).toBe('random');
  });
  test('前案未结,不成立', async () => {
    expect((await owner(filing({ cause: '买卖合同纠纷' }), [earlier({ closure: null, closedOn: null })]))?.method).toBe(
      'random',
    );
  });
});

describe('首审:示范审理、反诉', () => {
  test('同侧有同一当事人、案由相同、前案为示范案件', async () => {
    const parties = [person('plaintiff', '丙三', 103), person('defendant', '乙二', 102)];
    const model = earlier({ modelCase: true });
    expect(await owner(filing({ parties }), [model])).toEqual({ ...firstTrial, link: 'model_case' });
  });
  test('只有一侧自然人姓名相同,不成立', async () => {
    const parties = [person('plaintiff', '丙三', 103), person('defendant', '乙二')];
    expect(linksOf(await decideOne(filing({ parties }), docket([earlier({ modelCase: true })])))).toEqual([]);
  });
  test('一侧单位全称相同,成立', async () => {
    const before = earlier({
      modelCase: true,
      parties: [person('plaintiff', '甲一', 101), company('defendant', '筠连青禾茶业有限公司')],
    });
    const parties = [
      person('plaintiff', '丙三', 103),
      company('defendant', '筠连青禾茶业有限责任公司', '91511527076543212B'),
    ];
    expect((await owner(filing({ parties }), [before]))?.link).toBe('model_case');
  });
  test('反诉归尚未审结的本诉承办人', async () => {
    const parties = [person('plaintiff', '乙二', 102), person('defendant', '甲一', 101)];
    const one = filing({ parties, origin: { relation: 'counterclaim', caseNo: '（2025）川1527民初88号' } });
    const open = earlier({ closure: null, closedOn: null });
    expect(await owner(one, [open])).toEqual({ ...firstTrial, link: 'counterclaim' });
    const decision = await decideOne(one, docket([open]));
    expect(decision.procedure).toBe('summary');
  });
});

describe('多个前案', () => {
  test('先看关联强弱,再看立案先后', async () => {
    const cases = [
      earlier({ caseNo: '（2025）川1527民初90号', filedOn: '2025-08-01', closure: 'withdrawn', judge: 'M3' }),
      earlier({ caseNo: '（2025）川1527民初89号', filedOn: '2025-07-01', closure: 'withdrawn', judge: 'M2' }),
      earlier({ caseNo: '（2025）川1527民初10号', filedOn: '2025-01-01', closure: 'judgment', judge: 'M4' }),
    ];
    expect(await owner(filing(), cases)).toEqual({
      judge: 'M2',
      method: 'first_trial',
      linkedCase: '（2025）川1527民初89号',
      link: 'refiled',
    });
  });
  test('先前承办人不能续办时不再找第二个关联', async () => {
    const cases = [
      earlier({ filedOn: '2025-01-01', closure: 'withdrawn', judge: 'M3' }),
      earlier({ caseNo: '（2025）川1527民初89号', filedOn: '2025-07-01', closure: 'withdrawn', judge: 'M2' }),
    ];
    const judges = JUDGES.map((each) => (each.id === 'M3' ? { ...each, leftOn: '2026-01-01' } : each));
    const decision = await decideOne(filing(), docket(cases, { judges }));
    expect(decision.owner?.method).toBe('random');
    expect(decision.reasons?.some(({ text }) => text.includes('M3') && text.includes('离任'))).toBe(true);
    expect(dueOf(decision)).toHaveProperty('first_trial_diversion', '2026-03-24');
  });
  test('承办人变更过的案件,归结案时的承办人', async () => {
    const handlers = [
      { judge: 'M3', from: '2025-06-02', to: '2025-06-20' },
      { judge: 'M2', from: '2025-06-20', to: '2025-08-01' },
      { judge: 'M4', from: '2025-08-01' },
    ];
    expect((await owner(filing(), [earlier({ closure: 'withdrawn', judge: 'M4', handlers })]))?.judge).toBe('M2');
  });
  test('他院案件只作背景', async () => {
    const decision = await decideOne(
      filing(),
      docket([earlier({ caseNo: '（2025）川1502民初88号', closure: 'withdrawn' })]),
    );
    expect(linksOf(decision)).toEqual(['refiled']);
    expect(decision.owner?.method).toBe('random');
    expect(dueOf(decision)).not.toHaveProperty('first_trial_diversion');
  });
  test('本批前面的案件对后面可见,案号用登记号', async () => {
    const parties = [person('plaintiff', '乙二', 102), person('defendant', '甲一', 101)];
    const [first, second] = await route(
      [filing(), filing({ id: 'F2', parties, origin: { relation: 'counterclaim', caseNo: '（2025）川1527民初88号' } })],
      docket(),
    );
    expect(first?.status).toBe('assigned');
    expect(second?.status).toBe('assigned');
    const same = await route([filing(), filing({ id: 'F3', amount: '21000.00' })], docket());
    expect(same[1]?.owner).toMatchObject({ method: 'series', linkedCase: 'F1', link: 'series' });
    expect(same[1]?.owner?.judge).toBe(same[0]?.owner?.judge);
  });
});

describe('先前承办人缺席', () => {
  const absent = (from: string, to: string | null) =>
    docket([earlier({ closure: 'withdrawn' })], {
      judges: JUDGES.map((each) => (each.id === 'M1' ? { ...each, absences: [{ from, to, reason: 'sick' }] } : each)),
    });
  test.each([
    ['2026-03-01', '2026-04-07', 'first_trial'],
    ['2026-03-01', '2026-04-08', 'random'],
    ['2026-03-10', '2026-12-31', 'first_trial'],
    ['2026-03-09', null, 'random'],
    ['2026-01-01', '2026-03-08', 'first_trial'],
  ])('缺席 %s 至 %s', async (from, to, method) => {
    expect((await decideOne(filing(), absent(from, to))).owner?.method).toBe(method);
  });
});

describe('系列案件', () => {
  const suit = (id: string, sequence: number, receivedOn: string) =>
    filing({ id, receivedOn, parties: [person('plaintiff', `原告${id}`, sequence), person('defendant', '乙二', 102)] });
  test('首案当日起七日内的归首案承办人,第八日另起', async () => {
    const decisions = await route(
      [
        suit('A', 301, '2026-03-02'),
        suit('B', 302, '2026-03-02'),
        suit('C', 303, '2026-03-08'),
        suit('D', 304, '2026-03-09'),
      ],
      docket(),
    );
    const [a, b, c, d] = decisions;
    expect(a?.owner?.method).toBe('random');
    expect(b?.owner).toMatchObject({ method: 'series', linkedCase: 'A', judge: a?.owner?.judge });
    expect(c?.owner).toMatchObject({ method: 'series', linkedCase: 'A' });
    expect(d?.owner?.method).toBe('random');
  });
  test('每人上限:首案计入,到上限改为随机', async () => {
    const filings = Array.from({ length: 5 }, (_, index) => suit(`S${index}`, 310 + index, '2026-03-02'));
    const parameters = {
      'small_claims.mandatory_max': 40000,
      'small_claims.agreed_max': 160000,
      'series.max_per_judge': 3,
    };
    const decisions = await route(filings, docket([], { parameters }));
    expect(decisions.map(({ owner: found }) => found?.method)).toEqual([
      'random',
      'series',
      'series',
      'random',
      'random',
    ]);
    expect(decisions[3]?.reasons?.some(({ text }) => text.includes('上限3件'))).toBe(true);
  });
});

describe('首执', () => {
  const executed = (more = {}) =>
    earlier({
      caseNo: '（2025）川1527执300号',
      matter: 'enforcement',
      stage: 'enforcement',
      judge: 'Z2',
      instrument: { caseNo: '(2024)川1527民初512号', kind: 'judgment' },
      parties: [person('creditor', '甲一', 101), person('debtor', '乙二', 102)],
      closure: 'current_enforcement_terminated',
      ...more,
    });
  test.each(['application_withdrawn', 'settlement_terminated', 'current_enforcement_terminated'])(
    '前案 %s 后就同一执行依据再次申请',
    async (closure) => {
      expect(await owner(enforcement(), [executed({ closure })])).toMatchObject({
        judge: 'Z2',
        method: 'first_enforcement',
        link: 'same_instrument',
      });
    },
  );
  test('执行完毕后就同一执行依据再申请,不归首执', async () => {
    expect((await owner(enforcement(), [executed({ closure: 'completed' })]))?.method).toBe('random');
  });
  test('后续分期归前期承办人', async () => {
    const one = enforcement({ instrument: { caseNo: '（2024）川1527民初512号', kind: 'mediation', instalment: 2 } });
    const before = executed({ closure: 'completed', instrument: { caseNo: '（2024）川1527民初512号', instalment: 1 } });
    expect(await owner(one, [before])).toMatchObject({ method: 'first_enforcement', link: 'instalment', judge: 'Z2' });
  });
  test('同一被执行人有未结案件,集中承办', async () => {
    const one = enforcement({ instrument: { caseNo: '（2024）川1527民初777号', kind: 'judgment' } });
    expect(await owner(one, [executed({ closure: null, closedOn: null })])).toMatchObject({
      method: 'series',
      link: 'enforcement_series',
      judge: 'Z2',
    });
  });
  test('首执分流、征求意见自移回之日起,执行期限自收案之日起', async () => {
    const decision = await decideOne(enforcement({ initialMeasuresReturnedOn: '2026-03-18' }), docket([executed()]));
    expect(dueOf(decision)).toEqual({
      first_enforcement_diversion: '2026-03-20',
      enforcement_consultation: '2026-03-23',
      enforcement_limit: '2026-09-09',
    });
  });
});

describe('不得承办', () => {
  const remanded = (more = {}) =>
    filing({ origin: { relation: 'remanded', caseNo: '（2025）川1527民初88号' }, ...more });
  test('发回重审:原合议庭全体不得承办,合议', async () => {
    const decision = await decideOne(remanded(), docket([earlier({ panel: ['M2', 'M3'] })]));
    expect(barredOf(decision)).toEqual(['M1', 'M2', 'M3']);
    expect(decision).toMatchObject({
      status: 'assigned',
      procedure: 'ordinary',
      panel: 'collegial',
      owner: { judge: 'M4', method: 'random' },
    });
    expect(linksOf(decision)).toContain('remanded');
  });
  test('来源案件不在库:交人工', async () => {
    for (const relation of ['remanded', 'retrial']) {
      const decision = await decideOne(filing({ origin: { relation, caseNo: '（2025）川1527民初999号' } }), docket());
      expect(decision.status).toBe('needs_review');
    }
    const objection = enforcement({
      stage: 'enforcement_review',
      origin: { relation: 'enforcement_objection', caseNo: '（2025）川1527执999号' },
    });
    expect((await decideOne(objection, docket())).status).toBe('needs_review');
  });
  test('撤诉后再诉是新案,不排除原承办人', async () => {
    expect(barredOf(await decideOne(filing(), docket([earlier({ closure: 'withdrawn' })])))).toEqual([]);
  });
  test('执行案件承办人不得审查其执行异议', async () => {
    const executed = earlier({
      caseNo: '（2025）川1527执300号',
      matter: 'enforcement',
      stage: 'enforcement',
      judge: 'Z2',
      closure: null,
      closedOn: null,
    });
    const decision = await decideOne(
      enforcement({
        stage: 'enforcement_review',
        origin: { relation: 'enforcement_objection', caseNo: '（2025）川1527执300号' },
      }),
      docket([executed]),
    );
    expect(barredOf(decision)).toEqual(['Z2']);
    expect(decision).toMatchObject({ procedure: 'enforcement_review', panel: 'collegial', status: 'assigned' });
  });
  test('再审:沿来源链参与过任一程序的人都不得承办', async () => {
    const cases = [
      earlier({ caseNo: '（2024）川1527民初5号', judge: 'M1', filedOn: '2024-01-02', closedOn: '2024-03-01' }),
      earlier({
        caseNo: '（2024）川1527民初66号',
        judge: 'M2',
        originCaseNo: '（2024）川1527民初5号',
        filedOn: '2024-08-02',
        closedOn: '2024-10-01',
      }),
    ];
    const one = filing({ stage: 'retrial', origin: { relation: 'retrial', caseNo: '（2024）川1527民初66号' } });
    const decision = await decideOne(one, docket(cases));
    expect(barredOf(decision)).toEqual(['M1', 'M2']);
    expect(decision.panel).toBe('collegial');
  });
  test('哪种来源关系要回避由规则定:规则写上第三人撤销之诉,就查它的来源案件', async () => {
    const relations = '来源关系: [发回重审, 上诉]';
    const book = alteredLawbook(
      'national/bars/participation.yaml',
      relations,
      relations.replace('上诉', '上诉, 第三人撤销之诉'),
    );
    const one = filing({ origin: { relation: 'third_party_revocation', caseNo: '（2025）川1527民初88号' } });
    expect(barredOf(await decideOne(one, docket([earlier()])))).toEqual([]);
    expect(barredOf(await decideOne(one, docket([earlier()]), { lawbook: book }))).toEqual(['M1']);
  });
  test('发回重审后再次上诉,原二审审判人员不受限制', async () => {
    const cases = [
      earlier({ caseNo: '（2024）辽0502民初5号', judge: 'Q1', filedOn: '2024-01-02', closedOn: '2024-03-01' }),
      earlier({
        caseNo: '（2024）辽05民终7号',
        stage: 'second_instance',
        judge: 'P1',
        panel: ['P2'],
        closure: 'remanded',
        originCaseNo: '（2024）辽0502民初5号',
        filedOn: '2024-05-02',
        closedOn: '2024-07-01',
      }),
      earlier({
        caseNo: '（2024）辽0502民初90号',
        judge: 'P3',
        originCaseNo: '（2024）辽05民终7号',
        filedOn: '2024-08-02',
        closedOn: '2024-10-01',
      }),
    ];
    const court = docket(cases, {
      court: { code: '辽05', name: '本溪市中级人民法院', level: 'intermediate', province: '辽宁' },
      judges: ['P1', 'P2', 'P3', 'P4'].map((id) => judge(id)),
    });
    const parties = [person('appellant', '甲一', 101), person('appellee', '乙二', 102)];
    const one = filing({
      court: '辽05',
      stage: 'second_instance',
      parties,
      origin: { relation: 'appeal', caseNo: '（2024）辽0502民初90号' },
    });
    const decision = await decideOne(one, court);
    expect(barredOf(decision)).toEqual(['P3', 'Q1']);
    expect(decision).toMatchObject({ procedure: 'ordinary', panel: 'collegial', status: 'assigned' });
  });
  test('法定回避:号码一致、只有姓名一致都排除,后者写明', async () => {
    const judges = JUDGES.map((each) => {
      if (each.id === 'M1')
        return { ...each, relations: [{ kind: 'spouse', idNumber: person('x', 'x', 102).idNumber }] };
      if (each.id === 'M2') return { ...each, relations: [{ kind: 'sibling', name: '甲一' }] };
      return each;
    });
    const decision = await decideOne(filing(), docket([earlier({ closure: 'withdrawn' })], { judges }));
    expect(barredOf(decision)).toEqual(['M1', 'M2']);
    expect(decision.barred?.[1]?.text).toContain('仅名称一致');
    expect(decision.owner?.method).toBe('random');
    expect(['M1', 'M2']).not.toContain(decision.owner?.judge);
  });
  test('第三人撤销之诉、执行异议之诉由人决定', async () => {
    for (const relation of ['third_party_revocation', 'enforcement_objection_suit']) {
      const decision = await decideOne(
        filing({ origin: { relation, caseNo: '（2025）川1527民初88号' } }),
        docket([earlier()]),
      );
      expect(decision.status).toBe('needs_review');
      expect(decision.procedure).toBe('ordinary');
      expect(decision.panel).toBe(relation === 'third_party_revocation' ? 'collegial' : 'single');
      expect(linksOf(decision)).toContain(relation);
    }
  });
  test('疑似重复只提示,不影响分案', async () => {
    const claims = ['判令被告偿还借款 20000 元'];
    const decision = await decideOne(filing({ claims }), docket([earlier({ claims: ['判令被告偿还借款20000元。'] })]));
    expect(linksOf(decision)).toEqual(['derived', 'possible_duplicate']);
    expect(decision.status).toBe('assigned');
  });
});

describe('案号的写法', () => {
  test('案卷里半角括号的案号,决定里用官方写法', async () => {
    const decision = await decideOne(
      filing(),
      docket([earlier({ closure: 'withdrawn', caseNo: '(2025)川1527民初88号' })]),
    );
    expect(decision.owner?.linkedCase).toBe('（2025）川1527民初88号');
    expect(decision.links?.[0]?.caseNo).toBe('（2025）川1527民初88号');
  });
});

describe('同一当事人', () => {
  test('号码一致就是同一人,不管写成自然人还是单位', async () => {
    const parties = [
      company('plaintiff', '甲一商店', undefined, { idNumber: person('x', 'x', 101).idNumber }),
      person('defendant', '乙二', 102),
    ];
    expect((await owner(filing({ parties }), [earlier({ closure: 'withdrawn' })]))?.link).toBe('refiled');
  });
  test('两侧都只有名称的系列,一侧是单位也交人工核对', async () => {
    const parties = [company('plaintiff', '青禾茶业有限公司'), person('defendant', '乙二')];
    const before = earlier({ parties, filedOn: '2026-03-09', closedOn: null, closure: null });
    const decision = await decideOne(filing({ parties, amount: '1.00' }), docket([before]));
    expect(decision.status).toBe('needs_review');
    expect((await decideOne(filing({ parties }), docket([before]))).owner?.method).toBe('series');
  });
  test('他院案件仅凭名称,只作背景,不交人工', async () => {
    const parties = [person('plaintiff', '甲一'), person('defendant', '乙二')];
    const before = earlier({ parties, closure: 'withdrawn', caseNo: '（2025）川1502民初88号', amount: '1.00' });
    expect((await decideOne(filing({ parties }), docket([before]))).status).toBe('assigned');
  });
  test('同一判决的另一件执行案件,其承办人不因本件执行异议被排除', async () => {
    const executed = (caseNo: string, id: string) =>
      earlier({
        caseNo,
        matter: 'enforcement',
        stage: 'enforcement',
        judge: id,
        closure: null,
        closedOn: null,
        originCaseNo: '（2024）川1527民初512号',
      });
    const one = enforcement({
      stage: 'enforcement_review',
      origin: { relation: 'enforcement_objection', caseNo: '（2025）川1527执300号' },
    });
    const cases = [executed('（2025）川1527执300号', 'Z1'), executed('（2025）川1527执400号', 'Z2')];
    expect(barredOf(await decideOne(one, docket(cases)))).toEqual(['Z1']);
  });
  test('前案没有写期数,本次是第二期以后,算后续分期', async () => {
    const one = enforcement({ instrument: { caseNo: '（2024）川1527民初512号', kind: 'mediation', instalment: 2 } });
    const before = earlier({
      caseNo: '（2025）川1527执300号',
      matter: 'enforcement',
      stage: 'enforcement',
      judge: 'Z2',
      closure: 'completed',
      instrument: { caseNo: '（2024）川1527民初512号' },
    });
    expect((await owner(one, [before]))?.link).toBe('instalment');
  });
});
