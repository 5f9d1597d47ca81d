import { changesBetween } from '../../core/releases/draft-files.js';
import { strandedBy } from '../../core/releases/open-runs.js';
import type { CourtTx } from '../ports.js';
import { Refusal } from '../refusal.js';
import type { StoredRelease } from '../release-ports.js';
import { sourcesOfRelease } from './draft-content.js';
import { editionOf } from './editions.js';
import { releaseFound } from './found.js';

/** Folders whose files say which flows a court has. */
const SAYS_FLOWS = /^(flows|courts|modules)\//;

/**
 * Runs go on by the rules of the day. A release that takes a flow, or a state in which runs wait, from under them would leave nobody a way to
 * end them; how many there are is told, and of no case anything else.
 *
 * @throws Refusal where runs are open, in whichever court, that could not go on by the release
 */
export async function refuseStranding(
  tx: CourtTx,
  { base, bundle }: Pick<StoredRelease, 'base' | 'bundle'>,
): Promise<void> {
  if (base === null) return;
  const { releases } = tx;
  const sources = new Map((await releases.manifest(bundle)).sources);
  const changed = changesBetween(await sourcesOfRelease(releases, base), sources);
  if (![...changed.keys()].some((path) => SAYS_FLOWS.test(path))) return;
  const open = await releases.openRuns();
  if (open.length === 0) return;
  const before = await editionOf(releases, (await releaseFound(releases, base)).bundle);
  const stranded = strandedBy(before, await editionOf(releases, bundle), open, tx.today);
  if (stranded.length === 0) return;
  const told = stranded.map(({ flow, flowName, stateName, runs, courts }) => ({
    path: flow,
    code: 'FLOW_IN_USE',
    message: `“${flowName}”有 ${runs} 件停在“${stateName}”（${courts} 个法院）`,
  }));
  const words = told.map(({ message }) => message).join('；');
  throw new Refusal(
    'STATE_CONFLICT',
    `这次发布去掉了还有人在办的流程或者状态：${words}。请保留它们（可以写上失效日期，以后收的案件不再走），等这些办结以后再去掉`,
    told,
  );
}
