import { describe, expect, test } from 'vitest';
import { namesOf } from '../../../src/core/rules/file-name.js';
import { RULE_FILES } from '../../support/rules-desk.js';

describe('规则文件的名称', () => {
  test('写了名称的用名称，表格用同名文件的，没写的没有', () => {
    const files = [
      { path: 'a.yaml', text: "说明: 名称: 不是\n名称:  '甲: 乙' \n" },
      { path: 'a.csv', text: '参数\n' },
      { path: 'b.csv', text: '名称: 不是\n' },
      { path: 'c.yaml', text: '规则:\n  - 名称: 丙\n' },
    ];
    expect([...namesOf(files)]).toEqual([
      ['a.yaml', '甲: 乙'],
      ['a.csv', '甲: 乙'],
    ]);
  });

  test('现有的每一个流程和规则文件都有名称', () => {
    const names = namesOf(RULE_FILES);
    const cards = RULE_FILES.filter(({ path }) => /^(?:flows|national\/\w+)\/.*\.yaml$/.test(path));
    expect(cards.length).toBeGreaterThan(20);
    expect(cards.filter(({ path }) => !names.has(path)).map(({ path }) => path)).toEqual([]);
  });
});
