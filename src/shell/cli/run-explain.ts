import type { Decision } from '../../core/documents/decision.js';
import { decisionPage } from './decision-page.js';
import { CliFailure } from './failure.js';
import { loadLawbook } from './library.js';
import { print } from './output.js';
import { readDecisions } from './run-replay.js';

const isDecision = (value: unknown): value is Decision =>
  typeof value === 'object' && value !== null && 'filing' in value && 'status' in value && 'rules' in value;

/** Prints decisions as readable pages of Chinese text. */
export async function runExplain(path: string, filing: string | undefined, options: { rules: string }): Promise<void> {
  const { vocabulary } = loadLawbook(options.rules).book;
  const decisions = (await readDecisions(path)).filter(isDecision);
  const wanted = filing === undefined ? decisions : decisions.filter((each) => each.filing === filing);
  if (wanted.length === 0) {
    throw new CliFailure(filing === undefined ? `${path}: 里面没有分案决定` : `${path}: 里面没有登记号“${filing}”`);
  }
  const rule = `\n${'='.repeat(60)}\n\n`;
  await print(wanted.map((decision, index) => (index === 0 ? '' : rule) + decisionPage(decision, vocabulary)));
}
