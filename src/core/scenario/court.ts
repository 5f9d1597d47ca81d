import type { Decision } from '../documents/decision.js';
import type { Absence, Closure, DocketCase, Judge } from '../documents/docket.js';
import { FIRST_HANDOVER, type Handover } from '../documents/dossier.js';
import type { Filing } from '../documents/filing.js';
import { decisionAfter, moveOf, takerOf, unableIn } from '../flows/carry-out.js';
import { afterStage, isHeld } from '../flows/escalation.js';
import type { Flow } from '../flows/flow.js';
import {
  type FlowEvent,
  type FlowRefusal,
  type FlowRun,
  type MatterView,
  type Played,
  type Unable,
  unsettledOf,
} from '../flows/flow-run.js';
import { flowsOf } from '../flows/flows-of.js';
import { matterFacts } from '../flows/matter-facts.js';
import { endOf, expired, isMoot, lapsed, play, suspendedIn } from '../flows/play.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { err, ok, type Result } from '../kernel/result.js';
import { caseNumberKey } from '../law/case-number.js';
import { periodMatterOf } from '../law/period.js';
import { assignedCase, Router } from '../routing/batch.js';
import type { CheckedDocket } from '../routing/docket-check.js';
import type { Lawbook } from '../routing/lawbook.js';
import type { Evaluator } from '../rules/evaluate.js';
import type { Ruleset } from '../rules/ruleset.js';

/** One matter of a court in memory: its filing, the decision in force and all that flows made of it. */
export interface Matter {
  readonly filing: Filing;
  readonly decision: Decision;
  readonly assignedOn: PlainDate;
  readonly owner: string | undefined;
  /** Who has held it, in order. */
  readonly history: readonly string[];
  readonly runs: readonly FlowRun[];
  readonly handover: Handover;
  readonly closed?: { readonly closure: Closure; readonly on: PlainDate };
}

export interface CourtParts {
  readonly docket: CheckedDocket;
  readonly lawbook: Lawbook;
  readonly evaluator: Evaluator;
  readonly seed: string;
}

/** A clock that has run out: who is late is urged, or the flow went on by itself. */
export interface Expired {
  readonly filing: string;
  readonly clock: string;
  readonly due: PlainDate;
  readonly played?: Played;
}

/** A court in memory, as a scenario plays it: filings are routed, and flows are played over what they have become. */
export class MemoryCourt {
  readonly #parts: CourtParts;
  readonly #matters = new Map<string, Matter>();
  #judges: readonly Judge[];

  constructor(parts: CourtParts) {
    this.#parts = parts;
    this.#judges = parts.docket.docket.judges;
  }

  get matters(): ReadonlyMap<string, Matter> {
    return this.#matters;
  }

  matter(id: string): Matter | undefined {
    return this.#matters.get(id);
  }

  /** Routes a new filing. */
  async file(filing: Filing): Promise<Matter> {
    const handover = FIRST_HANDOVER;
    const decision = await this.#router(filing.id).route(filing);
    const matter = this.#decided({ filing, history: [], runs: [], handover }, decision);
    this.#matters.set(filing.id, matter);
    return matter;
  }

  /** An answer on a filing that could not be read as one. */
  refuse(id: string, errors: NonNullable<Decision['errors']>, day: PlainDate): Decision {
    return this.#router(id).refuse(id, errors, day);
  }

  absent(judge: string, absence: Absence): boolean {
    if (!this.#judges.some(({ id }) => id === judge)) return false;
    this.#judges = this.#judges.map((each) =>
      each.id === judge ? { ...each, absences: [...(each.absences ?? []), absence] } : each,
    );
    return true;
  }

  /** Closes a matter; what still ran over it has no object any more. */
  close(id: string, closure: Closure, on: PlainDate): Result<undefined, FlowRefusal> {
    const matter = this.#matters.get(id);
    if (!matter?.owner || matter.closed) return err({ code: 'WRONG_STATE', message: '只有已分案、没有结案的才能结案' });
    if (suspendedIn(matter.runs) !== undefined) {
      return err({ code: 'WRONG_STATE', message: '承办人正被申请回避，决定以前暂停参与本案的工作，不能结案' });
    }
    const runs = matter.runs.map((run) => (run.outcome === undefined ? lapsed(run) : run));
    this.#matters.set(id, { ...matter, runs, closed: { closure, on } });
    return ok(undefined);
  }

