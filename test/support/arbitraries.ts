/**
 * Dockets and filings for property tests: small pools of judges, people, causes and days, so that links, bars, series
 * and chains of procedures meet all the time.
 */
import fc from 'fast-check';
import { closureSchema } from '../../src/core/documents/docket.js';
import { originSchema } from '../../src/core/documents/filing.js';
import { CRIMINAL_CLEAR, company, type Json, person } from './court.js';

/** One court as it stands and the filings that it receives. */
export interface World {
  readonly docket: Json;
  readonly filings: readonly Json[];
}

const NIGHTLY = Number(process.env.FC_RUNS ?? '1');

/** How often a property runs: `base` times, `FC_RUNS=20` twenty times as often. The seed is that of `setup.ts`. */
export const runs = (base: number): { numRuns: number } => ({ numRuns: Math.ceil(base * NIGHTLY) });

// ---- courts

interface CourtChoice {
  readonly court: Json;
  readonly other: string;
}

const at = (code: string, name: string, level: string, province: string, other: string): CourtChoice => ({
  court: { code, name, level, province },
  other,
});

/** With published limits, with a triage table, with expired limits, with none, an intermediate court. */
const COURTS: readonly CourtChoice[] = [
  at('川1527', '筠连县人民法院', 'basic', '四川', '川1502'),
  at('川1599', '示例县人民法院', 'basic', '四川', '川1527'),
  at('豫1624', '沈丘县人民法院', 'basic', '河南', '豫1602'),
  at('吉0323', '伊通满族自治县人民法院', 'basic', '吉林', '吉0302'),
  at('辽05', '本溪市中级人民法院', 'intermediate', '辽宁', '辽0502'),
];

const LIMITS: Json = { 'small_claims.mandatory_max': 40000, 'small_claims.agreed_max': 160000 };

const parametersArb: fc.Arbitrary<Json> = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: fc.constant(LIMITS) }, { weight: 1, arbitrary: fc.constant({}) }),
    fc.record(
      {
        numerous_parties: fc.constantFrom(2, 3),
        'series.window_days': fc.constantFrom(1, 3, 7),
        'series.max_per_judge': fc.constantFrom(1, 2, 50),
        'ownership.absence_days_max': fc.constantFrom(0, 5, 30),
        'objection.days': fc.constant(7),
      },
      { requiredKeys: [] },
    ),
    fc.nat(2),
  )
  .map(([limits, rest, dice]) => (dice === 0 ? { ...limits, ...rest } : limits));

// ---- people

type Pooled = (role: string, numbered: boolean, more: Json) => Json;

const one =
  (name: string, sequence: number): Pooled =>
  (role, numbered, more) =>
    person(role, name, numbered ? sequence : undefined, more);
const firm =
  (name: string, code: string): Pooled =>
  (role, numbered, more) =>
    company(role, name, numbered ? code : undefined, more);

/** Two namesakes with different numbers, and two ways to write one firm. */
export const PEOPLE: readonly Pooled[] = [
  one('甲一', 101),
  one('乙二', 102),
  one('丙三', 103),
  one('丁四', 104),
  one('甲一', 105),
  firm('筠连青禾茶业有限公司', '91511527MA00000157'),
  firm('筠连青禾茶业有限责任公司', '91511527MA00000157'),
  firm('筠连山水建材有限公司', '91511527MA00000232'),
];

const ROLES: Readonly<Record<string, readonly [string, string]>> = {
  civil: ['plaintiff', 'defendant'],
  appeal: ['appellant', 'appellee'],
  special: ['applicant', 'respondent'],
  criminal: ['prosecutor', 'accused'],
  administrative: ['plaintiff', 'defendant'],
  enforcement: ['creditor', 'debtor'],
};

const rolesOf = (matter: string, stage: string): readonly [string, string] =>
  (stage === 'second_instance' ? ROLES.appeal : ROLES[matter]) ?? ['plaintiff', 'defendant'];

interface Mention {
  readonly who: number;
  readonly numbered: boolean;
  readonly attributes: Json;
}

/** Three times out of four the first. */
const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3 * others.length, arbitrary: fc.constant(usual) }, ...others.map((each) => fc.constant(each)));

