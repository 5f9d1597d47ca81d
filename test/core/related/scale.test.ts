import { expect, it } from 'vitest';
import type { DocketCase } from '../../../src/core/documents/docket.js';
import type { Party } from '../../../src/core/documents/filing.js';
import { findCandidates } from '../../../src/core/related/candidates.js';
import { DocketIndex } from '../../../src/core/related/docket-index.js';
import { viewFiling } from '../../../src/core/related/filing-view.js';
import { pairFacts } from '../../../src/core/related/pair-facts.js';
import { aCase, aFiling, day, firm, idOf, person, reader } from './world.js';

const CASES = 100_000;
const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗';
const GIVEN = '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂';
const CAUSES = ['民间借贷纠纷', '买卖合同纠纷', '物业服务合同纠纷', '离婚纠纷'];

/** A linear congruential generator: the same docket on each run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

it('十万件的案件库建得起来、查得动（只打印用时）', () => {
  const pick = generator(1);
  const someone = (role: Party['role']): Party => {
    const serial = pick(90_000);
    const name = `${SURNAMES[serial % 20]}${GIVEN[serial % 24]}${GIVEN[serial % 23]}`;
    return person(role, name, pick(5) === 0 ? {} : { idNumber: idOf(serial) });
  };
  const hub = (role: Party['role']): Party =>
    firm(role, '筠连安居物业服务有限公司', pick(3) === 0 ? {} : { uscc: '91511527011122230T' });
  const base = aCase(1);
  const dates = Array.from({ length: 3650 }, (_, place) => day(place - 3650));
  const cases: DocketCase[] = Array.from({ length: CASES }, (_, place) => {
    const enforcement = pick(5) === 0;
    const [a, b] = enforcement ? (['creditor', 'debtor'] as const) : (['plaintiff', 'defendant'] as const);
    return {
      ...base,
      caseNo: `（2020）川1527${enforcement ? '执' : '民初'}${place + 1}号`,
      matter: enforcement ? 'enforcement' : 'civil',
      cause: CAUSES[pick(CAUSES.length)] ?? '',
      filedOn: dates[pick(dates.length)] ?? base.filedOn,
      judge: `M${pick(30)}`,
      parties: [pick(10) === 0 ? hub(a) : someone(a), pick(20) === 0 ? hub(b) : someone(b)],
    };
  });

  const begun = performance.now();
  const index = new DocketIndex(cases, reader);
  const built = performance.now();
  const filings = Array.from({ length: 1000 }, (_, place) => {
    const parties = [place % 2 === 0 ? hub('plaintiff') : someone('plaintiff'), someone('defendant')];
    return aFiling({ id: `F${place}`, cause: CAUSES[place % 4] ?? '', receivedOn: day(-place), parties });
  });
  const made = performance.now();
  let compared = 0;
  for (const filing of filings) {
    const view = viewFiling(index, filing, { windowDays: 7 });
    for (const earlier of findCandidates(index, view).cases) {
      expect(earlier.filedOn <= filing.receivedOn).toBe(true);
      pairFacts(view, earlier);
      compared++;
    }
  }
  const done = performance.now();
  console.log(
    `建库 ${(built - begun).toFixed(0)} 毫秒；每件收案 ${((done - made) / filings.length).toFixed(2)} 毫秒，平均比对 ${compared / filings.length} 件`,
  );
  expect(index.size).toBe(CASES);
  expect(compared).toBeGreaterThan(0);
});
