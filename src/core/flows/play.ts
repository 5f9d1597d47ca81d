import type { PlainDate } from '../kernel/plain-date.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Calendar } from '../law/calendar.js';
import type { PeriodMatter } from '../law/period.js';
import { type ClockEnd, clockEnd } from './clock.js';
import {
  type ActorKind,
  admits,
  CONCERNED,
  type Effect,
  type EffectKind,
  type Flow,
  type FlowAction,
  type FlowState,
  GROUND_FACT,
  type Ground,
  isByPeople,
} from './flow.js';
import type {
  Actor,
  DueEffect,
  FlowEvent,
  FlowRefusal,
  FlowRefusalCode,
  FlowRun,
  MatterView,
  Played,
  RunClock,
} from './flow-run.js';

const no = (code: FlowRefusalCode, message: string): Result<never, FlowRefusal> => err({ code, message });

/** The run of a flow that is not over, if there is one. */
export const openRun = (flow: Flow, matter: MatterView): FlowRun | undefined =>
  matter.runs.find((run) => run.flow === flow.key && run.outcome === undefined);

/**
 * Plays one event of a flow over a matter: what becomes of the run and what follows, or why nothing does. Pure; the caller carries the
 * effects out and stores the run in one step, or drops both.
 */
export function play(flow: Flow, matter: MatterView, event: FlowEvent): Result<Played, FlowRefusal> {
  const open = openRun(flow, matter);
  const state = open ? open.state : flow.states.find(({ isStart }) => isStart)?.key;
  const named = flow.actions.filter(({ key }) => key === event.action);
  if (named.length === 0) return no('WRONG_STATE', `“${flow.name}”里没有这一步`);
  const starts = named.filter(({ from }) => flow.states.find(({ key }) => key === from)?.isStart === true);
  const isStart = open ? starts.length === named.length : starts.length > 0;
  const run = open ?? (isStart ? undefined : lastRun(flow, matter));
  const [{ name } = { name: '' }] = named;
  if (!admits(flow.applies, matter.facts)) return no('FLOW_NOT_APPLICABLE', `本件不适用“${flow.name}”`);
  if (isStart && open) return no('ALREADY_OPEN', `本件的“${flow.name}”正在办理，办结以前不能再${name}`);
  if (!isStart && !open) {
    return run
      ? no('ALREADY_DECIDED', `“${flow.name}”已经${labelOf(flow, run.state)}，不能再${name}`)
      : no('WRONG_STATE', `本件没有人提出“${flow.name}”，不能${name}`);
  }
  const here = named.filter(({ from }) => from === state);
  // Whoever may not act learns nothing of the matter by asking.
  const person = mayAct(here, matter, event, run);
  if (!person.ok) return person;
  const ground = isStart
    ? startingGround(flow, matter, event)
    : ok(flow.grounds.find(({ key }) => key === run?.ground));
  if (!ground.ok) return ground;
  const facts = new Map(matter.facts);
  if (ground.value) facts.set(GROUND_FACT, ground.value.key);
  const action = here.find(({ when }) => admits(when, facts));
  if (!action) {
    return no('WRONG_STATE', `“${flow.name}”现在是“${labelOf(flow, state ?? '')}”，不能${name}`);
  }
  // Steps of one name may be open to different people, each in its own case.
  const itsOwn = mayAct([action], matter, event, run);
  if (!itsOwn.ok) return itsOwn;
  if (action.within !== undefined) {
    const due = matter.deadlines.get(action.within);
    if (due === undefined) return no('FLOW_NOT_APPLICABLE', `本件没有“${name}”的期限，不适用“${flow.name}”`);
    if (event.on > due && !matter.unsettled?.has(action.within))
      return no('OUT_OF_TIME', `${name}的期限到 ${due} 为止，已经逾期；逾期不再受理，由现承办人继续办理`);
  }
  const given = isStart ? checkGiven(action, ground.value, matter, event) : ok(undefined);
  if (!given.ok) return given;
  if (action.needsReason && (event.reason ?? '').trim() === '') return no('REASON_MISSING', `${name}要写明理由`);
  return ok({ ...moved(flow, matter, event, action, run, ground.value) });
}

