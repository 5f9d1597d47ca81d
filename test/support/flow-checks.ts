/** Plays what `flow-law.ts` says of a flow against the flow as its file declares it. Each check has a name and fails by throwing. */
import assert from 'node:assert/strict';
import { ACTORS, CONCERNED, type Flow, GROUND_FACT } from '../../src/core/flows/flow.js';
import type { FlowEvent, Unable } from '../../src/core/flows/flow-run.js';
import { lawbook } from './court.js';
import { type Fits, FLOW_LAWS, type FlowLaw, type GroundLaw } from './flow-law.js';
import {
  ASSIGNED,
  actorOf,
  atStart,
  CHALLENGED,
  CITED,
  CLAIMED,
  done,
  FlowStage,
  factsFor,
  fits,
  type Interpreter,
  matterOf,
  OWNER,
  RECEIVED,
  runIn,
  type Situation,
  stepsOf,
  TODAY,
  TOMORROW,
  VALUES,
  wanted,
} from './flow-stage.js';

export interface FlowCheck {
  readonly name: string;
  /** The flow that it is about; undefined for what is about all. */
  readonly flow?: string;
  readonly run: (flows: readonly Flow[], interpreter?: Interpreter) => void;
}

/** What may not be done by whom: the answer of somebody who is not the one. */
const NOT_THE_ONE = new Set(['WRONG_PERSON', 'OWN_MATTER', 'DECIDER_BARRED']);

