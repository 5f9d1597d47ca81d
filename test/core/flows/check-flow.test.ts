import { describe, expect, test } from 'vitest';
import { readFlows } from '../../../src/core/flows/flows-of.js';
import { Problems } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { lawbook, RULES } from '../../support/court.js';

const { vocabulary } = lawbook.book;
const shipped = readRuleFiles(RULES).filter(({ path }) => path.startsWith('flows/'));
const textOf = (name: string): string => shipped.find(({ path }) => path === `flows/${name}.yaml`)?.text ?? '';

/** The problems of the first-trial objection with some of its text replaced. */
function problemsOf(text: string): string[] {
  const problems = new Problems();
  readFlows([{ path: 'flows/a.yaml', text }], vocabulary, problems);
  return problems.list.map(({ line, code }) => `${line} ${code}`);
}
const objection = textOf('first-trial-objection');
function altered(from: string | RegExp, to: string, text = objection): string[] {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return problemsOf(changed);
}
const codes = (list: readonly string[]): string[] => list.map((each) => each.split(' ')[1] ?? '');

describe('the shipped flows', () => {
  test('are all proved', () => {
    const problems = new Problems();
    expect(readFlows(shipped, vocabulary, problems)).toHaveLength(shipped.length);
    expect(problems.list).toEqual([]);
    expect(shipped.length).toBeGreaterThan(4);
  });
});

