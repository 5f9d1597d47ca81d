import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Ladder, LadderLevel, UrgedActor } from '../../src/core/flows/escalation.js';
import { flowChart } from '../../src/core/flows/flow-chart.js';
import type { Lawbook } from '../../src/core/routing/lawbook.js';
import { lawbook } from '../support/court.js';

/** `docs/flows.md`: every flow as a diagram, with its grounds and clocks. */
export function renderFlows({ flows, ladders, book }: Lawbook): string {
  const word = (enumeration: string, key: string): string =>
    book.vocabulary.enumerations.get(enumeration)?.byKey.get(key)?.word ?? key;
  const sections = flows.flatMap((flow) => [
    `## ${flow.name} · ${flow.id}`,
    '',
    `\`${flow.key}\`, \`rules/${flow.file}\``,
    '',
    ...(flow.grounds.length > 0
      ? [
          '| 事由 | 代号 | 被主张人 | 证据 |',
          '| --- | --- | --- | --- |',
          ...flow.grounds.map(
            ({ name, key, claimedOwner, evidence }) =>
              `| ${name} | \`${key}\` | ${word('要求', claimedOwner)} | ${word('要求', evidence)} |`,
          ),
          '',
          flow.groundOnce ? '同一事由每件只能提出一次。' : '同一事由可以再次提出。',
          '',
        ]
      : []),
    '```mermaid',
    flowChart(flow, book.vocabulary),
    '```',
    '',
  ]);
  const head = [
    '# 流程 / Flows',
    '',
    '由 `rules/flows/` 生成(`npm run flows`),不要手改。`shouze rules check` 逐个证明:状态都走得到、出得去,等待都有期限和人,',
    '没有人决定自己的事,承办人不会没完没了地变,逾期都有人收到催办。',
    'Generated from `rules/flows/`; do not edit by hand.',
    '',
  ];
  const urged = (actor: UrgedActor): string => (actor === 'waited_for' ? '等谁办就送谁' : word('流程参与人', actor));
  const daysOf = ({ days, unit }: LadderLevel): string =>
    typeof days === 'number'
      ? `${days}${word('期间单位', unit)}`
      : `${book.vocabulary.parametersById.get(days.parameter)?.word ?? days.parameter}（${word('期间单位', unit)}）`;
  const scopeOf = ({ scopes }: Ladder): string =>
    scopes
      .map(({ flow: key, clock }) => {
        const flow = flows.find((each) => each.key === key);
        return `${flow?.name ?? key}${flow?.clocks.find((each) => each.key === clock)?.name ?? ''}`;
      })
      .join('、') || '没有另外写明的全部期限';
  const urging = ladders.flatMap((ladder) => [
    `## ${ladder.name} · ${ladder.id}`,
    '',
    `\`rules/${ladder.file}\`，适用于${scopeOf(ladder)}；办理情况报${ladder.answerTo.map(urged).join('、')}。`,
    '',
    '| 级别 | 哪一天 | 送 | 抄送 |',
    '| --- | --- | --- | --- |',
    ...ladder.levels.map(
      (level) =>
        `| ${word('催办级别', level.level)} | ${word('催办时点', level.side)}${daysOf(level)} | ${level.to.map(urged).join('、')} | ${level.copies.map(urged).join('、')} |`,
    ),
    '',
    '每一级在一个期限里只发一次。届满自动办理的期限只在届满前提示;可以办也可以不办的(申请人、当事人的权利)不催。',
    '',
  ]);
  return [...head, ...sections, ...urging].join('\n');
}

const FILE = new URL('../../docs/flows.md', import.meta.url);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, renderFlows(lawbook));
