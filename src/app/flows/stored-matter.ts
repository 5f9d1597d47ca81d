import type { Decision } from '../../core/documents/decision.js';
import { FIRST_HANDOVER, type Handover } from '../../core/documents/dossier.js';
import { unableIn } from '../../core/flows/carry-out.js';
import type { Flow } from '../../core/flows/flow.js';
import { type MatterView, unsettledOf } from '../../core/flows/flow-run.js';
import { flowsOf } from '../../core/flows/flows-of.js';
import { matterFacts } from '../../core/flows/matter-facts.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { caseNumberKey } from '../../core/law/case-number.js';
import type { Bench, CaseStub, CourtReads } from '../ports.js';
import { Refusal } from '../refusal.js';
import { rulesetOf } from '../rulesets.js';
import { dossierOf } from '../settle.js';
import { benchOf, type ValidFiling } from '../stored-filing.js';
import type { SteppedMatter } from './store-step.js';

/** A stored filing with all that flows may know of it. */
export interface StoredMatter extends SteppedMatter {
  readonly decision: Decision;
  readonly owner: string | undefined;
  readonly handover: Handover;
  /** Who holds or held a case that was cited. */
  readonly handlerOf: (cited: string) => string | undefined;
}

/** @throws Refusal where no decision has been made on it yet */
export async function matterOf(tx: CourtReads, filing: ValidFiling, cited: readonly string[]): Promise<StoredMatter> {
  const decision = await tx.decisionOf(filing.id, filing.decision);
  if (!decision) throw new Refusal('STATE_CONFLICT', '本件还没有分案；分案以后才能办理');
  const handover = decision.record?.handover ?? FIRST_HANDOVER;
  const { dossier, ruleset } = await dossierOf(tx, filing, { handover, decidedOn: tx.today });
  const owner = await holderOf(tx, filing, decision);
  const runs = await tx.flows.runsOf(filing.id);
  const named = await casesNamed(tx, cited);
  const deadlines = await tx.clocks.deadlinesOf(filing.id);
  const { receivedOn, parties } = filing.filing;
  const view: MatterView = {
    id: filing.id,
    facts: matterFacts(filing.filing, decision, filing.state),
    owner,
    receivedOn,
    assignedOn: (decision.record?.assignedOn ?? receivedOn) as PlainDate,
    deadlines: new Map(deadlines.map(({ kind, due }) => [kind, due])),
    unsettled: unsettledOf(deadlines),
    unable: unableIn(dossier, decision, ruleset),
    knows: (text) => named.has(text),
    parties: parties.map(({ name }) => name),
    runs: runs.map(({ run }) => run),
  };
  return {
    filing,
    decision,
    owner,
    handover,
    runs,
    // Clocks run by the rules that the filing was decided by; those of a decision today say who could take it.
    ruleset: await rulesetOf(tx, filing),
    view,
    handlerOf: (text) => named.get(text)?.owner,
    isJudge: (judge) => dossier.judges.some((each) => each.judge === judge),
  };
}

/** Who holds a filing. Nobody holds a closed case; what goes on with it starts from whoever closed it. */
export async function holderOf(
  tx: CourtReads,
  { id, state, decision: number }: ValidFiling,
  decision?: Decision,
): Promise<string | undefined> {
  const held = await tx.ownerOf(id);
  if (held !== undefined || state !== 'closed') return held?.judge;
  return (decision ?? (await tx.decisionOf(id, number)))?.owner?.judge ?? undefined;
}

/** The cases of the docket under the numbers that are cited, by what was cited; what it does not have is not there. */
export async function casesNamed(tx: CourtReads, cited: readonly string[]): Promise<Map<string, CaseStub>> {
  const named = new Map<string, CaseStub>();
  if (cited.length === 0) return named;
  const keys = cited.map((text) => ({ text, key: { family: 'number' as const, text: caseNumberKey(text) } }));
  const found = await tx.casesUnder(keys.map(({ key }) => key));
  for (const { text, key } of keys) {
    const [first] = found.get(key) ?? [];
    if (first) named.set(text, first);
  }
  return named;
}

/** The flow of that key that the court has on the day of the filing. @throws Refusal where it has none */
export const flowOf = async (tx: CourtReads, { filing }: ValidFiling, key: string): Promise<Flow> =>
  flowIn(await benchOf(tx), filing.receivedOn, key);

/** The flow of that key that a court has on a day. @throws Refusal where it has none */
export function flowIn({ docket, lawbook }: Bench, day: PlainDate, key: string): Flow {
  const flow = flowsOf(lawbook.flows, lawbook.book, docket.court.code, day).find((each) => each.key === key);
  if (!flow) throw new Refusal('NOT_FOUND', '本院没有采用这一流程');
  return flow;
}
