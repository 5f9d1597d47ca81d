import type { CitedBasis, DecisionDeadline } from './decision.js';

/** How far a basis is checked, on the court's own pages and in letters to parties; national law needs no mark. */
const STATUS: Readonly<Record<CitedBasis['status'], { readonly mark: string; readonly words: string }>> = {
  national: { mark: '', words: '' },
  policy: { mark: '〔政策〕', words: '政策' },
  local: { mark: '〔本地〕', words: '本院规定' },
  unverified: { mark: '〔未核实〕', words: '未核实' },
};

const UNITS: Readonly<Record<DecisionDeadline['unit'], string>> = { day: '日', working_day: '工作日', month: '个月' };

/** Why a day that rests on an unpublished calendar may yet move. */
export const PROVISIONAL = '该年放假安排尚未公布';

const sourceOf = ({ law, article }: CitedBasis): string => `《${law}》${article ?? ''}`;

/** A basis as the court's own pages cite it. */
export const citation = (basis: CitedBasis): string => sourceOf(basis) + STATUS[basis.status].mark;

/** The mark of a status in letters to parties; none for national law. */
export const statusWords = (status: CitedBasis['status']): string => STATUS[status].words;

/** A basis as letters to parties cite it: what is not national law says so in words. */
export function plainCitation(basis: CitedBasis): string {
  const words = statusWords(basis.status);
  return sourceOf(basis) + (words === '' ? '' : `（依据状态：${words}）`);
}

/** How long a period is: 3日, 6个月. */
export const lengthOf = ({ length, unit }: Pick<DecisionDeadline, 'length' | 'unit'>): string => length + UNITS[unit];
