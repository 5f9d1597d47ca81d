import type { KeyGroup } from '../keys/key-list.js';

/** The keys of the desk of those who write and approve rules. */
export const RULES_KEYS: readonly KeyGroup[] = [
  {
    title: '编辑器',
    lines: [
      [['Ctrl S'], '保存这个文件，并检查、运行示例'],
      [['Ctrl 空格'], '这里可以写什么'],
      [['Ctrl ]', 'Ctrl ['], '增加、减少缩进（Tab 用来离开编辑器）'],
      [['Ctrl F'], '查找和替换'],
      [['Ctrl Z'], '撤销'],
      [['Esc'], '离开编辑器；再按一次关闭文件'],
    ],
  },
  {
    title: '表格',
    lines: [
      [['↑', '↓', '←', '→'], '到旁边的一格；左右先走完格里的字'],
      [['Ctrl Enter'], '在下面加一行'],
      [['Ctrl Delete'], '删去这一行'],
      [['Ctrl Z', 'Ctrl Y'], '撤销、重做'],
    ],
  },
  {
    title: '草稿',
    lines: [
      [['e'], '到编辑器'],
      [['p'], '到第一处问题'],
      [['F8', 'Shift F8'], '到下一处、上一处问题，写着的时候也可以'],
      [['/'], '找文件'],
      [['Esc'], '关闭文件、关闭草稿'],
    ],
  },
  { title: '随时', lines: [[['?'], '打开这张表']] },
];
