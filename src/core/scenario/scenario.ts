import type { Decision } from '../documents/decision.js';
import {
  type Expected,
  type Scenario,
  type Step,
  type StepName,
  type StepOf,
  stepName,
} from '../documents/scenario.js';
import { type ActorKind, admits, type Flow } from '../flows/flow.js';
import type { Actor, FlowRefusalCode, FlowRun, Played } from '../flows/flow-run.js';
import { LAPSED, suspendedIn } from '../flows/play.js';
import { byCodePoint } from '../kernel/order.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { err, ok, type Result } from '../kernel/result.js';
import { idOf } from '../routing/batch.js';
import { checkFiling } from '../routing/intake.js';
import type { Lawbook } from '../routing/lawbook.js';
import { type CourtParts, type Matter, MemoryCourt } from './court.js';

/** What a step came to, or why it was refused. A clock that ran out is an event of the step `clock`. */
export type ScenarioEvent =
  | { readonly on: PlainDate; readonly step: string; readonly filing?: string; readonly [more: string]: unknown }
  | { readonly on: PlainDate; readonly step: string; readonly refused: ScenarioRefusal };

export interface ScenarioRefusal {
  readonly code:
    | FlowRefusalCode
    | 'STEP_UNCLEAR'
    | 'CLOCK_BACKWARDS'
    | 'FILING_UNKNOWN'
    | 'FILING_INVALID'
    | 'JUDGE_UNKNOWN';
  readonly message: string;
}

/** How a filing stands at the end. */
export interface ScenarioCase {
  readonly owner: string | null;
  readonly method: string;
  readonly status: string;
  readonly objection: string;
  readonly history: readonly string[];
  readonly deadlines: Readonly<Record<string, string>>;
  readonly suspended?: string;
  readonly recusal?: string;
}

export interface ScenarioResult {
  readonly events: readonly ScenarioEvent[];
  readonly cases: Readonly<Record<string, ScenarioCase>>;
}

/** Plays a dated script of filings, objections, decisions and clock ticks. A step that is refused is told, and the script goes on. */
export async function playScenario(parts: CourtParts, steps: readonly Step[]): Promise<ScenarioResult> {
  const script = new Script(parts);
  for (const step of steps) await script.take(step);
  return script.result();
}

/** What did not come out as expected, each in words. */
export function unmet(expected: NonNullable<Scenario['expect']>, { cases }: ScenarioResult): string[] {
  return Object.entries(expected).flatMap(([filing, wanted]) => {
    const got = cases[filing];
    return got ? differences(filing, wanted, got) : [`${filing}：脚本里没有这件收案`];
  });
}

function differences(filing: string, { deadlines = {}, ...wanted }: Expected, got: ScenarioCase): string[] {
  const show = (value: unknown): string => JSON.stringify(value) ?? '没有';
  const pairs: [string, unknown, unknown][] = [
    ...Object.entries(wanted).map(([key, value]): [string, unknown, unknown] => [
      key,
      value,
      got[key as keyof Expected],
    ]),
    ...Object.entries(deadlines).map(([kind, due]): [string, unknown, unknown] => [
      `deadlines.${kind}`,
      due,
      got.deadlines[kind],
    ]),
  ];
  return pairs
    .filter(([, value, actual]) => show(value) !== show(actual))
    .map(([key, value, actual]) => `${filing} ${key}：应当是 ${show(value)}，实际是 ${show(actual)}`);
}

/** Offices that a script's author vouches for; who is concerned in the matter is told by the flow. */
const OFFICES: ReadonlySet<ActorKind> = new Set([
  'filing_division',
  'reviewer',
  'command_centre',
  'police_team',
  'president',
  'adjudication_committee',
  'supervisor',
]);
const COMMAND_CENTRE: Actor = { id: '执行指挥中心', offices: new Set(['command_centre']) };
const POLICE_TEAM: Actor = { id: '警务团队', offices: new Set(['police_team']) };
const NOBODY: ReadonlySet<ActorKind> = new Set();

