import { replay } from '../../core/routing/replay.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Evaluator } from '../../core/rules/evaluate.js';
import { MAX_DOCKET_BYTES, readJsonFile } from '../files/read-json.js';
import { CliFailure, EXIT, failInput } from './failure.js';
import { loadLawbook } from './library.js';
import { progressBar } from './progress.js';

const AS_BEFORE = new Set(['same', 'invalid_as_before']);

/** Reads a file of decisions: an array, or one decision. */
export async function readDecisions(path: string): Promise<readonly unknown[]> {
  const read = await readJsonFile(path, { maxBytes: MAX_DOCKET_BYTES });
  if (!read.ok) return failInput(read.error);
  if (Array.isArray(read.value)) return read.value;
  if (typeof read.value === 'object' && read.value !== null) return [read.value];
  throw new CliFailure(`${path}: 应当是 shouze route --format json 输出的决定(数组)`);
}

/** Decides each recorded case again and says which differ. */
export async function runReplay(path: string, options: { rules: string }): Promise<void> {
  const decisions = await readDecisions(path);
  const lawbook = loadLawbook(options.rules);
  const evaluator = new Evaluator(jsonRulesEngine);
  const bar = progressBar('重算', decisions.length);
  let same = 0;
  const lines: string[] = [];
  for (const [index, decision] of decisions.entries()) {
    const result = await replay(decision, lawbook, evaluator);
    if (AS_BEFORE.has(result.outcome)) same++;
    else lines.push(`第${index + 1}件 ${result.filing || '(无登记号)'}: ${result.message} [${result.outcome}]\n`);
    bar.step(index + 1);
  }
  bar.end();
  for (const line of lines) process.stdout.write(line);
  process.stdout.write(`重算 ${decisions.length} 件,相同 ${same} 件,不同 ${decisions.length - same} 件\n`);
  process.exitCode = same === decisions.length ? EXIT.ok : EXIT.invalid;
}
