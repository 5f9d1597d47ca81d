import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { stepSchema } from '../../../src/core/documents/scenario.js';
import { playScenario, type ScenarioResult } from '../../../src/core/scenario/scenario.js';
import {
  docket,
  earlier,
  enforcement,
  filing,
  type Json,
  JUDGES,
  judge,
  lawbook,
  person,
} from '../../support/court.js';
import { checked, evaluatorOf } from '../../support/property.js';

const SEED = '00'.repeat(32);

const run = (steps: readonly Json[], court: Json = docket([earlier()])): Promise<ScenarioResult> =>
  playScenario(
    { docket: checked(court), lawbook, evaluator: evaluatorOf(lawbook), seed: SEED },
    z.array(stepSchema).parse(steps),
  );

/** What the steps after the first ones came to: the refusal's code, or the state. */
const told = ({ events }: ScenarioResult, from = 1): string[] =>
  events
    .filter(({ step }) => step !== 'clock')
    .slice(from)
    .map((event) =>
      'refused' in event ? (event.refused as { code: string }).code : String(event.state ?? event.status ?? 'done'),
    );

const file = (more: Json = {}): Json => ({ on: '2026-03-09', file: filing(more) });
const object = (on: string, more: Json = {}): Json => ({
  on,
  object: { filing: 'F1', by: '$owner', ground: 'not_first_trial', ...more },
});
const decide = (on: string, outcome: string, by = '立案庭'): Json => ({ on, decide: { filing: 'F1', by, outcome } });
/** A case of its own between others: no earlier one claims it. */
const STRANGER = { parties: [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)] };
const missed = (on: string, more: Json = {}): Json =>
  object(on, { ground: 'missed_first_trial', claimedOwner: 'M2', ...more });