/** Nine times out of ten the first. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9 * others.length, arbitrary: fc.constant(usual) }, ...others.map((each) => fc.constant(each)));

const attributesArb: fc.Arbitrary<Json> = fc
  .tuple(
    often<Json>({}, { whereabouts: 'known' }, { whereabouts: 'missing' }, { whereabouts: null }),
    often<Json>({}, { foreign: false }, { foreign: true }, { foreign: null }),
  )
  .map(([whereabouts, foreign]) => ({ ...whereabouts, ...foreign }));

const mentionArb = (attributes: fc.Arbitrary<Json>): fc.Arbitrary<Mention> =>
  fc.record({ who: fc.nat(PEOPLE.length - 1), numbered: often(true, false), attributes });

/** One to three a side, now and then a third party or an agent. */
function partiesArb(attributes: fc.Arbitrary<Json>): fc.Arbitrary<(roles: readonly [string, string]) => Json[]> {
  const side = fc.uniqueArray(mentionArb(attributes), { selector: ({ who }) => who, minLength: 1, maxLength: 2 });
  const extra = fc.tuple(fc.constantFrom('third_party', 'agent'), mentionArb(attributes));
  return fc
    .tuple(side, side, fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(extra, { maxLength: 2 })))
    .map(([a, b, extras]) => ([roleA, roleB]: readonly [string, string]) => [
      ...a.map((each) => mention(roleA, each)),
      ...b.map((each) => mention(roleB, each)),
      ...extras.map(([role, each]) => mention(role, each)),
    ]);
}

const mention = (role: string, { who, numbered, attributes }: Mention): Json =>
  (PEOPLE[who] as Pooled)(role, numbered, attributes);

// ---- what cases and filings share

const KINDS: readonly (readonly [matter: string, stage: string, word: string])[] = [
  ['civil', 'first_instance', '民初'],
  ['civil', 'second_instance', '民终'],
  ['civil', 'retrial', '民再'],
  ['criminal', 'first_instance', '刑初'],
  ['criminal', 'second_instance', '刑终'],
  ['administrative', 'first_instance', '行初'],
  ['enforcement', 'enforcement', '执'],
  ['enforcement', 'enforcement_review', '执异'],
];

const kindArb = fc.oneof(
  { weight: 10, arbitrary: fc.constant(KINDS[0]) },
  { weight: 4, arbitrary: fc.constant(KINDS[6]) },
  { weight: 2, arbitrary: fc.constant(KINDS[5]) },
  { weight: 2, arbitrary: fc.constant(KINDS[3]) },
  { weight: 1, arbitrary: fc.constant(KINDS[1]) },
  fc.constantFrom(...KINDS),
) as fc.Arbitrary<(typeof KINDS)[number]>;

const CIVIL_CAUSES = [
  '民间借贷纠纷',
  '民间借贷纠纷',
  '买卖合同纠纷',
  '离婚纠纷',
  '金融借款合同纠纷',
  '申请支付令',
  '申请宣告自然人失踪',
  '申请确定选民资格',
  '法定继承纠纷',
] as const;

const CAUSES: Readonly<Record<string, readonly string[]>> = {
  civil: CIVIL_CAUSES,
  criminal: ['盗窃罪', '危险驾驶罪'],
  administrative: ['行政处罚', '政府信息公开'],
  enforcement: ['民间借贷纠纷', '盗窃罪'],
};

const causeOf = (matter: string, choice: number): string => {
  const causes = CAUSES[matter] ?? CIVIL_CAUSES;
  return causes[choice % causes.length] as string;
};

/** On and beside every limit that a rule, a parameter or a table row draws. */
export const AMOUNTS: readonly string[] = [
  '0',
  '2000',
  '2000.01',
  '20000.00',
  '35120',
  '40000',
  '40000.01',
  '160000',
  '160000.01',
  '1000000',
  '1000000.01',
  '150000000',
];

const amountArb = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...AMOUNTS).map((amount): Json => ({ amount })) },
  { weight: 2, arbitrary: fc.constant<Json>({ amount: null }) },
  { weight: 1, arbitrary: fc.constant<Json>({}) },
);

const INSTRUMENTS = ['（2024）川1527民初512号', '（2024）川1502民初7号'] as const;
const CLAIMS = ['判令被告偿还借款 20000 元', '诉讼费由被告承担。'] as const;

