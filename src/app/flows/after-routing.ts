import type { Decision } from '../../core/documents/decision.js';
import { flowsOf } from '../../core/flows/flows-of.js';
import { matterFacts, type ProposalState } from '../../core/flows/matter-facts.js';
import { routed } from '../../core/flows/play.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { Ruleset } from '../../core/rules/ruleset.js';
import type { CourtTx, Service } from '../ports.js';
import { benchOf, type ValidFiling } from '../stored-filing.js';
import { storeStep } from './store-step.js';

/**
 * Plays what a decision begins, carries on or ends by itself: a filing that waits for a person has somebody who must see to it and a clock
 * from that moment on, and a possible duplicate is put before its judge.
 *
 * @param filing as it stood before the decision
 * @param owner who holds it now
 * @param proposal what has just become of a proposal that another should take it
 */
export async function afterRouting(
  tx: CourtTx,
  service: Service,
  filing: ValidFiling,
  decision: Decision,
  ruleset: Ruleset,
  owner: string | undefined,
  proposal?: ProposalState,
): Promise<void> {
  const { lawbook } = tx;
  const { receivedOn, parties } = filing.filing;
  const { docket } = await benchOf(tx);
  const facts = matterFacts(filing.filing, decision, owner === undefined ? 'needs_review' : 'assigned', proposal);
  const flows = flowsOf(lawbook.flows, lawbook.book, docket.court.code, receivedOn);
  // Before the first decision there is nothing that could go on.
  let runs = filing.decision > 0 ? await tx.flows.runsOf(filing.id) : [];
  const names = parties.map(({ name }) => name);
  for (const flow of flows) {
    const view = {
      id: filing.id,
      facts,
      owner,
      receivedOn,
      assignedOn: (decision.record?.assignedOn ?? receivedOn) as PlainDate,
      deadlines: new Map<string, PlainDate>(),
      unable: () => undefined,
      knows: () => false,
      parties: names,
      runs: runs.map(({ run }) => run),
    };
    const played = routed(flow, view, tx.today);
    if (!played) continue;
    const isJudge = (id: string): boolean => docket.judges.some((each) => each.id === id);
    await storeStep(tx, service, flow, { filing, runs, ruleset, view, isJudge }, played, { action: 'flow.route' });
    runs = await tx.flows.runsOf(filing.id);
  }
}
