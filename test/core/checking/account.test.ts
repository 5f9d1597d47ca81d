import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffRuleFiles, isSettled, type LawbookDiff } from '../../../src/core/checking/diff-lawbooks.js';
import { natureChanges, triageChanges } from '../../../src/core/checking/table-changes.js';
import type { Lawbook } from '../../../src/core/routing/lawbook.js';
import { ReadCache } from '../../../src/core/rules/read-cache.js';
import type { RuleFile } from '../../../src/core/rules/source.js';
import { natureOf, type TriageRow, triageOf } from '../../../src/core/rules/tables.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { runs } from '../../support/arbitraries.js';
import { lawbook, RULES } from '../../support/court.js';

const SHIPPED = readRuleFiles(RULES);
const TRIAGE = 'courts/1599-sample/triage.csv';
const cache = new ReadCache();

/** What is told of one file once `from` in it has become `to`. */
function told(path: string, from: string | RegExp, to: string): LawbookDiff['files'][number] {
  const files = SHIPPED.map((file): RuleFile => {
    if (file.path !== path) return file;
    const text = file.text.replace(from, to);
    if (text === file.text) throw new Error(`no ${String(from)} in ${path}`);
    return { path, text };
  });
  return only(files);
}

function only(files: readonly RuleFile[]): LawbookDiff['files'][number] {
  const found = diffRuleFiles(SHIPPED, files, { cache });
  if ('problems' in found) throw new Error(found.problems.map(({ message }) => message).join('\n'));
  expect(found.changes).toEqual([]);
  expect(found.files).toHaveLength(1);
  const [file] = found.files;
  if (!file) throw new Error('nothing changed');
  expect(isSettled(found)).toBe(file.isProved);
  return file;
}

describe('不在逐案证明范围里的文件,改了什么一项一项说清', () => {
  test('繁简识别表:哪个案由、多少标的额、多少人,从什么变成什么', () => {
    expect(told(TRIAGE, 'SL-01,民间借贷纠纷,,160000,4', 'SL-01,民间借贷纠纷,,200000,4')).toEqual({
      file: TRIAGE,
      kind: 'changed',
      // Where both rows speak and do not agree, the table is silent.
      what: ['争议不大：民间借贷纠纷，160,000 < 标的额 ≤ 200,000 元，人数 ≤ 4：否 → 不推导'],
      isProved: false,
    });
    expect(told(TRIAGE, 'SL-03,民间借贷纠纷,1000000,,,否', 'SL-03,民间借贷纠纷,1000000,,,').what).toEqual([
      '事实清楚：民间借贷纠纷，标的额 > 1,000,000 元：否 → 不推导',
    ]);
    expect(told(TRIAGE, '示例：格式合同，本息可计算', '示例')).toMatchObject({
      what: ['只有说明、编号、次序或者来源：决定案件的，一处也没有改变'],
      isProved: true,
    });
  });

  test('案由的性质:改一个上级案由,下级一并改变的只说一次', () => {
    expect(told('national/cause-nature.csv', '离婚纠纷,否,是,', '离婚纠纷,,是,').what).toEqual([
      '金钱给付：离婚纠纷：否 → 不推导',
    ]);
  });

  test('日历:哪一天上班改休息,哪一年从没有到有', () => {
    expect(told('calendars/2026.yaml', '  - 2026-10-07 # 国庆节\n', '').what).toEqual(['2026-10-07：休息 → 上班']);
    expect(told('calendars/2026.yaml', '来源: npm', '来源: 国务院办公厅,经 npm')).toMatchObject({ isProved: true });
    const without = SHIPPED.filter(({ path }) => path !== 'calendars/2026.yaml');
    expect(only(without)).toMatchObject({
      kind: 'removed',
      what: ['2026-01-01 至 2026-12-31：已有日历 → 没有日历'],
      isProved: false,
    });
  });

  test('关联证据的权重', () => {
    const [, word = '', weight = ''] = /^(案号被引用): (\d+)$/m.exec(textOf('links/evidence-weights.yaml')) ?? [];
    expect(told('links/evidence-weights.yaml', `${word}: ${weight}`, `${word}: 1`).what).toEqual([
      `${word}：${weight} → 1`,
    ]);
  });

  test('流程、期限变更、催办:哪一步、哪个期限、谁,从什么变成什么;只改说明的没有要核对的', () => {
    expect(
      told('flows/first-trial-objection.yaml', '长度: { 参数: 人工处理期限 }, 单位: 工作日', '长度: 7, 单位: 工作日')
        .what,
    ).toEqual(['期限「复核」的长度：{ 参数: 人工处理期限 } → 7']);
    expect(told('clocks/adjustments.yaml', '申请须在届满前: 15', '申请须在届满前: 10').what).toEqual([
      expect.stringMatching(/^变更「延长（.*）」的申请须在届满前：15 → 10$/),
    ]);
    expect(told('escalation/late-work.yaml', '送: 等谁 }', '送: 等谁, 抄送: 院庭长 }').what).toEqual([
      '级别「工作提示单」的抄送：新增 院庭长',
    ]);
    expect(told('flows/recusal.yaml', '说明: ', '说明: 另见内部办法。')).toMatchObject({ isProved: true });
  });

  const textOf = (path: string): string => SHIPPED.find((file) => file.path === path)?.text ?? '';
});