type Told = Readonly<Record<string, unknown>>;
type Outcome = Result<Told, ScenarioRefusal>;
const no = (code: ScenarioRefusal['code'], message: string): Outcome => err({ code, message });

class Script {
  readonly #court: MemoryCourt;
  readonly #lawbook: Lawbook;
  readonly #code: string;
  readonly #events: ScenarioEvent[] = [];
  readonly #refused = new Map<string, Decision>();
  readonly #seen = new Set<string>();
  #today: PlainDate | undefined;

  constructor(parts: CourtParts) {
    this.#court = new MemoryCourt(parts);
    this.#lawbook = parts.lawbook;
    this.#code = parts.docket.docket.court.code;
  }

  async take(step: Step): Promise<void> {
    const on = step.on as PlainDate;
    const name = stepName(step);
    const refuse = (refused: ScenarioRefusal): void => void this.#events.push({ on, step: name ?? 'step', refused });
    if (name === undefined) return refuse({ code: 'STEP_UNCLEAR', message: '每一步除了 on 只写一件事' });
    if (this.#today !== undefined && on < this.#today) {
      return refuse({ code: 'CLOCK_BACKWARDS', message: `时间不能倒退：前一步是 ${this.#today}` });
    }
    this.#today = on;
    await this.#letClocksReach(on);
    const { filing } = (step[name] ?? {}) as { filing?: string };
    if (filing !== undefined && !this.#court.matter(filing)) {
      return refuse({ code: 'FILING_UNKNOWN', message: `脚本里没有已经分案或者待人工的收案“${filing}”` });
    }
    const outcome = await this.#do(name, step, on);
    if (outcome.ok) this.#events.push({ on, step: name, ...outcome.value });
    else refuse(outcome.error);
  }