  /** The flows that a court has on a day. */
  flowsOn(day: PlainDate): readonly Flow[] {
    const { lawbook, docket } = this.#parts;
    return flowsOf(lawbook.flows, lawbook.book, docket.docket.court.code, day);
  }

  /** Plays an event over a matter and carries out what follows; refused, nothing has changed. */
  async play(id: string, flow: Flow, event: FlowEvent): Promise<Result<Played, FlowRefusal>> {
    const matter = this.#matters.get(id);
    if (!matter) return err({ code: 'WRONG_STATE', message: `没有收案“${id}”` });
    const played = play(flow, this.view(matter, event.on), event);
    if (!played.ok) return played;
    const next = await this.#carriedOut(matter, played.value, event.on);
    if (!next.ok) return next;
    this.#matters.set(id, next.value);
    return played;
  }

  /** Lets every clock of a matter that ran out before a day have its effect, once. */
  async expire(id: string, on: PlainDate): Promise<Expired[]> {
    const found: Expired[] = [];
    const matter = this.#matters.get(id);
    if (!matter || matter.closed) return found;
    for (const run of matter.runs) {
      if (run.outcome !== undefined || !run.clock || run.clock.fired.length > 0) continue;
      const flow = this.flowsOn(matter.filing.receivedOn).find(({ key }) => key === run.flow);
      const end = flow && this.endOf(flow, run, matter);
      const clock = flow?.clocks.find(({ key }) => key === run.clock?.key);
      if (!flow || !clock || end?.kind !== 'due' || end.due >= on || isHeld(clock, end)) continue;
      const now = this.#matters.get(id) ?? matter;
      const played = expired(flow, this.view(now, on), run, on);
      if (played) {
        const next = await this.#carriedOut(now, played, on);
        if (!next.ok) continue;
        this.#matters.set(id, next.value);
      } else {
        const urged = { ...run, clock: afterStage(run.clock, 'expiry') };
        this.#matters.set(id, { ...now, runs: now.runs.map((each) => (each === run ? urged : each)) });
      }
      found.push({ filing: id, clock: run.clock.key, due: end.due, ...(played && { played }) });
    }
    return found;
  }

  endOf(flow: Flow, run: FlowRun, { filing, assignedOn }: Matter): ReturnType<typeof endOf> {
    const { parameters } = this.#ruleset(filing, assignedOn);
    const lengthOf = (id: string): number | undefined => {
      const value = parameters.get(id)?.value;
      return typeof value === 'number' ? value : undefined;
    };
    return endOf(flow, run, lengthOf, periodMatterOf(filing.matter), this.#parts.lawbook.calendar);
  }

  /** A matter as flows see it on a day. */
  view(matter: Matter, on: PlainDate): MatterView {
    const { filing, decision, owner, runs, assignedOn, closed } = matter;
    const facts = matterFacts(filing, decision, closed ? 'closed' : decision.status);
    return {
      id: filing.id,
      facts,
      owner,
      receivedOn: filing.receivedOn,
      assignedOn,
      deadlines: new Map((decision.deadlines ?? []).map(({ kind, due }) => [kind, due as PlainDate])),
      unsettled: unsettledOf(decision.deadlines ?? []),
      unable: this.#unable(matter, on),
      knows: (cited) => this.#caseBy(cited) !== undefined,
      parties: filing.parties.map(({ name }) => name),
      runs,
    };
  }

  #ruleset(filing: Filing, assignedOn: PlainDate): Ruleset {
    return this.#router(filing.id).rulesetOf(filing, { assignedOn });
  }

