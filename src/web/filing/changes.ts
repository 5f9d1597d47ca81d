import type { FilingView } from '../api/types.js';
import { timeText } from '../words/days.js';
import { OCCASION_WORDS, STATE_WORDS, type Words } from '../words/words.js';

/** One thing that is other than before. */
export interface Change {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** What two looks at the same filing say differently, as a clerk would tell it. */
export function changesBetween(before: FilingView, after: FilingView, { word }: Words): Change[] {
  const lines = ({ row, decision }: FilingView): readonly (readonly [string, string])[] => [
    ['状态', STATE_WORDS[row.state]],
    ['程序', word('procedure', row.procedure)],
    ['审判组织', word('panel', row.panel)],
    ['繁简', word('track', row.track)],
    ['承办人', row.judge?.name ?? '未定'],
    ['方式', row.method === null || row.judge === null ? '未定' : word('method', row.method)],
    ['待答问题', `${decision?.questions.length ?? 0} 个`],
    ['案由', row.cause ?? '—'],
    ['当事人', row.parties],
    ['认领人', row.waiting?.for?.name ?? '—'],
  ];
  const now = new Map(lines(after));
  return lines(before).flatMap(([label, from]) => {
    const to = now.get(label) ?? '';
    return to === from ? [] : [{ label, from, to }];
  });
}

/** Who changed a filing last, as far as its history tells: 何立文 03-09 14:02 更正后重新分案. */
export function lastActor(before: FilingView | undefined, now: FilingView): string {
  const decided = now.history.at(-1);
  if (decided !== undefined && decided.number !== before?.history.at(-1)?.number) {
    const who = decided.madeBy?.name ?? '系统';
    return `${who}于 ${timeText(decided.madeAt)} 办理了“${OCCASION_WORDS[decided.occasion] ?? decided.occasion}”`;
  }
  const proposed = now.handovers.find(({ id }) => !before?.handovers.some((known) => known.id === id));
  if (proposed !== undefined) return `${proposed.proposedBy.name}于 ${timeText(proposed.proposedAt)} 提出了变动`;
  const taken = now.row.waiting?.for;
  if (taken && taken.id !== before?.row.waiting?.for?.id) return `${taken.name}认领了这件收案`;
  return `有人于 ${timeText(now.row.updatedAt)} 改过这件收案`;
}