/** Whether something is done by itself once the clock of a run is over. */
export const actsOnExpiry = (flow: Flow, { clock }: FlowRun): boolean =>
  flow.clocks.find(({ key }) => key === clock?.key)?.expiry.kind === 'action';

/** The run after its clock's action, or undefined where who is late is only urged. */
export function expired(flow: Flow, matter: MatterView, run: FlowRun, on: PlainDate): Played | undefined {
  const clock = flow.clocks.find(({ key }) => key === run.clock?.key);
  if (clock?.expiry.kind !== 'action') return undefined;
  const { action: name } = clock.expiry;
  const facts = new Map(matter.facts);
  if (run.ground !== undefined) facts.set(GROUND_FACT, run.ground);
  const action = flow.actions.find(
    (each) => each.by === 'clock' && each.from === run.state && each.name === name && admits(each.when, facts),
  );
  if (!action) return undefined;
  const event: FlowEvent = { action: action.key, by: { id: CLOCK, offices: new Set() }, on };
  return moved(flow, matter, event, action, run, undefined);
}

/** What a decision on a matter makes of a flow by itself: it begins, goes on or ends; undefined where it does not. */
export function routed(flow: Flow, matter: MatterView, on: PlainDate): Played | undefined {
  if (!admits(flow.applies, matter.facts)) return undefined;
  const open = openRun(flow, matter);
  const state = open ? open.state : flow.states.find(({ isStart }) => isStart)?.key;
  const by: Actor = { id: ROUTING, offices: new Set() };
  const [first] = flow.grounds;
  const event: FlowEvent = { action: '', by, on, ...(first && { ground: first.key }) };
  const ground = open ? undefined : startingGround(flow, matter, event);
  if (ground?.ok === false) return undefined;
  const action = flow.actions.find(
    (each) => each.by === 'routing' && each.from === state && admits(each.when, matter.facts),
  );
  return action && moved(flow, matter, event, action, open, ground?.value);
}

/** Who may do nothing but what is urgent on a matter, until it is decided whether they have to leave it. */
export const suspendedIn = (runs: readonly FlowRun[]): string | undefined =>
  runs.find(({ suspends, outcome }) => suspends && outcome === undefined)?.challenged;

/** How a run ends that has no object any more: the matter was closed, or passed from the one whom it was about. */
export const LAPSED = 'lapsed';

/** An open run as it is once it has no object any more. */
export function lapsed({ clock: _, suspends: __, ...run }: FlowRun): FlowRun {
  return { ...run, outcome: LAPSED };
}

/** Whether a run's question no longer arises, now that the matter is what these facts say. */
export const isMoot = (flow: Flow, run: FlowRun, facts: ReadonlyMap<string, string>): boolean =>
  !admits(flow.applies, facts) || flow.grounds.some(({ key, when }) => key === run.ground && !admits(when, facts));

/** Who acts where nobody does. */
export const CLOCK = '时钟';
export const ROUTING = '分案';

/** How a run's clock ends. */
export function endOf(
  flow: Flow,
  run: FlowRun,
  lengthOf: (parameter: string) => number | undefined,
  matter: PeriodMatter,
  calendar: Calendar,
): ClockEnd | undefined {
  const running = run.clock;
  if (!running) return undefined;
  const clock = flow.clocks.find(({ key }) => key === running.key);
  if (!clock) return undefined;
  const length = typeof clock.length === 'number' ? clock.length : lengthOf(clock.length.parameter);
  if (length === undefined) return undefined;
  const { from, excluded, extended } = running;
  return clockEnd({ from, length, unit: clock.unit, matter, rolls: clock.rolls, excluded, extended }, calendar);
}

const lastRun = (flow: Flow, { runs }: MatterView): FlowRun | undefined =>
  runs.filter((run) => run.flow === flow.key).at(-1);

const labelOf = (flow: Flow, state: string): string => flow.states.find(({ key }) => key === state)?.name ?? state;

