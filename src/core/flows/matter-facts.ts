import type { Decision } from '../documents/decision.js';
import type { Filing } from '../documents/filing.js';

/** How a proposal that another should take the matter stands; `none` but for the moment of its being made or decided. */
export type ProposalState = 'none' | 'open' | 'approved' | 'rejected';

/** What guards of flows may read of a matter, by the keys of `GUARD_FACTS`. */
export const matterFacts = (
  { matter, stage }: Pick<Filing, 'matter' | 'stage'>,
  { procedure = '', panel = '', owner, links = [] }: Pick<Decision, 'procedure' | 'panel' | 'owner' | 'links'>,
  status: string,
  proposal: ProposalState = 'none',
): ReadonlyMap<string, string> =>
  new Map([
    ['matter', matter],
    ['stage', stage],
    ['procedure', procedure],
    ['panel', panel],
    ['method', owner?.method ?? 'none'],
    ['status', status],
    ['proposal', proposal],
    ['duplicate', links.some(({ kind }) => kind === 'possible_duplicate') ? 'yes' : 'no'],
  ]);
