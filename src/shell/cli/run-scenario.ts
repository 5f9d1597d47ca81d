import { dirname, resolve } from 'node:path';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Evaluator } from '../../core/rules/evaluate.js';
import { playScenario, unmet } from '../../core/scenario/scenario.js';
import { formatInputError } from '../files/input-error.js';
import { readScenario } from '../files/read-scenario.js';

import { checkedDocket, readDocket } from './docket.js';
import { CliFailure, EXIT, firstOf } from './failure.js';
import { loadLawbook } from './library.js';
import { deliver } from './output.js';

export interface ScenarioOptions {
  rules: string;
  out?: string;
}

/** The seed of a script that names none: a script is played to be looked at, and plays the same every time. */
const SEED = '00'.repeat(32);

/** Plays a script and prints what came of it. */
export async function runScenario(path: string, { rules, out }: ScenarioOptions): Promise<void> {
  const read = await readScenario(path);
  if (!read.ok) throw new CliFailure(firstOf(read.error.map(formatInputError)).join('\n'));
  const { docket: given, seed = SEED, steps, expect = {} } = read.value;
  const isPath = typeof given === 'string';
  const docketPath = isPath ? resolve(dirname(path), given) : path;
  const raw = isPath ? await readDocket(docketPath) : given;
  const lawbook = loadLawbook(rules);
  const docket = checkedDocket(docketPath, raw, lawbook);
  const result = await playScenario({ docket, lawbook, evaluator: new Evaluator(jsonRulesEngine), seed }, steps);
  await deliver([`${JSON.stringify(result, null, 2)}\n`], out);
  const refused = result.events.filter((event) => 'refused' in event).length;
  const differences = unmet(expect, result);
  for (const line of differences) process.stderr.write(`不符:${line}\n`);
  process.stderr.write(
    `共 ${steps.length} 步,${refused} 步被拒绝;${Object.keys(expect).length} 件有预期,${differences.length} 处不符\n`,
  );
  process.exitCode = differences.length === 0 ? EXIT.ok : EXIT.invalid;
}