function startingGround(flow: Flow, matter: MatterView, event: FlowEvent): Result<Ground | undefined, FlowRefusal> {
  if (flow.grounds.length === 0) return ok(undefined);
  const ground = flow.grounds.find(({ key }) => key === event.ground);
  const names = flow.grounds.map(({ name }) => name).join('、');
  if (!ground) return no('GROUND_UNKNOWN', `“${flow.name}”的事由只能是：${names}`);
  if (flow.groundOnce) {
    const ended = matter.runs.find((run) => run.flow === flow.key && endsGround(flow, run, ground.key));
    if (ended) {
      return no('GROUND_DECIDED', `这一事由已经有过结论（${labelOf(flow, ended.state)}），结论是终局的，不能再次提出`);
    }
  }
  if (!admits(ground.when, matter.facts)) {
    return no('GROUND_NOT_APPLICABLE', `本件不能以“${ground.name}”为事由提出`);
  }
  return ok(ground);
}

/**
 * What was withdrawn was not decided, but it is not heard twice either: nobody may hold a case up by asking again and again. What lapsed
 * ended with whoever held the matter, and the next one may ask.
 */
function endsGround(flow: Flow, run: FlowRun, ground: string): boolean {
  if (run.outcome === LAPSED) return false;
  if (run.ground === ground) return true;
  return (
    flow.grounds.find(({ key }) => key === run.ground)?.alsoEnds.includes(ground) === true && run.outcome === 'upheld'
  );
}

/** What an actor is to the matter, offices included. */
export function kindsOf(
  actor: Actor,
  matter: Pick<MatterView, 'owner' | 'parties'>,
  run: { readonly [who in 'applicant' | 'claimedOwner' | 'challenged']?: string | undefined } | undefined,
): Set<ActorKind> {
  const kinds = new Set(actor.offices);
  for (const id of idsOf(actor)) {
    if (id === matter.owner) kinds.add('recipient');
    if (id === run?.claimedOwner) kinds.add('claimed_owner');
    if (id === run?.applicant) kinds.add('applicant');
    if (id === run?.challenged) kinds.add('challenged');
    if (matter.parties.includes(id)) kinds.add('party');
  }
  return kinds;
}

const idsOf = ({ id, also = [] }: Actor): readonly string[] => [id, ...also];

/** Whether somebody is one who may take any of the actions, whatever else they need. */
export function mayAct(
  actions: readonly FlowAction[],
  matter: Pick<MatterView, 'owner' | 'parties' | 'unable'>,
  event: Pick<FlowEvent, 'by' | 'challenged'>,
  run: FlowRun | undefined,
): Result<undefined, FlowRefusal> {
  const kinds = kindsOf(event.by, matter, run ?? { challenged: event.challenged });
  if (actions.some(({ decides }) => decides)) {
    if (CONCERNED.some((kind) => kinds.has(kind))) {
      return no(
        'OWN_MATTER',
        '不能决定与自己有关的事项：收案人、被主张人、申请人、被申请人和当事人不能作出决定，请由他人办理',
      );
    }
    const unable = idsOf(event.by)
      .map((id) => matter.unable(id))
      .find((each) => each?.kind === 'barred');
    if (unable) return no('DECIDER_BARRED', `${unable.text}；不得参与本件，不能作出决定`);
  }
  const isOne = actions.some((action) => isByPeople(action) && action.by.some((kind) => kinds.has(kind)));
  if (isOne || actions.length === 0) return ok(undefined);
  const [{ name } = { name: '' }] = actions;
  const who = [...new Set(actions.flatMap(({ byWords }) => byWords))].join('、');
  return no('WRONG_PERSON', `${name}由${who}办理，您在本件里不是`);
}

