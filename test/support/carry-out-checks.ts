/** What the effects of a step make of who holds the matter, example by example. Each check has a name and fails by throwing. */
import assert from 'node:assert/strict';
import type { Decision, Reason } from '../../src/core/documents/decision.js';
import type { Handover } from '../../src/core/documents/dossier.js';
import type * as shipped from '../../src/core/flows/carry-out.js';
import type { Move, Standing } from '../../src/core/flows/carry-out.js';
import type { EffectKind, FlowAction } from '../../src/core/flows/flow.js';
import type { DueEffect, FlowRun, Played, Unable } from '../../src/core/flows/flow-run.js';
import { addDays, plainDate } from '../../src/core/kernel/plain-date.js';

export type CarryOut = typeof shipped;

export interface CarryOutCheck {
  readonly name: string;
  readonly run: (carryOut: CarryOut) => void | Promise<void>;
}

const TODAY = plainDate('2026-03-09');
const KNOWN = '（2025）川1527民初88号';

const BEFORE: Handover = {
  reliefs: [],
  draw: 1,
  designation: { judge: 'M1', ground: 'heavy' },
  ruling: { judge: 'M1', found: 'first_trial' },
  keeper: { judge: 'M1', method: 'random' },
};
/** A change of hands leaves behind who was named, ruled or kept before. */
const FREE: Handover = { reliefs: [], draw: 1 };

const standing = (more: Partial<Standing> = {}): Standing => ({
  matter: 'civil',
  owner: 'M1',
  handover: BEFORE,
  decision: { owner: { judge: 'M1', method: 'first_trial' }, procedure: 'summary' },
  deadlines: new Map(),
  unable: () => undefined,
  handlerOf: (cited) => (cited === KNOWN ? 'M3' : undefined),
  ...more,
});

const RUN: FlowRun = {
  flow: 'specimen',
  number: 1,
  state: 'upheld',
  ground: 'complex_case',
  applicant: 'M1',
  claimedOwner: 'M2',
  challenged: 'M1',
  evidence: [],
  reason: '',
  openedOn: TODAY,
  decidedOn: TODAY,
};
const effect = (kind: EffectKind, target?: DueEffect['target']): DueEffect => ({
  kind,
  to: [],
  ...(target !== undefined && { target }),
});
const played = (effects: readonly DueEffect[], run: FlowRun = RUN): Played => ({
  run,
  effects,
  action: {} as FlowAction,
});
const moved = ({ moveOf }: CarryOut, step: Played, from = standing()): Move | string | undefined => {
  const result = moveOf(step, from);
  return result.ok ? result.value : result.error.code;
};
const unableBy =
  (kind: Unable['kind'], who: string): Standing['unable'] =>
  (judge) =>
    judge === who ? { kind, text: '不能' } : undefined;

const decided = (more: Partial<Decision>): Decision => more as Decision;

