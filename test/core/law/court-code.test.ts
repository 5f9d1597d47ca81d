import { describe, expect, it } from 'vitest';
import { caseTypeOf, parseCaseTypes } from '../../../src/core/law/case-type.js';
import { buildCourtTable, courtByCode, parseCourtCode } from '../../../src/core/law/court-code.js';
import { csvRows } from './load.js';

const courts = buildCourtTable(csvRows('reference/courts.csv'));
const types = parseCaseTypes(csvRows('reference/case-types.csv'));

describe('法院代字', () => {
  it('every code of the table is well-formed and its form tells its level', () => {
    for (const { code, level } of courts.byCode.values()) {
      expect(parseCourtCode(code)).toEqual({ ok: true, value: { code, level } });
    }
  });

  it.each([
    ['川1527', '筠连县人民法院', 'basic', '四川'],
    ['豫1624', '沈丘县人民法院', 'basic', '河南'],
    ['吉0323', '伊通满族自治县人民法院', 'basic', '吉林'],
    ['川0112', '成都市龙泉驿区人民法院', 'basic', '四川'],
    ['辽05', '辽宁省本溪市中级人民法院', 'intermediate', '辽宁'],
    ['最高法', '最高人民法院', 'supreme', ''],
  ])('%s', (code, name, level, province) => {
    expect(courtByCode(courts, code)).toMatchObject({ code, name, level, province });
  });

  it('full-width digits and spaces make no difference', () => {
    expect(courtByCode(courts, ' 川１５２７')?.code).toBe('川1527');
  });

  it.each(['', '1527', '川152', '川15277', '天1527', '川1527法院'])('refuses `%s`', (text) => {
    expect(parseCourtCode(text)).toMatchObject({ ok: false, error: { message: expect.stringContaining('川1527') } });
  });

  it('refuses a table with a code twice, an unknown level or a missing column', () => {
    const row = { code: '川', name: '甲', level: 'high', province: '四川', derived: 'true' };
    expect(() => buildCourtTable([row, row])).toThrow(/twice/);
    expect(() => buildCourtTable([{ ...row, level: '高级' }])).toThrow(/level/);
    expect(() => buildCourtTable([{ code: '川' }])).toThrow(/column/);
  });
});

describe('类型代字', () => {
  it.each([
    ['民初', 'civil', 'first_instance'],
    ['民终', 'civil', 'second_instance'],
    ['民再', 'civil', 'retrial'],
    ['刑初', 'criminal', 'first_instance'],
    ['行终', 'administrative', 'second_instance'],
    ['执', 'enforcement', 'enforcement'],
    ['执恢', 'enforcement', 'enforcement'],
    ['执异', 'enforcement', 'enforcement_review'],
    ['执复', 'enforcement', 'enforcement_review'],
  ])('%s', (code, matter, stage) => {
    expect(caseTypeOf(types, code)).toMatchObject({ matter, stage });
  });

  it('what the code does not settle stays open', () => {
    expect(caseTypeOf(types, '诉前调确')).toMatchObject({ status: 'added' });
    for (const code of ['诉前调确', '民特', '司惩', '执保']) {
      expect(caseTypeOf(types, code)).not.toHaveProperty('matter');
      expect(caseTypeOf(types, code)).not.toHaveProperty('stage');
    }
    expect(caseTypeOf(types, '民一终')).toBeUndefined();
  });
});