function checkGiven(
  action: FlowAction,
  ground: Ground | undefined,
  matter: MatterView,
  event: FlowEvent,
): Result<undefined, FlowRefusal> {
  const { claimedOwner, challenged, evidence = [] } = event;
  if (action.effects.some(({ kind }) => isOnChallenged(kind)) && challenged !== matter.owner) {
    return no('NOT_THE_HANDLER', '被申请回避的人不是本件现在的承办人，请核对');
  }
  if (!ground) return ok(undefined);
  if (ground.claimedOwner === 'required' && claimedOwner === undefined) {
    return no('CLAIMED_OWNER_MISSING', `以“${ground.name}”为事由，要写明主张由哪一名法官办理`);
  }
  if (ground.claimedOwner === 'refused' && claimedOwner !== undefined) {
    return no('CLAIMED_OWNER_REFUSED', `以“${ground.name}”为事由，不写被主张人`);
  }
  if (claimedOwner !== undefined) {
    if (claimedOwner === matter.owner) {
      return no('CLAIMED_OWNER_IS_RECIPIENT', '被主张人就是现在的承办人，不需要调整');
    }
    const unable = matter.unable(claimedOwner);
    if (unable?.kind === 'unknown') return no('CLAIMED_OWNER_UNKNOWN', unable.text);
    if (unable) return no('CLAIMED_OWNER_UNABLE', `${unable.text}；不能主张由其办理`);
  }
  if (ground.evidence === 'required' && evidence.length === 0) {
    return no('EVIDENCE_MISSING', `以“${ground.name}”为事由，要写明依据的前案案号`);
  }
  if (ground.evidence === 'refused' && evidence.length > 0) {
    return no('EVIDENCE_REFUSED', `以“${ground.name}”为事由，不写证据`);
  }
  const unknown = evidence.filter((each) => !matter.knows(each));
  if (unknown.length > 0) return no('EVIDENCE_UNKNOWN', `案卷里没有${unknown.join('、')}，请核对案号`);
  return ok(undefined);
}

function moved(
  flow: Flow,
  matter: MatterView,
  event: FlowEvent,
  action: FlowAction,
  run: FlowRun | undefined,
  ground: Ground | undefined,
): Played {
  const { on, by } = event;
  const state = flow.states.find(({ key }) => key === action.to) as FlowState;
  const { clock: _, suspends, ...before } = run ?? opened(flow, matter, event, ground);
  const has = (kind: EffectKind): boolean => action.effects.some((effect) => effect.kind === kind);
  const isSuspending = has('suspend') || (suspends === true && !has('resume'));
  const clock = clockAt(flow, state, matter, on);
  const next: FlowRun = {
    ...before,
    state: state.key,
    ...(clock && { clock }),
    ...(isSuspending && state.outcome === undefined && { suspends: true as const }),
    ...(state.outcome !== undefined && { outcome: state.outcome }),
    ...(action.decides && { decidedBy: by.id, decidedOn: on }),
    ...(action.decides && event.reason !== undefined && { decisionReason: event.reason }),
  };
  return { run: next, action, effects: action.effects.map((effect) => dueEffect(effect, matter, next)) };
}

function opened(flow: Flow, matter: MatterView, event: FlowEvent, ground: Ground | undefined): FlowRun {
  const { by, on, claimedOwner, challenged, evidence = [], reason = '' } = event;
  return {
    flow: flow.key,
    number: matter.runs.filter((run) => run.flow === flow.key).length + 1,
    state: '',
    applicant: by.id,
    evidence,
    reason,
    openedOn: on,
    ...(ground && { ground: ground.key }),
    ...(claimedOwner !== undefined && { claimedOwner }),
    ...(challenged !== undefined && { challenged }),
  };
}

function clockAt(flow: Flow, { clock: key }: FlowState, matter: MatterView, on: PlainDate): RunClock | undefined {
  const clock = flow.clocks.find((each) => each.key === key);
  if (!clock) return undefined;
  const from = { action: on, assigned: matter.assignedOn, received: matter.receivedOn }[clock.from];
  return { key: clock.key, from, setOn: on, excluded: [], extended: 0, fired: [] };
}

/** Those whom an effect concerns, by id where the matter knows them and by office otherwise. */
function dueEffect({ kind, to, target }: Effect, matter: MatterView, run: FlowRun): DueEffect {
  const idOf: Partial<Record<string, readonly (string | undefined)[]>> = {
    recipient: [matter.owner],
    claimed_owner: [run.claimedOwner],
    applicant: [run.applicant],
    challenged: [run.challenged],
    party: matter.parties,
  };
  const wanted: readonly string[] =
    kind === 'transfer' ? ['claimed_owner'] : isOnChallenged(kind) ? ['challenged'] : to;
  const named = wanted.flatMap((each) =>
    (idOf[each] ?? [each]).flatMap((id) => (id === undefined ? [] : [{ kind: each, id }])),
  );
  const each = named.filter(({ id }, index) => named.findIndex((other) => other.id === id) === index);
  return { kind, to: each, ...(target !== undefined && { target }) };
}

const isOnChallenged = (kind: EffectKind): boolean => kind === 'suspend' || kind === 'resume' || kind === 'relieve';
