import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocketCase } from '../../../src/core/documents/docket.js';
import type { Filing, Party } from '../../../src/core/documents/filing.js';
import { findCandidates } from '../../../src/core/related/candidates.js';
import { DocketIndex } from '../../../src/core/related/docket-index.js';
import { viewFiling } from '../../../src/core/related/filing-view.js';
import { heldInSeries, pairFacts } from '../../../src/core/related/pair-facts.js';
import { sameParty } from '../../../src/core/related/party-key.js';
import { newestOf } from '../../../src/core/related/series.js';
import { aCase, aFiling, day, firm, idOf, indexOf, pairsOf, person, reader, seriesBySweep } from './world.js';

const names = fc.constantFrom('李伟', '王芳', '张伟', '刘洋');
const id = fc.option(fc.integer({ min: 1, max: 4 }));
const partyOf = (roles: readonly Party['role'][]) =>
  fc
    .record({ role: fc.constantFrom(...roles), name: names, id, firm: fc.boolean(), former: fc.option(names) })
    .map(({ role, name, id: serial, firm: isFirm, former }) => {
      const who = former === null ? {} : { formerNames: [isFirm ? `${former}有限公司` : former] };
      if (isFirm) return firm(role, `${name}有限公司`, who);
      return person(role, name, serial === null ? who : { ...who, idNumber: idOf(serial) });
    });

const TRIAL = ['plaintiff', 'defendant', 'third_party'] as const;
const ENFORCEMENT = ['creditor', 'debtor'] as const;
const content = fc
  .record({
    enforcement: fc.boolean(),
    cause: fc.constantFrom('民间借贷纠纷', '买卖合同纠纷'),
    filedOn: fc.integer({ min: 0, max: 25 }),
    closed: fc.boolean(),
    court: fc.constantFrom('川1527', '川1527', '川1527', '川1528'),
    modelCase: fc.boolean(),
    origin: fc.option(fc.integer({ min: 1, max: 12 })),
    weight: fc.constantFrom(0.1, 0.2, 0.3, 1),
  })
  .chain((made) =>
    fc
      .array(partyOf(made.enforcement ? ENFORCEMENT : TRIAL), { minLength: 1, maxLength: 4 })
      .map((parties) => ({ ...made, parties })),
  );

const docket = fc.array(content, { maxLength: 14 }).map((contents) =>
  contents.map(({ enforcement, filedOn, closed, court, origin, ...rest }, place) =>
    aCase(0, {
      ...rest,
      caseNo: `（2026）${court}${enforcement ? '执' : '民初'}${place + 1}号`,
      matter: enforcement ? 'enforcement' : 'civil',
      filedOn: day(filedOn),
      judge: `M${place % 3}`,
      ...(closed ? { closedOn: day(filedOn + 1), closure: 'judgment' } : {}),
      ...(enforcement ? { instrument: { caseNo: '（2025）川1527民初9号' } } : {}),
      ...(origin === null ? {} : { originCaseNo: `（2026）川1527民初${origin}号` }),
    }),
  ),
);
const filing = content.map(({ enforcement, cause, filedOn, parties }) =>
  aFiling({
    matter: enforcement ? 'enforcement' : 'civil',
    stage: enforcement ? 'enforcement' : 'first_instance',
    cause,
    receivedOn: day(filedOn),
    parties,
    citedCases: ['（2026）川1527民初2-3号'],
    ...(enforcement ? { instrument: { caseNo: '（2025）川1527民初9号' } } : {}),
  }),
);

/** Everything that a filing is told about a docket. */
function told(index: DocketIndex, of: Filing) {
  const view = viewFiling(index, of, { windowDays: 7 });
  const { cases, truncated } = findCandidates(index, view);
  return {
    truncated,
    loads: new Map([...index.openLoads()].sort()),
    pairs: cases.map((each) => {
      const { series, ...pair } = pairFacts(view, each);
      return { ...pair, held: heldInSeries({ series }, 'M1') };
    }),
  };
}
const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });

