import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Step } from '../../../src/core/documents/scenario.js';
import { playScenario, type ScenarioEvent } from '../../../src/core/scenario/scenario.js';
import { runs } from '../../support/arbitraries.js';
import * as court from '../../support/court.js';
import { type Json, lawbook } from '../../support/court.js';
import { historyArb, modelOf, only, shown } from '../../support/model-court.js';
import type { Model, Told } from '../../support/objection-model.js';
import { checked, evaluatorOf, SEED } from '../../support/property.js';

vi.setConfig({ testTimeout: 120_000 * Number(process.env.FC_RUNS ?? 1) });

const RUNS = 300;

// ---- the model and the program side by side

const clockOf = ({ filing, clock, due, urged, outcome }: Json): Json => ({
  filing,
  clock,
  due,
  outcome: urged ? 'urged' : outcome,
});
const sorted = (list: readonly unknown[]): string[] => list.map((each) => JSON.stringify(each)).sort();

type Cases = Awaited<ReturnType<typeof playScenario>>['cases'];

/** What holds of any step, whatever the model says. */
function checkStep(step: Step, before: Cases, after: Cases): void {
  for (const [id, { owner, status, objection, history, ...rest }] of Object.entries(after)) {
    const was = before[id] ?? { history: [], objection: 'none' };
    expect(owner !== null, 'one owner of an assigned matter').toBe(status === 'assigned' || status === 'closed');
    if (owner !== null) expect(owner, 'the last of its owners').toBe(history.at(-1));
    expect(history.slice(0, was.history.length), 'what was stays').toEqual(was.history);
    expect(history.length - was.history.length, 'owners follow one by one').toBeLessThanOrEqual(1);
    if (rest.suspended !== undefined) expect(rest.suspended, 'nobody but the owner').toBe(owner);
    const isSettled = was.objection === 'upheld' || was.objection === 'rejected';
    if (isSettled && step.object?.filing !== id) expect(objection, 'a ruling stays').toBe(was.objection);
  }
}

/** What holds of a whole history, whatever the model says. */
function checkEvents(events: readonly ScenarioEvent[], cases: Cases): void {
  const told = events as readonly Json[];
  for (const [id, { history }] of Object.entries(cases)) {
    const own = told.filter(({ filing, refused }) => filing === id && !refused);
    const moves = own.filter(
      ({ step, outcome }) => step !== 'clock' && (outcome === 'upheld' || outcome === 'granted'),
    );
    expect(history.length - 1, 'as many changes as rulings').toBeLessThanOrEqual(moves.length);
    const urged = own.filter((event) => event.urged).map(({ clock, due }) => `${clock} ${due}`);
    const begun = own.filter(({ step }) => step === 'object' || step === 'applyRecusal');
    expect(urged.length, 'urged once').toBeLessThanOrEqual(begun.length);
    const relieved = new Set<unknown>();
    for (const { outcome, owner, effects } of own) {
      if (outcome === 'granted')
        for (const { to } of (effects as Json[]).slice(0, 1)) relieved.add((to as string[])[0]);
      expect(relieved.has(owner), 'never again').toBe(false);
    }
  }
}

/** Plays a script and its model: both must say the same of every step, and of how the matters stand after it. */
async function compare(docket: Json, steps: readonly Step[]): Promise<Model> {
  const parts = { docket: checked(docket), lawbook, evaluator: evaluatorOf(lawbook), seed: SEED };
  const model = modelOf(docket);
  const whole = await playScenario(parts, steps);
  const left = [...whole.events];
  let before: Cases = {};
  for (const [place, step] of steps.entries()) {
    const ranOut = model.runOut(step.on);
    const clocks = left.splice(
      0,
      left.findIndex((event) => event.step !== 'clock'),
    ) as Json[];
    expect(sorted(clocks.map(clockOf)), 'the clocks that ran out').toEqual(sorted(ranOut));
    for (const { due, on } of clocks as { due: string; on: string }[]) expect(due < on && on === step.on).toBe(true);

    const told = left.shift() as { refused?: { code: string } } & Told;
    const reasons = model.take(step, told);
    if (reasons.length > 0) expect(reasons, 'refused').toContain(told.refused?.code);
    else expect(told.refused, 'accepted').toBeUndefined();

    const { events, cases } = await playScenario(parts, steps.slice(0, place + 1));
    expect(events).toEqual(whole.events.slice(0, whole.events.length - left.length));
    const got = Object.entries(cases).map(([id, { deadlines, ...rest }]) => [
      id,
      { ...rest, deadlines: only(deadlines) },
    ]);
    const due = [...model.matters.values()].map((matter) => [matter.id, shown(model, matter)]);
    expect(Object.fromEntries(got)).toEqual(Object.fromEntries(due));
    checkStep(step, before, cases);
    checkEvents(events, cases);
    before = cases;
  }
  expect(left).toEqual([]);
  return model;
}

