import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildCauseTree,
  CAUSE_LISTS,
  causePath,
  findCause,
  isUnder,
  level2Of,
  nearestCauses,
  parseCauseRows,
} from '../../../src/core/law/cause.js';
import { csvRows } from './load.js';

const rows = CAUSE_LISTS.flatMap((list) => parseCauseRows(list, csvRows(`reference/causes-${list}.csv`)));
const tree = buildCauseTree(rows);
const anyNode = fc.constantFrom(...tree.nodes);
const find = (name: string) => {
  const node = findCause(tree, name);
  if (node === undefined) throw new Error(`no cause ${name}`);
  return node;
};

describe('案由树', () => {
  it('every name leads to the deepest node that bears it', () => {
    for (const { name, list, level } of tree.nodes) {
      const found = findCause(tree, name, list);
      expect(found?.name).toBe(name);
      expect(found?.level).toBeGreaterThanOrEqual(level);
    }
  });

  it('a path runs from level 1 to the node and every name on it stands above the node', () => {
    for (const node of tree.nodes) {
      const path = causePath(node);
      expect(path.at(-1)).toBe(node.name);
      expect(path).toHaveLength((node.parent === undefined ? 0 : causePath(node.parent).length) + 1);
      for (const name of path) expect(isUnder(node, name)).toBe(true);
    }
  });

  it('the level-2 cause is on the path and at level 2', () => {
    for (const node of tree.nodes) {
      const second = level2Of(node);
      if (second !== undefined) expect([second.level, causePath(node)[1]]).toEqual([2, second.name]);
      else expect(node.level === 1 || node.list === 'criminal').toBe(true);
    }
  });

  it('width and spaces make no difference', () => {
    fc.assert(
      fc.property(anyNode, ({ name, list }) => {
        const written = ` ${[...name].join(' ')}`.replaceAll('（', '(').replaceAll('）', ')');
        expect(findCause(tree, written, list)).toBe(findCause(tree, name, list));
      }),
    );
  });

  it('a name with one character missing is suggested again', () => {
    fc.assert(
      fc.property(
        anyNode.filter(({ name }) => name.length >= 6),
        fc.nat(),
        ({ name }, at) => {
          const slip = name.slice(0, at % name.length) + name.slice((at % name.length) + 1);
          const suggestions = nearestCauses(tree, slip);
          expect(suggestions.length).toBeGreaterThan(0);
          expect(suggestions.length).toBeLessThanOrEqual(3);
          // Where as many others are as near, any three of them may stand.
          if (suggestions.length < 3) expect(suggestions).toContain(name);
        },
      ),
    );
  });

  it('is what the instruments hold', () => {
    const count = (list: string, level: number) =>
      tree.nodes.filter((node) => node.list === list && node.level === level).length;
    expect([1, 2, 3, 4].map((level) => count('civil', level))).toEqual([12, 59, 514, 470]);
    expect([1, 2, 3].map((level) => count('criminal', level))).toEqual([10, 17, 484]);
    expect([1, 2, 3].map((level) => count('administrative', level))).toEqual([1, 22, 140]);
  });
});

describe('案由的例子', () => {
  it('民间借贷纠纷 under 合同纠纷', () => {
    const loan = find('民间借贷纠纷');
    expect(causePath(loan)).toEqual(['合同、准合同纠纷', '合同纠纷', '借款合同纠纷', '民间借贷纠纷']);
    expect(level2Of(loan)?.name).toBe('合同纠纷');
    expect(isUnder(loan, '借款合同纠纷')).toBe(true);
    expect(isUnder(loan, ' 合同 纠纷')).toBe(true);
    expect(isUnder(loan, '买卖合同纠纷')).toBe(false);
  });

  it('不当得利纠纷 stands on two levels and is the third', () => {
    expect(find('不当得利纠纷').level).toBe(3);
  });

  it('a list narrows the search', () => {
    expect(findCause(tree, '盗窃罪', 'civil')).toBeUndefined();
    expect(findCause(tree, '盗窃罪', 'criminal')?.list).toBe('criminal');
    expect(findCause(tree, '没有这个案由')).toBeUndefined();
  });

  it.each([
    ['民间借贷', '民间借贷纠纷'],
    ['民间借代纠纷', '民间借贷纠纷'],
    ['机动车交通事故', '机动车交通事故责任纠纷'],
    ['物业合同纠纷', '物业服务合同纠纷'],
  ])('did you mean: %s', (text, name) => {
    expect(nearestCauses(tree, text)).toContain(name);
  });

  it('does not guess where nothing is near', () => {
    expect(nearestCauses(tree, 'x')).toEqual([]);
    expect(nearestCauses(tree, 'qwertyuiop')).toEqual([]);
    expect(nearestCauses(tree, '纠'.repeat(500))).toEqual([]);
  });

  it('refuses a tree that hangs together wrongly', () => {
    const row = { list: 'civil', code: 'a', name: '甲', level: 1, parentCode: '', officialNo: '' } as const;
    expect(() => buildCauseTree([row, row])).toThrow(/twice/);
    expect(() => buildCauseTree([{ ...row, parentCode: 'b' }])).toThrow(/parent/);
    expect(() => buildCauseTree([row, { ...row, code: 'b', parentCode: 'a' }])).toThrow(/below/);
  });
});
