/** A flow on a stage: matters, people and events for it, and what came of them in one line. */
import assert from 'node:assert/strict';
import { type ActorKind, type Flow, GROUND_FACT, GUARD_FACTS } from '../../src/core/flows/flow.js';
import type { Actor, FlowEvent, FlowRun, MatterView, Played, Unable } from '../../src/core/flows/flow-run.js';
import * as shipped from '../../src/core/flows/play.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { lawbook } from './court.js';
import type { Fits, FlowLaw, GroundLaw, StepLaw } from './flow-law.js';

export const RECEIVED = plainDate('2026-03-05');
export const ASSIGNED = plainDate('2026-03-06');
export const TODAY = plainDate('2026-03-09');
export const TOMORROW = plainDate('2026-03-10');
export const OWNER = 'M1';
export const CLAIMED = 'M2';
export const CHALLENGED = 'M9';
const APPLICANT = 'A1';
const PARTY = '甲一';
export const CITED = '（2025）川1527民初88号';
const START = 'none';

type Facts = ReadonlyMap<string, string>;

/** What plays the flows: the interpreter that is shipped, or one from which something was taken. */
export type Interpreter = typeof shipped;

/** Every value that a fact can have. */
export const VALUES = new Map(
  Object.values(GUARD_FACTS).map(({ key, enumeration }) => [
    key,
    [...(lawbook.book.vocabulary.enumerations.get(enumeration)?.byKey.keys() ?? [])],
  ]),
);

export const fits = (wanted: Fits | undefined, facts: Facts): boolean =>
  Object.entries(wanted ?? {}).every(([fact, values]) => values.includes(facts.get(fact) ?? ''));

/** Facts that fit all of these, the first value that does of each. */
export function factsFor(...wanted: readonly (Fits | undefined)[]): Facts {
  const all = new Map<string, string>();
  for (const [fact, values] of VALUES) {
    const open = wanted.flatMap((each) => (each?.[fact] ? [each[fact]] : []));
    const found = values.find((value) => open.every((list) => list.includes(value)));
    if (found === undefined) throw new Error(`nothing fits ${fact}`);
    all.set(fact, found);
  }
  return all;
}

export interface Situation {
  readonly facts: Facts;
  readonly runs?: readonly FlowRun[];
  readonly unable?: (judge: string) => Unable | undefined;
  readonly due?: boolean;
  /** Deadlines whose last day may still move. */
  readonly unsettled?: ReadonlySet<string>;
}

export const matterOf = (
  { facts, runs = [], unable = () => undefined, due = true, unsettled }: Situation,
  law: FlowLaw,
): MatterView => ({
  id: 'F1',
  facts,
  owner: OWNER,
  receivedOn: RECEIVED,
  assignedOn: ASSIGNED,
  deadlines: new Map(due ? withins(law).map((kind) => [kind, TODAY]) : []),
  unable,
  knows: (cited) => cited === CITED,
  parties: [PARTY],
  runs,
  ...(unsettled && { unsettled }),
});

const withins = ({ steps }: FlowLaw): string[] =>
  Object.values(steps).flatMap((actions) =>
    Object.values(actions).flatMap((list) => list.flatMap(({ within }) => within ?? [])),
  );

/** A run that waits in a state, or that ended there. */
export const runIn = (law: FlowLaw, state: string, more: Partial<FlowRun> = {}): FlowRun => ({
  flow: law.flow,
  number: 1,
  state,
  applicant: APPLICANT,
  claimedOwner: CLAIMED,
  challenged: CHALLENGED,
  evidence: [],
  reason: '理由',
  openedOn: TODAY,
  ...more,
});

/** Somebody who is this to the matter, and nothing else. */
export function actorOf(kind: ActorKind): Actor {
  const ids: Partial<Record<ActorKind, string>> = {
    recipient: OWNER,
    claimed_owner: CLAIMED,
    applicant: APPLICANT,
    challenged: CHALLENGED,
    party: PARTY,
  };
  const id = ids[kind];
  return id === undefined ? { id: `某${kind}`, offices: new Set([kind]) } : { id, offices: new Set() };
}