  /** A router that sees every other matter as the case that it has become. */
  #router(except: string): Router {
    const { docket, lawbook, evaluator, seed } = this.#parts;
    const assigned = [...this.#matters.values()].flatMap((each) => (each.filing.id === except ? [] : caseOf(each)));
    const now = { ...docket, docket: { ...docket.docket, judges: [...this.#judges] } };
    return new Router({ docket: now, lawbook, evaluator, seed, assigned });
  }

  #caseBy(cited: string): { readonly judge: string } | undefined {
    const matter = this.#matters.get(cited);
    if (matter?.owner !== undefined) return { judge: matter.owner };
    const key = caseNumberKey(cited);
    const found = this.#parts.docket.docket.cases.find(({ caseNo }) => caseNumberKey(caseNo) === key);
    return found && { judge: found.handlers?.at(-1)?.judge ?? found.judge };
  }

  #unable(matter: Matter, on: PlainDate): (judge: string) => Unable | undefined {
    const { filing, decision, handover } = matter;
    let known: ((judge: string) => Unable | undefined) | undefined;
    return (judge) => {
      // Gathered only where somebody asks.
      known ??= unableIn(
        this.#router(filing.id).gather(filing, { assignedOn: on, handover }).dossier,
        decision,
        this.#ruleset(filing, on),
      );
      return known(judge);
    };
  }

  async #carriedOut(matter: Matter, played: Played, on: PlainDate): Promise<Result<Matter, FlowRefusal>> {
    const { run } = played;
    const others = matter.runs.filter(({ flow, number }) => flow !== run.flow || number !== run.number);
    const next: Matter = { ...matter, runs: [...others, run] };
    const move = moveOf(played, {
      matter: matter.filing.matter,
      owner: matter.owner,
      handover: matter.handover,
      decision: matter.decision,
      deadlines: this.view(matter, on).deadlines,
      unable: this.#unable(matter, on),
      handlerOf: (cited) => this.#caseBy(cited)?.judge,
    });
    if (!move.ok) return move;
    if (move.value === undefined) return ok(next);
    const { handover, by } = move.value;
    const filing = by === 'divert' ? { ...next.filing, initialMeasuresReturnedOn: on } : next.filing;
    const decision = await decisionAfter(move.value, matter, on, (assignedOn) =>
      this.#router(filing.id).route(filing, { assignedOn, handover }),
    );
    const taker = takerOf(move.value, decision);
    if (by === 'convert' && !taker.ok) return taker;
    const { closed: _, ...open } = next;
    const after = this.#decided({ ...open, filing, handover }, decision);
    if (after.owner === matter.owner) return ok(by === 'convert' ? this.#withoutMoot(after, on, run) : after);
    // Whatever else was open was about the one who had it.
    return ok({ ...after, runs: after.runs.map((each) => (each.outcome === undefined ? lapsed(each) : each)) });
  }

  /** Ends what is about a procedure which no longer applies. */
  #withoutMoot(matter: Matter, on: PlainDate, except: FlowRun): Matter {
    const { facts } = this.view(matter, on);
    const flows = new Map(this.#parts.lawbook.flows.map((flow) => [flow.key, flow]));
    const isOver = (run: FlowRun): boolean => {
      const flow = flows.get(run.flow);
      return run !== except && run.outcome === undefined && flow !== undefined && isMoot(flow, run, facts);
    };
    return { ...matter, runs: matter.runs.map((run) => (isOver(run) ? lapsed(run) : run)) };
  }

  #decided(before: Omit<Matter, 'decision' | 'owner' | 'assignedOn'>, decision: Decision): Matter {
    const owner = decision.status === 'assigned' ? (decision.owner?.judge ?? undefined) : undefined;
    const history =
      owner === undefined || before.history.at(-1) === owner ? before.history : [...before.history, owner];
    const assignedOn = (decision.record?.assignedOn ?? before.filing.receivedOn) as PlainDate;
    return { ...before, decision, owner, history, assignedOn };
  }
}

/** The case of the docket that an assigned matter has become. */
function caseOf({ filing, owner, closed }: Matter): DocketCase[] {
  if (owner === undefined) return [];
  const docketCase = assignedCase(filing, owner);
  return [closed ? { ...docketCase, closure: closed.closure, closedOn: closed.on } : docketCase];
}