describe('首审异议', () => {
  test('不属于首审,成立:不再按那件前案,随机分案', async () => {
    const { cases } = await run([file(), object('2026-03-10'), decide('2026-03-11', 'upheld')]);
    expect(cases.F1).toMatchObject({ method: 'random', objection: 'upheld', status: 'assigned' });
    expect(cases.F1?.history[0]).toBe('M1');
  });

  test('不属于首审,不成立:收案人继续办理', async () => {
    const { cases } = await run([file(), object('2026-03-10'), decide('2026-03-11', 'rejected')]);
    expect(cases.F1).toMatchObject({ owner: 'M1', method: 'first_trial', objection: 'rejected', history: ['M1'] });
  });

  test('未发现首审,成立:调整至首审负责人,五日从移交之日重新起算,审限不变', async () => {
    const steps = [file({ ...STRANGER }), missed('2026-03-13'), decide('2026-03-16', 'upheld')];
    const { cases } = await run(steps);
    const before = await run(steps.slice(0, 1));
    expect(before.cases.F1?.deadlines.objection).toBe('2026-03-16');
    expect(cases.F1).toMatchObject({ owner: 'M2', method: 'first_trial', objection: 'upheld' });
    expect(cases.F1?.deadlines.objection).toBe('2026-03-23');
    expect(cases.F1?.deadlines.trial_limit).toBe(before.cases.F1?.deadlines.trial_limit);
  });

  test('最后一日是周六的顺延到周一,周一当日还可以申请,周二不再受理', async () => {
    expect(told(await run([file(), object('2026-03-16')]))).toEqual(['under_review']);
    expect(told(await run([file(), object('2026-03-17')]))).toEqual(['OUT_OF_TIME']);
  });

  test('移交以后,新的收案人不能再说不属于首审:已经有过结论', async () => {
    const first = [file({ ...STRANGER }), missed('2026-03-10'), decide('2026-03-11', 'upheld')];
    expect(told(await run([...first, object('2026-03-12')]), 3)).toEqual(['GROUND_DECIDED']);
    const other = missed('2026-03-12', { claimedOwner: 'M3' });
    expect(told(await run([...first, other]), 3)).toEqual(['GROUND_DECIDED']);
  });

  test('换一个事由可以再申请一次,不能没完没了', async () => {
    const both = [
      file(),
      object('2026-03-10'),
      decide('2026-03-10', 'rejected'),
      missed('2026-03-11'),
      decide('2026-03-11', 'rejected'),
    ];
    expect(told(await run([...both, object('2026-03-12'), missed('2026-03-12')]))).toEqual([
      'under_review',
      'rejected',
      'under_review',
      'rejected',
      'GROUND_DECIDED',
      'GROUND_DECIDED',
    ]);
  });

  test('撤回的不能以同一事由再提', async () => {
    const withdraw = { on: '2026-03-10', withdrawObjection: { filing: 'F1', by: 'M1' } };
    const result = await run([file(), object('2026-03-10'), withdraw, object('2026-03-11')]);
    expect(told(result)).toEqual(['under_review', 'withdrawn', 'GROUND_DECIDED']);
    expect(result.cases.F1).toMatchObject({ owner: 'M1', objection: 'withdrawn' });
  });

  test('复核逾期:督促一次,仍然待复核', async () => {
    const tick = (on: string): Json => ({ on, tick: {} });
    const result = await run([
      file(),
      object('2026-03-10'),
      tick('2026-03-12'),
      tick('2026-03-13'),
      tick('2026-03-20'),
    ]);
    const clocks = result.events.filter(({ step }) => step === 'clock');
    expect(clocks).toEqual([
      { on: '2026-03-13', step: 'clock', filing: 'F1', clock: 'objection_review', due: '2026-03-12', urged: true },
    ]);
    expect(result.cases.F1?.objection).toBe('open');
  });

  test.each<[string, Json[], string]>([
    ['不是收案人', [object('2026-03-10', { by: 'M2' })], 'WRONG_PERSON'],
    ['随机分到的,不能说不属于首审', [object('2026-03-10')], 'GROUND_NOT_APPLICABLE'],
    ['没有写主张由谁办理', [object('2026-03-10', { ground: 'missed_first_trial' })], 'CLAIMED_OWNER_MISSING'],
    ['主张由自己办理', [missed('2026-03-10', { claimedOwner: '$owner' })], 'CLAIMED_OWNER_IS_RECIPIENT'],
    ['名册上没有的人', [missed('2026-03-10', { claimedOwner: 'M9' })], 'CLAIMED_OWNER_UNKNOWN'],
    ['被主张人是当事人的亲属', [missed('2026-03-10', { claimedOwner: 'K1' })], 'CLAIMED_OWNER_UNABLE'],
    ['被主张人不办民事案件', [missed('2026-03-10', { claimedOwner: 'Z1' })], 'CLAIMED_OWNER_UNABLE'],
    ['被主张人已经离任', [missed('2026-03-10', { claimedOwner: 'L1' })], 'CLAIMED_OWNER_UNABLE'],
    ['被主张人要缺席很久', [missed('2026-03-10', { claimedOwner: 'A1' })], 'CLAIMED_OWNER_UNABLE'],
    ['证据案号不在案卷里', [missed('2026-03-10', { evidence: ['（2020）川1527民初1号'] })], 'EVIDENCE_UNKNOWN'],
    ['执行的事由用在民事案件上', [object('2026-03-10', { ground: 'not_first_enforcement' })], 'FLOW_NOT_APPLICABLE'],
    ['没有申请就决定', [decide('2026-03-10', 'upheld')], 'WRONG_STATE'],
    ['没有这件收案', [object('2026-03-10', { filing: 'F9' })], 'FILING_UNKNOWN'],
    ['时间倒退', [object('2026-03-08')], 'CLOCK_BACKWARDS'],
  ])('%s', async (_, steps, code) => {
    const more = [
      judge('K1', { relations: [{ kind: 'spouse', name: '丙三', idNumber: person('x', 'x', 103).idNumber }] }),
      judge('L1', { leftOn: '2026-01-01' }),
      judge('A1', { absences: [{ from: '2026-03-01', to: '2026-06-30', reason: 'secondment' }] }),
    ];
    const court = docket([earlier()], { judges: [...JUDGES, ...more] });
    const before = await run([file(STRANGER)], court);
    const result = await run([file(STRANGER), ...steps], court);
    expect(told(result)).toEqual([code]);
    expect(result.cases).toEqual(before.cases);
  });

  test('不该办的人来办:写明由谁办', async () => {
    const { events } = await run([file(), object('2026-03-10', { by: 'M2' })]);
    expect(events.at(-1)).toMatchObject({ refused: { message: '申请复核由收案人办理，您在本件里不是' } });
  });

  test.each(['$owner', 'M2'])('%s 不能决定自己的事', async (by) => {
    const result = await run([file(STRANGER), missed('2026-03-10'), decide('2026-03-11', 'upheld', by)]);
    expect(told(result)).toEqual(['under_review', 'OWN_MATTER']);
  });

  test('依规则不得承办的人不能决定', async () => {
    const kin = judge('K1', {
      relations: [{ kind: 'spouse', name: '丙三', idNumber: person('x', 'x', 103).idNumber }],
    });
    const court = docket([earlier()], { judges: [...JUDGES, kin] });
    const result = await run([file(STRANGER), missed('2026-03-10'), decide('2026-03-11', 'upheld', 'K1')], court);
    expect(told(result)).toEqual(['under_review', 'DECIDER_BARRED']);
  });

  test('两个人先后决定,后一个不再有效', async () => {
    const result = await run([
      file(),
      object('2026-03-10'),
      decide('2026-03-11', 'rejected'),
      decide('2026-03-11', 'upheld', '复核人乙'),
    ]);
    expect(told(result)).toEqual(['under_review', 'rejected', 'ALREADY_DECIDED']);
    expect(result.cases.F1).toMatchObject({ owner: 'M1', objection: 'rejected' });
  });

  test('结案以后不能再申请;结案时没有办结的申请终止', async () => {
    const close = { on: '2026-03-11', close: { filing: 'F1', closure: 'withdrawn' } };
    const result = await run([
      file(),
      object('2026-03-10'),
      close,
      object('2026-03-11'),
      decide('2026-03-11', 'upheld'),
    ]);
    expect(told(result)).toEqual(['under_review', 'closed', 'FLOW_NOT_APPLICABLE', 'FLOW_NOT_APPLICABLE']);
    expect(result.cases.F1).toMatchObject({ status: 'closed', objection: 'withdrawn', owner: 'M1' });
  });

  test('移交以前被主张人请了长假:不能移交,申请仍然待复核', async () => {
    const away = { on: '2026-03-11', absent: { judge: 'M2', from: '2026-03-11', to: '2026-06-30', reason: 'sick' } };
    const result = await run([
      file(STRANGER),
      missed('2026-03-10'),
      away,
      decide('2026-03-11', 'upheld'),
      decide('2026-03-11', 'rejected'),
    ]);
    expect(told(result)).toEqual(['under_review', 'done', 'CLAIMED_OWNER_UNABLE', 'rejected']);
  });
});