const instrumentArb: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom(...INSTRUMENTS),
    fc.constantFrom<Json>({ kind: 'judgment' }, { kind: 'mediation' }, {}),
    often<Json>({}, { instalment: 1 }, { instalment: 2 }, { instalment: 3 }),
  )
  .map(([caseNo, kind, instalment]) => ({ caseNo, ...kind, ...instalment }));

const claimsArb = fc.oneof(
  fc.constant<Json>({}),
  fc.shuffledSubarray([...CLAIMS]).map((claims): Json => ({ claims })),
);

// ---- judges

const JUDGE_IDS = ['M1', 'M2', 'M10', 'm1', 'S1', 'X1', 'Z1', '审1', 'ａ1', '𠮷1'] as const;
/** Handled cases here and is no longer on the court's list. */
const GONE = 'OLD9';

const ABSENCES: readonly Json[] = [
  { from: '2026-02-01', to: '2026-03-04', reason: 'leave' },
  { from: '2026-03-05', to: '2026-03-20', reason: 'sick' },
  { from: '2026-03-10', to: '2026-04-12', reason: 'training' },
  { from: '2026-03-21', to: '2026-04-03', reason: 'leave' },
  { from: '2026-03-08', to: null, reason: 'secondment' },
  { from: '2026-03-12', reason: 'suspended' },
];

const relationArb: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom(
      'self',
      'spouse',
      'parent',
      'child',
      'sibling',
      'in_law',
      'collateral',
      'former_agent',
      'shareholder',
    ),
    fc.nat(PEOPLE.length - 1),
    fc.nat(2),
  )
  .map(([kind, who, by]) => {
    const { idNumber, uscc, name } = (PEOPLE[who] as Pooled)('third_party', true, {});
    const number = { ...(idNumber !== undefined && { idNumber }), ...(uscc !== undefined && { uscc }) };
    return { kind, ...(by !== 0 && number), ...(by !== 1 && { name }) };
  });

const HANDLES: readonly (readonly string[])[] = [
  ['civil'],
  ['civil', 'criminal', 'administrative'],
  ['enforcement', 'enforcement_review'],
  ['civil', 'criminal', 'administrative', 'enforcement', 'enforcement_review'],
];

const judgeArb = (id: string): fc.Arbitrary<Json> =>
  fc
    .record({
      handles: mostly(HANDLES[3] as readonly string[], ...HANDLES.slice(0, 3)),
      tracks: mostly<Json>({}, { tracks: ['simple'] }, { tracks: ['complex'] }, { tracks: ['complex', 'simple'] }),
      causes: mostly<Json>({}, { causes: ['合同纠纷', '盗窃罪'] }, { causes: ['离婚纠纷'] }),
      quota: mostly<Json>({}, { quota: 0 }, { quota: 0.5 }, { quota: 0.001 }, { quota: 2 }),
      load: often<Json>({}, { openLoad: 0 }, { openLoad: 12.5 }, { openLoad: 900_000 }),
      absences: fc.oneof(
        { weight: 6, arbitrary: fc.constant<Json>({}) },
        fc.shuffledSubarray([...ABSENCES], { maxLength: 3 }).map((absences): Json => ({ absences })),
      ),
      leftOn: mostly<Json>({}, { leftOn: null }, { leftOn: '2026-03-05' }, { leftOn: '2027-01-01' }),
      relations: fc.oneof(
        { weight: 7, arbitrary: fc.constant<Json>({}) },
        fc.array(relationArb, { minLength: 1, maxLength: 2 }).map((relations): Json => ({ relations })),
      ),
    })
    .map(({ handles, ...rest }) => ({
      id,
      name: `法官${id}`,
      division: 'min-yi',
      handles: [...handles],
      ...Object.assign({}, ...Object.values(rest)),
    }));

const judgesArb: fc.Arbitrary<Json[]> = fc
  .tuple(fc.constantFrom(0, 4, 6, 6, 6), fc.tuple(...JUDGE_IDS.map(judgeArb)))
  .chain(([least, judges]) => fc.shuffledSubarray(judges, { minLength: Math.max(1, least), maxLength: 8 }));

// ---- cases

export const CLOSURES = closureSchema.options;

/** How cases are closed when a link may follow. */
const LINKING: Readonly<Record<string, readonly string[]>> = {
  enforcement: ['application_withdrawn', 'settlement_terminated', 'current_enforcement_terminated', 'completed'],
  other: ['judgment', 'mediation', 'withdrawn', 'deemed_withdrawn', 'dismissed', 'rejected'],
};

