import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTurns } from '../../../src/shell/jobs/in-turns.js';

const worldArb = fc.record({
  /** How many turns each court needs. */
  needs: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }),
  atOnce: fc.integer({ min: 1, max: 8 }),
  /** How long turns take, one after the other. */
  takes: fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
});

test('every court has all its turns, one at a time, no more at once than allowed, and waits for no more than one turn of any other', async () => {
  const property = fc.asyncProperty(worldArb, async ({ needs, atOnce, takes }) => {
    const courts = needs.map((_, place) => `院${place}`);
    const left = new Map(courts.map((court, place) => [court, needs[place] ?? 0]));
    const begun: string[] = [];
    /** From which turn on each court waits for its next. */
    const waitsFrom = new Map(courts.map((court) => [court, 0]));
    const underWay = new Set<string>();
    await inTurns(courts, atOnce, async (court) => {
      const meanwhile = begun.slice(waitsFrom.get(court));
      expect(new Set(meanwhile).size).toBe(meanwhile.length);
      expect(underWay.has(court)).toBe(false);
      underWay.add(court);
      expect(underWay.size).toBeLessThanOrEqual(atOnce);
      begun.push(court);
      for (let ticks = takes[begun.length % takes.length] ?? 0; ticks > 0; ticks--) await setImmediate();
      underWay.delete(court);
      waitsFrom.set(court, begun.length);
      left.set(court, (left.get(court) ?? 0) - 1);
      return left.get(court) !== 0;
    });
    expect([...left.values()].every((count) => count === 0)).toBe(true);
  });
  await fc.assert(property);
});

test('told to end, it begins no further turn', async () => {
  const end = new AbortController();
  let turns = 0;
  const turn = async (): Promise<boolean> => {
    turns++;
    if (turns === 3) end.abort();
    return true;
  };
  await inTurns(['甲', '乙'], 1, turn, end.signal);
  expect(turns).toBe(3);
});
