import { describe, expect, test } from 'vitest';
import { docketingFault } from '../../src/web/form/docketing.js';
import { checkable, type Draft, documentOf, emptyDraft, nextReference, withMatter } from '../../src/web/form/draft.js';
import { errorsNowhere, errorsOfLines } from '../../src/web/form/errors.js';
import { differences, rebased } from '../../src/web/form/rebase.js';
import { amountText, amountTyped } from '../../src/web/words/amount.js';
import { dayTyped } from '../../src/web/words/days.js';

const COURT = '川1599';
const draft = (changes: Partial<Draft> = {}): Draft => ({ ...emptyDraft('2026-03-09'), ...changes });

const named = (from: Draft, ...names: string[]): Draft => ({
  ...from,
  parties: from.parties.map((party, index) => ({ ...party, name: names[index] ?? '' })),
});

describe('what is typed becomes a filing', () => {
  test('what was left empty is not sent, and 不知道 is', () => {
    const document = documentOf(
      named(
        draft({ id: ' 2026-0001 ', cause: '合同纠纷', facts: { factsClear: null, disputeMinor: false } }),
        '甲',
        '乙',
      ),
      COURT,
    );
    expect(document).toEqual({
      id: '2026-0001',
      court: COURT,
      matter: 'civil',
      stage: 'first_instance',
      receivedOn: '2026-03-09',
      cause: '合同纠纷',
      parties: [
        { role: 'plaintiff', kind: 'person', name: '甲' },
        { role: 'defendant', kind: 'person', name: '乙' },
      ],
      facts: { factsClear: null, disputeMinor: false },
    });
  });

  test('a number of the other kind of party is not sent along', () => {
    const [first, ...rest] = draft().parties;
    const parties = first ? [{ ...first, kind: 'organization', idNumber: '110101', uscc: '9151' }, ...rest] : [];
    expect(documentOf(draft({ parties }), COURT).parties).toMatchObject([{ uscc: '9151' }, {}]);
    expect(JSON.stringify(documentOf(draft({ parties }), COURT))).not.toContain('110101');
  });

  test('another matter brings its stages and its names for the two sides, and no facts of the former one', () => {
    const typed = named(draft({ facts: { factsClear: true } }), '甲', '乙');
    const enforcement = withMatter(typed, 'enforcement');
    expect(enforcement.stage).toBe('enforcement');
    expect(enforcement.parties.map(({ role, name }) => [role, name])).toEqual([
      ['creditor', '甲'],
      ['debtor', '乙'],
    ]);
    expect(enforcement.facts).toEqual({});
  });

  test('an instrument is sent for an enforcement alone', () => {
    const typed = draft({ instrumentCaseNo: '（2025）川1599民初1号', instalment: '2' });
    expect(documentOf(typed, COURT)).not.toHaveProperty('instrument');
    expect(documentOf(withMatter(typed, 'enforcement'), COURT).instrument).toEqual({
      caseNo: '（2025）川1599民初1号',
      instalment: 2,
    });
  });

  test('masked numbers are not put to the check, which could only refuse them', () => {
    const [first, ...rest] = draft().parties;
    const parties = first ? [{ ...first, idNumber: '511***********0014' }, ...rest] : [];
    const document = documentOf(draft({ parties }), COURT);
    expect(JSON.stringify(document)).toContain('511***********0014');
    expect(JSON.stringify(checkable(document))).not.toContain('*');
  });

  test.each([
    ['20260309', '2026-03-09'],
    ['2026.3.9', '2026-03-09'],
    ['2026年3月9日', '2026-03-09'],
    ['三月九日', '三月九日'],
  ])('%s is read as the day %s', (typed, day) => {
    expect(dayTyped(typed)).toBe(day);
  });

  test.each([
    ['36,000元', '36000'],
    ['36，000.50', '36000.50'],
    ['007', '7'],
    ['两万', '两万'],
  ])('%s is read as the amount %s', (typed, amount) => {
    expect(amountTyped(typed)).toBe(amount);
  });

  test('amounts are read with separators', () => {
    expect(amountText('1250000.50')).toBe('1,250,000.50');
    expect(amountText('两万')).toBe('两万');
  });

  test('the next 登记号 keeps its zeros', () => {
    expect(nextReference('2026-0099')).toBe('2026-0100');
    expect(nextReference('（2026）收字')).toBe('（2026）收字');
  });
});

describe('somebody else changed the filing in the meantime', () => {
  const base = draft({ amount: '100.00', claims: '还款' });

  test('what was typed here stays, what was not touched here follows', () => {
    const theirs = { ...base, amount: '200.00', claims: '还款并付息' };
    const mine = { ...base, amount: '300.00' };
    expect(rebased(base, theirs, mine)).toMatchObject({ amount: '300.00', claims: '还款并付息' });
    expect(differences(base, theirs, mine)).toEqual([
      { field: 'amount', base: '100.00', theirs: '200.00', mine: '300.00' },
      { field: 'claims', base: '还款', theirs: '还款并付息', mine: '还款' },
    ]);
  });

  test('rows that were only loaded anew are not a difference', () => {
    const theirs = { ...base, parties: base.parties.map((party) => ({ ...party, uid: `${party.uid}x` })) };
    expect(differences(base, theirs, base)).toEqual([]);
  });
});

describe('errors find their field', () => {
  test('an entry of several lines is told with its line', () => {
    const errors = [{ path: '/citedCases/1', code: 'CASE_NUMBER_MARK', message: '案号应以“号”结尾' }];
    expect(errorsOfLines(errors, '/citedCases')).toBe('第 2 行：案号应以“号”结尾');
    expect(errorsOfLines(errors, '/claims')).toBeUndefined();
  });

  test('what no field shows is told above the form', () => {
    const nowhere = { path: '/zz', code: 'UNKNOWN_FIELD', message: '没有这个字段' };
    const somewhere = { path: '/parties/0/idNumber', code: 'ID_NUMBER_LENGTH', message: '应为18位' };
    expect(errorsNowhere([nowhere, somewhere])).toEqual([nowhere]);
  });
});

describe('a day of docketing', () => {
  test.each([
    ['', '2026-03-09', undefined],
    ['20260309', '2026-03-09', undefined],
    ['2026年3月12日', '20260309', undefined],
    // What is wrong with the day of receipt is told there.
    ['2026-03-12', '2026-02-30', undefined],
    ['20260308', '2026-03-09', '立案日期 2026-03-08 早于收案日期 2026-03-09；请核对两个日期'],
    ['20260230', '2026-03-09', '立案日期“2026-02-30”不是真实存在的日期，请写成 2026-03-09 的形式'],
    ['昨天', '2026-03-09', '立案日期“昨天”不是真实存在的日期，请写成 2026-03-09 的形式'],
  ])('“%s” after receipt on “%s”: %s', (docketedOn, receivedOn, fault) => {
    expect(docketingFault(docketedOn, receivedOn)).toBe(fault);
  });
});
