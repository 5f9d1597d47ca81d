import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { DocketCase } from '../../../src/core/documents/docket.js';
import type { Filing, Party } from '../../../src/core/documents/filing.js';
import { addMonths } from '../../../src/core/kernel/plain-date.js';
import { viewFiling } from '../../../src/core/related/filing-view.js';
import { pairFacts } from '../../../src/core/related/pair-facts.js';
import { aCase, aFiling, day, factsOf, firm, idOf, indexOf, pairsOf, person } from './world.js';

const ID = { luo: '511527197506150074', he: '511527197506150066' };
const divorce = aCase(121, {
  caseNo: '（2025）川1527民初121号',
  cause: '离婚纠纷',
  filedOn: day(-200),
  closedOn: day(-160),
  closure: 'mediation',
  judge: 'M3',
  parties: [person('plaintiff', '何晓兰', { idNumber: ID.he }), person('defendant', '罗大勇', { idNumber: ID.luo })],
});
const afterDivorce = aFiling({
  cause: '离婚后财产纠纷',
  amount: '150000.00',
  parties: [person('plaintiff', '羅大勇', { idNumber: ID.luo }), person('defendant', '何曉蘭', { idNumber: ID.he })],
});
const INSTRUMENT = { caseNo: '（2024）川1527民初512号' };

