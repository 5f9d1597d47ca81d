import { describe, expect, test } from 'vitest';
import {
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

/** A matter that a ground of the flow and an action fit, with every deadline still running. */
function matterOf(
  flow: Flow,
  ground: Ground | undefined,
  runs: readonly FlowRun[] = [],
  when: FlowAction['when'] = new Map(),
): MatterView {
  const facts = new Map<string, string>();
  for (const [fact, values] of [...flow.applies, ...(ground?.when ?? []), ...when]) facts.set(fact, values[0] ?? '');
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
function pathsOf(flow: Flow, ground: Ground | undefined): FlowAction[][] {
  const open = flow.actions.filter(({ when }) => when.get(GROUND_FACT)?.includes(ground?.key ?? '') ?? true);
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
    pathsOf(flow, ground).map((path) => ({
      flow,
      ground,
      path,
      name: `${flow.name}${ground ? `·${ground.name}` : ''}:${path.map((action) => action.name).join(' → ')}`,
    })),
  );
});

describe('every way through every flow', () => {
  test('goes over every action of every flow', () => {
    const walked = new Set(ways.flatMap(({ path }) => path));
    expect(lawbook.flows.flatMap(({ actions }) => actions).filter((action) => !walked.has(action))).toEqual([]);
  });

  test.each(ways)('$name', ({ flow, ground, path }) => {
    let runs: readonly FlowRun[] = [];
    for (const action of path) {
      const matter = matterOf(flow, ground, runs, action.when);
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
    const after = matterOf(flow, ground, runs, first?.when);
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
