import { withoutSpaces } from './normal-text.js';

/** Why a text is not a court's 案号. `message` is Chinese and says what would be right. */
export type CaseNumberError = {
  readonly code: 'empty' | 'year' | 'court' | 'type' | 'number' | 'range' | 'mark' | 'trailing';
  readonly message: string;
};

/** The most cases that one range may stand for: beyond it, the text is a slip rather than a series. */
export const MOST_IN_A_RANGE = 1000;

/** Half width, no spaces, round half-width brackets, `-` for every dash and `~` for the marks that can only mean a range. */
export const normalMarks = (text: string): string =>
  withoutSpaces(text)
    .replace(/[〔【[]/g, '(')
    .replace(/[〕】\]]/g, ')')
    .replace(/[\p{Pd}−]+/gu, (dashes) => (dashes === '〜' ? '~' : '-'))
    .replace(/(?<=\d)[至到](?=\d)/g, '~');

/** Half-width round brackets to the full-width ones of the official form. */
export const officialBrackets = (text: string): string => text.replaceAll('(', '（').replaceAll(')', '）');