describe('首执会商', () => {
  const objectTo = (on: string, more: Json): Json => ({ on, object: { filing: 'E1', by: '$owner', ...more } });
  const consulted = (on: string, outcome: string): Json => ({
    on,
    decide: { filing: 'E1', by: '执行指挥中心', outcome },
  });
  const first = { on: '2026-03-09', file: enforcement() };
  const old = {
    ...enforcement(),
    id: undefined,
    court: undefined,
    receivedOn: undefined,
    caseNo: '（2025）川1527执300号',
    filedOn: '2025-04-01',
    closedOn: '2025-09-30',
    closure: 'current_enforcement_terminated',
    judge: 'Z2',
  };
  const court = docket([JSON.parse(JSON.stringify(old)) as Json]);

  test('未发现首执,会商同意:调整至首执负责人', async () => {
    const steps = [
      first,
      objectTo('2026-03-10', { ground: 'missed_first_enforcement', claimedOwner: 'Z1' }),
      consulted('2026-03-11', 'upheld'),
    ];
    const { cases } = await run(steps, court);
    expect(cases.E1).toMatchObject({ owner: 'Z1', method: 'first_enforcement', history: ['Z2', 'Z1'] });
  });

  test('不属于首执,会商同意:随机分案', async () => {
    const steps = [
      first,
      objectTo('2026-03-10', { ground: 'not_first_enforcement' }),
      consulted('2026-03-11', 'upheld'),
    ];
    const { cases } = await run(steps, court);
    expect(cases.E1).toMatchObject({ method: 'random', objection: 'upheld' });
  });

  test('三日以后不再受理', async () => {
    expect(told(await run([first, objectTo('2026-03-13', { ground: 'not_first_enforcement' })], court))).toEqual([
      'OUT_OF_TIME',
    ]);
  });

  test('初执移回以后检索分流,期限从移回之日起', async () => {
    const back = { on: '2026-03-20', returnFromInitialMeasures: { filing: 'E1' } };
    const { cases, events } = await run([first, back, back], court);
    expect(cases.E1).toMatchObject({ owner: 'Z2', method: 'first_enforcement', history: ['Z2'] });
    expect(cases.E1?.deadlines).toMatchObject({
      first_enforcement_diversion: '2026-03-23',
      enforcement_consultation: '2026-03-23',
    });
    expect(events.at(-1)).toMatchObject({ refused: { code: 'ALREADY_DECIDED' } });
  });

  test('分期后续不另立案,由首执负责人继续办理', async () => {
    const close = { on: '2026-06-01', close: { filing: 'E1', closure: 'settlement_terminated' } };
    const go = (on: string, more: Json = {}): Json => ({
      on,
      continue: { filing: 'E1', ground: 'instalment_due', ...more },
    });
    const { cases } = await run([first, close, go('2026-09-01'), go('2026-12-01')], court);
    expect(cases.E1).toMatchObject({ owner: 'Z2', method: 'first_enforcement', status: 'assigned', history: ['Z2'] });
    const away = { on: '2026-08-01', absent: { judge: 'Z2', from: '2026-08-01', reason: 'secondment' } };
    const without = await run([first, close, away, go('2026-09-01')], court);
    expect(without.cases.E1).toMatchObject({ owner: 'Z1', history: ['Z2', 'Z1'] });
    const cited = await run(
      [first, go('2026-09-01', { ground: 'related_batch', caseNo: '（2020）川1527执1号' })],
      court,
    );
    expect(told(cited)).toEqual(['EVIDENCE_UNKNOWN']);
  });
});

