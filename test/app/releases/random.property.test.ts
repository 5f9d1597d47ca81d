import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addDays, plainDate } from '../../../src/core/kernel/plain-date.js';
import { runs } from '../../support/arbitraries.js';
import { atOnce } from '../../support/at-once.js';
import { ENGINES, emptied, type OpenedEngine, openServer } from '../../support/engines.js';
import { codeOf } from '../../support/refusal-code.js';
import type { Act, ReleaseModel } from '../../support/release-model.js';
import { PATHS, PEOPLE, ReleasePlay, textOf } from '../../support/release-play.js';

vi.setConfig({ testTimeout: 300_000 * Number(process.env.FC_RUNS ?? 1) });

// The first is what shrinking comes to: a step that does nothing.
const KINDS = [
  'days',
  'create',
  'save',
  'check',
  'discard',
  'rebase',
  'propose',
  'rollBack',
  'approve',
  'schedule',
  'reject',
  'withdraw',
  'cancel',
  'review',
  'folder',
] as const;
type Kind = (typeof KINDS)[number];
const WEIGHTS: Readonly<Partial<Record<Kind, number>>> = {
  save: 6,
  propose: 5,
  approve: 6,
  rebase: 3,
  create: 4,
  reject: 2,
  cancel: 2,
  days: 3,
  rollBack: 2,
  review: 3,
  schedule: 4,
};

/** Something that somebody tries, before it is known what there is to try it on. */
interface Choice {
  readonly kind: Kind;
  readonly who: number;
  /** The latest, the one before it, … */
  readonly of: number;
  readonly path: number;
  readonly variant: number;
  readonly isStale: boolean;
  /** Whoever may do it does, on what it can be done to; else whoever it is, on whatever there is. */
  readonly isApt: boolean;
  readonly isUrgent: boolean;
  readonly days: number;
}

const rarely = (often: number): fc.Arbitrary<boolean> => fc.nat(often).map((dice) => dice === 0);
// Histories are few and long: none of them is to be one of extremes.
const choiceArb: fc.Arbitrary<Choice> = fc.noBias(
  fc.record({
    kind: fc.oneof(...KINDS.map((kind) => ({ weight: WEIGHTS[kind] ?? 1, arbitrary: fc.constant(kind) }))),
    who: fc.nat(PEOPLE - 1),
    of: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
    path: fc.nat(PATHS.length - 1),
    variant: fc.nat(3),
    isStale: rarely(9),
    isApt: rarely(2).map((isRare) => !isRare),
    isUrgent: fc.boolean(),
    days: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) }),
  }),
);

/** The choice as an act on what the model has; undefined where there is nothing to try it on. */
function actOf({ kind, of, path: at, variant, isStale, isUrgent, days }: Choice, model: ReleaseModel): Act | undefined {
  const path = PATHS[at] ?? PATHS[0];
  const behind = isStale ? 1 : 0;
  const on = addDays(plainDate(model.today), days);
  const [id, draft] = [...model.drafts].at(-1 - (of % Math.max(1, model.drafts.size))) ?? [];
  const number = Math.max(1, model.releases.length - of);
  const touched = model.release(number).touched - behind;
  switch (kind) {
    case 'days':
      return undefined;
    case 'create':
      return { kind };
    case 'folder':
      return { kind, files: { ...model.release(1).files, [PATHS[0]]: textOf(PATHS[0], variant) } };
    case 'rollBack':
      return { kind, number, urgent: isUrgent };
    case 'approve':
      return { kind, number, touched, on: days === 0 || model.release(number).urgent !== isUrgent ? undefined : on };
    case 'schedule':
      return { kind, number, touched, on };
    case 'reject':
    case 'withdraw':
    case 'cancel':
    case 'review':
      return { kind, number, touched };
    default:
  }
  if (id === undefined || draft === undefined) return undefined;
  switch (kind) {
    case 'check':
      return { kind, draft: id };
    case 'discard':
      return { kind, draft: id, touched: draft.touched - behind };
    case 'propose':
      return { kind, draft: id, revision: draft.saves.length - behind, urgent: isUrgent };
    case 'rebase': {
      const merged = Object.fromEntries(model.conflicts(id).map((each) => [each, textOf(each, variant % 3)]));
      return { kind, draft: id, touched: draft.touched - behind, merged: isUrgent ? {} : merged };
    }
    default: {
      const revision = model.lastSave(id, path) - (days === 0 ? behind : 0);
      const base = draft.base - (days === 0 ? 0 : behind);
      return { kind: 'save', draft: id, path, text: textOf(path, variant), revision, base };
    }
  }
}

/** What brings things on, the furthest first: tried by whoever is to do what can be done, where what they meant to do cannot be. */
const ONWARD: readonly Kind[] = ['review', 'schedule', 'approve', 'propose', 'save', 'create'];

/** Who tries what: the choice itself, or the next best that the model would let through. */
function tryOf(
  choice: Choice,
  { model, people }: ReleasePlay,
): { readonly who: number; readonly act: Act } | undefined {
  const act = actOf(choice, model);
  if (!choice.isApt) return act && { who: choice.who, act };
  for (const kind of [choice.kind, ...ONWARD]) {
    for (let turn = 0; turn < 4 * PEOPLE; turn++) {
      const who = (choice.who + turn) % PEOPLE;
      const of = (choice.of + Math.floor(turn / PEOPLE)) % 4;
      const [other, person] = [actOf({ ...choice, kind, of }, model), people[who]];
      if (other && person && model.reasons(person, other).length === 0) return { who, act: other };
    }
  }
  return undefined;
}

