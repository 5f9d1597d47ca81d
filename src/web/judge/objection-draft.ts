import type { JudgeChoice } from '../filing/judge-combobox.js';

/** What a judge has put together for an objection, and not made yet. */
export interface Objection {
  readonly ground: string;
  readonly owner: JudgeChoice;
  /** Case numbers of what was proposed and ticked. */
  readonly ticked: readonly string[];
  /** Other case numbers as they were typed, one a line. */
  readonly others: string;
  readonly reason: string;
}

/** All cases that it rests on, each once. */
export function citedIn({ ticked, others }: Pick<Objection, 'ticked' | 'others'>): string[] {
  const typed = others.split('\n').map((line) => line.trim());
  return [...new Set([...ticked, ...typed.filter((line) => line !== '')])];
}
