import { describe, expect, test } from 'vitest';
import {
  admits,
  CONCERNED,
  type Flow,
  type FlowAction,
  GROUND_FACT,
  type Ground,
  isByPeople,
} from '../../../src/core/flows/flow.js';
import type { Actor, FlowEvent, FlowRun, MatterView } from '../../../src/core/flows/flow-run.js';
import { expired, play, routed } from '../../../src/core/flows/play.js';
import { type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { lawbook } from '../../support/court.js';

const TODAY = plainDate('2026-03-09');
const OWNER = 'M1';
const CLAIMED = 'M2';
const PARTY = '甲一';
const STRANGER = '路人';

type Facts = ReadonlyMap<string, string>;

/** All that a matter can be which a ground of the flow fits. */
function situationsOf(flow: Flow, ground: Ground | undefined): Facts[] {
  const guards = [...flow.applies, ...(ground?.when ?? [])];
  let found: Facts[] = [new Map()];
  for (const [fact, values] of guards) {
    found = found.flatMap((facts) => values.map((value) => new Map([...facts, [fact, value]])));
  }
  const fits = found.filter((facts) => admits(flow.applies, facts) && admits(ground?.when ?? new Map(), facts));
  return [...new Map(fits.map((facts) => [[...facts].sort().join(), facts])).values()];
}

/** A matter of that kind, which an action fits, with every deadline still running. */
function matterOf(
  flow: Flow,
  given: Facts,
  runs: readonly FlowRun[] = [],
  when: FlowAction['when'] = new Map(),
): MatterView {
  const facts = new Map([...[...when].map(([fact, values]): [string, string] => [fact, values[0] ?? '']), ...given]);
  return {
    id: 'F1',
    facts,
    owner: OWNER,
    receivedOn: TODAY,
    assignedOn: TODAY,
    deadlines: new Map(flow.actions.flatMap(({ within }): [string, PlainDate][] => (within ? [[within, TODAY]] : []))),
    unable: () => undefined,
    knows: () => true,
    parties: [PARTY],
    runs,
  };
}

/** Somebody who may do it. */
function actorFor(action: FlowAction, run: FlowRun | undefined): Actor {
  const [kind = 'reviewer'] = isByPeople(action) ? action.by : [];
  const named: Record<string, string> = {
    recipient: OWNER,
    claimed_owner: CLAIMED,
    applicant: run?.applicant ?? PARTY,
    challenged: OWNER,
    party: PARTY,
  };
  const id = named[kind];
  return id === undefined ? { id: `某${kind}`, offices: new Set([kind]) } : { id, offices: new Set() };
}

function eventFor(action: FlowAction, ground: Ground | undefined, run: FlowRun | undefined): FlowEvent {
  return {
    action: action.key,
    by: actorFor(action, run),
    on: TODAY,
    reason: '理由',
    ...(ground && { ground: ground.key }),
    ...(ground?.claimedOwner === 'required' && { claimedOwner: CLAIMED }),
    ...(action.effects.some(({ kind }) => kind === 'suspend') && { challenged: OWNER }),
  };
}

/** Every way from the start to an end, each action at most once. */
function pathsOf(flow: Flow, ground: Ground | undefined, facts: Facts): FlowAction[][] {
  const all = ground ? new Map([...facts, [GROUND_FACT, ground.key]]) : facts;
  // What else a guard reads is what has become of the matter in between.
  const open = flow.actions.filter(({ when }) => admits(new Map([...when].filter(([fact]) => all.has(fact))), all));
  const found: FlowAction[][] = [];
  const walk = (state: string, path: readonly FlowAction[]): void => {
    if (flow.states.find(({ key }) => key === state)?.isFinal) found.push([...path]);
    for (const action of open) {
      if (action.from === state && !path.includes(action)) walk(action.to, [...path, action]);
    }
  };
  walk(flow.states.find(({ isStart }) => isStart)?.key ?? '', []);
  return found;
}

/** Plays one step; the run that it leaves. */
function stepped(flow: Flow, matter: MatterView, action: FlowAction, ground: Ground | undefined): FlowRun {
  const run = matter.runs.at(-1);
  if (action.by === 'clock') {
    const played = run && expired(flow, matter, run, TODAY);
    if (!played) throw new Error(`${flow.name}: ${action.name} did not happen`);
    return played.run;
  }
  if (action.by === 'routing') {
    const played = routed(flow, matter, TODAY);
    if (played?.action !== action) throw new Error(`${flow.name}: ${action.name} did not happen`);
    return played.run;
  }
  const played = play(flow, matter, eventFor(action, ground, run));
  if (!played.ok) throw new Error(`${flow.name} ${action.name}: ${played.error.message}`);
  expect(played.value.effects.map(({ kind }) => kind)).toEqual(action.effects.map(({ kind }) => kind));
  return played.value.run;
}

const ways = lawbook.flows.flatMap((flow) => {
  const grounds: (Ground | undefined)[] = flow.grounds.length > 0 ? [...flow.grounds] : [undefined];
  return grounds.flatMap((ground) =>
    situationsOf(flow, ground).flatMap((facts) =>
      pathsOf(flow, ground, facts).map((path) => ({
        flow,
        ground,
        facts,
        path,
        name: `${flow.name}${ground ? `·${ground.name}` : ''}(${[...facts.values()].join(' ')}):${path.map((action) => action.name).join(' → ')}`,
      })),
    ),
  );
});

describe('every way through every flow', () => {
  test('goes over every action of every flow', () => {
    const walked = new Set(ways.flatMap(({ path }) => path));
    expect(lawbook.flows.flatMap(({ actions }) => actions).filter((action) => !walked.has(action))).toEqual([]);
  });

  test.each(lawbook.flows.map((flow) => [flow.name, flow] as const))(
    'begins %s on every ground and comes to every end',
    (_, flow) => {
      const own = ways.filter((way) => way.flow === flow);
      expect(new Set(own.map(({ ground }) => ground))).toEqual(
        new Set(flow.grounds.length > 0 ? flow.grounds : [undefined]),
      );
      const ends = flow.states.filter(({ isFinal }) => isFinal).map(({ key }) => key);
      expect(new Set(own.map(({ path }) => path.at(-1)?.to))).toEqual(new Set(ends));
    },
  );

  test.each(ways)('$name', ({ flow, ground, facts, path }) => {
    let runs: readonly FlowRun[] = [];
    for (const action of path) {
      const matter = matterOf(flow, facts, runs, action.when);
      // Out of turn: whatever does not start here is refused, and so is whoever may not.
      for (const other of flow.actions) {
        if (!isByPeople(other)) continue;
        const event = eventFor(other, ground, matter.runs.at(-1));
        if (!flow.actions.some(({ from, key }) => key === other.key && from === action.from)) {
          expect(play(flow, matter, event).ok).toBe(false);
        }
        expect(play(flow, matter, { ...event, by: { id: STRANGER, offices: new Set() } }).ok).toBe(false);
        if (!other.decides) continue;
        for (const id of [OWNER, PARTY, ...(ground?.claimedOwner === 'required' && runs.length > 0 ? [CLAIMED] : [])]) {
          const own = play(flow, matter, { ...event, by: { id, offices: new Set(event.by.offices) } });
          expect(own.ok).toBe(false);
        }
      }
      runs = [stepped(flow, matter, action, ground)];
      const [run] = runs;
      const state = flow.states.find(({ key }) => key === action.to);
      expect(run?.state).toBe(action.to);
      expect(run?.outcome).toBe(state?.outcome);
      expect(run?.clock?.key).toBe(state?.clock);
    }
    const [run] = runs;
    expect(run?.outcome).toBeDefined();
    const [first] = path;
    const after = matterOf(flow, facts, runs, first?.when);
    const isHeard =
      first?.by === 'routing'
        ? routed(flow, after, TODAY) !== undefined
        : first && play(flow, after, eventFor(first, ground, undefined)).ok;
    expect(isHeard).toBe(!flow.groundOnce);
  });
});

test('nobody concerned is among those who decide', () => {
  for (const { actions } of lawbook.flows) {
    for (const { decides, by } of actions) if (decides) expect(by).not.toEqual(expect.arrayContaining([...CONCERNED]));
  }
});