export const CARRY_OUT_CHECKS: readonly CarryOutCheck[] = [
  {
    name: '只通知、只记账的,谁办还是谁办',
    run: (carryOut) => {
      for (const effects of [[], [effect('keep'), effect('notify'), effect('register')]])
        assert.equal(moved(carryOut, played(effects)), undefined);
    },
  },
  {
    name: '改变承办人的那一项算数,前后有别的也一样',
    run: (carryOut) => {
      const found = moved(carryOut, played([effect('notify'), effect('divert'), effect('register')]));
      assert.deepStrictEqual(found, { handover: BEFORE, by: 'divert' });
    },
  },
  {
    name: '重新分案:不再跟随原来跟随的案件,以前认定的不再算',
    run: (carryOut) => {
      const step = played([effect('reroute')]);
      assert.deepStrictEqual(moved(carryOut, step), { handover: { ...FREE, disclaimed: [] }, by: 'reroute' });
      const linked = standing({
        handover: { ...BEFORE, disclaimed: ['别的案件'] },
        decision: { owner: { judge: 'M1', method: 'first_trial', linkedCase: KNOWN } },
      });
      assert.deepStrictEqual(moved(carryOut, step, linked), {
        handover: { ...FREE, disclaimed: ['别的案件', KNOWN] },
        by: 'reroute',
      });
      const nobody = moved(carryOut, step, standing({ decision: {} }));
      assert.deepStrictEqual(nobody, { handover: { ...FREE, disclaimed: [] }, by: 'reroute' });
    },
  },
  {
    name: '应当回避:退出的是被申请回避的人,另行抽取',
    run: (carryOut) => {
      const reliefs = [{ judge: 'M1', ground: 'recusal' }];
      const found = moved(carryOut, played([effect('relieve')]));
      assert.deepStrictEqual(found, { handover: { reliefs, draw: 2 }, by: 'relieve' });
    },
  },
  {
    name: '移交被主张人:不能办的不移交',
    run: (carryOut) => {
      const step = played([effect('transfer')]);
      for (const [matter, found] of [
        ['civil', 'first_trial'],
        ['enforcement', 'first_enforcement'],
      ] as const) {
        assert.deepStrictEqual(moved(carryOut, step, standing({ matter })), {
          handover: { ...FREE, disclaimed: [], ruling: { judge: 'M2', found } },
          by: 'transfer',
        });
      }
      for (const kind of ['unknown', 'barred', 'left', 'unfit'] as const) {
        const unable = unableBy(kind, 'M2');
        assert.equal(moved(carryOut, step, standing({ unable })), 'CLAIMED_OWNER_UNABLE');
      }
    },
  },
  {
    name: '继续办理:给前案承办人,没有前案的给现承办人,都不能办的另行抽取',
    run: (carryOut) => {
      const cited = { ...RUN, evidence: [KNOWN] };
      const unknown = { ...RUN, evidence: ['没有这件'] };
      const to = (judge: string) => ({ ...FREE, ruling: { judge, found: 'first_trial' } });
      const anew = { ...FREE, draw: 2 };
      for (const [run, more, handover] of [
        [cited, {}, to('M3')],
        [RUN, {}, to('M1')],
        [unknown, {}, anew],
        [cited, { unable: unableBy('left', 'M3') }, anew],
        [RUN, { unable: unableBy('barred', 'M1') }, anew],
        [RUN, { owner: undefined }, anew],
      ] as const) {
        const found = moved(carryOut, played([effect('continue')], run), standing(more));
        assert.deepStrictEqual(found, { handover, by: 'continue' });
      }
    },
  },
  {
    name: '转换程序:写明从哪里到哪里、是否逾期,承办人接着办',
    run: (carryOut) => {
      const conversion = { from: 'summary', to: 'ordinary', ground: 'complex_case', on: TODAY };
      const keeper = { judge: 'M1', method: 'first_trial' };
      const step = played([effect('convert', 'ordinary')]);
      const onTime = { ...FREE, draw: 2, conversion, keeper };
      for (const [deadlines, handover] of [
        [[], onTime],
        [[['trial_limit', TODAY]], onTime],
        [[['trial_limit', addDays(TODAY, -1)]], { ...onTime, conversion: { ...conversion, isLate: true } }],
        [[['objection', addDays(TODAY, -1)]], onTime],
      ] as const) {
        const found = moved(carryOut, step, standing({ deadlines: new Map(deadlines) }));
        assert.deepStrictEqual(found, { handover, by: 'convert' });
      }
      const { decidedOn: _, ...undecided } = RUN;
      assert.throws(() => moved(carryOut, played([effect('convert')])));
      assert.throws(() => moved(carryOut, played([effect('convert', 'ordinary')], undecided)));
      for (const owner of [{ owner: { judge: null, method: 'random' } }, {}])
        assert.throws(() => moved(carryOut, step, standing({ decision: { ...owner, procedure: 'summary' } })));
    },
  },
  {
    name: '转换程序后承办人没有变的,期限不从头起算;别的都从当日起算',
    run: async ({ decisionAfter }) => {
      const assignedOn = addDays(TODAY, -5);
      for (const [by, judge, days] of [
        ['convert', 'M1', [TODAY, assignedOn]],
        ['convert', 'M2', [TODAY]],
        ['divert', 'M1', [TODAY]],
        ['convert', undefined, [TODAY]],
      ] as const) {
        const asked: string[] = [];
        await decisionAfter({ by, handover: FREE }, { owner: 'M1', assignedOn }, TODAY, async (on) => {
          asked.push(on);
          return decided(judge === undefined ? {} : { owner: { judge, method: 'random' } });
        });
        assert.deepStrictEqual(asked, days);
      }
    },
  },
  {
    name: '没有人能接的,这一步办不成;不能照此转换的,也办不成',
    run: ({ takerOf }) => {
      const said = (by: EffectKind, decision: Partial<Decision>): string => {
        const result = takerOf({ by, handover: FREE }, decided(decision));
        return result.ok
          ? `${result.value.judge} ${result.value.method}`
          : `${result.error.code} ${result.error.message}`;
      };
      const owner = { judge: 'M2', method: 'random' };
      assert.equal(said('reroute', { status: 'assigned', owner }), 'M2 random');
      const reasons: readonly Reason[] = [
        { rule: 'GJ-1', about: 'owner', text: '不相干', basis: [] },
        { rule: 'GJ-2', about: 'review', text: '无人可办', basis: [] },
      ];
      const review = { status: 'needs_review', reasons } as const;
      const nobody = 'NOBODY_LEFT 无人可办；请先由院庭长变更承办人，再办理这一步';
      assert.equal(said('reroute', review), nobody);
      assert.equal(said('reroute', { ...review, owner }), nobody);
      assert.equal(said('reroute', { ...review, status: 'assigned' }), nobody);
      const unsettled = 'CONVERSION_UNSETTLED 不能照此转换，仍适用原来的程序：无人可办';
      assert.equal(said('convert', review), unsettled);
      const questions = [
        { fact: 'amount', label: '标的额' },
        { fact: 'service', label: '送达方式' },
      ];
      assert.equal(said('convert', { ...review, questions }), `${unsettled}；还要先查明：标的额、送达方式`);
    },
  },
  {
    name: '名册上没有、应当回避、已经离任、不办这类、缺席太久的,都不能接',
    run: ({ unableIn }) => {
      const judge = (id: string, more: object = {}) => ({ judge: id, loadMilli: 0, ...more });
      const judges = [
        judge('可办'),
        judge('回避'),
        judge('离任', { left: true }),
        judge('不办类别', { handles: false }),
        judge('不办案由', { causeFits: false }),
        judge('只办繁案', { tracks: ['complex'] }),
        judge('也办简案', { tracks: ['complex', 'simple'] }),
        judge('将满缺席', { absentDays: 15 }),
        judge('缺席太久', { absentDays: 16 }),
      ];
      const barred = [
        { judge: '别人', rule: 'GJ-1', text: '别的理由' },
        { judge: '回避', rule: 'GJ-2', text: '应当回避' },
      ];
      const most = new Map([['ownership.absence_days_max', { value: 15 }]]);
      const who = (decision: object, parameters = most) => {
        const unable = unableIn({ judges }, { barred, ...decision }, { parameters });
        return [...judges.map((each) => each.judge), '没有的人'].flatMap((id) => {
          const found = unable(id);
          return found ? [`${id} ${found.kind} ${found.text}`] : [];
        });
      };
      const always = [
        '回避 barred 应当回避',
        '离任 left 离任已经离任',
        '不办类别 unfit 不办类别不办这一类案件',
        '不办案由 unfit 不办案由不办这一案由',
      ];
      const absent = '缺席太久 unfit 缺席太久将缺席超过 15 天';
      const nobody = '没有的人 unknown 本院法官名册上没有没有的人';
      assert.deepStrictEqual(who({ track: 'simple' }), [
        ...always,
        '只办繁案 unfit 只办繁案不办这一类繁简的案件',
        absent,
        nobody,
      ]);
      assert.deepStrictEqual(who({ track: 'complex' }), [...always, absent, nobody]);
      assert.deepStrictEqual(who({}), [...always, absent, nobody]);
      assert.deepStrictEqual(who({}, new Map()), [...always, nobody]);
      assert.equal(unableIn({ judges }, {}, { parameters: most })('回避'), undefined);
    },
  },
];
