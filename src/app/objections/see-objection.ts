import type { CitedBasis, Decision, Reason } from '../../core/documents/decision.js';
import type { Flow } from '../../core/flows/flow.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { historyOf, type RunStepView } from '../flows/see-flows.js';
import { matterOf, type StoredMatter } from '../flows/stored-matter.js';
import type { QueuedRun } from '../objection-ports.js';
import { permit } from '../permit.js';
import type { Bench, Context, CourtReads } from '../ports.js';
import { Refusal } from '../refusal.js';
import { dossierOf } from '../settle.js';
import { benchOf, validFiling } from '../stored-filing.js';
import type { JudgeName } from '../views.js';
import { type CitedCase, citedCases } from './cited-case.js';
import { type OpenAction, openActions } from './consequences.js';
import { flowNamed, judgeNamed, type ObjectionRow, rowOf } from './row.js';
import { type RulingView, rulingsAlike } from './rulings.js';

/** One run with all that whoever decides weighs: both sides beside each other, the rules, and what was ruled before. */
export interface ObjectionView {
  readonly row: ObjectionRow;
  readonly filing: {
    readonly matter: string;
    readonly stage: string;
    readonly receivedOn: string;
    readonly procedure: string | null;
    readonly state: string;
  };
  readonly flow: FlowCard;
  /** What whoever asks says. */
  readonly asked: {
    readonly reason: string;
    readonly cases: readonly CitedCase[];
    /** Why the claimed owner could not take it, as things stand; null where nothing forbids it or nobody is claimed. */
    readonly claimedOwnerUnable: string | null;
  };
  /** What the decision in question says. */
  readonly decided: DecidedSide;
  readonly history: readonly RunStepView[];
  readonly actions: readonly OpenAction[];
  readonly rulings: readonly RulingView[];
  readonly judges: readonly (JudgeName & { readonly division: string })[];
}

/** The flow's own rule: what it rests on, with the words that it quotes. */
export interface FlowCard {
  readonly id: string;
  readonly name: string;
  readonly basis: readonly (CitedBasis & { readonly quote: string | null })[];
}

export interface DecidedSide {
  readonly number: number;
  readonly judge: JudgeName | null;
  readonly method: string | null;
  readonly link: string | null;
  readonly reasons: readonly Reason[];
  readonly cases: readonly (CitedCase & { readonly kind: string; readonly score: number })[];
  /** How many judges took part in the draw and how many did not; null where nobody was drawn. */
  readonly pool: { readonly in: number; readonly out: number } | null;
}

/** What speaks to who takes the matter. */
const ABOUT_OWNER = new Set<string>(['owner', 'owner_unable', 'draw', 'link']);
/** A decision can rest on hundreds of links; the strongest stand first. */
const CASES_SHOWN = 20;

/** One run, for whoever may see its filing, and for the judges whom it is about. */
export async function seeObjection({ subject, service }: Context, id: string): Promise<ObjectionView> {
  return service.store.read(subject.court, async (tx) => {
    const queued = await tx.objections.run(id);
    const { applicant, claimedOwner, challenged } = queued?.run ?? {};
    const own = [applicant, claimedOwner, challenged].find(
      (each) => each !== undefined && subject.judges.includes(each),
    );
    permit(subject, 'filing.read', { owner: own ?? queued?.owner ?? undefined });
    if (queued === undefined) throw new Refusal('NOT_FOUND', '没有这一项异议；请回到列表核对');
    const stored = await tx.filing(queued.filing);
    if (stored === undefined) throw new Error('a run is of a filing');
    const bench = await benchOf(tx);
    const matter = await matterOf(tx, validFiling(stored), queued.run.evidence);
    const decision = await decisionInQuestion(tx, matter, queued);
    const flow = flowNamed(tx, queued.run.flow);
    const { filing } = matter.filing;
    return {
      row: rowOf(
        queued,
        { subject, bench, today: tx.today },
        (matter.decision.barred ?? []).map(({ judge }) => judge),
      ),
      filing: {
        matter: filing.matter,
        stage: filing.stage,
        receivedOn: filing.receivedOn,
        procedure: matter.decision.procedure ?? null,
        state: queued.filingState,
      },
      flow: cardOf(flow, bench, filing.receivedOn),
      ...(await sidesOf(tx, bench, matter, queued.run, decision)),
      history: historyOf(flow, id, await tx.flows.stepsOf(queued.filing), tx.lawbook.book.vocabulary),
      actions:
        queued.run.outcome === undefined
          ? await openActions(tx, { subject, service }, bench, matter, flow, queued.run)
          : [],
      rulings: await rulingsAlike(tx, {
        id,
        run: queued.run,
        cause: filing.cause,
        decision: decision.decision,
      }),
      judges: bench.docket.judges.map(({ id: judge, name, division }) => ({
        id: judge,
        name,
        division: bench.docket.divisions.find((each) => each.id === division)?.name ?? division,
      })),
    };
  });
}

