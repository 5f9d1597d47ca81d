import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Step } from '../../src/core/documents/scenario.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { runs } from '../support/arbitraries.js';
import { type Json, lawbook } from '../support/court.js';
import { COURT, DayClock, openDesk } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { violations } from '../support/invariants.js';
import { historyArb, modelOf, shown } from '../support/model-court.js';
import type { Model } from '../support/objection-model.js';
import { codeOf } from '../support/refusal-code.js';
import { explains, StoredCourt } from '../support/stored-court.js';

vi.setConfig({ testTimeout: 300_000 * Number(process.env.FC_RUNS ?? 1) });

const RUNS = 25;

/** Takes a step in the stored court and in the model: both do it, or refuse it for the same reason. */
async function take(step: Step, stored: StoredCourt, model: Model): Promise<void> {
  if (step.file) {
    const filing = step.file as Json;
    if (stored.ids.has(filing.id as string)) return;
    await stored.file(filing);
    await stored.route();
    expect(model.take(step, { owner: await stored.ownerOf(filing.id as string) })).toEqual([]);
    return;
  }
  if (step.tick) return;
  const [said] = Object.entries(step).flatMap(([key, value]) => (key === 'on' ? [] : [value]));
  const { filing } = (said ?? {}) as { filing?: string };
  if (filing !== undefined && !stored.ids.has(filing)) return;
  const act = await stored.actOf(step);
  if (act === undefined) return;
  const code = await codeOf(act.run());
  // Absences overlap, which the model does not mind.
  if (code === 'ABSENCE_INVALID') return;
  if (code === 'NOBODY_LEFT') {
    const other = model.copy();
    expect(other.take(step, { owner: null })).toEqual([]);
    expect(other.matters.get(filing ?? '')?.owner).toBeNull();
    return;
  }
  const reasons = model.take(step, { owner: filing === undefined ? null : await stored.ownerOf(filing) });
  if (code === undefined) expect(reasons, 'accepted').toEqual([]);
  else expect(explains(reasons, code), `refused with ${code}, the model has ${reasons}`).toBe(true);
}

describe.each(ENGINES)('one client at a court on $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());

    it('random histories go as the model says, step by step, and leave the database as it has to be', async () => {
      const reached = new Set<string>();
      const property = fc.asyncProperty(historyArb, async ({ docket, steps }) => {
        await emptied(opened.db);
        const clock = new DayClock(steps[0]?.on ?? '2026-03-09');
        const stored = new StoredCourt(await openDesk(opened.db, docket, undefined, undefined, clock));
        const model = modelOf(docket);
        for (const step of steps) {
          if (step.on < clock.today()) continue;
          clock.moveTo(plainDate(step.on));
          const ranOut = model.runOut(step.on).map(({ filing, clock: kind }) => `${filing} ${kind}`);
          const fired = (await stored.fire()).map(({ filing, clock: kind }) => `${filing} ${kind}`);
          expect(fired.toSorted(), 'the clocks that ran out').toEqual(ranOut.toSorted());
          await take(step, stored, model);
          const due = [...model.matters.values()].map((matter) => [matter.id, shown(model, matter)]);
          expect(await stored.standing()).toEqual(Object.fromEntries(due));
        }
        expect(await violations({ db: opened.db, court: COURT, lawbook, judgesOf: () => [] })).toEqual([]);
        for (const what of model.reached) reached.add(what);
      });
      await fc.assert(property, runs(RUNS));
      const wanted = ['upheld: not', 'upheld: missed', 'recusal: granted', 'ran out: objection_review', 'withdrawn'];
      expect(wanted.filter((what) => !reached.has(what))).toEqual([]);
    });
  });
});
