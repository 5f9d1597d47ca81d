import type { ExplainedClock } from '../../app/clocks/explain-clock.js';
import type { ClockLine } from '../../app/clocks/list-clocks.js';
import { citation, lengthOf, PROVISIONAL, statusWords } from '../../core/documents/wording.js';
import { padWidth, textWidth } from '../files/text-width.js';

const HEADER = ['届满', '还剩', '期限', '种类', '收案', '承办人', '谁办理', '说明'];
const GAP = '  ';

/** 今日到期, 剩 3 日, 已超 2 日. */
const leftText = (daysLeft: number | null): string => {
  if (daysLeft === null) return '停着';
  if (daysLeft < 0) return `已超 ${-daysLeft} 日`;
  return daysLeft === 0 ? '今日到期' : `剩 ${daysLeft} 日`;
};

const cellsOf = (line: ClockLine): string[] => [
  line.due ?? '—',
  leftText(line.daysLeft),
  line.flow ? `${line.flow.name}：${line.word}` : line.word,
  line.flow ? `${line.kind} --flow ${line.flow.key}` : line.kind,
  line.reference,
  line.judge ? `${line.judge.name}(${line.judge.id})` : '未定',
  line.waitsFor.join('、'),
  [line.provisional ? '暂定' : '', line.extended > 0 ? `已延长 ${line.extended}` : ''].filter(Boolean).join('；'),
];

/** Clocks as a table for a terminal. */
export function* clockTable(lines: readonly ClockLine[]): Generator<string> {
  if (lines.length === 0) {
    yield '没有这样的期限。\n';
    return;
  }
  const rows = [HEADER, ...lines.map(cellsOf)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => textWidth(row[column] ?? ''))));
  for (const [index, row] of rows.entries()) {
    yield `${row
      .map((cell, column) => padWidth(cell, widths[column] ?? 0))
      .join(GAP)
      .trimEnd()}\n`;
    if (index === 0) yield `${widths.map((width) => '-'.repeat(width)).join(GAP)}\n`;
  }
}

const WHY = { weekend: '周末', holiday: '法定休假日' } as const;

const adjustmentLine =
  (unit: ExplainedClock['unit']) =>
  ({ word, from, to, length }: ExplainedClock['adjustments'][number]): string =>
    from === null
      ? `  延长：${word}，${lengthOf({ length, unit })}`
      : `  扣除：${word}，${from} ${to === null ? '起，还没有恢复计算' : `至 ${to}`}`;

/** How a clock was counted, from its first day to its last. */
export function clockPage(view: ExplainedClock): string {
  const { length, unit, extended, rest, restDays, excluded, parameter, basis } = view;
  const skipped = rest.map(({ day, why }) => `${day}（${WHY[why]}）`).join('、');
  const more = restDays > rest.length ? `……共 ${restDays} 日` : '';
  const lines = [
    `${view.reference}  ${view.word}`,
    `  起算：${view.from}（${view.event}，当日不计入）`,
    `  长度：${lengthOf({ length, unit })}${extended > 0 ? `，延长 ${lengthOf({ length: extended, unit })}` : ''}`,
    ...(parameter
      ? [
          `  长度的出处：${parameter.word} ${parameter.value}（${[parameter.documentNo, statusWords(parameter.status)].filter(Boolean).join('；')}）`,
        ]
      : []),
    `  不扣除、不顺延时到：${view.counted}`,
    ...view.adjustments.map(adjustmentLine(unit)),
    ...excluded.map(({ from, to, days }) => `  合并以后扣除：${from} 至 ${to}，${days} 日`),
    ...(restDays > 0 ? [`  ${unit === 'working_day' ? '休息日不计' : '末日遇休息日顺延'}：${skipped}${more}`] : []),
    ...(view.rolls || unit === 'working_day' ? [] : ['  这一期限末日遇休息日不顺延']),
    view.pausedSince === null ? `  届满：${view.end}` : `  停着：自 ${view.pausedSince} 起不计，恢复以后接着算`,
    ...(view.provisional ? [`  ${PROVISIONAL}`] : []),
    ...(view.differs ? [`  库里登记的届满日是 ${view.due}：规则或者日历在登记以后有变动，以登记的为准`] : []),
    `  依据：${basis.map(citation).join('；') || '没有写明'}`,
  ];
  return `${lines.join('\n')}\n`;
}