function closureOf(matter: string, choice: number | string): string {
  if (typeof choice === 'string') return choice;
  const closures = LINKING[matter] ?? (LINKING.other as readonly string[]);
  return closures[choice % closures.length] as string;
}

/** Before the filings, in the window of their series, and after some of them. */
const FILED = [
  '2024-05-06',
  '2025-06-02',
  '2025-08-01',
  '2026-03-01',
  '2026-03-02',
  '2026-03-04',
  '2026-03-09',
  '2026-03-15',
];

/** A place among the judges; past their end, somebody who is gone. */
const bearer = fc.nat(8);
const bearerOf = (place: number, judges: readonly Json[]): string =>
  place === 8 ? GONE : (judges[place % judges.length]?.id as string);

const caseShapeArb = fc.record({
  kind: kindArb,
  elsewhere: mostly(false, true),
  cause: fc.nat(8),
  causeless: mostly(false, true),
  amount: amountArb,
  claims: claimsArb,
  filedOn: fc.constantFrom(...FILED),
  closedAfter: fc.constantFrom<number | null | undefined>(undefined, 0, 1, 30, 30, 200, 200, null),
  closure: fc.oneof({ weight: 3, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.constantFrom(...CLOSURES) }),
  judge: bearer,
  panel: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.uniqueArray(bearer, { maxLength: 2 })),
  handler: fc.option(bearer, { freq: 3 }),
  parties: partiesArb(often<Json>({}, { whereabouts: 'missing' })),
  instrument: instrumentArb,
  after: fc.option(fc.nat(20), { freq: 3 }),
  modelCase: often<Json>({}, { modelCase: true }, { modelCase: false }),
  weight: often<Json>({}, { weight: 0.5 }, { weight: 2.25 }),
  stageless: mostly(false, true),
});

type CaseShape = typeof caseShapeArb extends fc.Arbitrary<infer T> ? T : never;

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function caseOf(
  shape: CaseShape,
  numbers: readonly string[],
  judges: readonly Json[],
  { court, other }: CourtChoice,
): Json {
  const { kind, filedOn, closedAfter, handler } = shape;
  const [matter, stage, word] = kind;
  const code = court.code as string;
  const judge = bearerOf(shape.judge, judges);
  const closure = closureOf(matter, shape.closure);
  const panel = shape.panel && [...new Set(shape.panel.map((place) => bearerOf(place, judges)))];
  const origin = shape.after === null ? undefined : numbers[shape.after % (numbers.length || 1)];
  const closedOn = typeof closedAfter === 'number' ? dayAfter(filedOn, closedAfter) : undefined;
  return {
    caseNo: `（2025）${shape.elsewhere ? other : code}${word}${numbers.length + 11}号`,
    matter,
    ...(!shape.stageless && { stage }),
    ...(!shape.causeless && { cause: causeOf(matter, shape.cause) }),
    ...shape.amount,
    ...shape.claims,
    filedOn,
    ...(closedOn === undefined
      ? closedAfter === null
        ? { closedOn: null, closure: null }
        : {}
      : { closedOn, closure }),
    judge,
    ...(panel !== null && { panel }),
    ...(handler !== null && {
      handlers: [
        { judge: bearerOf(handler, judges), from: filedOn, to: dayAfter(filedOn, 10) },
        { judge, from: dayAfter(filedOn, 10) },
      ],
    }),
    parties: shape.parties(rolesOf(matter, stage)),
    ...(matter === 'enforcement' && { instrument: shape.instrument }),
    ...(origin !== undefined && { originCaseNo: origin }),
    ...shape.modelCase,
    ...shape.weight,
  };
}

// ---- facts

const CIVIL_FACTS = [
  'factsClear',
  'rightsClear',
  'disputeMinor',
  'monetaryClaim',
  'personalStatus',
  'titleConfirmation',
  'foreignRelated',
  'appraisalNeeded',
  'counterclaim',
  'agreeSummary',
  'agreeSmallClaims',
  'publicInterest',
  'groupDispute',
  'wideAttention',
  'novelOrComplex',
  'panelRequiredByLaw',
  'otherUnsuitable',
  'mediationAgreed',
];