/** What was done, in one line; the code where it was refused. */
function told(result: ReturnType<typeof shipped.play>): string {
  return result.ok ? done(result.value) : result.error.code;
}

export function done({ run, action, effects }: Played): string {
  const said = effects.map(({ kind, to, target }) =>
    [kind, ...(target === undefined ? [] : [target]), ...new Set(to.map((each) => each.kind))].join(' '),
  );
  return `${action.key} → ${run.state}: ${said.join('; ')}`;
}

export const wanted = (action: string, { to, does }: StepLaw): string => `${action} → ${to}: ${does}`;

export const atStart = (state: string): boolean => state === START;

export class FlowStage {
  readonly law: FlowLaw;
  readonly flow: Flow;
  readonly interpreter: Interpreter;

  constructor(law: FlowLaw, flows: readonly Flow[], interpreter: Interpreter = shipped) {
    const flow = flows.find(({ key }) => key === law.flow);
    assert.ok(flow, `没有流程 ${law.flow}`);
    this.law = law;
    this.flow = flow;
    this.interpreter = interpreter;
  }

  grounds(): (string | undefined)[] {
    const keys = Object.keys(this.law.grounds);
    return keys.length > 0 ? keys : [undefined];
  }

  ground(key: string | undefined): GroundLaw | undefined {
    return key === undefined ? undefined : this.law.grounds[key];
  }

  /** What is asked of a step, with all that it needs. */
  event(
    action: string,
    step: StepLaw,
    state: string,
    ground: string | undefined,
    more: Partial<FlowEvent> = {},
  ): FlowEvent {
    const kind = typeof step.by === 'string' ? 'supervisor' : (step.by[0] ?? 'supervisor');
    const onChallenged = atStart(state) && /suspend/.test(step.does);
    return {
      action,
      by: kind === 'challenged' && atStart(state) ? { id: OWNER, offices: new Set() } : actorOf(kind),
      on: TODAY,
      reason: '理由',
      ...(atStart(state) && ground !== undefined && { ground }),
      ...(atStart(state) && this.ground(ground)?.claimedOwner === 'required' && { claimedOwner: CLAIMED }),
      ...(atStart(state) && this.ground(ground)?.evidence === 'required' && { evidence: [CITED] }),
      ...(onChallenged && { challenged: OWNER }),
      ...more,
    };
  }

  play(situation: Situation, event: FlowEvent): string {
    return told(this.interpreter.play(this.flow, matterOf(situation, this.law), event));
  }

  route(situation: Situation): string {
    const played = this.interpreter.routed(this.flow, matterOf(situation, this.law), TODAY);
    return played ? done(played) : 'nothing';
  }

  runs(state: string, ground: string | undefined): FlowRun[] {
    return atStart(state) ? [] : [runIn(this.law, state, ground === undefined ? {} : { ground })];
  }

  /** Every combination of the values that steps of a state tell apart. */
  combinations(state: string): { readonly facts: Facts; readonly ground: string | undefined }[] {
    const { applies, steps } = this.law;
    const read = new Set(
      [
        ...Object.values(steps[state] ?? {}).flatMap((list) => list.flatMap(({ when }) => Object.keys(when ?? {}))),
        ...Object.values(this.law.grounds).flatMap(({ when }) => Object.keys(when ?? {})),
      ].filter((fact) => fact !== GROUND_FACT),
    );
    let found: Facts[] = [factsFor(applies)];
    for (const fact of read) {
      const values = (VALUES.get(fact) ?? []).filter((value) => applies[fact]?.includes(value) ?? true);
      found = found.flatMap((facts) => values.map((value) => new Map([...facts, [fact, value]])));
    }
    return found.flatMap((facts) => this.grounds().map((ground) => ({ facts, ground })));
  }
}

export const stepsOf = ({ steps }: FlowLaw): { state: string; action: string; list: readonly StepLaw[] }[] =>
  Object.entries(steps).flatMap(([state, actions]) =>
    Object.entries(actions).map(([action, list]) => ({ state, action, list })),
  );
