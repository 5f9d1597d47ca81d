import type { z } from 'zod';
import type { docketSchema, judgeSchema } from '../../../src/core/documents/docket.js';
import { firm, person, personName } from '../people.js';

export type DocketDocument = z.input<typeof docketSchema>;
export type CaseDocument = DocketDocument['cases'][number];
export type JudgeDocument = z.input<typeof judgeSchema>;

/** The day on which the sixty filings come in. */
export const TODAY = '2026-03-09';
export const COURT = '川1599';

/** People whom judges are related to, and a firm in which one holds a share. */
export const KIN = {
  lawyer: person(30_001),
  spouse: person(30_002),
  sibling: person(30_003),
  inLaw: person(30_004),
  firm: firm(900),
};

const DIVISIONS: DocketDocument['divisions'] = [
  { id: 'li-an', name: '立案庭', kind: 'filing' },
  { id: 'min-yi', name: '民事审判庭', kind: 'civil' },
  { id: 'xing', name: '刑事审判庭', kind: 'criminal' },
  { id: 'xing-zheng', name: '行政审判庭', kind: 'administrative' },
  { id: 'su-cai', name: '速裁团队', kind: 'fast_track' },
  { id: 'shi-ba', name: '石坝人民法庭', kind: 'tribunal' },
  { id: 'zhi-xing', name: '执行局', kind: 'enforcement' },
  { id: 'shen-guan', name: '审判管理办公室', kind: 'supervision' },
];

type Particulars = Partial<Omit<JudgeDocument, 'id' | 'name' | 'division'>>;

const PARTICULARS: Readonly<Record<string, Particulars>> = {
  M02: { relations: [{ kind: 'child', ...numberOf(KIN.lawyer) }] },
  M03: { leftOn: '2025-09-30' },
  M04: { relations: [{ kind: 'shareholder', ...numberOf(KIN.firm) }] },
  M05: { absences: [{ from: '2026-01-05', to: '2026-12-31', reason: 'secondment' }] },
  M06: { absences: [{ from: '2026-03-09', to: '2026-03-11', reason: 'leave' }] },
  M07: { causes: ['婚姻家庭、继承纠纷'] },
  M08: { absences: [{ from: '2026-02-10', to: null, reason: 'sick' }] },
  M09: { quota: 0.5 },
  M10: { relations: [{ kind: 'spouse', ...numberOf(KIN.spouse) }] },
  M11: { relations: [{ kind: 'sibling', name: KIN.sibling.name }] },
  M12: { relations: [{ kind: 'in_law', ...numberOf(KIN.inLaw) }] },
  S05: { handles: ['civil', 'criminal'] },
  S06: { handles: ['civil', 'criminal'], quota: 1.2 },
  T03: { absences: [{ from: '2026-03-02', to: '2026-03-20', reason: 'training' }] },
  T05: { causes: ['婚姻家庭、继承纠纷', '物权纠纷', '相邻关系纠纷', '民间借贷纠纷', '劳务合同纠纷'] },
  X04: { quota: 0.8 },
  Z04: { leftOn: '2025-06-30' },
  Z06: { quota: 0.5 },
  G01: { quota: 0.3, openLoad: 3 },
  L01: { quota: 0 },
};

function numberOf({ idNumber, uscc }: { idNumber?: string; uscc?: string }): { idNumber?: string; uscc?: string } {
  return { ...(idNumber !== undefined && { idNumber }), ...(uscc !== undefined && { uscc }) };
}

const TEAMS: readonly (readonly [letter: string, count: number, division: string, common: Particulars])[] = [
  ['M', 12, 'min-yi', { handles: ['civil'] }],
  ['S', 6, 'su-cai', { handles: ['civil'], tracks: ['simple'] }],
  ['T', 5, 'shi-ba', { handles: ['civil'] }],
  ['X', 5, 'xing', { handles: ['criminal'] }],
  ['A', 3, 'xing-zheng', { handles: ['administrative', 'enforcement_review'] }],
  ['Z', 7, 'zhi-xing', { handles: ['enforcement'] }],
  ['G', 1, 'shen-guan', { handles: ['civil', 'enforcement_review'] }],
  ['L', 1, 'li-an', { handles: ['civil'] }],
];

function judges(): JudgeDocument[] {
  return TEAMS.flatMap(([letter, count, division, common], team) =>
    Array.from({ length: count }, (_, index): JudgeDocument => {
      const id = `${letter}${String(index + 1).padStart(2, '0')}`;
      const name = personName(33_000 + team * 100 + index);
      return { id, name, division, handles: ['civil'], ...common, ...PARTICULARS[id] };
    }),
  );
}

/** The invented court without its cases: eight divisions, forty judges. */
export const sampleCourt = (): Omit<DocketDocument, 'cases'> => ({
  court: { code: COURT, name: '示例县人民法院', level: 'basic', province: '四川' },
  divisions: DIVISIONS,
  judges: judges(),
});
