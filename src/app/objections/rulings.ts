import type { Decision } from '../../core/documents/decision.js';
import { withoutNames } from '../../core/documents/nameless.js';
import {
  type Alike,
  mostAlike,
  type RuledOn,
  type RulingTraits,
  relationIn,
  type Trait,
} from '../../core/flows/alike.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { caseNumberKey } from '../../core/law/case-number.js';
import { roleWord } from '../../core/related/evidence.js';
import { causePathOf } from '../../core/routing/lawbook.js';
import type { ComparedCase, PastRuling } from '../objection-ports.js';
import type { CourtReads, InForce } from '../ports.js';
import { flowNamed } from './row.js';

/** An earlier ruling on the same ground, without the names of its parties. */
export interface RulingView {
  readonly id: string;
  readonly decidedOn: string;
  readonly outcome: string;
  readonly stateWord: string;
  readonly cause: string | null;
  readonly agrees: readonly string[];
  readonly reason: string;
}

/** Of so many rulings the most alike are looked for, and so many are shown. */
const LOOKED_AT = 100;
const SHOWN = 5;

const TRAIT_WORDS: Readonly<Record<Trait, string>> = {
  cause: '案由相同',
  cause_branch: '二级案由相同',
  link: '关联种类相同',
  relation: '当事人关系相同',
};

/** What has been ruled on the same ground in cases alike, the most alike first. */
export async function rulingsAlike(
  tx: CourtReads,
  question: { readonly id: string; readonly run: FlowRun; readonly cause: string; readonly decision: Decision },
): Promise<RulingView[]> {
  const { id, run, cause, decision } = question;
  const past = await tx.objections.rulings(run, id, LOOKED_AT);
  const traits = traitsOf(tx, {
    run,
    cause,
    linkKind: decision.owner?.link ?? null,
    linkedCase: decision.owner?.linkedCase ?? null,
    compared: (decision.record?.earlier ?? []).map(({ caseNo, facts }) => ({ caseNo, ...truths(facts) })),
  });
  const ruled = past.map((each) => ({
    ...each,
    decidedOn: (each.run.decidedOn ?? each.run.openedOn) as PlainDate,
    traits: traitsOf(tx, each),
  }));
  const shown = mostAlike(traits, ruled, SHOWN);
  return Promise.all(shown.map((each) => viewOf(tx, each)));
}

const truths = (facts: Readonly<Record<string, unknown>>): Omit<ComparedCase, 'caseNo'> => ({
  sidesSame: facts.sidesSame === true,
  sidesSwapped: facts.sidesSwapped === true,
  partyShared: facts.partyShared === true,
});

/** The case that the question is about is the first that was cited, else the one that the decision followed. */
function traitsOf(
  { lawbook }: InForce,
  {
    run,
    cause,
    linkKind,
    linkedCase,
    compared,
  }: Pick<PastRuling, 'run' | 'cause' | 'linkKind' | 'linkedCase' | 'compared'>,
): RulingTraits {
  const about = run.evidence[0] ?? linkedCase;
  const key = about === null || about === undefined ? undefined : caseNumberKey(about);
  return {
    causePath: cause === null ? [] : causePathOf(lawbook, cause),
    linkKind: linkKind ?? undefined,
    relation: relationIn(compared.find(({ caseNo }) => caseNumberKey(caseNo) === key)),
  };
}

async function viewOf(
  tx: CourtReads,
  { id, filing, run, cause, decidedOn, agrees }: Alike<PastRuling & RuledOn>,
): Promise<RulingView> {
  const { vocabulary } = tx.lawbook.book;
  const parties = (await tx.filing(filing))?.filing?.parties ?? [];
  const named = parties.map(({ name, formerNames, role }) => ({ name, formerNames, word: roleWord(vocabulary, role) }));
  const flow = flowNamed(tx, run.flow);
  return {
    id,
    decidedOn,
    outcome: run.outcome ?? '',
    stateWord: flow.states.find(({ key }) => key === run.state)?.name ?? run.state,
    cause,
    agrees: agrees.map((trait) => TRAIT_WORDS[trait]),
    reason: withoutNames(run.decisionReason ?? '', named),
  };
}
