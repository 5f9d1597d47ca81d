import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Party } from '../../../src/core/documents/filing.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { normaliseOrganisationCode } from '../../../src/core/law/organisation-code.js';
import { equalSides, findIn, indexSide } from '../../../src/core/related/match.js';
import {
  filedUnder,
  type IdentifiedParty,
  identify,
  lookedUpBy,
  sameParty,
} from '../../../src/core/related/party-key.js';
import { firm, idOf, person } from './world.js';

const X_ID = '51152719750615012X';
const names = fc.constantFrom('李伟', '王芳', '張偉', '张伟', '刘洋', '李某');
const party: fc.Arbitrary<Party> = fc
  .record({ name: names, id: fc.option(fc.integer({ min: 1, max: 6 })), former: fc.option(names), b: fc.boolean() })
  .map(({ name, id, former, b }) =>
    person(b ? 'defendant' : 'plaintiff', name, {
      ...(id === null ? {} : { idNumber: idOf(id) }),
      ...(former === null ? {} : { formerNames: [former] }),
    }),
  );
const identified = party.map((each) => identify(each));
const known = (each: Party): IdentifiedParty => identify(each);

describe('同一当事人', () => {
  it('身份证号的15位与18位、全半角、大小写x是同一号码', () => {
    const key = identify(person('plaintiff', '蒋文', { idNumber: X_ID })).id;
    expect(key).toBe(X_ID);
    for (const text of [
      X_ID.toLowerCase(),
      '５１１５２７１９７５０６１５０１２Ｘ',
      ' 511527 19750615 012x ',
      '511527750615012',
    ]) {
      expect(identify(person('plaintiff', '蒋文', { idNumber: text })).id).toBe(key);
    }
  });

  it('统一社会信用代码与其中的组织机构代码是同一号码', () => {
    const last = (first: string) => {
      const found = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((each) => normaliseOrganisationCode(first + each).ok);
      return `${first}${found}`;
    };
    const digits = fc.integer({ min: 10_000_000, max: 99_999_999 });
    fc.assert(
      fc.property(digits, (number) => {
        const code9 = last(String(number));
        const uscc = last(`91511527${code9}`);
        const long = known(firm('plaintiff', '筠连青禾茶业有限公司', { uscc: uscc.toLowerCase() }));
        const short = known(firm('plaintiff', '改了名的公司', { uscc: `${code9.slice(0, 8)}-${code9.slice(8)}` }));
        expect([long.id, short.id]).toEqual([code9, code9]);
        expect(sameParty(long, short)).toBe('number');
      }),
    );
  });

  it('校验位不对的号码不是号码，并被计数', () => {
    let weak = 0;
    const bad = identify(
      person('plaintiff', '蒋文', { idNumber: '511527197506150120' }),
      plainDate('2026-03-10'),
      () => weak++,
    );
    expect(bad.id).toBeUndefined();
    expect(weak).toBe(1);
    expect(sameParty(bad, known(person('plaintiff', '蔣文', { idNumber: X_ID })))).toBe('name');
  });

  it('号码冲突，姓名再同也不是同一人', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 501, max: 999 }), (name, one, other) => {
        const [x, y] = [one, other].map((id) => known(person('plaintiff', name, { idNumber: idOf(id) })));
        expect(x && y && sameParty(x, y)).toBeUndefined();
        expect(x && y && findIn(indexSide([x]), y)).toBeUndefined();
      }),
    );
  });

  it('自然人与单位从不是同一当事人', () => {
    expect(sameParty(known(person('plaintiff', '华联')), known(firm('plaintiff', '华联')))).toBeUndefined();
  });

  it('曾用名相同也是名称相同', () => {
    const now = known(firm('defendant', '新名有限公司', { formerNames: ['旧名有限责任公司'] }));
    expect(sameParty(now, known(firm('defendant', '旧名有限公司')))).toBe('name');
  });

  it('公诉机关、第三人、代理人不在任何一侧', () => {
    for (const role of ['prosecutor', 'third_party', 'agent'] as const) {
      expect(known(firm(role, '筠连县人民检察院')).side).toBeUndefined();
    }
  });

  it('sameness is symmetric, and the keys find exactly those who are the same', () => {
    fc.assert(
      fc.property(identified, identified, (x, y) => {
        const same = sameParty(x, y);
        expect(sameParty(y, x)).toBe(same);
        const filed = filedUnder(y);
        expect(lookedUpBy(x).some((key) => filed.includes(key))).toBe(same !== undefined);
        const found = findIn(indexSide([y]), x);
        expect(found === undefined ? undefined : found === 'number' ? 'number' : 'name').toBe(same);
      }),
      { numRuns: 500 },
    );
  });
});

/** Who agrees by number is paired; for the others every assignment is tried. */
function equalByBruteForce(x: readonly IdentifiedParty[], y: readonly IdentifiedParty[]): boolean {
  const byNumber = (all: readonly IdentifiedParty[]) => (each: IdentifiedParty) =>
    !all.some((other) => sameParty(each, other) === 'number');
  const assign = (left: readonly IdentifiedParty[], right: readonly IdentifiedParty[]): boolean => {
    const [first, ...rest] = left;
    if (first === undefined) return right.length === 0;
    return right.some((each, place) => sameParty(first, each) !== undefined && assign(rest, right.toSpliced(place, 1)));
  };
  return assign(x.filter(byNumber(y)), y.filter(byNumber(x)));
}

describe('两侧相同', () => {
  // Without repeated numbers, which the sides join into one party.
  const side = fc.uniqueArray(identified, { maxLength: 5, selector: (each) => each.id ?? Symbol('none') });

  it('agrees with trying every assignment of those whom no number settles', () => {
    fc.assert(
      fc.property(side, side, (x, y) => {
        const equal = equalSides(indexSide(x), indexSide(y));
        expect(equal !== undefined).toBe(x.length > 0 && equalByBruteForce(x, y));
        expect(equalSides(indexSide(y), indexSide(x))).toBe(equal);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of parties', () => {
    fc.assert(
      fc.property(
        side.chain((x) => fc.tuple(fc.constant(x), fc.shuffledSubarray(x, { minLength: x.length }))),
        side,
        ([x, shuffled], y) => {
          expect(equalSides(indexSide(shuffled), indexSide(y))).toBe(equalSides(indexSide(x), indexSide(y)));
        },
      ),
    );
  });

  it('两千名同名同姓的当事人也能比对', () => {
    const crowd = (numbered: number) =>
      Array.from({ length: 2000 }, (_, serial) =>
        known(person('plaintiff', '李伟', serial < numbered ? { idNumber: idOf(serial + 1) } : {})),
      );
    expect(equalSides(indexSide(crowd(900)), indexSide(crowd(0)))).toBe('name');
    expect(equalSides(indexSide(crowd(900)), indexSide(crowd(500)))).toBe('number');
    expect(equalSides(indexSide(crowd(900)), indexSide(crowd(0).slice(1)))).toBeUndefined();
  });
});
