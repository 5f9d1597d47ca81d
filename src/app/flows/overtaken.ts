import type { Decision } from '../../core/documents/decision.js';
import { admits } from '../../core/flows/flow.js';
import { isMoot } from '../../core/flows/play.js';
import type { CourtTx, InForce } from '../ports.js';
import type { StoredMatter } from './stored-matter.js';

/** What flows know of a matter once its procedure is that of the decision. */
const factsAfter = ({ view }: StoredMatter, { procedure = '', panel = '' }: Decision): ReadonlyMap<string, string> =>
  new Map(view.facts).set('procedure', procedure).set('panel', panel);

/** A matter with those runs alone that are about a procedure which a decision has overtaken. */
export function overtaken(matter: StoredMatter, decision: Decision, { lawbook }: InForce): StoredMatter {
  const facts = factsAfter(matter, decision);
  const flows = new Map(lawbook.flows.map((flow) => [flow.key, flow]));
  const runs = matter.runs.filter(({ run }) => {
    const flow = flows.get(run.flow);
    return flow !== undefined && isMoot(flow, run, facts);
  });
  return { ...matter, runs };
}

/**
 * Takes back what the limit was extended by under a procedure that a decision has overtaken: the limit is another's now. Days that were
 * left out stay out.
 */
export async function withdrawOvertaken(tx: CourtTx, matter: StoredMatter, decision: Decision): Promise<void> {
  const facts = factsAfter(matter, decision);
  const subject = matter.filing.id;
  for (const { id, run, from, clock, rule: key, isWithdrawn } of await tx.clocks.adjustmentsOf(subject)) {
    if (run !== undefined || from !== null || isWithdrawn) continue;
    const rule = tx.lawbook.adjustments.find((each) => each.key === key);
    if (rule && admits(rule.applies, facts)) continue;
    await tx.clocks.withdrawAdjustment(id);
    tx.record({ action: 'clock.adjust', subject, body: { clock, change: 'withdraw', rule: key } });
  }
}