describe('案件库索引的性质', () => {
  it('does not depend on the order of cases, nor on the order of their parties', () => {
    fc.assert(
      fc.property(
        docket.chain((cases) => fc.tuple(fc.constant(cases), shuffled(cases))),
        filing,
        ([cases, mixed], of) => {
          const turned = mixed.map((each) => ({ ...each, parties: each.parties.toReversed() }));
          const same = told(new DocketIndex(mixed, reader), of);
          expect(same).toEqual(told(new DocketIndex(cases, reader), of));
          const facts = ({ pairs }: ReturnType<typeof told>) =>
            pairs.map((pair) => [pair.earlier.caseNo, pair.facts, pair.held]);
          expect(facts(told(new DocketIndex(turned, reader), of))).toEqual(facts(same));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('one by one, in any order, is the same as at once', () => {
    fc.assert(
      fc.property(
        docket.chain((cases) => fc.tuple(fc.constant(cases), shuffled(cases))),
        filing,
        ([cases, mixed], of) => {
          const index = new DocketIndex([], reader);
          for (const each of mixed) index.add(each, false);
          expect(told(index, of)).toEqual(told(new DocketIndex(cases, reader), of));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('an unrelated case changes nothing', () => {
    const unrelated = aCase(999, {
      cause: '继承纠纷',
      judge: 'M1',
      closedOn: day(1),
      closure: 'judgment',
      parties: [person('plaintiff', '无关人甲', { idNumber: idOf(900) }), person('defendant', '无关人乙')],
    });
    fc.assert(
      fc.property(docket, filing, (cases, of) => {
        expect(told(new DocketIndex([...cases, unrelated], reader), of)).toEqual(
          told(new DocketIndex(cases, reader), of),
        );
      }),
    );
  });

  it('finds every case that a comparison with all of them would not let go', () => {
    fc.assert(
      fc.property(docket, filing, (cases, of) => {
        const index = new DocketIndex(cases, reader);
        const view = viewFiling(index, of, { windowDays: 7 });
        const found = new Set(findCandidates(index, view).cases);
        for (const { caseNo, filedOn } of cases) {
          const [earlier] = index.casesNamed(caseNo);
          if (earlier === undefined) throw new Error(caseNo);
          if (filedOn > of.receivedOn) {
            expect(found.has(earlier)).toBe(false);
            continue;
          }
          const { facts } = pairFacts(view, earlier);
          const { sidesSame, sidesSwapped, instrumentSame, earlierCited, seriesDay } = facts;
          const openDebtor =
            of.matter === 'enforcement' && facts.debtorBasis !== 'none' && facts.earlierClosure === 'open';
          const model = facts.earlierModelCase && facts.sameSideBasis !== 'none' && facts.causeSame;
          if (sidesSame || sidesSwapped || instrumentSame || earlierCited || seriesDay > 0 || openDebtor || model) {
            expect(found.has(earlier)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a party’s series is what a sweep over all cases of the same party, cause and court gives', () => {
    fc.assert(
      fc.property(docket, filing, fc.integer({ min: 1, max: 9 }), (cases, of, windowDays) => {
        const index = new DocketIndex(cases, reader);
        const view = viewFiling(index, of, { windowDays });
        const all = cases.flatMap(({ caseNo }) => index.casesNamed(caseNo));
        const enforcement = of.matter === 'enforcement';
        const parties = enforcement ? view.debtors.parties : [...view.sides.a.parties, ...view.sides.b.parties];
        const expected = parties.flatMap((party) =>
          [true, false].map((sameCourt) => {
            const alike = all.filter(
              (each) =>
                each.sameCourt === sameCourt &&
                each.matter === of.matter &&
                (enforcement || each.cause?.name === view.cause.name) &&
                each.parties.some((other) => other.side === party.side && sameParty(party, other) !== undefined),
            );
            return seriesBySweep(alike, view.day, windowDays);
          }),
        );
        expect(view.series.map(({ series }) => newestOf(series))).toEqual(
          expected.filter((each) => each !== undefined),
        );
        expect(view.series.map(({ series }) => series.size)).toEqual(
          expected.filter((each) => each !== undefined).map((each) => each.length),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('案件库索引', () => {
  const parties = [
    person('plaintiff', '王建国', { idNumber: idOf(1) }),
    person('defendant', '李志强', { idNumber: idOf(2) }),
  ];

  it('本批已分出的案件以收案号出现，本件自己从不出现', () => {
    const index = indexOf();
    index.add({ ...aCase(1, { parties, filedOn: day(8) }), caseNo: '2026-0001' });
    const second = { ...aFiling({ parties }), id: '2026-0002' };
    expect([...pairsOf(index, second).keys()]).toEqual(['2026-0001']);
    expect(pairsOf(index, second).get('2026-0001')?.facts).toMatchObject({
      sameCourt: true,
      sidesSame: true,
      seriesDay: 1,
      seriesSize: 2,
    });
    expect(pairsOf(index, aFiling({ parties }))).toEqual(new Map());
  });

  it('本件已在库时，系列不把它算进去', () => {
    const index = indexOf(aCase(1, { parties, filedOn: day(6) }));
    index.add({ ...aCase(2, { parties, filedOn: day(8) }), caseNo: '2026-0001' });
    expect(pairsOf(index, aFiling({ parties })).get('（2026）川1527民初1号')?.facts).toMatchObject({
      seriesDay: 3,
      seriesSize: 2,
    });
  });

  it('引用的案号范围逐件展开，一件登记为范围的案件每个号都能找到', () => {
    const index = indexOf(aCase(3), aCase(5), aCase(0, { caseNo: '（2026）川1527民初14716-14736号' }));
    const cited = (text: string) => [...pairsOf(index, aFiling({ citedCases: [text] })).keys()];
    expect(cited('（2026）川1527民初1至4号')).toEqual(['（2026）川1527民初3号']);
    expect(cited('（2026）川1527民初14720号')).toEqual(['（2026）川1527民初14716-14736号']);
  });

  it('承办人：结案时的最后一名承办人，未结的是现承办人', () => {
    const handlers = [
      { judge: 'M1', from: day(0), to: day(4) },
      { judge: 'M2', from: day(4), to: day(20) },
      { judge: 'M3', from: day(20) },
    ];
    const owner = (over: Partial<DocketCase>) =>
      indexOf(aCase(1, { judge: 'M3', handlers, panel: ['M9', 'M1'], ...over })).casesNamed('（2026）川1527民初1号')[0];
    expect(owner({ closedOn: day(10), closure: 'judgment' })?.owner).toBe('M2');
    expect(owner({})?.owner).toBe('M3');
    expect(owner({})?.participants).toEqual(['M3', 'M9', 'M1', 'M2']);
    expect(owner({ closedOn: day(10) })?.closure).toBe('terminated');
  });

  it('在办工作量：本院未结案件的权重之和', () => {
    const index = indexOf(
      aCase(1, { judge: 'M1', weight: 0.1 }),
      aCase(2, { judge: 'M1', weight: 0.2 }),
      aCase(3, { judge: 'M1', closure: 'judgment', closedOn: day(1) }),
      aCase(4, { judge: 'M2' }),
      aCase(5, { judge: 'M2', caseNo: '（2026）川1528民初5号' }),
    );
    expect(index.openLoads()).toEqual(
      new Map([
        ['M1', 0.3],
        ['M2', 1],
      ]),
    );
  });

  it('校验位不对的号码计数', () => {
    expect(
      indexOf(aCase(1, { parties: [person('plaintiff', '甲一', { idNumber: '511527197506150016' })] })).weakNumbers,
    ).toBe(1);
  });

  it('二审的案件不混进一审的系列', () => {
    const hub = (role: Party['role']) => firm(role, '筠连安居物业服务有限公司');
    const index = indexOf(aCase(1, { caseNo: '（2026）川1527民终1号', parties: [hub('appellant')], filedOn: day(7) }));
    expect(viewFiling(index, aFiling({ parties: [hub('plaintiff')] }), { windowDays: 7 }).series).toEqual([]);
  });
});

describe('截断', () => {
  const hub = firm('plaintiff', '筠连安居物业服务有限公司', { uscc: '91511527011122230T' });

  it('系列只给首案和最近二十件，并说明共有多少', () => {
    const index = indexOf(
      ...Array.from({ length: 300 }, (_, place) =>
        aCase(place + 1, { filedOn: day(2 + (place % 5)), parties: [hub, person('defendant', '业主')] }),
      ),
    );
    const view = viewFiling(index, aFiling({ receivedOn: day(8), parties: [hub] }), { windowDays: 7 });
    const { cases, truncated } = findCandidates(index, view);
    expect(cases.length).toBe(21);
    expect(truncated).toEqual([{ key: 'series', total: 300 }]);
    const first = cases[0];
    // Code-point order: 0 comes before 号.
    expect(first?.caseNo).toBe('（2026）川1527民初101号');
    expect(first && pairFacts(view, first).facts).toMatchObject({ seriesDay: 7, seriesSize: 301 });
    expect(first && heldInSeries(pairFacts(view, first), 'M1')).toBe(300);
  });

  it('被执行人未结案件给最早的一件和最近二十件', () => {
    const debtor = firm('debtor', '筠连建设有限公司');
    const index = indexOf(
      ...Array.from({ length: 60 }, (_, place) =>
        aCase(0, {
          caseNo: `（2025）川1527执${place + 1}号`,
          matter: 'enforcement',
          filedOn: day(-400 + place),
          parties: [debtor],
        }),
      ),
    );
    const enforcement = aFiling({ matter: 'enforcement', stage: 'enforcement', parties: [debtor] });
    const { cases, truncated } = findCandidates(index, viewFiling(index, enforcement, { windowDays: 7 }));
    expect(cases.map(({ caseNo }) => caseNo).slice(0, 2)).toEqual(['（2025）川1527执1号', '（2025）川1527执41号']);
    expect(truncated).toEqual([{ key: 'open_debtor', total: 60 }]);
  });

  it('每侧当事人超过五十人时说明只看了一部分，仍能找到相同的两造', () => {
    const crowd = (role: Party['role'], from: number) =>
      Array.from({ length: 60 }, (_, place) =>
        person(role, `当事人${'一二三四五六七八九十'[place % 10]}`, { idNumber: idOf(from + place) }),
      );
    const parties = [...crowd('plaintiff', 1), ...crowd('defendant', 101)];
    const index = indexOf(aCase(1, { parties }));
    expect(index.truncatedPairs).toBe(1);
    const view = viewFiling(index, aFiling({ parties: parties.toReversed() }), { windowDays: 7 });
    const { cases, truncated } = findCandidates(index, view);
    expect(truncated).toEqual([{ key: 'pair', total: 60 }]);
    expect(cases[0] && pairFacts(view, cases[0]).facts).toMatchObject({ sidesSame: true, sidesBasis: 'number' });
  });
});
