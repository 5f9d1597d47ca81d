/** What the interpreter does to a run whatever the flow says, example by example. Each check has a name and fails by throwing. */
import assert from 'node:assert/strict';
import type { ActorKind } from '../../src/core/flows/flow.js';
import type { Actor, FlowEvent, FlowRun, MatterView, Played } from '../../src/core/flows/flow-run.js';
import { addDays, type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import { lawbook } from './court.js';
import type { Interpreter } from './flow-stage.js';
import { ROUTED_SPECIMEN, SPECIMEN } from './specimen-flow.js';

export interface PlayCheck {
  readonly name: string;
  readonly run: (interpreter: Interpreter) => void;
}

const TODAY = plainDate('2026-03-09');
const OWNER = 'M1';
const CLAIMED = 'M2';
const PARTY = '甲一';
const OTHER_PARTY = '乙一';
const KNOWN = '（2025）川1527民初88号';

const matter = (more: Partial<MatterView> = {}): MatterView => ({
  id: 'F1',
  facts: new Map([
    ['matter', 'civil'],
    ['status', 'assigned'],
  ]),
  owner: OWNER,
  receivedOn: addDays(TODAY, -4),
  assignedOn: addDays(TODAY, -3),
  deadlines: new Map(),
  unable: () => undefined,
  knows: (cited) => cited === KNOWN,
  parties: [PARTY, OTHER_PARTY],
  runs: [],
  ...more,
});
const someone = (id: string, ...offices: ActorKind[]): Actor => ({ id, offices: new Set(offices) });
const REVIEWER = someone('复核人甲', 'reviewer');

const raise = (more: Partial<FlowEvent> = {}): FlowEvent => ({
  action: 'raise',
  by: someone(PARTY),
  on: TODAY,
  ground: 'first',
  challenged: OWNER,
  evidence: [KNOWN],
  ...more,
});
const step = (action: string, by: Actor, more: Partial<FlowEvent> = {}): FlowEvent => ({
  action,
  by,
  on: addDays(TODAY, 1),
  ...more,
});

const clock = (key: string, from: PlainDate) => ({ key, from, setOn: from, excluded: [], extended: 0, fired: [] });

/** The run as `raise` leaves it. */
const RAISED: FlowRun = {
  flow: 'specimen',
  number: 1,
  state: 'waiting',
  applicant: PARTY,
  evidence: [KNOWN],
  reason: '',
  openedOn: TODAY,
  ground: 'first',
  challenged: OWNER,
  clock: clock('handling', TODAY),
  suspends: true,
};
const { clock: _, suspends: __, ...RAISED_AND_OVER } = RAISED;
const without = <K extends keyof FlowRun>(run: FlowRun, key: K): Omit<FlowRun, K> => {
  const { [key]: ___, ...rest } = run;
  return rest;
};
const OF_ANOTHER: FlowRun = { ...RAISED, flow: 'another' };
const ENDED_OF_ANOTHER: FlowRun = { ...RAISED_AND_OVER, flow: 'another', state: 'rejected', outcome: 'rejected' };

const playedIn = ({ play }: Interpreter, view: MatterView, event: FlowEvent): Played => {
  const result = play(SPECIMEN, view, event);
  assert.ok(result.ok, result.ok ? '' : result.error.code);
  return result.value;
};
const codeIn = ({ play }: Interpreter, view: MatterView, event: FlowEvent): string => {
  const result = play(SPECIMEN, view, event);
  return result.ok ? result.value.run.state : result.error.code;
};

export const PLAY_CHECKS: readonly PlayCheck[] = [
  {
    name: '一次流程从提出那天起记下是谁、凭什么、针对谁,没有的不写',
    run: (interpreter) => {
      const { run, effects } = playedIn(interpreter, matter(), raise());
      assert.deepStrictEqual(run, RAISED);
      assert.deepStrictEqual(effects, [
        { kind: 'suspend', to: [{ kind: 'challenged', id: OWNER }] },
        // The judge who holds it is the one challenged, and is told once.
        { kind: 'notify', to: [{ kind: 'recipient', id: OWNER }] },
      ]);
      const more = raise({ claimedOwner: CLAIMED, reason: '理由' });
      assert.deepStrictEqual(playedIn(interpreter, matter(), more).run, {
        ...RAISED,
        claimedOwner: CLAIMED,
        reason: '理由',
      });
    },
  },
  {
    name: '别的流程正在办或者办过,与这个流程无关',
    run: (interpreter) => {
      const runs = [OF_ANOTHER, ENDED_OF_ANOTHER];
      assert.deepStrictEqual(playedIn(interpreter, matter({ runs }), raise()).run, RAISED);
      assert.equal(codeIn(interpreter, matter({ runs }), step('ask', REVIEWER)), 'WRONG_STATE');
    },
  },
  {
    name: '再次提出是新的一次,与上一次的人和事无关',
    run: (interpreter) => {
      const before: FlowRun = {
        ...RAISED_AND_OVER,
        applicant: OTHER_PARTY,
        claimedOwner: CLAIMED,
        outcome: 'lapsed',
      };
      const view = matter({ runs: [before] });
      assert.deepStrictEqual(playedIn(interpreter, view, raise()).run, { ...RAISED, number: 2 });
      const past = { ...before, applicant: '从前的申请人' };
      const by = someone('从前的申请人');
      assert.equal(codeIn(interpreter, matter({ runs: [past] }), raise({ by })), 'WRONG_PERSON');
    },
  },
  {
    name: '不该办的人问不出本件的情况:先说不是办理人',
    run: (interpreter) => {
      const stranger = someone('路人');
      assert.equal(codeIn(interpreter, matter(), raise({ by: stranger, ground: 'unheard_of' })), 'WRONG_PERSON');
      const runs = [{ ...RAISED, ground: 'second' }];
      assert.equal(codeIn(interpreter, matter({ runs }), step('decide', stranger)), 'WRONG_PERSON');
    },
  },
  {
    name: '同名的两步由不同的人办,各办各的',
    run: (interpreter) => {
      const president = someone('院长甲', 'president');
      for (const [ground, right, wrong] of [
        ['first', REVIEWER, president],
        ['second', president, REVIEWER],
      ] as const) {
        const view = matter({ runs: [{ ...RAISED, ground }] });
        assert.equal(codeIn(interpreter, view, step('decide', right)), 'upheld');
        assert.equal(codeIn(interpreter, view, step('decide', wrong)), 'WRONG_PERSON');
      }
    },
  },
  {
    name: '时钟办的,人不能办',
    run: (interpreter) => {
      const offices = new Set(lawbook.book.vocabulary.enumerations.get('流程参与人')?.byKey.keys()) as Set<ActorKind>;
      for (const by of [someone(PARTY), { id: '什么都当的人', offices }])
        assert.equal(codeIn(interpreter, matter({ runs: [RAISED] }), step('stand', by)), 'WRONG_PERSON');
    },
  },
  {
    name: '要证据的事由没有证据不受理,案卷里有的证据受理',
    run: (interpreter) => {
      assert.equal(codeIn(interpreter, matter(), raise({ evidence: [] })), 'EVIDENCE_MISSING');
      assert.equal(codeIn(interpreter, matter(), raise({ evidence: [KNOWN, '没有这件'] })), 'EVIDENCE_UNKNOWN');
      const optional = raise({ ground: 'second' });
      assert.equal(codeIn(interpreter, matter(), optional), 'waiting');
      assert.equal(codeIn(interpreter, matter(), { ...optional, evidence: [] }), 'waiting');
    },
  },
  {
    name: '暂停工作一直到恢复或者办结',
    run: (interpreter) => {
      const asked = playedIn(interpreter, matter({ runs: [RAISED] }), step('ask', REVIEWER)).run;
      const on = addDays(TODAY, 1);
      assert.deepStrictEqual(asked, { ...RAISED, state: 'incomplete', clock: clock('supplement_clock', on) });
      const never = without(RAISED, 'suspends');
      const still = playedIn(interpreter, matter({ runs: [never] }), step('ask', REVIEWER)).run;
      assert.deepStrictEqual(still, { ...never, state: 'incomplete', clock: clock('supplement_clock', on) });
      const over = playedIn(interpreter, matter({ runs: [RAISED] }), step('by_hand', REVIEWER)).run;
      assert.deepStrictEqual(over, { ...RAISED_AND_OVER, state: 'rejected', outcome: 'rejected' });
    },
  },
  {
    name: '同一步既能开始又能接着办的,没有开始就开始,到了那里就接着办',
    run: (interpreter) => {
      const by = someone(PARTY);
      assert.equal(codeIn(interpreter, matter(), raise()), 'waiting');
      assert.equal(codeIn(interpreter, matter({ runs: [RAISED] }), raise()), 'WRONG_STATE');
      assert.equal(codeIn(interpreter, matter({ runs: [RAISED] }), raise({ action: 'unheard_of' })), 'WRONG_STATE');
      const incomplete = { ...RAISED, state: 'incomplete' };
      const on = addDays(TODAY, 1);
      const again = playedIn(interpreter, matter({ runs: [incomplete] }), step('raise', by));
      assert.deepStrictEqual(again.run, { ...RAISED, clock: clock('handling', on) });
    },
  },
  {
    name: '回避:恢复工作以后不再暂停',
    run: ({ play }) => {
      const recusal = lawbook.flows.find(({ key }) => key === 'recusal');
      assert.ok(recusal);
      const run: FlowRun = { ...without(RAISED, 'ground'), flow: 'recusal', state: 'under_decision' };
      const by = someone('院长甲', 'president');
      const refused = play(recusal, matter({ runs: [run] }), { action: 'refuse', by, on: TODAY, reason: '理由' });
      assert.ok(refused.ok);
      assert.deepStrictEqual(refused.value.run, {
        ...without(run, 'suspends'),
        state: 'refused',
        clock: clock('reconsideration_request', TODAY),
        decidedBy: by.id,
        decidedOn: TODAY,
        decisionReason: '理由',
      });
    },
  },
  {
    name: '是谁、哪一天、以什么理由决定的,只有决定才记',
    run: (interpreter) => {
      const view = matter({ runs: [RAISED] });
      const decided = { ...RAISED_AND_OVER, state: 'upheld', outcome: 'upheld', decidedBy: REVIEWER.id };
      const on = addDays(TODAY, 1);
      const bare = playedIn(interpreter, view, step('decide', REVIEWER));
      assert.deepStrictEqual(bare.run, { ...decided, decidedOn: on });
      const reasoned = playedIn(interpreter, view, step('decide', REVIEWER, { reason: '理由' }));
      assert.deepStrictEqual(reasoned.run, { ...decided, decidedOn: on, decisionReason: '理由' });
      const asked = playedIn(interpreter, view, step('ask', REVIEWER, { reason: '理由' }));
      assert.ok(!('decisionReason' in asked.run));
    },
  },
  {
    name: '后果写明转为什么的才写转为什么',
    run: ({ play }) => {
      const conversion = lawbook.flows.find(({ key }) => key === 'procedure_conversion');
      assert.ok(conversion);
      const facts = new Map([
        ['matter', 'civil'],
        ['stage', 'first_instance'],
        ['procedure', 'summary'],
        ['panel', 'single'],
        ['status', 'assigned'],
      ]);
      const run = { ...RAISED_AND_OVER, flow: 'procedure_conversion', state: 'under_approval', ground: 'complex_case' };
      const by = someone('庭长甲', 'supervisor');
      const on = TODAY;
      const played = play(conversion, matter({ facts, runs: [run] }), { action: 'to_ordinary', by, on });
      assert.ok(played.ok);
      const { effects } = played.value;
      assert.deepStrictEqual(effects, [
        { kind: 'convert', to: [], target: 'ordinary' },
        {
          kind: 'notify',
          to: [
            { kind: 'recipient', id: OWNER },
            { kind: 'party', id: PARTY },
            { kind: 'party', id: OTHER_PARTY },
          ],
        },
        { kind: 'register', to: [] },
      ]);
    },
  },
  {
    name: '期限届满,按状态和事由做写明的那一步,别的不做',
    run: ({ expired }) => {
      for (const [run, action, state] of [
        [RAISED, 'succeed', 'upheld'],
        [{ ...RAISED, ground: 'second' }, 'stand', 'rejected'],
        [{ ...RAISED, state: 'incomplete', clock: clock('supplement_clock', TODAY) }, 'lapse', 'rejected'],
      ] as const) {
        const played = expired(SPECIMEN, matter({ runs: [run] }), run, addDays(TODAY, 4));
        assert.equal(played?.action.key, action);
        assert.deepStrictEqual(played?.run, {
          ...without(without(run, 'clock') as FlowRun, 'suspends'),
          state,
          outcome: state,
        });
      }
      const noGround: FlowRun = without(RAISED, 'ground');
      assert.equal(expired(SPECIMEN, matter({ runs: [noGround] }), noGround, TODAY), undefined);
      const noClock: FlowRun = without(RAISED, 'clock');
      assert.equal(expired(SPECIMEN, matter({ runs: [noClock] }), noClock, TODAY), undefined);
    },
  },
  {
    name: '随分案开始、随分案办结,别人办的不会自己办',
    run: ({ routed }) => {
      const facts = (status: string) => new Map([...matter().facts, ['status', status]]);
      const begun = routed(ROUTED_SPECIMEN, matter({ facts: facts('needs_review') }), TODAY);
      assert.equal(begun?.action.key, 'enter');
      assert.deepStrictEqual(begun?.run, {
        flow: 'routed_specimen',
        number: 1,
        state: 'waiting',
        applicant: '分案',
        evidence: [],
        reason: '',
        openedOn: TODAY,
        ground: 'unassigned',
        clock: clock('handling', TODAY),
      });
      assert.equal(routed(ROUTED_SPECIMEN, matter({ facts: facts('assigned') }), TODAY), undefined);
      const runs = begun ? [begun.run] : [];
      assert.equal(routed(ROUTED_SPECIMEN, matter({ facts: facts('needs_review'), runs }), TODAY), undefined);
      const over = routed(ROUTED_SPECIMEN, matter({ facts: facts('assigned'), runs }), TODAY);
      assert.equal(over?.action.key, 'settle');
    },
  },
  {
    name: '没有办结的暂停才算暂停',
    run: ({ suspendedIn }) => {
      const other = { ...OF_ANOTHER, challenged: 'M3' };
      assert.equal(suspendedIn([]), undefined);
      assert.equal(suspendedIn([without(other, 'suspends'), RAISED]), OWNER);
      assert.equal(suspendedIn([{ ...other, outcome: 'upheld' }, RAISED]), OWNER);
      assert.equal(suspendedIn([{ ...RAISED, outcome: 'upheld' }]), undefined);
    },
  },
  {
    name: '案件变了,不再适用的流程没有对象了',
    run: ({ isMoot, lapsed }) => {
      const facts = (more: Record<string, string>) => new Map([...matter().facts, ...Object.entries(more)]);
      const second = { ...RAISED, ground: 'second' };
      for (const [run, changed, moot] of [
        [RAISED, {}, false],
        [RAISED, { matter: 'criminal' }, true],
        [RAISED, { status: 'closed' }, false],
        [second, {}, false],
        [second, { status: 'closed' }, true],
      ] as const) {
        assert.equal(isMoot(SPECIMEN, run, facts(changed)), moot);
      }
      assert.deepStrictEqual(lapsed(RAISED), { ...RAISED_AND_OVER, outcome: 'lapsed' });
    },
  },
  {
    name: '期限从哪天起、多长、扣除多少、延长多少,都算进最后一日',
    run: ({ endOf }) => {
      const end = (
        run: FlowRun,
        lengthOf: (name: string) => number | undefined = () => undefined,
        flow = SPECIMEN,
      ): string | undefined => {
        const found = endOf(flow, run, lengthOf, 'civil', lawbook.calendar);
        return found?.kind === 'due' ? found.due : found?.since;
      };
      assert.equal(end(RAISED), addDays(TODAY, 3));
      const running = clock('handling', TODAY);
      const [on, off] = [addDays(TODAY, 1), addDays(TODAY, 2)];
      assert.equal(end({ ...RAISED, clock: { ...running, extended: 2 } }), addDays(TODAY, 5));
      assert.equal(end({ ...RAISED, clock: { ...running, excluded: [{ from: on, to: off }] } }), addDays(TODAY, 5));
      assert.equal(end(without(RAISED, 'clock')), undefined);
      assert.equal(end({ ...RAISED, clock: clock('unheard_of', TODAY) }), undefined);
      const named: FlowRun = { ...RAISED, flow: 'routed_specimen' };
      const lengthOf = (name: string): number | undefined => (name === 'waiting.review_days' ? 2 : undefined);
      assert.equal(end(named, lengthOf, ROUTED_SPECIMEN), addDays(TODAY, 2));
      assert.equal(
        end(named, () => undefined, ROUTED_SPECIMEN),
        undefined,
      );
    },
  },
];
