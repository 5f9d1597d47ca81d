import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { flowChart } from '../../src/core/flows/flow-chart.js';
import type { Lawbook } from '../../src/core/routing/lawbook.js';
import { lawbook } from '../support/court.js';

/** `docs/flows.md`: every flow as a diagram, with its grounds and clocks. */
export function renderFlows({ flows, book }: Lawbook): string {
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
    '没有人决定自己的事,承办人不会没完没了地变。',
    'Generated from `rules/flows/`; do not edit by hand.',
    '',
  ];
  return [...head, ...sections].join('\n');
}

const FILE = new URL('../../docs/flows.md', import.meta.url);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, renderFlows(lawbook));