describe('法官看得懂的例子', () => {
  it('罗大勇诉何晓兰离婚后财产纠纷：前案离婚，原被告互换，二级案由相同', () => {
    expect(factsOf(afterDivorce, divorce)).toMatchObject({
      earlierMatter: 'civil',
      earlierStage: 'first_instance',
      earlierClosure: 'mediation',
      sidesSame: false,
      sidesSwapped: true,
      sidesBasis: 'number',
      partyShared: true,
      sameSideBasis: 'none',
      causeSame: false,
      secondLevelCauseSame: true,
      amountSame: false,
      monthsSinceClosure: 6,
    });
  });

  it('撤诉后再诉：两造相同、案由相同、标的额一致', () => {
    const parties = [
      person('plaintiff', '王建国', { idNumber: idOf(1) }),
      person('defendant', '李志强', { idNumber: idOf(2) }),
    ];
    const earlier = aCase(88, { amount: '20000', closure: 'withdrawn', closedOn: day(0), parties });
    expect(factsOf(aFiling({ amount: '20000.00', parties }), earlier)).toMatchObject({
      sidesSame: true,
      sidesBasis: 'number',
      sameSideBasis: 'number',
      causeSame: true,
      secondLevelCauseSame: true,
      amountSame: true,
      seriesDay: 0,
      monthsSinceClosure: 1,
    });
  });

  it('双方都没有号码，只有姓名相同：双侧名称', () => {
    const parties = [person('plaintiff', '王建国'), person('defendant', '李志强')];
    expect(factsOf(aFiling({ parties }), aCase(1, { parties }))).toMatchObject({
      sidesSame: true,
      sidesBasis: 'names_both',
      sameSideBasis: 'names_both',
    });
  });

  it('只有原告姓名相同：仅个人姓名，两造不同', () => {
    const filing = aFiling({ parties: [person('plaintiff', '王建国'), person('defendant', '李志强')] });
    const earlier = aCase(1, { parties: [person('plaintiff', '王建国'), person('defendant', '赵四')] });
    expect(factsOf(filing, earlier)).toMatchObject({
      sidesSame: false,
      sidesBasis: 'none',
      sameSideBasis: 'person_name',
      partyShared: true,
    });
  });

  it('单位全称相同、一侧没有号码：单位名称', () => {
    const filing = aFiling({
      parties: [firm('plaintiff', '筠连安居物业服务有限公司', { uscc: '91511527011122230T' })],
    });
    const earlier = aCase(1, { parties: [firm('plaintiff', '筠連安居物業服務有限責任公司')] });
    expect(factsOf(filing, earlier).sameSideBasis).toBe('organisation_name');
  });

  it('共同原告少一人，两造就不同', () => {
    const [p, q, d] = [
      person('plaintiff', '甲一', { idNumber: idOf(1) }),
      person('plaintiff', '乙二', { idNumber: idOf(2) }),
      person('defendant', '丙三', { idNumber: idOf(3) }),
    ];
    expect(factsOf(aFiling({ parties: [p, q, d] }), aCase(1, { parties: [p, d] })).sidesSame).toBe(false);
    expect(factsOf(aFiling({ parties: [q, d, p] }), aCase(1, { parties: [p, d, q] })).sidesSame).toBe(true);
  });

  it('代理人、第三人相同不算有共同当事人', () => {
    const agent = person('agent', '钱律师事务', { idNumber: idOf(9) });
    const third = firm('third_party', '筠连担保有限公司');
    const filing = aFiling({ parties: [person('plaintiff', '甲一'), agent, third] });
    const earlier = aCase(1, { parties: [person('plaintiff', '乙二'), agent, third] });
    expect(factsOf(filing, earlier)).toMatchObject({ partyShared: false, sameSideBasis: 'none' });
  });

  it('所有刑事案件都有同一公诉机关：不算共同当事人', () => {
    const parties = (name: string) => [firm('prosecutor', '筠连县人民检察院'), person('accused', name)];
    const filing = aFiling({ matter: 'criminal', cause: '盗窃罪', parties: parties('甲一') });
    const earlier = aCase(1, {
      caseNo: '（2026）川1527刑初1号',
      matter: 'criminal',
      cause: '盗窃罪',
      parties: parties('乙二'),
    });
    expect(factsOf(filing, earlier)).toMatchObject({
      partyShared: false,
      sidesSame: false,
      causeSame: true,
      seriesDay: 0,
    });
  });

  it('同一执行依据，后续分期', () => {
    const parties = [
      person('creditor', '邓春梅', { idNumber: idOf(1) }),
      person('debtor', '曾有财', { idNumber: idOf(2) }),
    ];
    const earlier = aCase(300, {
      caseNo: '（2025）川1527执300号',
      matter: 'enforcement',
      instrument: { ...INSTRUMENT, instalment: 1 },
      parties,
    });
    const filing = (instalment?: number) =>
      aFiling({
        matter: 'enforcement',
        stage: 'enforcement',
        parties,
        instrument: { caseNo: '(2024)川1527民初512号', ...(instalment === undefined ? {} : { instalment }) },
      });
    expect(factsOf(filing(2), earlier)).toMatchObject({
      instrumentSame: true,
      laterInstalment: true,
      earlierStage: 'enforcement',
      debtorBasis: 'number',
    });
    expect(factsOf(filing(1), earlier).laterInstalment).toBe(false);
    expect(factsOf(filing(), earlier)).toMatchObject({ instrumentSame: true, laterInstalment: false });
  });

  it('被执行人只有姓名相同：申请执行人也相同才是双侧名称', () => {
    const earlier = aCase(1, {
      caseNo: '（2026）川1527执1号',
      matter: 'enforcement',
      parties: [person('creditor', '邓春梅'), person('debtor', '曾有财')],
    });
    const filing = (creditor: string) =>
      aFiling({
        matter: 'enforcement',
        stage: 'enforcement',
        parties: [person('creditor', creditor), person('debtor', '曾有财')],
      });
    expect(factsOf(filing('邓春梅'), earlier).debtorBasis).toBe('names_both');
    expect(factsOf(filing('别的人'), earlier).debtorBasis).toBe('person_name');
  });

  it('诉讼请求归一化后集合相同，小数点不丢', () => {
    const facts = (mine: string[], theirs: string[]) =>
      factsOf(aFiling({ claims: mine }), aCase(1, { claims: theirs })).claimsSame;
    expect(
      facts(['判令被告偿还借款1.5万元；', '诉讼费由被告承担。'], ['诉讼费由被告承担', '判令被告偿还借款１．５万元']),
    ).toBe(true);
    expect(facts(['偿还借款1.5万元'], ['偿还借款15万元'])).toBe(false);
    expect(facts([], [])).toBe(false);
    expect(facts(['。'], ['；'])).toBe(false);
  });

  it('收案标的额不知道而前案写明：标的额是否一致尚待回答', () => {
    const open = (amount: string | null, theirs: string | null) => {
      const index = indexOf(aCase(1, { amount: theirs }));
      const [earlier] = index.casesNamed('（2026）川1527民初1号');
      return earlier && pairFacts(viewFiling(index, aFiling({ amount }), { windowDays: 7 }), earlier).amountOpen;
    };
    expect(open(null, '100')).toBe(true);
    expect(open('5', '100')).toBe(false);
    expect(open(null, null)).toBe(false);
  });

  it('未知的案由只按名称比；没有二级案由的不算相同', () => {
    const facts = (mine: string, theirs: string) => factsOf(aFiling({ cause: mine }), aCase(1, { cause: theirs }));
    expect(facts('旧的某种纠纷', '旧的 某种纠纷')).toMatchObject({ causeSame: true, secondLevelCauseSame: false });
    expect(facts('合同、准合同纠纷', '合同、准合同纠纷').secondLevelCauseSame).toBe(false);
  });

  it('结案后第几月', () => {
    const months = (closedOn: string) =>
      factsOf(
        aFiling(),
        aCase(1, {
          filedOn: '2020-01-01' as DocketCase['filedOn'],
          closedOn: closedOn as DocketCase['filedOn'],
          closure: 'judgment',
        }),
      ).monthsSinceClosure;
    expect(months('2026-03-09')).toBe(1);
    expect(months('2026-02-09')).toBe(1);
    expect(months('2026-02-08')).toBe(2);
    expect(months('2026-03-10')).toBe(0);
    expect(months('2025-08-31')).toBe(7);
  });

  it('来源、引用、他院与审级', () => {
    const other = aCase(5, { caseNo: '（2025）川1528民终5号' });
    const filing = aFiling({
      citedCases: ['参见（2025）川1528民终4-6号'],
      origin: { relation: 'appeal', caseNo: '(2025)川1528民终5号' },
    });
    expect(factsOf(filing, other)).toMatchObject({
      earlierIsOrigin: true,
      earlierCited: true,
      sameCourt: false,
      earlierStage: 'second_instance',
    });
    expect(factsOf(aFiling(), aCase(1, { caseNo: '（2013）筠民初字第88号' })).sameCourt).toBe(true);
    expect(factsOf(aFiling(), aCase(1, { caseNo: '内部编号007' }))).toMatchObject({
      sameCourt: true,
      earlierStage: 'unknown',
    });
  });

  it('物业公司一周内的第三件', () => {
    const firmOf = firm('plaintiff', '筠连安居物业服务有限公司', { uscc: '91511527011122230T' });
    const one = (number: number, offset: number, plaintiff: Party = firmOf) =>
      aCase(number, {
        cause: '物业服务合同纠纷',
        filedOn: day(offset),
        parties: [plaintiff, person('defendant', `业主${'一二三四五六'[number]}`)],
      });
    const filing = aFiling({
      cause: '物业服务合同纠纷',
      receivedOn: day(6),
      parties: [firmOf, person('defendant', '魏东')],
    });
    const index = indexOf(one(1, 0, firm('plaintiff', '筠连安居物业服务有限公司')), one(2, 5), one(3, -1), one(4, 7));
    const pairs = pairsOf(index, filing);
    // The first case of 28 February opens the series; the filing of 7 March is on its eighth day and opens another.
    expect([...pairs.keys()]).toEqual([]);
    const joined = pairsOf(index, { ...filing, receivedOn: day(5) });
    expect([...joined.values()].map(({ facts }) => [facts.seriesDay, facts.seriesSize])).toEqual([
      [7, 4],
      [7, 4],
      [7, 4],
    ]);
  });
});