const FACTS: Readonly<Record<string, readonly string[]>> = {
  civil: CIVIL_FACTS,
  second: [
    'factsClear',
    'rightsClear',
    'firstInstanceSummary',
    'appealOfRuling',
    'agreeSinglePanel',
    'publicInterest',
    'groupDispute',
  ],
  criminal: [
    'factsClear',
    'evidenceSufficient',
    'admitsGuilt',
    'agreesFastTrack',
    'agreesSummaryCriminal',
    'minorAccused',
    'disabledAccused',
    'majorImpact',
    'coAccusedObjects',
    'civilClaimUnsettled',
    'otherUnsuitable',
  ],
  administrative: [
    'factsClear',
    'rightsClear',
    'disputeMinor',
    'decidedOnTheSpot',
    'informationDisclosure',
    'agreeSummary',
  ],
  enforcement: ['factsClear', 'foreignRelated'],
};

/** Every fact that a filing can answer with yes or no. */
export const BOOLEAN_FACTS: readonly string[] = [...new Set(Object.values(FACTS).flat())];

/** Leaves nothing open. */
const PLAIN: Readonly<Record<string, Json>> = {
  civil: {
    factsClear: true,
    rightsClear: true,
    disputeMinor: true,
    monetaryClaim: true,
    personalStatus: false,
    titleConfirmation: false,
  },
  second: { factsClear: true, rightsClear: true, firstInstanceSummary: true, agreeSinglePanel: true },
  criminal: { ...CRIMINAL_CLEAR, maxSentenceMonths: 24 },
  administrative: {
    factsClear: true,
    rightsClear: true,
    disputeMinor: true,
    decidedOnTheSpot: false,
    informationDisclosure: false,
  },
  enforcement: {},
};

export const MONTHS: readonly number[] = [0, 12, 36, 37, 119, 120, 200];

interface FactShape {
  readonly plain: boolean;
  readonly answers: readonly (readonly [number, boolean | null])[];
  readonly months: number | null | undefined;
}

const factShapeArb: fc.Arbitrary<FactShape> = fc.record({
  plain: fc.nat(4).map((dice) => dice > 0),
  answers: fc.uniqueArray(fc.tuple(fc.nat(CIVIL_FACTS.length - 1), fc.constantFrom(true, false, null, null)), {
    selector: ([fact]) => fact,
    maxLength: 6,
  }),
  months: fc.constantFrom(undefined, undefined, null, ...MONTHS),
});

function factsOf({ plain, answers, months }: FactShape, matter: string, stage: string): Json {
  const group = stage === 'second_instance' && matter === 'civil' ? 'second' : matter;
  const names = FACTS[group] ?? CIVIL_FACTS;
  const facts: Json = { ...(plain && PLAIN[group]) };
  for (const [index, answer] of answers) facts[names[index % names.length] as string] = answer;
  if (matter === 'criminal' && months !== undefined) facts.maxSentenceMonths = months;
  return facts;
}

// ---- filings

const RELATIONS = originSchema.shape.relation.options;

const filingShapeArb = fc.record({
  kind: kindArb,
  day: fc.constantFrom(0, 0, 1, 2, 6, 7, 8, 20),
  returned: fc.option(fc.constantFrom(0, 5, 40)),
  cause: fc.nat(8),
  amount: amountArb,
  claims: claimsArb,
  parties: partiesArb(attributesArb),
  instrument: instrumentArb,
  relation: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('remanded' as const, 'retrial' as const, 'appeal' as const, 'counterclaim' as const),
    },
    fc.constantFrom(...RELATIONS),
  ),
  origin: fc.nat(20),
  cited: fc.oneof({ weight: 2, arbitrary: fc.constant<number[]>([]) }, fc.uniqueArray(fc.nat(20), { maxLength: 2 })),
  facts: factShapeArb,
  /** Looks like the case or earlier filing of that place: the same parties, cause and matter. */
  like: fc.option(fc.nat(20), { freq: 3 }),
  swapped: often(false, true),
  /** Of the parties it then knows the names only. */
  nameless: mostly(false, true),
});

type FilingShape = typeof filingShapeArb extends fc.Arbitrary<infer T> ? T : never;

const SWAP: Readonly<Record<string, string>> = {
  plaintiff: 'defendant',
  defendant: 'plaintiff',
  applicant: 'respondent',
  respondent: 'applicant',
  appellant: 'appellee',
  appellee: 'appellant',
};