function checksOf(law: FlowLaw): FlowCheck[] {
  const name = lawbook.flows.find(({ key }) => key === law.flow)?.name ?? law.flow;
  const check = (what: string, body: (checks: FlowStage) => void): FlowCheck => ({
    name: `${name}:${what}`,
    flow: law.flow,
    run: (flows, interpreter) => body(new FlowStage(law, flows, interpreter)),
  });
  const wordOf = (action: string): string =>
    lawbook.flows.find(({ key }) => key === law.flow)?.actions.find(({ key }) => key === action)?.name ?? action;
  return [
    check('只适用于它适用的案件', (checks) => {
      for (const { state, action, list } of stepsOf(law)) {
        const [step] = list;
        if (!step || !atStart(state)) continue;
        for (const ground of checks.grounds()) {
          const when: Fits | undefined = step.by === 'routing' ? step.when : checks.ground(ground)?.when;
          const said = (facts: ReadonlyMap<string, string>): string =>
            step.by === 'routing'
              ? checks.route({ facts })
              : checks.play({ facts }, checks.event(action, step, state, ground));
          const refusal: string = step.by === 'routing' ? 'nothing' : 'FLOW_NOT_APPLICABLE';
          const fitting = factsFor(law.applies, when);
          for (const [fact, values] of VALUES) {
            for (const value of values) {
              // What the step itself asks for is another check's.
              if (step.by === 'routing' && when?.[fact] && !when[fact].includes(value)) continue;
              const facts: ReadonlyMap<string, string> = new Map([...fitting, [fact, value]]);
              assert.equal(said(facts) === refusal, !fits(law.applies, facts), `${fact} 是 ${value}:${said(facts)}`);
            }
            if (!law.applies[fact]) continue;
            const unknown = new Map([...fitting].filter(([key]) => key !== fact));
            assert.equal(said(unknown), refusal, `不知道 ${fact}`);
          }
        }
      }
    }),
    ...stepsOf(law).flatMap(({ state, action, list }) =>
      list.flatMap((step) => {
        const { by } = step;
        if (typeof by === 'string') return [];
        const ofGround = list.length > 1 ? step.when?.[GROUND_FACT]?.[0] : undefined;
        const place = `${wordOf(action)}(${state}${ofGround === undefined ? '' : ` ${ofGround}`})`;
        const groundOf = (checks: FlowStage): string | undefined => ofGround ?? checks.grounds()[0];
        return [
          check(`${place}只能由该办的人办`, (checks) => {
            const ground = groundOf(checks);
            const facts = factsFor(law.applies, checks.ground(ground)?.when, step.when);
            for (const kind of ACTORS) {
              // Before a run has begun nobody is its applicant, nor claimed in it.
              if (atStart(state) && (kind === 'applicant' || kind === 'claimed_owner')) continue;
              const event = checks.event(action, step, state, ground, { by: actorOf(kind), challenged: CHALLENGED });
              const said = checks.play({ facts, runs: checks.runs(state, ground) }, event);
              assert.equal(!NOT_THE_ONE.has(said), by.includes(kind), `${kind}:${said}`);
            }
          }),
          check(`${place}${step.decides ? '不能由有利害的人、应当回避的人决定' : '不是决定'}`, (checks) => {
            const ground = groundOf(checks);
            const facts = factsFor(law.applies, checks.ground(ground)?.when, step.when);
            const runs = checks.runs(state, ground);
            const offices = new Set(ACTORS.filter((kind) => !CONCERNED.includes(kind)));
            for (const kind of CONCERNED) {
              if (atStart(state)) continue;
              const both = { ...actorOf(kind), offices };
              const also = { id: '某人', also: [actorOf(kind).id], offices };
              for (const who of [both, also]) {
                const said = checks.play({ facts, runs }, checks.event(action, step, state, ground, { by: who }));
                assert.equal(said === 'OWN_MATTER', step.decides === true, `${kind}:${said}`);
              }
            }
            const unable = (judge: string): Unable | undefined =>
              judge === '应当回避的人' ? { kind: 'barred', text: '应当回避' } : undefined;
            const barred = { id: '应当回避的人', offices };
            const said = checks.play(
              { facts, runs, unable },
              checks.event(action, step, state, ground, { by: barred }),
            );
            assert.equal(said === 'DECIDER_BARRED', step.decides === true, said);
          }),
          check(`${place}${step.reason ? '要写明理由' : '不必写明理由'}`, (checks) => {
            const ground = groundOf(checks);
            const facts = factsFor(law.applies, checks.ground(ground)?.when, step.when);
            for (const reason of ['', ' ']) {
              const said = checks.play(
                { facts, runs: checks.runs(state, ground) },
                checks.event(action, step, state, ground, { reason }),
              );
              assert.equal(said === 'REASON_MISSING', step.reason === true, said);
            }
          }),
          check(`${place}${step.within ? '逾期不受理' : '没有期限'}`, (checks) => {
            const ground = groundOf(checks);
            const facts = factsFor(law.applies, checks.ground(ground)?.when, step.when);
            const runs = checks.runs(state, ground);
            const late = checks.event(action, step, state, ground, { on: TOMORROW });
            assert.equal(checks.play({ facts, runs }, late) === 'OUT_OF_TIME', step.within !== undefined);
            for (const [unsettled, isLate] of [
              [step.within ?? '', false],
              ['another', step.within !== undefined],
            ] as const) {
              const said = checks.play({ facts, runs, unsettled: new Set([unsettled]) }, late);
              assert.equal(said === 'OUT_OF_TIME', isLate, `最后一日还会变的是 ${unsettled}:${said}`);
            }
            const none = checks.play({ facts, runs, due: false }, checks.event(action, step, state, ground));
            assert.equal(none === 'FLOW_NOT_APPLICABLE', step.within !== undefined, none);
          }),
        ];
      }),
    ),
    ...stepsOf(law).map(({ state, action, list }) =>
      check(`${wordOf(action)}(${state})在该办的情形办,后果是写明的那些`, (checks) => {
        for (const { facts, ground } of checks.combinations(state)) {
          const all = ground === undefined ? facts : new Map([...facts, [GROUND_FACT, ground]]);
          const step = list.find(({ when }) => fits(when, all));
          const runs = checks.runs(state, ground);
          const where = [...all].join(' ');
          const [first] = list;
          if (!first || first.by === 'clock') continue;
          if (first.by === 'routing') {
            // Of the steps that happen by themselves at most one is due.
            const due = stepsOf(law).find(
              (each) => each.state === state && each.list.some(({ when }) => fits(when, all)),
            );
            const [told] = due?.list ?? [];
            assert.equal(checks.route({ facts, runs }), due && told ? wanted(due.action, told) : 'nothing', where);
            continue;
          }
          const isFitting = !atStart(state) || fits(checks.ground(ground)?.when, facts);
          const expected = !isFitting ? 'GROUND_NOT_APPLICABLE' : step ? wanted(action, step) : 'WRONG_STATE';
          const said = checks.play({ facts, runs }, checks.event(action, step ?? first, state, ground));
          assert.equal(said, withoutAbsent(expected, state, checks.ground(ground)), where);
        }
      }),
    ),
    check('事由的要求', (checks) => {
      for (const { state, action, list } of stepsOf(law)) {
        const [step] = list;
        if (!step || !atStart(state) || typeof step.by === 'string') continue;
        for (const [key, ground] of Object.entries(law.grounds)) {
          const facts = factsFor(law.applies, ground.when);
          const said = (more: Partial<FlowEvent>, unable?: Situation['unable']): string => {
            const { claimedOwner: _, evidence: __, ...event } = checks.event(action, step, state, key);
            const need = {
              ...(ground.claimedOwner === 'required' && { claimedOwner: CLAIMED }),
              ...(ground.evidence === 'required' && { evidence: [CITED] }),
            };
            return checks.play({ facts, ...(unable && { unable }) }, { ...event, ...need, ...more });
          };
          const without = { claimedOwner: undefined as unknown as string };
          assert.equal(said(without) === 'CLAIMED_OWNER_MISSING', ground.claimedOwner === 'required', key);
          assert.equal(
            said({ claimedOwner: CLAIMED }) === 'CLAIMED_OWNER_REFUSED',
            ground.claimedOwner === 'refused',
            key,
          );
          assert.equal(said({ evidence: [] }) === 'EVIDENCE_MISSING', ground.evidence === 'required', key);
          assert.equal(said({ evidence: [CITED] }) === 'EVIDENCE_REFUSED', ground.evidence === 'refused', key);
          if (ground.evidence !== 'refused') assert.equal(said({ evidence: ['没有这件'] }), 'EVIDENCE_UNKNOWN');
          if (ground.claimedOwner === 'refused') continue;
          assert.equal(said({ claimedOwner: OWNER }), 'CLAIMED_OWNER_IS_RECIPIENT');
          assert.equal(
            said({}, () => ({ kind: 'unknown', text: '不在' })),
            'CLAIMED_OWNER_UNKNOWN',
          );
          for (const kind of ['barred', 'left', 'unfit'] as const)
            assert.equal(
              said({}, () => ({ kind, text: '不能' })),
              'CLAIMED_OWNER_UNABLE',
            );
        }
        const unknown = checks.play({ facts: factsFor(law.applies) }, checks.event(action, step, state, 'unheard_of'));
        assert.equal(unknown === 'GROUND_UNKNOWN', Object.keys(law.grounds).length > 0);
        if (/suspend/.test(step.does) && !step.by.includes('challenged')) {
          const other = checks.event(action, step, state, undefined, { challenged: CHALLENGED });
          assert.equal(checks.play({ facts: factsFor(law.applies) }, other), 'NOT_THE_HANDLER');
        }
      }
    }),
    check('有过结论的事由', (checks) => {
      for (const { state, action, list } of stepsOf(law)) {
        const [step] = list;
        if (!step || !atStart(state)) continue;
        for (const [ended, { ends = [] }] of Object.entries(law.grounds)) {
          for (const [asked, ground] of Object.entries(law.grounds)) {
            for (const outcome of ['upheld', 'rejected', 'withdrawn', 'lapsed']) {
              const facts = factsFor(law.applies, ground.when, step.by === 'routing' ? step.when : undefined);
              const runs = [runIn(law, 'ended', { ground: ended, outcome })];
              const isOver = ended === asked || (ends.includes(asked) && outcome === 'upheld');
              const said: string =
                step.by === 'routing'
                  ? checks.route({ facts, runs })
                  : checks.play({ facts, runs }, checks.event(action, step, state, asked));
              const refusal: string = step.by === 'routing' ? 'nothing' : 'GROUND_DECIDED';
              const isRefused = law.once && outcome !== 'lapsed' && isOver;
              assert.equal(said === refusal, isRefused, `${ended} ${outcome},再提 ${asked}:${said}`);
            }
          }
        }
      }
    }),
    check('没有开始不能办,正在办不能再开始,办结了不能再办', (checks) => {
      const [ground] = checks.grounds();
      for (const { state, action, list } of stepsOf(law)) {
        const [step] = list;
        if (!step || typeof step.by === 'string') continue;
        const facts = factsFor(law.applies, checks.ground(ground)?.when, step.when);
        const event = checks.event(action, step, state, ground);
        const waiting = Object.keys(law.waits).map((each) => runIn(law, each, ground === undefined ? {} : { ground }));
        const isRepeated = stepsOf(law).filter((each) => each.action === action).length > 1;
        if (atStart(state))
          for (const run of waiting) assert.equal(checks.play({ facts, runs: [run] }, event), 'ALREADY_OPEN');
        else {
          assert.equal(checks.play({ facts }, event), 'WRONG_STATE');
          const ended = runIn(law, 'ended', { outcome: 'rejected', ...(ground !== undefined && { ground }) });
          assert.equal(checks.play({ facts, runs: [ended] }, event), 'ALREADY_DECIDED');
          for (const run of waiting) {
            if (run.state === state || isRepeated) continue;
            assert.equal(checks.play({ facts, runs: [run] }, event), 'WRONG_STATE');
          }
        }
      }
      const [ground1] = checks.grounds();
      const facts = factsFor(law.applies, checks.ground(ground1)?.when);
      const by = actorOf('supervisor');
      assert.equal(checks.play({ facts }, { action: 'nothing_of_the_kind', by, on: TODAY }), 'WRONG_STATE');
    }),
    ...Object.entries(law.waits).map(([state, { for: whom, clock }]) =>
      check(`${state}等谁、期限多长、届满怎样`, (stage) => {
        const { flow, interpreter } = stage;
        const declared = flow.states.find(({ key }) => key === state);
        assert.deepEqual(declared?.waitsFor, whom);
        const { length, unit, key } = clock;
        const found = flow.clocks.find((each) => each.key === declared?.clock);
        assert.deepEqual(
          { key: found?.key, length: found?.length, unit: found?.unit, rolls: found?.rolls },
          { key, length: { parameter: length }, unit, rolls: true },
        );
        for (const into of stepsOf(law)) {
          const [step] = into.list;
          if (step?.to !== state) continue;
          const [ground] = stage.grounds();
          const facts = factsFor(law.applies, stage.ground(ground)?.when, step.when);
          const matter = matterOf({ facts, runs: stage.runs(into.state, ground) }, law);
          const played = step.by === 'routing' ? interpreter.routed(flow, matter, TODAY) : undefined;
          const result = played ?? interpreter.play(flow, matter, stage.event(into.action, step, into.state, ground));
          const run = 'ok' in result ? (result.ok ? result.value.run : undefined) : result.run;
          const from = { action: TODAY, assigned: ASSIGNED, received: RECEIVED }[clock.from];
          assert.deepEqual([run?.clock?.key, run?.clock?.from], [key, from]);
        }
        const late = stepsOf(law).find((each) => each.state === state && each.list[0]?.by === 'clock');
        const [step] = late?.list ?? [];
        const [ground] = stage.grounds();
        const facts = factsFor(law.applies);
        const running = { key, from: TODAY, setOn: TODAY, excluded: [], extended: 0, fired: [] };
        const run = runIn(law, state, { clock: running, ...(ground !== undefined && { ground }) });
        const played = interpreter.expired(flow, matterOf({ facts, runs: [run] }, law), run, TOMORROW);
        assert.equal(played ? done(played) : 'urge', late && step ? wanted(late.action, step) : 'urge');
      }),
    ),
  ];
}

/** Without those whom a step would tell were there any: nobody is claimed where the ground claims nobody. */
const withoutAbsent = (text: string, state: string, ground: GroundLaw | undefined): string =>
  atStart(state) && ground !== undefined && ground.claimedOwner !== 'required'
    ? text.replace(/ claimed_owner/g, '')
    : text;

export const FLOW_CHECKS: readonly FlowCheck[] = [
  ...FLOW_LAWS.flatMap(checksOf),
  {
    name: '每个流程都写明了能做什么,没有别的流程',
    run: (flows) => {
      const keys = (list: readonly { readonly key: string }[]): string[] => list.map(({ key }) => key).sort();
      assert.deepEqual(keys(flows), FLOW_LAWS.map(({ flow }) => flow).sort());
      for (const law of FLOW_LAWS) {
        const flow = flows.find(({ key }) => key === law.flow);
        assert.deepEqual(keys(flow?.grounds ?? []), Object.keys(law.grounds).sort());
        const declared = flow?.actions.map(({ from, key }) => `${from} ${key}`).sort();
        const written = stepsOf(law).flatMap(({ state, action, list }) => list.map(() => `${state} ${action}`));
        assert.deepEqual(declared, written.sort());
      }
    },
  },
];
