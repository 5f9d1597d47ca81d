import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { stageOfProcedure } from '../../../src/core/documents/conversion.js';
import type { Decision } from '../../../src/core/documents/decision.js';
import { noticeLines } from '../../../src/core/documents/notice.js';
import { type ActorKind, admits, type Flow } from '../../../src/core/flows/flow.js';
import type { FlowEvent } from '../../../src/core/flows/flow-run.js';
import { addDays, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { checkFiling } from '../../../src/core/routing/intake.js';
import { replay } from '../../../src/core/routing/replay.js';
import { type Matter, MemoryCourt } from '../../../src/core/scenario/court.js';
import { AMOUNTS, runs, worldArb } from '../../support/arbitraries.js';
import { barredOf, CLEAR, docket, dueOf, filing, type Json, judge, lawbook, person } from '../../support/court.js';
import { noticeFor } from '../../support/notice.js';
import { checked, evaluatorOf, routeOne, SEED } from '../../support/property.js';

vi.setConfig({ testTimeout: 120_000 * Number(process.env.FC_RUNS ?? 1) });

const BY_OWN_MOTION = 'procedure_conversion';
const ON_OBJECTION = 'procedure_objection';
const DAY = plainDate('2026-03-20');
const PRESIDENT = { id: '院长', offices: new Set<ActorKind>(['supervisor', 'president']) };

const flowOf = (key: string): Flow => {
  const flow = lawbook.flows.find((each) => each.key === key);
  if (!flow) throw new Error(`no ${key}`);
  return flow;
};

/** A court with one filing in it. */
class Desk {
  readonly court: MemoryCourt;
  readonly id: string;

  private constructor(court: MemoryCourt, id: string) {
    this.court = court;
    this.id = id;
  }

  static async with(one: Json, court: Json): Promise<Desk> {
    const memory = new MemoryCourt({ docket: checked(court), lawbook, evaluator: evaluatorOf(lawbook), seed: SEED });
    const read = checkFiling(one, { court: String(one.court), lawbook, seen: new Set() });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    await memory.file(read.value);
    return new Desk(memory, read.value.id);
  }

  get matter(): Matter {
    return this.court.matter(this.id) as Matter;
  }

  get decision(): Decision {
    return this.matter.decision;
  }

  /** The code of the refusal; undefined where it was done. */
  async act(flow: string, event: Omit<FlowEvent, 'on'> & { on?: PlainDate }): Promise<string | undefined> {
    const done = await this.court.play(this.id, flowOf(flow), { on: DAY, ...event });
    return done.ok ? undefined : done.error.code;
  }

  propose(ground: string, on: PlainDate = DAY): Promise<string | undefined> {
    const by = { id: this.matter.owner ?? '', offices: new Set<ActorKind>() };
    return this.act(BY_OWN_MOTION, { action: 'propose', by, ground, reason: '审理中查明的情况', on });
  }

  object(ground: string, by = '乙二', on: PlainDate = DAY): Promise<string | undefined> {
    const who = { id: by, offices: new Set<ActorKind>() };
    return this.act(ON_OBJECTION, { action: 'raise', by: who, ground, reason: '不符合适用条件', on });
  }

  rule(flow: string, action: string, on: PlainDate = DAY): Promise<string | undefined> {
    return this.act(flow, { action, by: PRESIDENT, reason: '经审查', on });
  }
}

/** A loan of 20,000 yuan is a small claim, one of 90,000 is heard in summary procedure. */
const SMALL = filing();
const SUMMARY = filing({ amount: '90000' });
const ORDINARY = filing({ facts: { ...CLEAR, disputeMinor: false } });
const COURT = docket([], { judges: [judge('M1'), judge('M2'), judge('M3')] });
const standing = ({ procedure, panel, track }: Decision): unknown[] => [procedure, panel, track];

describe('转换程序', () => {
  test('小额诉讼,承办人提请、院庭长同意,改用简易程序:承办人不变,审限自立案之日起三个月,复核期限不重新起算', async () => {
    const desk = await Desk.with(SMALL, COURT);
    const before = desk.decision;
    expect(standing(before)).toEqual(['small_claims', 'single', 'simple']);
    expect(dueOf(before).trial_limit).toBe('2026-05-09');
    expect(await desk.propose('unsuitable_small_claims')).toBeUndefined();
    expect(desk.decision).toBe(before);
    expect(await desk.rule(BY_OWN_MOTION, 'to_summary')).toBeUndefined();
    const after = desk.decision;
    expect(standing(after)).toEqual(['summary', 'single', 'simple']);
    expect(after.owner).toEqual(before.owner);
    expect(dueOf(after)).toEqual({ ...dueOf(before), trial_limit: '2026-06-09' });
    const reason = after.reasons?.find(({ rule }) => rule === 'GJ-MS-169-1-J');
    expect(reason?.text).toContain('2026-03-20');
    expect(reason?.basis).toMatchObject([{ law: '中华人民共和国民事诉讼法', article: '第一百六十九条第一款' }]);
  });

  test('简易程序因案情复杂转为普通程序:清楚的案件仍可独任,审限依解释第二百五十八条自立案之日起六个月', async () => {
    const desk = await Desk.with(SUMMARY, COURT);
    await desk.propose('complex_case');
    expect(await desk.rule(BY_OWN_MOTION, 'to_ordinary')).toBeUndefined();
    expect(standing(desk.decision)).toEqual(['ordinary', 'single', 'complex']);
    const limit = desk.decision.deadlines?.find(({ kind }) => kind === 'trial_limit');
    expect(limit).toMatchObject({ from: '2026-03-09', due: '2026-09-09' });
    expect(limit?.basis.map(({ article }) => article)).toContain('第二百五十八条第三款');
  });

  test('当事人对适用小额诉讼有异议,院庭长认为成立,转由合议庭审理', async () => {
    const desk = await Desk.with(SMALL, COURT);
    expect(await desk.object('small_claims_objection')).toBeUndefined();
    expect(await desk.rule(ON_OBJECTION, 'to_collegial')).toBeUndefined();
    expect(standing(desk.decision)).toEqual(['ordinary', 'collegial', 'complex']);
    const spoken = desk.decision.reasons?.map(({ rule }) => rule);
    expect(spoken).toEqual(expect.arrayContaining(['GJ-MS-169-2-P', 'GJ-MS-43-1', 'ZC-ZH-XB']));
  });

  test('异议不成立:什么都不变,另一方还可以提', async () => {
    const desk = await Desk.with(SUMMARY, COURT);
    const before = desk.decision;
    await desk.object('summary_objection');
    expect(await desk.rule(ON_OBJECTION, 'reject')).toBeUndefined();
    expect(desk.decision).toBe(before);
    expect(await desk.object('summary_objection', '甲一')).toBeUndefined();
  });

  test('普通程序独任的,当事人对独任审理有异议,成立的转由合议庭审理', async () => {
    const desk = await Desk.with(ORDINARY, COURT);
    expect(standing(desk.decision)).toEqual(['ordinary', 'single', 'complex']);
    const due = dueOf(desk.decision);
    await desk.object('single_objection');
    expect(await desk.rule(ON_OBJECTION, 'to_collegial')).toBeUndefined();
    expect(standing(desk.decision)).toEqual(['ordinary', 'collegial', 'complex']);
    expect(dueOf(desk.decision)).toEqual(due);
    expect(desk.decision.reasons?.map(({ rule }) => rule)).toContain('GJ-MS-43-2');
  });

  test('行政案件由简易程序转为普通程序,组成合议庭', async () => {
    const facts = { factsClear: true, rightsClear: true, disputeMinor: true, informationDisclosure: true };
    const one = filing({
      matter: 'administrative',
      cause: '政府信息公开',
      facts: { ...facts, decidedOnTheSpot: false },
    });
    const desk = await Desk.with(one, docket([], { judges: [judge('X2', { handles: ['administrative'] })] }));
    expect(standing(desk.decision)).toEqual(['summary', 'single', 'simple']);
    expect(await desk.propose('unsuitable_summary_administrative')).toBeUndefined();
    expect(await desk.rule(BY_OWN_MOTION, 'to_collegial')).toBe('WRONG_STATE');
    expect(await desk.rule(BY_OWN_MOTION, 'to_ordinary')).toBeUndefined();
    expect(standing(desk.decision)).toEqual(['ordinary', 'collegial', 'complex']);
    expect(dueOf(desk.decision).trial_limit).toBe('2026-09-09');
    const spoken = desk.decision.reasons?.map(({ rule }) => rule);
    expect(spoken).toContain('GJ-XZ-84');
  });

  test('一步步往前,再也回不去', async () => {
    const desk = await Desk.with(SMALL, COURT);
    await desk.propose('claims_changed');
    await desk.rule(BY_OWN_MOTION, 'to_summary');
    expect(await desk.propose('claims_changed')).toBe('GROUND_NOT_APPLICABLE');
    await desk.propose('public_notice_needed');
    expect(await desk.rule(BY_OWN_MOTION, 'to_summary')).toBe('WRONG_STATE');
    await desk.rule(BY_OWN_MOTION, 'to_ordinary');
    expect(await desk.propose('unsuitable_summary')).toBe('GROUND_NOT_APPLICABLE');
    await desk.propose('unsuitable_single');
    await desk.rule(BY_OWN_MOTION, 'to_collegial');
    expect(standing(desk.decision)).toEqual(['ordinary', 'collegial', 'complex']);
    expect(await desk.propose('unsuitable_single')).toBe('FLOW_NOT_APPLICABLE');
    expect(desk.matter.history).toHaveLength(1);
  });

  test('异议还在审查,程序已经依职权转换了:异议没有对象,终止', async () => {
    const desk = await Desk.with(SMALL, COURT);
    await desk.object('small_claims_objection');
    await desk.propose('unsuitable_small_claims');
    await desk.rule(BY_OWN_MOTION, 'to_summary');
    expect(desk.matter.runs.find(({ flow }) => flow === ON_OBJECTION)?.outcome).toBe('lapsed');
    expect(await desk.object('summary_objection')).toBeUndefined();
  });

  test('对独任审理的异议,改用简易程序以后还要审查', async () => {
    const desk = await Desk.with(SMALL, COURT);
    await desk.object('single_objection');
    await desk.propose('unsuitable_small_claims');
    await desk.rule(BY_OWN_MOTION, 'to_summary');
    expect(await desk.rule(ON_OBJECTION, 'to_collegial')).toBeUndefined();
    expect(standing(desk.decision)).toEqual(['ordinary', 'collegial', 'complex']);
  });

  test.each([
    ['承办人自己不能同意', { id: 'M1', offices: new Set<ActorKind>(['supervisor']) }, 'OWN_MATTER'],
    ['当事人不能同意', { id: '甲一', offices: new Set<ActorKind>(['supervisor']) }, 'OWN_MATTER'],
    ['立案庭不能同意', { id: '立案', offices: new Set<ActorKind>(['filing_division']) }, 'WRONG_PERSON'],
  ])('%s', async (_, by, code) => {
    const desk = await Desk.with(SMALL, docket([], { judges: [judge('M1'), judge('M2', { quota: 0 })] }));
    await desk.propose('unsuitable_small_claims');
    expect(await desk.act(BY_OWN_MOTION, { action: 'to_summary', by })).toBe(code);
  });

  test('只有承办人能提请,只有当事人能提异议,都要说明理由', async () => {
    const desk = await Desk.with(SMALL, COURT);
    const stranger = { id: '路人', offices: new Set<ActorKind>(['filing_division', 'reviewer']) };
    const ground = 'unsuitable_small_claims';
    expect(await desk.act(BY_OWN_MOTION, { action: 'propose', by: stranger, ground, reason: '…' })).toBe(
      'WRONG_PERSON',
    );
    const raise = { action: 'raise', ground: 'small_claims_objection' };
    expect(await desk.act(ON_OBJECTION, { ...raise, by: stranger, reason: '…' })).toBe('WRONG_PERSON');
    const party = { id: '甲一', offices: new Set<ActorKind>() };
    expect(await desk.act(ON_OBJECTION, { ...raise, by: party, reason: ' ' })).toBe('REASON_MISSING');
  });

  test('原承办人只办简案:转为普通程序以后另行分案,写明为什么,分案日从头算', async () => {
    const simple = judge('S1', { tracks: ['simple'] });
    const desk = await Desk.with(SUMMARY, docket([], { judges: [simple, judge('M1', { quota: 0 })] }));
    expect(desk.matter.owner).toBe('S1');
    await desk.propose('unsuitable_summary');
    expect(await desk.rule(BY_OWN_MOTION, 'to_ordinary')).toBe('CONVERSION_UNSETTLED');
    expect(standing(desk.decision)).toEqual(['summary', 'single', 'simple']);

    const two = await Desk.with(SUMMARY, docket([], { judges: [simple, judge('M1', { tracks: ['complex'] })] }));
    await two.propose('unsuitable_summary');
    expect(await two.rule(BY_OWN_MOTION, 'to_ordinary')).toBeUndefined();
    expect(two.matter.history).toEqual(['S1', 'M1']);
    expect(two.matter.assignedOn).toBe(DAY);
    expect(two.decision.draw?.number).toBe(2);
    const unable = two.decision.reasons?.find(({ about }) => about === 'owner_unable');
    expect(unable?.text).toContain('原承办人S1不办转为普通程序以后这一类繁简的案件');
    expect(dueOf(two.decision).trial_limit).toBe('2026-09-09');
  });

  test('改用简易程序仍是简案:只办简案的继续承办', async () => {
    const desk = await Desk.with(SMALL, docket([], { judges: [judge('S1', { tracks: ['simple'] })] }));
    await desk.propose('unsuitable_small_claims');
    expect(await desk.rule(BY_OWN_MOTION, 'to_summary')).toBeUndefined();
    expect(desk.matter.owner).toBe('S1');
  });

  test('不是清楚的案件而双方约定简易的:转为普通程序就要合议,没有查明的先查明,转由合议庭不必等', async () => {
    const unknown = { ...CLEAR, factsClear: null, agreeSummary: true };
    const desk = await Desk.with(filing({ amount: '90000', facts: unknown }), COURT);
    expect(desk.decision.procedure).toBe('summary');
    await desk.propose('unsuitable_summary');
    expect(await desk.rule(BY_OWN_MOTION, 'to_ordinary')).toBe('CONVERSION_UNSETTLED');
    expect(await desk.rule(BY_OWN_MOTION, 'to_collegial')).toBeUndefined();
    const unclear = { ...CLEAR, factsClear: false, agreeSummary: true };
    const other = await Desk.with(filing({ amount: '90000', facts: unclear }), COURT);
    await other.propose('unsuitable_summary');
    expect(await other.rule(BY_OWN_MOTION, 'to_ordinary')).toBeUndefined();
    expect(standing(other.decision)).toEqual(['ordinary', 'collegial', 'complex']);
  });

  test('审限过了才裁定:照转,但提示核对', async () => {
    const desk = await Desk.with(SUMMARY, COURT);
    const late = plainDate('2026-06-10');
    await desk.propose('complex_case', late);
    expect(await desk.rule(BY_OWN_MOTION, 'to_ordinary', late)).toBeUndefined();
    const hint = desk.decision.reasons?.find(({ rule }) => rule === 'GJ-MSJS-258-2');
    expect(hint?.text).toContain('2026-06-10裁定转换程序时，简易程序的审理期限已经届满');
    const timely = await Desk.with(SUMMARY, COURT);
    const last = plainDate('2026-06-09');
    await timely.propose('complex_case', last);
    await timely.rule(BY_OWN_MOTION, 'to_ordinary', last);
    expect(timely.decision.reasons?.map(({ rule }) => rule)).not.toContain('GJ-MSJS-258-2');
  });

  test('转换以后承办人回避:程序不变回去,另行分案按转换以后的繁简', async () => {
    const desk = await Desk.with(SUMMARY, COURT);
    const owner = desk.matter.owner as string;
    await desk.propose('complex_case');
    await desk.rule(BY_OWN_MOTION, 'to_ordinary');
    const party = { id: '甲一', offices: new Set<ActorKind>() };
    await desk.act('recusal', { action: 'apply', by: party, challenged: owner, reason: '与本案有利害关系' });
    expect(await desk.act('recusal', { action: 'grant', by: PRESIDENT })).toBeUndefined();
    expect(standing(desk.decision)).toEqual(['ordinary', 'single', 'complex']);
    expect(desk.matter.owner).not.toBe(owner);
    expect(desk.decision.owner?.method).toBe('random');
  });

  test('告知书写明转换', async () => {
    const desk = await Desk.with(SUMMARY, COURT);
    await desk.propose('public_notice_needed');
    await desk.rule(BY_OWN_MOTION, 'to_ordinary');
    const text = noticeLines(noticeFor(desk.decision, SUMMARY, COURT)).join('\n');
    expect(text).toContain(
      '本案于2026年3月20日因需要公告送达，由简易程序转为普通程序审理，以前告知的适用程序和审判组织以本告知书为准。',
    );
    expect(text).toContain(
      '审理期限自立案之日起连续计算，不重新起算。承办人没有因此变更，当初怎样确定见以前的告知书。',
    );
    expect(text).toContain('裁定：需要公告送达，不适用简易程序，转为普通程序。依据：');

    const judges = [judge('S1', { tracks: ['simple'] }), judge('M1', { tracks: ['complex'] })];
    const court = docket([], { judges });
    const changed = await Desk.with(SUMMARY, court);
    await changed.propose('complex_case');
    await changed.rule(BY_OWN_MOTION, 'to_collegial');
    const letter = noticeLines(noticeFor(changed.decision, SUMMARY, court)).join('\n');
    expect(letter).toContain('本案承办人已经变更');
    expect(letter).toContain('原承办人法官S1不办转为普通程序合议以后');
    expect(letter).not.toMatch(/(?<!法官)S1/);
  });
});

// ---- any filing, any history

interface Attempt {
  readonly flow: typeof BY_OWN_MOTION | typeof ON_OBJECTION;
  /** Among the grounds that fit, and where none does, among all. */
  readonly ground: number;
  readonly action: string;
  readonly after: number;
}

const attemptArb: fc.Arbitrary<Attempt> = fc.record({
  flow: fc.constantFrom<Attempt['flow']>(BY_OWN_MOTION, ON_OBJECTION),
  ground: fc.nat(100),
  action: fc.constantFrom('to_summary', 'to_ordinary', 'to_collegial', 'reject'),
  after: fc.nat(60),
});

function groundOf({ flow, ground }: Attempt, facts: ReadonlyMap<string, string>): string {
  const { grounds } = flowOf(flow);
  const fitting = grounds.filter(({ when }) => admits(when, facts));
  const choice = fitting.length > 0 ? fitting : grounds;
  return choice[ground % choice.length]?.key ?? '';
}

/** The same court where every other judge hears but simple cases. */
const withSimpleJudges = (court: Json): Json => ({
  ...court,
  judges: (court.judges as Json[]).map((each, place) => (place % 2 === 0 ? { ...each, tracks: ['simple'] } : each)),
});

const answer = fc.constantFrom(true, true, true, false, null);
const filingArb = fc.record({
  amount: fc.constantFrom(...AMOUNTS),
  facts: fc.record(
    { ...Object.fromEntries(Object.entries(CLEAR).map(([key, value]) => [key, value ? answer : fc.constant(value)])) },
    { requiredKeys: Object.keys(CLEAR) },
  ),
  more: fc.record({
    agreeSummary: fc.boolean(),
    agreeSmallClaims: fc.boolean(),
    novelOrComplex: fc.constantFrom(false, false, false, true),
  }),
  receivedOn: fc.constantFrom('2026-02-27', '2026-03-09', '2026-03-31', '2026-08-31'),
});

/** What the reference says of the limit: so many months from docketing, the month's last day where there is no such day. */
function limitOf(procedure: string, docketedOn: string): string {
  const months = { small_claims: 2, summary: 3, ordinary: 6 }[procedure] ?? 0;
  const [year = 0, month = 0, day = 0] = docketedOn.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(day, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

test('任意收案、任意转换:只往前走;审限等于一开始就适用该程序;承办人照旧;逐字节可以重算', async () => {
  let converted = 0;
  let refused = 0;
  let redrawn = 0;
  const property = fc.asyncProperty(
    worldArb({ cases: 5, filings: 1 }),
    filingArb,
    fc.array(attemptArb, { minLength: 3, maxLength: 8 }),
    fc.boolean(),
    async ({ docket: given }, { amount, facts, more, receivedOn }, attempts, isSplit) => {
      const court = isSplit ? withSimpleJudges(given) : given;
      const { code } = court.court as { code: string };
      const parties = [person('plaintiff', '甲一', 101), person('defendant', '乙二', 102)];
      const one = filing({ court: code, amount, receivedOn, parties, facts: { ...facts, ...more } });
      const desk = await Desk.with(one, court);
      let on = plainDate(receivedOn);
      for (const attempt of attempts) {
        const { flow, action, after } = attempt;
        on = addDays(on, after);
        const before = desk.matter;
        if (before.owner === undefined) return;
        const ground = groundOf(attempt, desk.court.view(before, on).facts);
        const asked = flow === BY_OWN_MOTION ? await desk.propose(ground, on) : await desk.object(ground, '甲一', on);
        if (asked !== undefined) continue;
        const said = await desk.rule(flow, action, on);
        const { matter, decision } = desk;
        if (action === 'reject' || said !== undefined) {
          expect(decision).toBe(before.decision);
          expect(await desk.rule(flow, 'reject', on)).toBe(action === 'reject' ? 'ALREADY_DECIDED' : undefined);
          refused++;
          continue;
        }
        converted++;
        const [was, is] = [before.decision, decision].map(({ procedure, panel }) => stageOfProcedure(procedure, panel));
        expect(is).toBeGreaterThan(was as number);
        if (dueOf(before.decision).trial_limit !== undefined) {
          expect(dueOf(decision).trial_limit).toBe(limitOf(decision.procedure ?? '', receivedOn));
        } else expect(dueOf(decision).trial_limit).toBeUndefined();
        expect(barredOf(decision)).not.toContain(matter.owner);
        const isRedrawn = decision.reasons?.some(({ rule }) => rule === 'ZC-ZH-FJ') === true;
        if (isRedrawn) {
          redrawn++;
          expect(matter.owner).not.toBe(before.owner);
          expect(matter.assignedOn >= before.assignedOn).toBe(true);
        } else {
          expect(decision.owner).toEqual(before.decision.owner);
          expect(matter.history).toEqual(before.history);
          const { trial_limit: _, ...others } = dueOf(decision);
          const { trial_limit: __, ...othersBefore } = dueOf(before.decision);
          expect(others).toEqual(othersBefore);
        }
        expect(decision.reasons?.some(({ text, basis }) => text.startsWith(on) && basis.length > 0)).toBe(true);
        const again = await replay(JSON.parse(JSON.stringify(decision)), lawbook, evaluatorOf(lawbook));
        expect(again.outcome).toBe('same');
      }
    },
  );
  await fc.assert(property, runs(200));
  expect(Math.min(converted, refused, redrawn)).toBeGreaterThan(10);
});

test('转换以后的审限,就是一开始适用该程序、同一天立案的审限', async () => {
  const fresh = { summary: SUMMARY, ordinary: ORDINARY };
  for (const [one, ground, target] of [
    [SMALL, 'unsuitable_small_claims', 'summary'],
    [SMALL, 'unsuitable_small_claims', 'ordinary'],
    [SUMMARY, 'unsuitable_summary', 'ordinary'],
  ] as const) {
    const desk = await Desk.with(one, COURT);
    await desk.propose(ground);
    await desk.rule(BY_OWN_MOTION, `to_${target}`);
    expect(dueOf(desk.decision).trial_limit).toBe(dueOf(await routeOne(fresh[target], COURT)).trial_limit);
  }
});
