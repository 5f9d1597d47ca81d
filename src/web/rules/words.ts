import type { DraftRow, FileChange, ReleaseRow, ReleaseStep } from '../api/types.js';

/** How far a release is. */
export const STANDING_WORDS = {
  proposed: '待审批',
  approved: '已批准，未定日期',
  scheduled: '已排期',
  in_force: '现行',
  superseded: '已被取代',
  rejected: '未批准',
  withdrawn: '已撤回',
  cancelled: '已取消',
} as const satisfies Readonly<Record<ReleaseRow['standing'], string>>;

/** How far a draft is. */
export const DRAFT_WORDS = {
  draft: '起草中',
  checked: '检查通过',
  proposed: '已提出',
  released: '已发布',
  discarded: '已作废',
} as const satisfies Readonly<Record<DraftRow['state'], string>>;

export const CHANGE_WORDS = { added: '新增', changed: '改动', removed: '删除' } as const satisfies Readonly<
  Record<FileChange, string>
>;

export const STEP_WORDS = {
  registered: '由规则目录登记',
  proposed: '提出',
  approved: '批准',
  scheduled: '定施行日',
  rejected: '不批准',
  withdrawn: '撤回',
  cancelled: '取消排期',
  reviewed: '事后复核',
} as const satisfies Readonly<Record<ReleaseStep['action'], string>>;

const LAYERS: Readonly<Record<string, string>> = { modules: '模块', provinces: '省', courts: '法院' };
export const LAYER_NAMES = ['全国', '模块', '省', '法院', '词表和参考'] as const;
const AROUND = ['vocabulary', 'calendars', 'reference'];

/** Which layer a file of the rules belongs to. */
export function layerOf(path: string): (typeof LAYER_NAMES)[number] {
  const folder = path.split('/')[0] ?? '';
  if (AROUND.includes(folder)) return '词表和参考';
  return (LAYERS[folder] as (typeof LAYER_NAMES)[number] | undefined) ?? '全国';
}
