import { isDeepStrictEqual } from 'node:util';
import type { Flow } from '../../src/core/flows/flow.js';
import { readFlows } from '../../src/core/flows/flows-of.js';
import { Problems, type RuleFile } from '../../src/core/rules/source.js';
import { readRuleFiles } from '../../src/shell/files/rule-files.js';
import type { Mutant } from '../mutation/mutant.js';
import { lawbook, RULES } from '../support/court.js';
import { FLOW_CHECKS } from '../support/flow-checks.js';
import { flowMutants } from './flow-mutants.js';
import { firstRed } from './is-red.js';
import type { Removal } from './removal.js';

const { vocabulary } = lawbook.book;
const FILES: readonly RuleFile[] = readRuleFiles(RULES).filter(({ path }) => path.startsWith('flows/'));

/** Everything that can be taken from the flow files one at a time. */
export const flowFileMutants = (): Mutant[] => FILES.flatMap((file) => flowMutants(file, vocabulary));

export const withoutPart = async (mutant: Mutant): Promise<Removal> => ({
  kind: mutant.kind,
  name: `${mutant.path} ${mutant.kind} ${mutant.name}`,
  noticed: await noticed(mutant),
});

async function noticed({ path, text = '' }: Mutant): Promise<string | undefined> {
  const problems = new Problems();
  const [changed] = readFlows([{ path, text }], vocabulary, problems);
  const [refused] = problems.list;
  if (refused) return `check-flow.test.ts:the shipped flows are all proved(${refused.code})`;
  const flows = lawbook.flows.map((flow) => (changed && flow.file === path ? changed : flow));
  if (flows.every((flow, index) => isSame(flow, lawbook.flows[index]))) throw new Error(`nothing was taken: ${path}`);
  const own = FLOW_CHECKS.filter(({ flow }) => flow === undefined || flow === changed?.key);
  const failed = await firstRed(own, ({ run }) => run(flows));
  return failed && `guards.test.ts:${failed.name}`;
}

const isSame = (one: Flow, other: Flow | undefined): boolean =>
  one === other || isDeepStrictEqual(withoutPlaces(one), other && withoutPlaces(other));

/** What a flow says, wherever it says it. */
const withoutPlaces = (flow: Flow): unknown =>
  JSON.parse(
    JSON.stringify(flow, (key, value) => (key === 'place' ? undefined : value instanceof Map ? [...value] : value)),
  );
