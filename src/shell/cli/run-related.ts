import { mergeErrors } from '../../core/documents/field-errors.js';
import { buildEgoGraph, summariseEgo } from '../../core/related/ego-graph.js';
import { evidenceOf } from '../../core/related/evidence.js';
import { Router } from '../../core/routing/batch.js';
import { checkFiling } from '../../core/routing/intake.js';
import { relatedCases } from '../../core/routing/related-cases.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Evaluator } from '../../core/rules/evaluate.js';
import { plainText } from '../files/input-error.js';
import { readFilings } from '../files/read-table.js';
import { tableVocabulary } from '../files/table-vocabulary.js';
import { checkedDocket, readDocket } from './docket.js';
import { CliFailure, EXIT, failInput } from './failure.js';
import { lawbookOnce } from './library.js';

export interface RelatedOptions {
  docket: string;
  rules: string;
  graph?: true;
}

/** Prints the links of one filing, each with evidence and score. */
export async function runRelated(path: string, options: RelatedOptions): Promise<void> {
  const lawbookNow = lawbookOnce(options.rules);
  const read = await readFilings(path, () => tableVocabulary(lawbookNow().book.vocabulary));
  if (!read.ok) return failInput(read.error);
  const [raw, second] = read.value.filings;
  if (raw === undefined || second !== undefined) {
    throw new CliFailure(`${path}: 应当只有一件收案,实际有 ${read.value.filings.length} 件;多件请用 shouze route`);
  }
  const rawDocket = await readDocket(options.docket);
  const lawbook = lawbookNow();
  const docket = checkedDocket(options.docket, rawDocket, lawbook);
  const checked = checkFiling(raw.value, { court: docket.docket.court.code, lawbook, seen: new Set() });
  if (!checked.ok || raw.errors.length > 0) {
    for (const error of mergeErrors(raw.errors, checked.ok ? [] : checked.error)) {
      const place = raw.place(error.path) ?? '';
      process.stderr.write(`${path} ${plainText(`${place} ${error.path}: ${error.message}`)}\n`);
    }
    process.exitCode = EXIT.invalid;
    return;
  }
  const filing = checked.value;
  const evaluator = new Evaluator(jsonRulesEngine);
  // Nothing is drawn here, so no seed is needed.
  const router = new Router({ docket, lawbook, evaluator, seed: '' });
  const { dossier, pairs, view } = router.gather(filing);
  const links = await relatedCases(dossier, router.rulesetOf(filing), lawbook, evaluator);
  const graph = (): object => {
    const { vocabulary } = lawbook.book;
    const cases = pairs.map((pair) => ({ pair, evidence: evidenceOf(pair, filing.cause, vocabulary) }));
    return { graph: summariseEgo(buildEgoGraph(view, cases, vocabulary, dossier.truncated.length > 0)) };
  };
  const shown = { filing: filing.id, links, truncated: dossier.truncated, ...(options.graph && graph()) };
  process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
}
