import type { KeyGroup } from '../keys/key-list.js';

/** The keys of the judge's desk. */
export const MINE_KEYS: readonly KeyGroup[] = [
  { title: '工作台', lines: [[['1', '…', '6'], '新收、在办、异议和会商、我的期限、请假、通知']] },
  { title: '打开的一件', lines: [[['Esc'], '关闭，回到列表']] },
  { title: '随时', lines: [[['?'], '打开这张表']] },
];