  result(): ScenarioResult {
    const cases: [string, ScenarioCase][] = [...this.#court.matters].map(([id, matter]) => [id, this.#caseOf(matter)]);
    for (const [id, { status }] of this.#refused) {
      if (this.#court.matter(id)) continue;
      cases.push([id, { owner: null, method: 'none', status, objection: 'none', history: [], deadlines: {} }]);
    }
    return { events: this.#events, cases: Object.fromEntries(cases) };
  }

  async #letClocksReach(on: PlainDate): Promise<void> {
    for (const id of [...this.#court.matters.keys()].sort(byCodePoint)) {
      for (const { clock, due, played } of await this.#court.expire(id, on)) {
        this.#events.push({
          on,
          step: 'clock',
          filing: id,
          clock,
          due,
          ...(played ? this.#told(id, played) : { urged: true }),
        });
      }
    }
  }

  #do(name: StepName, step: Step, on: PlainDate): Promise<Outcome> | Outcome {
    switch (name) {
      case 'file':
        return this.#file(step.file as StepOf<'file'>, on);
      case 'object':
        return this.#object(step.object as StepOf<'object'>, on);
      case 'decide': {
        const { filing, by, outcome, reason } = step.decide as StepOf<'decide'>;
        const action = outcome === 'upheld' ? 'uphold' : 'reject';
        return this.#inRun(filing, 'object', action, { id: by, offices: OFFICES }, on, reason);
      }
      case 'withdrawObjection': {
        const { filing, by } = step.withdrawObjection as StepOf<'withdrawObjection'>;
        return this.#inRun(filing, 'object', 'withdraw', this.#person(filing, by), on);
      }
      case 'applyRecusal':
        return this.#applyRecusal(step.applyRecusal as StepOf<'applyRecusal'>, on);
      case 'decideRecusal': {
        const { filing, by, outcome, reason } = step.decideRecusal as StepOf<'decideRecusal'>;
        const action = outcome === 'granted' ? 'grant' : 'refuse';
        return this.#inRun(filing, 'apply', action, { id: by, offices: OFFICES }, on, reason);
      }
      case 'returnFromInitialMeasures': {
        const { filing } = step.returnFromInitialMeasures as StepOf<'returnFromInitialMeasures'>;
        return this.#inRun(filing, 'hand_to_police', 'return', POLICE_TEAM, on);
      }
      case 'continue': {
        const { filing, ground, caseNo } = step.continue as StepOf<'continue'>;
        const flow = this.#flowWith(filing, 'continue');
        const evidence = caseNo === undefined ? [] : [caseNo];
        return this.#play(filing, flow, { action: 'continue', by: COMMAND_CENTRE, on, ground, evidence });
      }
      case 'close': {
        const { filing, closure } = step.close as StepOf<'close'>;
        const closed = this.#court.close(filing, closure, on);
        return closed.ok ? ok({ filing, status: 'closed', closure }) : closed;
      }
      case 'absent': {
        const { judge, ...absence } = step.absent as StepOf<'absent'>;
        if (!this.#court.absent(judge, absence)) return no('JUDGE_UNKNOWN', `本院法官名册上没有“${judge}”`);
        return ok({ judge, from: absence.from, to: absence.to ?? null });
      }
      case 'tick':
        return ok({});
    }
  }

  async #file(value: unknown, on: PlainDate): Promise<Outcome> {
    const id = idOf(value, this.#seen.size);
    const checked = checkFiling(value, { court: this.#code, lawbook: this.#lawbook, seen: this.#seen });
    this.#seen.add(id);
    if (!checked.ok) {
      if (!this.#refused.has(id)) this.#refused.set(id, this.#court.refuse(id, checked.error, on));
      const message = checked.error.map(({ path, message: text }) => `${path} ${text}`).join('；');
      return no('FILING_INVALID', message);
    }
    const matter = await this.#court.file(checked.value);
    const start = this.#flowWith(id, 'hand_to_police');
    if (start && checked.value.initialMeasuresReturnedOn === undefined) {
      await this.#court.play(id, start, {
        action: 'hand_to_police',
        by: COMMAND_CENTRE,
        on,
        ground: start.grounds[0]?.key ?? '',
      });
    }
    return ok({ filing: id, ...this.#standing(matter) });
  }

  #object(
    { filing, by, ground, claimedOwner, evidence, reason }: StepOf<'object'>,
    on: PlainDate,
  ): Promise<Outcome> | Outcome {
    const flow = this.#flows(filing).find(({ grounds }) => grounds.some(({ key }) => key === ground));
    if (!flow) return no('FLOW_NOT_APPLICABLE', '本院没有采用这一事由所在的流程');
    return this.#play(filing, flow, {
      action: 'object',
      by: this.#person(filing, by),
      on,
      ground,
      ...(claimedOwner !== undefined && { claimedOwner: this.#name(filing, claimedOwner) }),
      ...(evidence && { evidence }),
      ...(reason !== undefined && { reason }),
    });
  }

  #applyRecusal({ filing, against, by, ground, reason = '' }: StepOf<'applyRecusal'>, on: PlainDate): Promise<Outcome> {
    const [challenged, applicant] = [this.#name(filing, against), this.#name(filing, by)];
    const action = applicant === challenged ? 'recuse_oneself' : 'apply';
    const actor: Actor = { id: applicant, offices: NOBODY };
    const said = [ground, reason].filter((each) => each.trim() !== '').join('：');
    return this.#play(filing, this.#flowWith(filing, 'apply'), { action, by: actor, on, challenged, reason: said });
  }

  /** An act in the run that another act began. */
  #inRun(filing: string, begun: string, action: string, by: Actor, on: PlainDate, reason?: string): Promise<Outcome> {
    const flows = this.#flows(filing).filter(({ actions }) => actions.some(({ key }) => key === begun));
    const runs = this.#court.matter(filing)?.runs ?? [];
    const last = runs.filter((run) => flows.some(({ key }) => key === run.flow)).at(-1);
    const flow = flows.find(({ key }) => key === last?.flow) ?? this.#applying(filing, flows, on);
    return this.#play(filing, flow, {
      action,
      by: { ...by, id: this.#name(filing, by.id) },
      on,
      ...(reason !== undefined && { reason }),
    });
  }

  /** Of flows that begin alike the one that is meant for the matter. */
  #applying(filing: string, flows: readonly Flow[], on: PlainDate): Flow | undefined {
    const matter = this.#court.matter(filing);
    const facts = matter && this.#court.view(matter, on).facts;
    return flows.find(({ applies }) => facts && admits(applies, facts)) ?? flows[0];
  }

  async #play(filing: string, flow: Flow | undefined, event: Parameters<MemoryCourt['play']>[2]): Promise<Outcome> {
    if (!flow) return no('FLOW_NOT_APPLICABLE', '本院没有采用这一流程');
    const played = await this.#court.play(filing, flow, event);
    return played.ok ? ok(this.#told(filing, played.value)) : played;
  }

  #told(filing: string, { run, action, effects }: Played): Told {
    const matter = this.#court.matter(filing);
    return {
      filing,
      flow: run.flow,
      action: action.key,
      state: run.state,
      ...(run.ground !== undefined && { ground: run.ground }),
      ...(run.outcome !== undefined && { outcome: run.outcome }),
      ...(matter && this.#standing(matter)),
      effects: effects.map(({ kind, to }) => (to.length > 0 ? { kind, to: to.map(({ id }) => id) } : { kind })),
    };
  }

  #standing({ decision, owner }: Matter): Told {
    return { status: decision.status, owner: owner ?? null, method: decision.owner?.method ?? 'none' };
  }

