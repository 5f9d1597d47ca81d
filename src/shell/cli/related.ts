import type { Command } from 'commander';
import { buildEgoGraph, summariseEgo } from '../../core/related/ego-graph.js';
import { evidenceOf } from '../../core/related/evidence.js';
import { Router } from '../../core/routing/batch.js';
import { checkFiling } from '../../core/routing/intake.js';
import { relatedCases } from '../../core/routing/related-cases.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Evaluator } from '../../core/rules/evaluate.js';
import { readFilings } from '../files/read-table.js';
import { loadDocket } from './docket.js';
import { CliFailure, EXIT, failInput } from './failure.js';
import { loadLawbook, rulesOption, tableVocabulary } from './library.js';

export function addRelated(program: Command): void {
  program
    .command('related')
    .argument('<收案文件>', '一件收案(json、csv、xlsx)/ one filing')
    .summary('一件收案的关联案件 / related cases of one filing')
    .description(
      '打印一件收案的全部关联案件,每个都带证据和分数,不分案。\nPrints the links found for one filing, each with evidence and score.',
    )
    .requiredOption('--docket <案卷>', '法院案卷 JSON / the court as it stands')
    .addOption(rulesOption())
    .option('--graph', '连同关系图 / with the ego graph')
    .addHelpText(
      'after',
      '\n例 / Examples:\n  shouze related filing.json --docket docket.json\n  shouze related filing.json --docket docket.json --graph',
    )
    .action(async (path: string, options: { docket: string; rules: string; graph?: true }) => {
      const lawbook = loadLawbook(options.rules);
      const read = await readFilings(path, tableVocabulary(lawbook.book.vocabulary));
      if (!read.ok) return failInput(read.error);
      const [raw, second] = read.value.filings;
      if (raw === undefined || second !== undefined) {
        throw new CliFailure(`${path}: 应当只有一件收案,实际有 ${read.value.filings.length} 件;多件请用 shouze route`);
      }
      const docket = await loadDocket(options.docket, lawbook);
      const checked = checkFiling(raw.value, { court: docket.docket.court.code, lawbook, seen: new Set() });
      if (!checked.ok || raw.errors.length > 0) {
        for (const error of [...raw.errors, ...(checked.ok ? [] : checked.error)]) {
          process.stderr.write(`${path} ${raw.place(error.path) ?? ''} ${error.path}: ${error.message}\n`);
        }
        process.exitCode = EXIT.invalid;
        return;
      }
      const evaluator = new Evaluator(jsonRulesEngine);
      const router = new Router({ docket, lawbook, evaluator, seed: '00' });
      const gathered = router.gather(checked.value);
      const ruleset = router.rulesetOn(checked.value.receivedOn);
      const links = await relatedCases(gathered.dossier, ruleset, lawbook, evaluator);
      const graph = (): object => {
        const cases = gathered.pairs.map((pair) => ({ pair, evidence: evidenceOf(pair, checked.value.cause) }));
        return { graph: summariseEgo(buildEgoGraph(gathered.view, cases, gathered.dossier.truncated.length > 0)) };
      };
      const { truncated } = gathered.dossier;
      const shown = { filing: checked.value.id, links, truncated, ...(options.graph && graph()) };
      process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    });
}