/** What the random histories must have come to; else they show nothing. */
const TO_BE_REACHED = [
  ...['first_trial', 'first_enforcement', 'series', 'random', 'none'].map((method) => `decided: ${method}`),
  ...['upheld: not', 'upheld: missed', 'rejected: not', 'rejected: missed'],
  ...['granted', 'rejected'].map((outcome) => `recusal: ${outcome}`),
  ...['objection_review', 'consultation', 'recusal_decision', 'reconsideration_request'].map(
    (clock) => `ran out: ${clock}`,
  ),
  'withdrawn',
  'closed with open objection',
  'lapsed with its owner',
  ...[
    ...['OUT_OF_TIME', 'WRONG_PERSON', 'GROUND_DECIDED', 'GROUND_NOT_APPLICABLE', 'ALREADY_OPEN', 'ALREADY_DECIDED'],
    ...['CLAIMED_OWNER_MISSING', 'CLAIMED_OWNER_REFUSED', 'CLAIMED_OWNER_UNKNOWN', 'CLAIMED_OWNER_UNABLE'],
    ...[
      'CLAIMED_OWNER_IS_RECIPIENT',
      'EVIDENCE_UNKNOWN',
      'OWN_MATTER',
      'DECIDER_BARRED',
      'NOT_THE_HANDLER',
      'REASON_MISSING',
    ],
    ...['FLOW_NOT_APPLICABLE', 'WRONG_STATE', 'FILING_UNKNOWN', 'FILING_INVALID', 'CLOCK_BACKWARDS'],
  ].map((code) => `refused: ${code}`),
];

test('random histories go as the model says, step by step', async () => {
  const reached = new Set<string>();
  const property = fc.asyncProperty(historyArb, async ({ docket, steps }) => {
    for (const what of (await compare(docket, steps)).reached) reached.add(what);
  });
  await fc.assert(property, runs(RUNS));
  expect(TO_BE_REACHED.filter((what) => !reached.has(what))).toEqual([]);
});

/** The party challenges M1, who has the case by the earlier one; M1 says that it is M2's, and the ruling follows. */
async function handedOver(...more: Json[]): Promise<Cases[string] | undefined> {
  const start = [
    { on: '2026-03-09', file: court.filing() },
    { on: '2026-03-09', applyRecusal: { filing: 'F1', against: 'M1', by: '甲一', ground: '与对方相识' } },
    { on: '2026-03-09', object: { filing: 'F1', by: 'M1', ground: 'missed_first_trial', claimedOwner: 'M2' } },
    { on: '2026-03-10', decide: { filing: 'F1', by: '立案庭', outcome: 'upheld' } },
  ];
  const docket = checked(court.docket([court.earlier()]));
  const parts = { docket, lawbook, evaluator: evaluatorOf(lawbook), seed: SEED };
  return (await playScenario(parts, [...start, ...more] as Step[])).cases.F1;
}

test('whoever took a case over is not suspended by the recusal of the one before', async () => {
  const after = await handedOver();
  expect(after).toMatchObject({ owner: 'M2', history: ['M1', 'M2'] });
  expect(after?.suspended ?? after?.owner).toBe('M2');
});

test('a recusal of the one before, granted late, does not take the case from whoever took it over', async () => {
  const granted = { on: '2026-03-10', decideRecusal: { filing: 'F1', by: '院长', outcome: 'granted' } };
  expect(await handedOver(granted)).toMatchObject({ owner: 'M2', method: 'first_trial', history: ['M1', 'M2'] });
});
