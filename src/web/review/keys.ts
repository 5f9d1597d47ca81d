import type { KeyGroup } from '../keys/key-list.js';

/** The keys of the desk of those who decide. */
export const REVIEW_KEYS: readonly KeyGroup[] = [
  {
    title: '队列',
    lines: [
      [['j', '↓'], '下一件'],
      [['k', '↑'], '上一件'],
      [['Enter'], '打开这一件'],
    ],
  },
  {
    title: '打开的一件',
    lines: [
      [['d'], '到“作出决定”'],
      [['1', '2', '…'], '选择决定'],
      [['Ctrl Enter'], '提交决定；提交以前再确认一次'],
      [['j', 'k'], '下一件、上一件，写了一半的理由留着'],
      [['Esc'], '关闭，回到队列'],
    ],
  },
  { title: '随时', lines: [[['?'], '打开这张表']] },
];
