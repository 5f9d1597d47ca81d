/** A small court and random histories of it, with the reference model beside it: for whatever plays them. */
import fc from 'fast-check';
import type { Step } from '../../src/core/documents/scenario.js';
import { addDays, plainDate } from '../../src/core/kernel/plain-date.js';
import * as court from './court.js';
import { type Json, lawbook } from './court.js';
import { Model, type ModelCase, type ModelJudge, type ModelMatter, suspended } from './objection-model.js';

// ---- a small court

/** Who sues whom; filings of one group belong together, those of two groups have nothing in common. */
export const GROUPS = [
  { enforcement: false, names: ['甲一', '乙二'], numbers: [101, 102] },
  { enforcement: false, names: ['丙一', '丁二'], numbers: [111, 112] },
  { enforcement: false, names: ['戊一', '己二'], numbers: [121, 122] },
  { enforcement: true, names: ['庚一', '辛二'], numbers: [131, 132] },
  { enforcement: true, names: ['壬一', '癸二'], numbers: [141, 142] },
] as const;
export type Group = (typeof GROUPS)[number];

const partiesOf = ({ enforcement, names, numbers }: Group): Json[] =>
  (enforcement ? ['creditor', 'debtor'] : ['plaintiff', 'defendant']).map((role, side) =>
    court.person(role, names[side as 0 | 1], numbers[side as 0 | 1]),
  );
const instrumentOf = ({ numbers }: Group): Json => ({ caseNo: `（2024）川1527民初${numbers[0]}号`, kind: 'judgment' });

const CASES = [
  { group: 1, of: '（2025）川1527民初88号', filedOn: '2025-06-02', closure: 'judgment', judge: 'M1' },
  { group: 2, of: '（2025）川1527民初60号', filedOn: '2025-03-03', closure: 'withdrawn', judge: 'M2' },
  { group: 2, of: '（2025）川1527民初40号', filedOn: '2025-02-05', closure: 'judgment', judge: 'M3' },
  {
    group: 4,
    of: '（2025）川1527执300号',
    filedOn: '2025-04-01',
    closure: 'current_enforcement_terminated',
    judge: 'Z1',
  },
] as const;

function caseOf({ group, of: caseNo, ...known }: (typeof CASES)[number]): Json {
  const { enforcement } = GROUPS[group];
  return {
    ...court.earlier({ caseNo, ...known, closedOn: '2025-09-30', parties: partiesOf(GROUPS[group]) }),
    ...(enforcement && { matter: 'enforcement', stage: 'enforcement', instrument: instrumentOf(GROUPS[group]) }),
  };
}

const TRAITS = {
  none: {},
  away: { absences: [{ from: '2026-02-01', to: '2026-03-11', reason: 'leave' }] },
  gone: { absences: [{ from: '2026-02-01', reason: 'secondment' }] },
  left: { leftOn: '2026-03-11' },
  complex: { tracks: ['complex'] },
  idle: { quota: 0 },
  kin: {
    relations: [
      { kind: 'sibling', idNumber: court.identityNumber(111) },
      { kind: 'child', idNumber: court.identityNumber(142) },
    ],
  },
} as const;

export const JUDGES = ['M1', 'M2', 'M3', 'M4', 'Z1', 'Z2', 'Z3'] as const;

const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

type Trait = keyof typeof TRAITS;
const traitArb = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Trait>('none') },
  { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(TRAITS) as Trait[])) },
);

/** Mostly a court where most can take a case; sometimes one where a single judge draws, of each kind. */
export const docketArb = fc.tuple(often(false, true), ...JUDGES.map(() => traitArb)).map(([isScarce, ...traits]) => {
  const judges = JUDGES.map((id, place) => {
    const trait = isScarce && id.slice(1) !== '1' ? 'idle' : (traits[place] ?? 'none');
    return court.judge(id, { handles: [id.startsWith('M') ? 'civil' : 'enforcement'], ...TRAITS[trait] });
  });
  const kin = court.judge('X1', { handles: ['criminal'], ...TRAITS.kin });
  return court.docket(CASES.map(caseOf), { judges: [...judges, kin] });
});

