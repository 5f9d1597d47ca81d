import type { z } from 'zod';
import type { judgeSchema } from '../../src/core/documents/docket.js';
import { person } from '../generate/people.js';

export type JudgeDocument = z.input<typeof judgeSchema>;

/** Civil causes, by weight. */
export const CIVIL = [
  ['民间借贷纠纷', 30],
  ['买卖合同纠纷', 14],
  ['物业服务合同纠纷', 12],
  ['信用卡纠纷', 10],
  ['离婚纠纷', 10],
  ['机动车交通事故责任纠纷', 8],
  ['劳务合同纠纷', 6],
  ['房屋租赁合同纠纷', 5],
  ['建设工程施工合同纠纷', 5],
] as const;
/** What criminal cases are about. */
export const CRIMES = ['危险驾驶罪', '盗窃罪', '故意伤害罪', '诈骗罪', '交通肇事罪'] as const;
/** How civil cases end, by weight. */
export const CLOSED = [
  ['judgment', 40],
  ['mediation', 25],
  ['withdrawn', 22],
  ['deemed_withdrawn', 4],
  ['dismissed', 6],
  ['transferred', 3],
] as const;
/** How enforcement cases end, by weight. */
export const ENDED = [
  ['completed', 35],
  ['current_enforcement_terminated', 35],
  ['settlement_terminated', 12],
  ['application_withdrawn', 8],
  ['terminated', 10],
] as const;

/** Of twenty judges twelve hear civil cases (two of them simple ones only), two criminal ones, six enforce. */
export function judge(index: number): JudgeDocument {
  const id = `J${String(index + 1).padStart(3, '0')}`;
  const place = index % 20;
  const who = { id, name: person(1_000_000 + index).name };
  if (place >= 14) return { ...who, division: 'enforcement', handles: ['enforcement'] };
  if (place >= 12) return { ...who, division: 'criminal', handles: ['criminal', 'enforcement_review'] };
  if (place >= 10) return { ...who, division: 'civil', handles: ['civil'], tracks: ['simple'] };
  return {
    ...who,
    division: 'civil',
    handles: place < 3 ? ['civil', 'enforcement_review'] : ['civil'],
    ...(place === 4 && { quota: 0.5 }),
    ...(place === 7 && { absences: [{ from: '2026-01-05', to: '2026-06-30', reason: 'secondment' }] }),
    ...(index === 8 && { leftOn: '2025-12-31' }),
    ...(place === 9 && { relations: [{ kind: 'spouse', idNumber: person(index).idNumber as string }] }),
  };
}