function filingOf(shape: FilingShape, code: string, cases: readonly Json[], before: readonly Json[]): Json {
  const models = [...cases, ...before];
  const like = shape.like === null ? undefined : models[shape.like % (models.length || 1)];
  const kind = like ? (KINDS.find(([m, s]) => m === like.matter && s === (like.stage ?? s)) ?? shape.kind) : shape.kind;
  const [matter, stage] = kind;
  const receivedOn = dayAfter('2026-03-02', shape.day);
  const numberOf = (place: number): string =>
    place % 7 === 6 || cases.length === 0
      ? '（2023）川1527民初9999号'
      : (cases[place % cases.length]?.caseNo as string);
  // Twice out of three times a case of the same matter, which the filing may well come from.
  const alike = cases.filter((each) => each.matter === matter);
  const originOf = (place: number): string =>
    place % 3 > 0 && alike.length > 0 ? (alike[place % alike.length]?.caseNo as string) : numberOf(place);
  const { returned } = shape;
  const isCounterclaim = like?.caseNo !== undefined && shape.swapped && shape.origin < 8;
  const isObjection = stage === 'enforcement_review' && shape.origin % 3 > 0;
  const drawn = isObjection ? 'enforcement_objection' : like && shape.origin < 14 ? null : shape.relation;
  const relation = isCounterclaim ? 'counterclaim' : drawn;
  const originNo = isCounterclaim ? (like.caseNo as string) : originOf(shape.origin);
  const identity = shape.nameless ? ['kind', 'name'] : ['kind', 'name', 'idNumber', 'uscc'];
  const parties = like
    ? (like.parties as Json[]).map((party) => ({
        role: shape.swapped ? (SWAP[party.role as string] ?? party.role) : party.role,
        ...Object.fromEntries(identity.filter((key) => key in party).map((key) => [key, party[key]])),
      }))
    : shape.parties(rolesOf(matter, stage));
  return {
    id: `FILE-${String(before.length + 1).padStart(2, '0')}`,
    court: code,
    matter,
    stage,
    receivedOn,
    ...(stage === 'enforcement' && returned !== null && { initialMeasuresReturnedOn: dayAfter(receivedOn, returned) }),
    cause: (like?.cause as string | undefined) ?? causeOf(matter, shape.cause),
    ...shape.amount,
    ...shape.claims,
    parties,
    ...(matter === 'enforcement' && { instrument: (like?.instrument as Json | undefined) ?? shape.instrument }),
    ...(relation !== null && { origin: { relation, caseNo: originNo } }),
    ...(shape.cited.length > 0 && { citedCases: shape.cited.map(numberOf) }),
    facts: factsOf(shape.facts, matter, stage),
  };
}

// ---- worlds

/** A court with up to `cases` earlier cases and `filings` filings in no order of days; every document is valid. */
export function worldArb(limits: { readonly cases: number; readonly filings: number }): fc.Arbitrary<World> {
  return fc
    .record({
      court: fc.constantFrom(COURTS[0], COURTS[0], COURTS[0], ...COURTS) as fc.Arbitrary<CourtChoice>,
      parameters: parametersArb,
      judges: judgesArb,
      cases: fc.array(caseShapeArb, { maxLength: limits.cases, size: 'max' }),
      filings: fc.array(filingShapeArb, { minLength: 1, maxLength: limits.filings, size: 'max' }),
    })
    .map(({ court: chosen, parameters, judges, cases: shapes, filings: filingShapes }) => {
      const { court } = chosen;
      const cases: Json[] = [];
      for (const shape of shapes) {
        const numbers = cases.map(({ caseNo }) => caseNo as string);
        cases.push(caseOf(shape, numbers, judges, chosen));
      }
      const filings: Json[] = [];
      for (const shape of filingShapes) filings.push(filingOf(shape, court.code as string, cases, filings));
      const divisions = [{ id: 'min-yi', name: '民事审判庭', kind: 'civil' }];
      return { docket: { court, divisions, judges, cases, parameters }, filings };
    });
}

/** A court and one filing. */
export const filingArb = (cases = 6): fc.Arbitrary<{ docket: Json; filing: Json }> =>
  worldArb({ cases, filings: 1 }).map(({ docket, filings }) => ({ docket, filing: filings[0] as Json }));