describe('a flow is refused, each at its place, where', () => {
  test('a state cannot be reached', () => {
    const extra = objection.replace('动作:', '  - { 名称: 飞地, 代号: island, 结果: 成立 }\n动作:');
    expect(codes(problemsOf(extra))).toEqual(['FLOW_UNREACHABLE']);
  });

  test('a state can be entered and not left', () => {
    expect(codes(altered('代号: upheld, 结果: 成立', '代号: upheld, 等谁: 复核人, 期限: 复核'))).toEqual(
      expect.arrayContaining(['FLOW_TRAP']),
    );
  });

  test('something waits without a clock', () => {
    expect(codes(altered(', 等谁: 复核人, 期限: 复核 }', ', 等谁: 复核人 }'))).toEqual(
      expect.arrayContaining(['FLOW_NO_CLOCK']),
    );
  });

  test('something waits and nobody is to act', () => {
    expect(codes(altered('等谁: 复核人, ', ''))).toEqual(['FLOW_NOBODY']);
  });

  test('somebody is waited for who can do nothing', () => {
    expect(codes(altered('等谁: 复核人', '等谁: 审判委员会'))).toEqual(['FLOW_NOBODY']);
  });

  test('two actions answer the same event', () => {
    expect(codes(altered('当: { 事由: 未发现首审 }', '当: { 事由: [不属于首审, 未发现首审] }'))).toContain(
      'FLOW_OVERLAP',
    );
  });

  test('a ground has no decision', () => {
    const alone = objection.replace(
      / {2}- 名称: 认定成立\n {4}代号: uphold\n(?: {4}.*\n)*? {4}当: \{ 事由: 不属于首审 \}\n {4}后果.*\n/,
      '',
    );
    expect(codes(problemsOf(alone))).toEqual(['FLOW_GAP']);
  });

  test('a ground is to be heard once and there is none', () => {
    expect(codes(altered('每事由一次: 否', '每事由一次: 是', textOf('recusal')))).toEqual(['FLOW_GROUND']);
  });

  test.each(['被主张人', '证据'])('a decision begins it and its ground asks for %s', (what) => {
    for (const demand of ['必填', '选填']) {
      expect(codes(altered(`${what}: 不填`, `${what}: ${demand}`, textOf('possible-duplicate')))).toEqual([
        'FLOW_GROUND',
      ]);
    }
  });

  test.each(['收案人', '被主张人', '申请人', '当事人'])('%s could decide in their own matter', (who) => {
    expect(codes(altered('谁: [复核人, 立案庭]\n', `谁: [复核人, ${who}]\n`))).toContain('FLOW_OWN_MATTER');
  });

  test('a decision that moves the matter is not called one', () => {
    expect(codes(altered(/谁: \[复核人, 立案庭\]\n {4}决定: 是/, '谁: 收案人\n    决定: 否'))).toContain(
      'FLOW_OWN_MATTER',
    );
  });

  test('a matter could be bounced for ever', () => {
    expect(codes(altered('每事由一次: 是', '每事由一次: 否'))).toEqual(['FLOW_ENDLESS', 'FLOW_ENDLESS']);
  });

  test('a matter is moved and the flow goes on', () => {
    const circle = objection.replace(
      '    至: 复核成立\n    当: { 事由: 不属于首审 }',
      '    至: 未提出\n    当: { 事由: 不属于首审 }',
    );
    expect(codes(problemsOf(circle))).toEqual(expect.arrayContaining(['FLOW_EFFECTS', 'FLOW_ENDLESS']));
  });

  test('it is to go to a claimed owner whom nobody had to name', () => {
    expect(codes(altered('被主张人: 必填', '被主张人: 选填'))).toEqual(['FLOW_EFFECTS']);
  });

  test('a clock is to do what nothing does', () => {
    expect(codes(altered('届满: 督促', '届满: 自动成立'))).toEqual(['FLOW_EXPIRY']);
  });

  test('an effect is not of the closed list', () => {
    expect(altered('后果: [重新分案,', '后果: [撤职,')).toEqual([expect.stringMatching(/EFFECT_UNKNOWN$/)]);
  });

  test('an effect is a word that nothing carries out', () => {
    expect(codes(altered('后果: [重新分案,', '后果: [记为关联,'))).toContain('EFFECT_UNKNOWN');
  });

  describe('a conversion', () => {
    const conversion = textOf('procedure-conversion');
    const summary = '{ 程序: 小额诉讼程序, 事由: [不宜适用小额诉讼, 诉讼请求或者当事人变化] }';

    test.each([
      ['leads back', summary, summary.replace('小额诉讼程序,', '普通程序,')],
      ['stays where it is', summary, summary.replace('小额诉讼程序,', '简易程序,')],
      ['may come from anywhere', summary, summary.replace('程序: 小额诉讼程序, ', '')],
      ['leads from a panel', ', 审判组织: 独任', ''],
      [
        'leads from a procedure that has no other',
        '[小额诉讼程序, 简易程序, 普通程序], 审',
        '[特别程序, 小额诉讼程序], 审',
      ],
    ])('%s', (_, from, to) => {
      expect(codes(altered(from, to, conversion))).toContain('FLOW_BACKWARDS');
    });

    test('has a ground that the rules do not know', () => {
      expect(codes(altered('代号: complex_case', '代号: complicated', conversion))).toContain('FLOW_CONVERSION_GROUND');
    });

    test('does not say where to, or says what is no procedure', () => {
      expect(codes(altered('{ 转换程序: 简易程序 }', '转换程序', conversion))).toContain('FLOW_EFFECTS');
      expect(codes(altered('{ 转换程序: 简易程序 }', '{ 转换程序: 特别程序 }', conversion))).toContain('WORD_UNKNOWN');
    });

    test('leaves a ground to which every decision says no', () => {
      const none = conversion.replaceAll(', 行政案件不宜适用简易程序]', ']');
      expect(codes(problemsOf(none))).toContain('FLOW_GAP');
    });
  });

  test.each([
    ['一个状态写错', '至: 待复核', '至: 待复合', 'WORD_UNKNOWN'],
    ['一个参与人写错', '谁: 收案人', '谁: 收件人', 'WORD_UNKNOWN'],
    ['参数的单位不合', '单位: 工作日', '单位: 日', 'UNIT'],
    ['多写一个键', '每事由一次: 是', '每事由一次: 是\n备注: 无', 'FIELD_UNKNOWN'],
    ['少了施行日', '施行: 2022-01-01, ', '', 'FIELD_MISSING'],
    ['代号重复', '代号: withdrawn, 结果', '代号: rejected, 结果', 'NAME_TWICE'],
    ['起点多了一个', '代号: withdrawn, 结果: 撤回', '代号: withdrawn, 起点: 是, 结果: 撤回', 'FLOW_START'],
  ])('%s', (_, from, to, code) => {
    expect(codes(altered(from, to))).toContain(code);
  });

  test('two files declare the same flow', () => {
    const problems = new Problems();
    const twice = ['a', 'b'].map((name) => ({ path: `flows/${name}.yaml`, text: objection }));
    readFlows(twice, vocabulary, problems);
    expect(problems.list).toMatchObject([{ file: 'flows/b.yaml', code: 'NAME_TWICE' }]);
  });

  test('any single character is missing: refused in its place or read, never a crash', () => {
    let read = 0;
    for (let at = 0; at < objection.length; at++) {
      const problems = new Problems();
      const flows = readFlows(
        [{ path: 'flows/a.yaml', text: objection.slice(0, at) + objection.slice(at + 1) }],
        vocabulary,
        problems,
      );
      for (const { line, column, message } of problems.list) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
        expect(message).not.toBe('');
      }
      expect(flows.length + problems.list.length).toBeGreaterThan(0);
      read += flows.length;
    }
    // Most characters are of names and explanations.
    expect(read).toBeGreaterThan(0);
  });
});