/** What was reached, and how it ended, over all histories. */
class Reached {
  readonly #seen = new Set<string>();
  note(kind: Kind, code: string | undefined): void {
    this.#seen.add(`${kind} ${code ?? 'done'}`);
  }
  missing(wanted: readonly string[]): string[] {
    return wanted.filter((what) => !this.#seen.has(what));
  }
}

const DONE = KINDS.filter((kind) => kind !== 'days').map((kind) => `${kind} done`);
const REFUSED = ['approve FORBIDDEN', 'review FORBIDDEN'];

async function take(play: ReleasePlay, choice: Choice, reached: Reached): Promise<void> {
  if (choice.kind === 'days') {
    play.pass(choice.days);
    return play.compare();
  }
  const tried = tryOf(choice, play);
  if (tried === undefined) return;
  const { who, act } = tried;
  const carryOut = await play.prepared(who, act);
  const before = await play.fingerprint();
  let made: string | undefined;
  const code = await codeOf(carryOut().then((id) => (made = id)));
  const reasons = play.model.take(play.person(who), act, made);
  if (code === undefined) {
    expect(reasons, `${act.kind} 办了`).toEqual([]);
    await play.compare();
  } else {
    expect(reasons, `${act.kind} 被拒绝:${code}`).toContain(code);
    expect(await play.fingerprint(), '被拒绝的没有留下任何改动').toBe(before);
  }
  reached.note(act.kind, code);
}

interface Ended {
  readonly who: number;
  readonly act: Act;
  readonly code: string | undefined;
  readonly made: string | undefined;
}

/** The model after one of the two and then the other, where both ended as it says; undefined where not. */
function after(play: ReleasePlay, order: readonly [Ended, Ended]): ReleaseModel | undefined {
  const model = play.model.copy();
  for (const [index, { who, act, code, made }] of order.entries()) {
    const reasons = model.reasons(play.person(who), act);
    // Whoever proposes has read the draft before it was their turn: what moved meanwhile is refused, whatever it was.
    const [first] = order;
    const isLate = act.kind === 'propose' && code === 'VERSION_CONFLICT' && index === 1 && first.code === undefined;
    if (code === undefined ? reasons.length > 0 : !reasons.includes(code) && !isLate) return undefined;
    if (code === undefined) model.take(play.person(who), act, made);
  }
  return model;
}

/** Two acts at once came out as one of them and then the other. */
async function oneAfterTheOther(play: ReleasePlay, a: Ended, b: Ended): Promise<void> {
  const before = play.model;
  let last: unknown = new Error(`${a.act.kind} ${a.code ?? '办了'}, ${b.act.kind} ${b.code ?? '办了'}:哪个先都说不通`);
  for (const order of [[a, b] as const, [b, a] as const]) {
    const model = after(play, order);
    if (model === undefined) continue;
    try {
      play.model = model;
      return await play.compare();
    } catch (error) {
      last = error;
      play.model = before;
    }
  }
  throw last;
}

describe('随意的人随意地办理规则发布', () => {
  const [pglite, postgres] = ENGINES;

  describe('一次一人', () => {
    let opened: OpenedEngine;
    beforeAll(async () => {
      if (!pglite) throw new Error('no engine');
      opened = await pglite.open();
    });
    afterAll(() => opened?.close());

    it('每一步都和对照模型一样:谁也不审批自己的,每天恰好一号有效,拒绝的不留痕迹,保存的一字不少', async () => {
      const reached = new Reached();
      const history = fc.array(choiceArb, { minLength: 50, maxLength: 60 });
      const property = fc.asyncProperty(history, async (choices) => {
        await emptied(opened.db);
        const play = await ReleasePlay.open(opened);
        for (const choice of choices) {
          const inForce = play.model.inForce();
          await take(play, choice, reached);
          if (play.model.inForce() !== inForce) await play.decidesByTheModel();
        }
        await play.decidesByTheModel();
        await play.nothingLost();
      });
      await fc.assert(property, runs(3));
      expect(reached.missing([...DONE, ...REFUSED])).toEqual([]);
    });
  });

  describe.skipIf(postgres?.missing)('两人同时', () => {
    const CONNECTIONS = 4;
    let server: Awaited<ReturnType<typeof openServer>>;
    beforeAll(async () => {
      server = await openServer(CONNECTIONS);
    });
    afterAll(() => server?.close());

    it('结果总和一先一后办理的一样:不会两人都成、也不会办出两人都没办的', async () => {
      let both = 0;
      const pairs = fc.array(fc.tuple(choiceArb, choiceArb), { minLength: 15, maxLength: 20 });
      const property = fc.asyncProperty(pairs, async (history) => {
        await emptied(server.db);
        const play = await ReleasePlay.open(server);
        for (const pair of history) {
          const [one, other] = pair.map((choice) => (choice.kind === 'check' ? undefined : tryOf(choice, play)));
          if (!one || !other) {
            play.pass(pair[0].days);
            continue;
          }
          const acts = [await play.prepared(one.who, one.act), await play.prepared(other.who, other.act)];
          const made: (string | undefined)[] = [];
          const ends = await atOnce(
            server,
            CONNECTIONS,
            acts.map((act, index) => () => codeOf(act().then((id) => (made[index] = id)))),
          );
          const codes = ends.map((end) => {
            if (end.status === 'rejected') throw end.reason;
            return end.value;
          });
          const [a, b] = [one, other].map((tried, index) => ({ ...tried, code: codes[index], made: made[index] }));
          if (!a || !b) throw new Error('two were tried');
          await oneAfterTheOther(play, a, b);
          if (codes.every((code) => code === undefined)) both++;
        }
        await play.decidesByTheModel();
        await play.nothingLost();
      });
      // Two at once do not meet in the same way again: a smaller history would say nothing.
      await fc.assert(property, { ...runs(3), endOnFailure: true });
      expect(both).toBeGreaterThan(5);
    });
  });
});