interface Numbered {
  readonly number: number;
  readonly decision: Decision;
}

/** The decision that was in force when the run began: what it led to is another. */
async function decisionInQuestion(tx: CourtReads, matter: StoredMatter, { id, filing }: QueuedRun): Promise<Numbered> {
  const number = await tx.objections.decisionBefore(id);
  const before = number === undefined ? undefined : await tx.decisionOf(filing, number);
  return number !== undefined && before
    ? { number, decision: before }
    : { number: matter.filing.decision, decision: matter.decision };
}

async function sidesOf(
  tx: CourtReads,
  bench: Bench,
  { filing: stored, handover, view }: StoredMatter,
  run: FlowRun,
  { number, decision }: Numbered,
): Promise<Pick<ObjectionView, 'asked' | 'decided'>> {
  const { filing } = stored;
  const { citedCases: own = [] } = filing;
  const links = (decision.links ?? []).slice(0, CASES_SHOWN);
  const linked = [...new Set(links.map(({ caseNo }) => caseNo))];
  // Cited with the filing, the cases of both sides are compared with it like any other.
  const citing = { ...stored, filing: { ...filing, citedCases: [...new Set([...own, ...run.evidence, ...linked])] } };
  const { dossier } = await dossierOf(tx, citing, { handover, decidedOn: tx.today });
  const rested = await citedCases(tx, bench, dossier, linked, own);
  const { owner, draw, pool = [], reasons = [] } = decision;
  return {
    asked: {
      reason: run.reason,
      cases: await citedCases(tx, bench, dossier, run.evidence, own),
      claimedOwnerUnable: run.claimedOwner === undefined ? null : (view.unable(run.claimedOwner)?.text ?? null),
    },
    decided: {
      number,
      judge: owner?.judge == null ? null : judgeNamed(bench, owner.judge),
      method: owner?.method ?? null,
      link: owner?.link ?? null,
      reasons: reasons.filter(({ about }) => ABOUT_OWNER.has(about)),
      cases: links.flatMap(({ caseNo, kind, score }) => {
        const found = rested[linked.indexOf(caseNo)];
        return found ? [{ ...found, kind, score }] : [];
      }),
      pool: draw ? { in: pool.filter((each) => each.in).length, out: pool.filter((each) => !each.in).length } : null,
    },
  };
}

/** A module's flow rests on what the court adopted it by. */
function cardOf({ id, name, basis }: Flow, { docket, lawbook }: Bench, on: PlainDate): FlowCard {
  const adoptions = (lawbook.book.courts.get(docket.court.code)?.adoptions ?? []).filter(
    ({ validFrom }) => validFrom <= on,
  );
  const written = basis.flatMap((each) => {
    if (!('adopted' in each)) return [each];
    return adoptions.flatMap(({ bases }) => bases.get(each.adopted) ?? []);
  });
  return {
    id,
    name,
    basis: written.map(({ law, article, status, quote }) => ({
      law,
      status,
      ...(article !== undefined && { article }),
      quote: quote ?? null,
    })),
  };
}