export function filingOf(id: string, group: Group, on: string): Json {
  const parties = partiesOf(group);
  return group.enforcement
    ? court.enforcement({ id, receivedOn: on, initialMeasuresReturnedOn: on, parties, instrument: instrumentOf(group) })
    : court.filing({ id, receivedOn: on, parties });
}

// ---- random histories

const personArb = fc.constantFrom(...JUDGES, 'X1', '立案庭', '院长', '甲一', '壬一', '无此人');
const deciderArb = fc.oneof(
  { weight: 4, arbitrary: fc.constant('立案庭') },
  { weight: 2, arbitrary: personArb },
  fc.constantFrom('$owner', 'X1'),
);

/** What is done one after another on one filing. */
const ACTS = [
  ['file'],
  ['file'],
  ['object'],
  ['object', 'decide'],
  ['object', 'decide'],
  ['object', 'decide', 'decide'],
  ['object', 'withdrawObjection'],
  ['object', 'close'],
  ['object', 'tick', 'decide'],
  ['object', 'applyRecusal', 'decideRecusal', 'decide'],
  ['decide'],
  ['applyRecusal', 'decideRecusal'],
  ['applyRecusal', 'decideRecusal', 'decideRecusal'],
  ['applyRecusal'],
  ['decideRecusal'],
  ['close'],
  ['absent'],
  ['tick'],
] as const;

export const moveArb = fc.record({
  waits: fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 3, 4, 6, -1), { minLength: 4, maxLength: 4 }),
  /** Of the filings so far; the last one is none of them. */
  which: fc.nat(12),
  again: often(false, true),
  said: often('与对方相识', ''),
  group: fc.constantFrom(...GROUPS),
  act: fc.constantFrom(...ACTS),
  by: often('$owner', ...JUDGES, '甲一'),
  decider: deciderArb,
  missed: fc.boolean(),
  otherMatter: often(false, true),
  claimed: fc.option(often<string>('', '$owner', 'X1', '无此人'), { freq: 5 }),
  judge: fc.constantFrom(...JUDGES),
  evidence: often<string[]>([], [CASES[0].of], ['（2019）川1527民初1号']),
  yes: fc.boolean(),
  party: fc.nat(1),
  side: often('party', 'oneself', 'stranger'),
  closure: fc.constantFrom('judgment', 'withdrawn', 'mediation'),
  days: fc.constantFrom(2, 29, 30, 60, null),
});
export type Move = typeof moveArb extends fc.Arbitrary<infer T> ? T : never;

/** The dated steps that moves stand for. */
function scriptOf(start: string, moves: readonly Move[]): Step[] {
  const filed = new Map<string, Group>();
  let today = plainDate(start);
  return moves.flatMap((move, place) =>
    (place === 0 ? ['file'] : move.act).map((act, turn) => {
      const wait = place === 0 ? 0 : (move.waits[turn] ?? 0);
      if (wait > 0) today = addDays(today, wait);
      const on = wait < 0 ? addDays(today, -1) : today;
      return { on, ...actOf(move, act, on, filed) } as Step;
    }),
  );
}