describe('随机的表:说出来的恰好是改变的,一件不多,一件不少', () => {
  const causes = ['合同纠纷', '借款合同纠纷', '民间借贷纠纷', '金融借款合同纠纷', '买卖合同纠纷', '离婚纠纷'];
  const answer = fc.constantFrom(true, false, undefined);
  const place = { file: TRIAGE, line: 1, column: 1 };
  const row = fc
    .record({
      cause: fc.constantFrom(...causes),
      above: fc.constantFrom(undefined, 1_000_00n, 5_000_00n),
      atMost: fc.constantFrom(undefined, 5_000_00n, 9_000_00n),
      partiesAtMost: fc.constantFrom(undefined, 2, 4),
      factsClear: answer,
      disputeMinor: answer,
    })
    .map(({ factsClear, disputeMinor, ...rest }, index = 0): TriageRow => {
      const bounds = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      return {
        id: `R${index}`,
        answers: { factsClear, rightsClear: undefined, disputeMinor },
        status: '本地',
        place,
        ...bounds,
      } as TriageRow;
    });
  const rows = fc.array(row, { maxLength: 4 });
  const paths = lawbook.causes.nodes.map(({ path }) => path);
  const WORDS = { factsClear: '事实清楚', disputeMinor: '争议不大' } as const;
  const word = (value: boolean | undefined): string => (value === undefined ? '不推导' : value ? '是' : '否');

  const withTriage = (triage: readonly TriageRow[]): Lawbook => {
    const court = lawbook.book.courts.get('川1599');
    if (!court) throw new Error('no court');
    const courts = new Map(lawbook.book.courts).set('川1599', { ...court, triage });
    return { ...lawbook, book: { ...lawbook.book, courts } };
  };

  const isMeant = (names: string, path: readonly string[]): boolean =>
    names.split('；').some((name) => {
      const whole = name.replace('（含下级案由）', '');
      return whole === name ? path.at(-1) === name : path.includes(whole);
    });
  const within = (text: string, what: string, value: number | undefined): boolean => {
    const part = text.split('，').find((each) => each.includes(what));
    if (part === undefined) return true;
    if (part === `${what}不明`) return value === undefined;
    if (value === undefined) return false;
    if (part === `${what}已知`) return true;
    const [, above, atMost, over] = /^(?:([\d,]+) < )?\D*?(?:≤ ([\d,]+)|> ([\d,]+))/.exec(part) ?? [];
    const number = (digits: string | undefined): number | undefined =>
      digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
    const [low, high] = [number(above) ?? number(over), number(atMost)];
    return (low === undefined || value > low) && (high === undefined || value <= high);
  };

  test('繁简识别表', () => {
    fc.assert(
      fc.property(rows, rows, (then, now) => {
        const lines = triageChanges(withTriage(then), withTriage(now), '川1599').map((line) => {
          const [fact = '', rest = '', turn = ''] = line.split('：');
          const [names = '', ...region] = rest.split('，');
          return { fact, names, region: region.join('，'), turn };
        });
        for (const fact of ['factsClear', 'disputeMinor'] as const) {
          for (const name of causes) {
            const path = paths.find((each) => each.at(-1) === name) ?? [];
            for (const yuan of [undefined, 1, 1000, 1001, 5000, 5001, 9000, 9001]) {
              for (const count of [1, 2, 3, 4, 5]) {
                const fen = yuan === undefined ? undefined : BigInt(yuan) * 100n;
                const [was, is] = [then, now].map((table) => triageOf(table, path, fen, count, fact));
                const found = lines
                  .filter((line) => line.fact === WORDS[fact] && isMeant(line.names, path))
                  .filter(({ region }) => within(region, '标的额', yuan) && within(region, '人数', count))
                  .map(({ turn }) => turn);
                expect(found).toEqual(was === is ? [] : [`${word(was)} → ${word(is)}`]);
              }
            }
          }
        }
      }),
      runs(60),
    );
  });

  test('案由的性质', () => {
    const natures = fc.array(fc.tuple(fc.constantFrom(...causes), answer), { maxLength: 5 });
    const withNatures = (list: readonly (readonly [string, boolean | undefined])[]): Lawbook => {
      const table = list.map(
        ([cause, monetaryClaim]) =>
          [
            cause,
            { cause, answers: { monetaryClaim, personalStatus: undefined, titleConfirmation: undefined }, place },
          ] as const,
      );
      return { ...lawbook, book: { ...lawbook.book, natures: new Map(table) } };
    };
    fc.assert(
      fc.property(natures, natures, (then, now) => {
        const [before, after] = [withNatures(then), withNatures(now)];
        const lines = natureChanges(before, after).map((line) => line.split('：'));
        for (const path of paths) {
          const [was, is] = [before, after].map(({ book }) => natureOf(book.natures, path, 'monetaryClaim'));
          const found = lines
            .filter(([, names = '']) => isMeant(names, path))
            .map(([fact, , turn]) => `${fact}：${turn}`);
          expect(found).toEqual(was === is ? [] : [`金钱给付：${word(was)} → ${word(is)}`]);
        }
      }),
      runs(30),
    );
  });
});