describe('回避', () => {
  const apply = (on: string, more: Json = {}): Json => ({
    on,
    applyRecusal: { filing: 'F1', against: '$owner', by: '甲一', ground: '与本案有利害关系', ...more },
  });
  const rule = (on: string, outcome: string, by = '院长'): Json => ({
    on,
    decideRecusal: { filing: 'F1', by, outcome },
  });
  const tick = (on: string): Json => ({ on, tick: {} });

  test('决定以前暂停,准许的退出本案,另行分案,不再回来', async () => {
    const waiting = await run([file(), apply('2026-03-10')]);
    expect(waiting.cases.F1).toMatchObject({ owner: 'M1', suspended: 'M1', recusal: 'open' });
    const { cases } = await run([file(), apply('2026-03-10'), rule('2026-03-11', 'granted')]);
    expect(cases.F1?.owner).not.toBe('M1');
    expect(cases.F1).toMatchObject({ method: 'random', recusal: 'granted', status: 'assigned' });
    expect(cases.F1?.suspended).toBeUndefined();
    const claim = {
      on: '2026-03-12',
      object: { filing: 'F1', by: '$owner', ground: 'missed_first_trial', claimedOwner: 'M1' },
    };
    expect(told(await run([file(), apply('2026-03-10'), rule('2026-03-11', 'granted'), claim]), 3)).toEqual([
      'CLAIMED_OWNER_UNABLE',
    ]);
  });

  test('暂停期间不能结案;驳回以后恢复', async () => {
    const close = (on: string): Json => ({ on, close: { filing: 'F1', closure: 'judgment' } });
    const result = await run([
      file(),
      apply('2026-03-10'),
      close('2026-03-10'),
      rule('2026-03-11', 'rejected'),
      close('2026-03-11'),
    ]);
    expect(told(result)).toEqual(['under_decision', 'WRONG_STATE', 'refused', 'closed']);
  });

  test('驳回以后没有申请复议的,次日起驳回生效', async () => {
    const { cases, events } = await run([
      file(),
      apply('2026-03-10'),
      rule('2026-03-11', 'rejected'),
      tick('2026-03-13'),
    ]);
    expect(cases.F1).toMatchObject({ owner: 'M1', recusal: 'rejected' });
    expect(events.filter(({ step }) => step === 'clock')).toMatchObject([
      { clock: 'reconsideration_request', due: '2026-03-12', state: 'rejected' },
    ]);
  });

  test('三日没有决定:督促', async () => {
    const { events } = await run([file(), apply('2026-03-10'), tick('2026-03-14')]);
    expect(events.filter(({ step }) => step === 'clock')).toMatchObject([
      { clock: 'recusal_decision', due: '2026-03-13', urged: true },
    ]);
  });

  test.each<[string, Json, string]>([
    ['不是当事人', apply('2026-03-10', { by: '路人' }), 'WRONG_PERSON'],
    ['不是本件的承办人', apply('2026-03-10', { against: 'M2' }), 'NOT_THE_HANDLER'],
    ['没有写明理由', apply('2026-03-10', { ground: ' ' }), 'REASON_MISSING'],
    ['没有人申请', rule('2026-03-10', 'granted'), 'WRONG_STATE'],
  ])('%s', async (_, step, code) => {
    expect(told(await run([file(), step]))).toEqual([code]);
  });

  test('法官自行回避,也要别人决定', async () => {
    const self = apply('2026-03-10', { by: '$owner' });
    const result = await run([
      file(),
      self,
      rule('2026-03-10', 'granted', '$owner'),
      rule('2026-03-10', 'granted', '审判委员会'),
    ]);
    expect(told(result)).toEqual(['under_decision', 'OWN_MATTER', 'granted']);
  });
});

test('收案有误的一步被拒绝,案件写作有误,剧本继续', async () => {
  const result = await run([
    { on: '2026-03-09', file: filing({ amount: '不知道' }) },
    { on: '2026-03-09', file: filing({ id: 'F2' }) },
  ]);
  expect(result.events[0]).toMatchObject({ refused: { code: 'FILING_INVALID' } });
  expect(result.cases.F1).toMatchObject({ status: 'invalid', owner: null });
  expect(result.cases.F2).toMatchObject({ status: 'assigned' });
});