export function actOf(move: Move, act: string, on: string, filed: Map<string, Group>): Json {
  const { judge, yes } = move;
  const filing = move.which === 12 ? 'F9' : `F${(move.which % filed.size) + 1}`;
  const group = filed.get(filing) ?? move.group;
  const { enforcement, names } = group;
  if (act === 'file') {
    const next = move.again && filed.size > 0 ? 'F1' : `F${filed.size + 1}`;
    if (!filed.has(next)) filed.set(next, move.group);
    return { file: filingOf(next, move.group, on) };
  }
  if (act === 'object') {
    const subject = enforcement !== move.otherMatter ? 'enforcement' : 'trial';
    const isClaiming = move.missed === (move.claimed !== null);
    const peer = `${enforcement ? 'Z' : 'M'}${judge.slice(1)}`;
    return {
      object: {
        filing,
        by: move.by,
        ground: `${move.missed ? 'missed' : 'not'}_first_${subject}`,
        ...(isClaiming && { claimedOwner: move.claimed || peer }),
        evidence: move.evidence,
      },
    };
  }
  if (act === 'decide') return { decide: { filing, by: move.decider, outcome: yes ? 'upheld' : 'rejected' } };
  if (act === 'withdrawObjection') return { withdrawObjection: { filing, by: move.by } };
  if (act === 'applyRecusal') {
    const by = { party: names[move.party as 0 | 1], oneself: move.by, stranger: '路人' }[move.side] as string;
    return { applyRecusal: { filing, against: move.by, by, ground: move.said } };
  }
  if (act === 'decideRecusal')
    return { decideRecusal: { filing, by: move.decider, outcome: yes ? 'granted' : 'rejected' } };
  if (act === 'close') {
    const closure = enforcement ? (yes ? 'completed' : 'current_enforcement_terminated') : move.closure;
    return { close: { filing, closure } };
  }
  if (act === 'absent') {
    return {
      absent: { judge, from: on, to: move.days === null ? null : addDays(plainDate(on), move.days), reason: 'leave' },
    };
  }
  return { tick: {} };
}

export const historyArb = fc.record({
  docket: docketArb,
  steps: fc
    .tuple(
      // Ordinary weeks, the Spring Festival, the Qingming and May holidays.
      fc.constantFrom('2026-03-09', '2026-02-10', '2026-02-13', '2026-04-02', '2026-04-28'),
      fc.array(moveArb, { minLength: 3, maxLength: 9, size: 'max' }),
    )
    .map(([start, moves]) => scriptOf(start, moves)),
});

// ---- the model of it

const SHOWN = { open: 'open', upheld: 'upheld', rejected: 'rejected', withdrawn: 'withdrawn' } as const;
const SHOWN_RECUSAL = {
  waiting: 'open',
  refused: 'open',
  granted: 'granted',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
} as const;

export function shown(model: Model, matter: ModelMatter): Json {
  const { enforcement, owner, method, history, closure, objection, recusal } = matter;
  const own = enforcement ? 'enforcement_consultation' : 'objection';
  return {
    owner,
    method,
    status: closure !== null ? 'closed' : owner === null ? 'needs_review' : 'assigned',
    objection: objection ? SHOWN[objection.state] : 'none',
    history,
    ...(suspended(matter) !== null && { suspended: owner }),
    ...(recusal && { recusal: SHOWN_RECUSAL[recusal.state] }),
    deadlines: {
      ...(owner !== null && { [own]: model.objectionEnd(matter) }),
      ...Object.fromEntries(model.clocks(matter).map(({ clock, due }) => [clock, due])),
    },
  };
}

const FLOW_DEADLINES = [
  'objection',
  'enforcement_consultation',
  'objection_review',
  'consultation',
  'recusal_decision',
  'reconsideration_request',
];
export const only = (deadlines: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(Object.entries(deadlines).filter(([kind]) => FLOW_DEADLINES.includes(kind)));

export const modelOf = (docket: Json): Model => {
  const judges = (docket.judges as (ModelJudge & { relations?: { idNumber: string }[] })[]).map((judge) => ({
    ...judge,
    absences: judge.absences ?? [],
    kinOf: (judge.relations ?? []).flatMap(({ idNumber }) =>
      GROUPS.flatMap(({ names, numbers }) =>
        names.filter((_, side) => court.identityNumber(numbers[side as 0 | 1]) === idNumber),
      ),
    ),
  }));
  const cases: ModelCase[] = CASES.map((each) => ({ ...each, parties: GROUPS[each.group].names.join() }));
  return new Model(judges, cases, lawbook.calendar);
};