  #caseOf(matter: Matter): ScenarioCase {
    const { decision, owner, history, runs, closed } = matter;
    const suspended = suspendedIn(runs);
    const deadlines: Record<string, string> = {};
    for (const { kind, due } of decision.deadlines ?? []) deadlines[kind] = due;
    for (const run of runs) {
      const flow = this.#flows(matter.filing.id).find(({ key }) => key === run.flow);
      const end = flow && run.outcome === undefined ? this.#court.endOf(flow, run, matter) : undefined;
      if (end?.kind === 'due' && run.clock) deadlines[run.clock.key] = end.due;
    }
    const recusal = this.#lastBegunBy(matter, 'apply');
    return {
      owner: owner ?? null,
      method: decision.owner?.method ?? 'none',
      status: closed ? 'closed' : decision.status,
      objection: standingOf(this.#lastBegunBy(matter, 'object')),
      history,
      deadlines,
      ...(suspended !== undefined && { suspended }),
      ...(recusal && { recusal: standingOf(recusal) }),
    };
  }

  #lastBegunBy({ filing, runs }: Matter, action: string): FlowRun | undefined {
    const keys = this.#flows(filing.id)
      .filter(({ actions }) => actions.some(({ key }) => key === action))
      .map(({ key }) => key);
    return runs.filter(({ flow }) => keys.includes(flow)).at(-1);
  }

  #flows(filing: string): readonly Flow[] {
    const matter = this.#court.matter(filing);
    return matter ? this.#court.flowsOn(matter.filing.receivedOn) : [];
  }

  #flowWith(filing: string, action: string): Flow | undefined {
    return this.#flows(filing).find(({ actions }) => actions.some(({ key }) => key === action));
  }

  #person(filing: string, id: string): Actor {
    return { id: this.#name(filing, id), offices: NOBODY };
  }

  /** `$owner` stands for whoever holds the filing at that moment. */
  #name(filing: string, id: string): string {
    return id === '$owner' ? (this.#court.matter(filing)?.owner ?? id) : id;
  }
}

/** In the words of the contract, which has none of its own for what lapsed. */
function standingOf(run: FlowRun | undefined): string {
  if (!run) return 'none';
  return run.outcome === LAPSED ? 'withdrawn' : (run.outcome ?? 'open');
}
