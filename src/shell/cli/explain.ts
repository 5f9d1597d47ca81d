import type { Command } from 'commander';
import type { Decision } from '../../core/documents/decision.js';
import { decisionPage } from './decision-page.js';
import { CliFailure } from './failure.js';
import { loadLawbook, rulesOption } from './library.js';
import { print } from './output.js';
import { readDecisions } from './replay.js';

const isDecision = (value: unknown): value is Decision =>
  typeof value === 'object' && value !== null && 'filing' in value && 'status' in value && 'rules' in value;

export function addExplain(program: Command): void {
  program
    .command('explain')
    .argument('<决定文件>', 'shouze route --format json 的输出 / decisions as JSON')
    .argument('[登记号]', '只看这一件;不写就逐件列出 / one filing only')
    .summary('把决定写成看得懂的一页中文 / one decision as a page of Chinese text')
    .description(
      '把分案决定写成一页中文:程序、承办人、关联、不得承办的人、抽签、期限和依据。\nPrints decisions as readable pages.',
    )
    .addOption(rulesOption('规则目录(取词表)/ rules folder'))
    .addHelpText('after', '\n例 / Examples:\n  shouze explain 决定.json 2026-0001\n  shouze explain 决定.json | less')
    .action(async (path: string, filing: string | undefined, options: { rules: string }) => {
      const { vocabulary } = loadLawbook(options.rules).book;
      const decisions = (await readDecisions(path)).filter(isDecision);
      const wanted = filing === undefined ? decisions : decisions.filter((each) => each.filing === filing);
      if (wanted.length === 0) {
        throw new CliFailure(filing === undefined ? `${path}: 里面没有分案决定` : `${path}: 里面没有登记号“${filing}”`);
      }
      const rule = `\n${'='.repeat(60)}\n\n`;
      await print(wanted.map((decision, index) => (index === 0 ? '' : rule) + decisionPage(decision, vocabulary)));
    });
}