describe('事实的性质', () => {
  it('gives exactly the vocabulary’s facts', () => {
    const text = readFileSync(new URL('../../../rules/vocabulary/facts.yaml', import.meta.url), 'utf8');
    const facts = (parse(text) as { 事实: { 键: string; 组: string; 类型: string }[] }).事实.filter(
      ({ 组 }) => 组 === '前案',
    );
    const types = Object.fromEntries(
      facts.map(({ 键, 类型 }) => [键, 类型 === '是否' ? 'boolean' : 类型 === '整数' ? 'number' : 'string']),
    );
    expect(
      Object.fromEntries(Object.entries(factsOf(afterDivorce, divorce)).map(([key, value]) => [key, typeof value])),
    ).toEqual(types);
  });

  const names = fc.constantFrom('李伟', '王芳', '张伟', '刘洋');
  const parties = fc.array(
    fc
      .record({ a: fc.boolean(), name: names, id: fc.option(fc.integer({ min: 1, max: 4 })) })
      .map(({ a, name, id }) => person(a ? 'plaintiff' : 'defendant', name, id === null ? {} : { idNumber: idOf(id) })),
    { minLength: 1, maxLength: 5 },
  );
  const swap = (all: readonly Party[]) =>
    all.map((each) => ({ ...each, role: each.role === 'plaintiff' ? ('defendant' as const) : ('plaintiff' as const) }));
  const facts = (mine: readonly Party[], theirs: readonly Party[]) =>
    factsOf(aFiling({ parties: [...mine] }), aCase(1, { parties: [...theirs] }));

  it('两造互换是对称的，互换一方的地位后就是两造相同', () => {
    fc.assert(
      fc.property(parties, parties, (x, y) => {
        const { sidesSwapped, sidesSame, sidesBasis } = facts(x, y);
        expect(facts(y, x)).toMatchObject({ sidesSwapped, sidesSame, sidesBasis });
        expect(facts(swap(x), y)).toMatchObject({ sidesSwapped: sidesSame, sidesSame: sidesSwapped });
      }),
    );
  });

  it('does not depend on the order of parties', () => {
    fc.assert(
      fc.property(parties, parties, (x, y) => {
        expect(facts(x.toReversed(), y.toReversed())).toEqual(facts(x, y));
      }),
    );
  });

  it('没有号码的个人姓名，一侧相同最多是“个人姓名”', () => {
    fc.assert(
      fc.property(parties, parties, (x, y) => {
        const nameless = (all: readonly Party[], role: Party['role']) =>
          all.filter((each) => each.role === role).map(({ idNumber: _, ...each }) => each);
        expect(['none', 'person_name']).toContain(
          facts(
            [...nameless(x, 'plaintiff'), person('defendant', '孤一')],
            [...nameless(y, 'plaintiff'), person('defendant', '独二')],
          ).sameSideBasis,
        );
      }),
    );
  });

  it('全半角、繁简、15位与18位号码不改变任何事实', () => {
    const written = (filing: Filing): Filing => ({
      ...filing,
      parties: filing.parties.map((each) => ({
        ...each,
        name: each.name.replace('罗', '羅').replace('晓兰', '曉 蘭').replace('张', '張').replace('刘', '劉'),
        ...(each.idNumber === undefined
          ? {}
          : {
              idNumber: `${each.idNumber.slice(0, 6)}${each.idNumber.slice(8, 17)}`.replace(/\d/g, (d) =>
                String.fromCharCode(d.charCodeAt(0) + 0xfee0),
              ),
            }),
      })),
    });
    fc.assert(
      fc.property(parties, parties, (x, y) => {
        const filing = aFiling({ parties: x });
        expect(factsOf(written(filing), aCase(1, { parties: y }))).toEqual(factsOf(filing, aCase(1, { parties: y })));
      }),
    );
    expect(factsOf(written(afterDivorce), divorce)).toEqual(factsOf(afterDivorce, divorce));
  });

  it('monthsSinceClosure is the smallest month that reaches the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4000, max: 0 }), (offset) => {
        const closedOn = day(offset);
        const { monthsSinceClosure: m } = factsOf(
          aFiling(),
          aCase(1, { filedOn: closedOn, closedOn, closure: 'judgment' }),
        );
        expect(aFiling().receivedOn <= addMonths(closedOn, m)).toBe(true);
        expect(m === 1 || aFiling().receivedOn > addMonths(closedOn, m - 1)).toBe(true);
      }),
    );
  });
});
