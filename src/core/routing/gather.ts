import type { Absence, Docket, Judge } from '../documents/docket.js';
import type {
  Dossier,
  DossierCase,
  DossierFiling,
  DossierJudge,
  DossierParticipation,
  DossierRelation,
  Handover,
} from '../documents/dossier.js';
import { OPEN_ENDED_DAYS, withoutDefaults } from '../documents/dossier.js';
import type { Filing, Party, Stage } from '../documents/filing.js';
import { byCodePoint } from '../kernel/order.js';
import { addDays, daysBetween, type PlainDate } from '../kernel/plain-date.js';
import { caseNumberKey, parseCaseNumber } from '../law/case-number.js';
import { caseTypeOf } from '../law/case-type.js';
import { formatFen } from '../law/money.js';
import { findCandidates } from '../related/candidates.js';
import type { DocketIndex } from '../related/docket-index.js';
import type { DocketLookup } from '../related/docket-lookup.js';
import type { EarlierCase } from '../related/earlier-case.js';
import { evidenceOf } from '../related/evidence.js';
import { type FilingView, viewFiling } from '../related/filing-view.js';
import { type LineageCase, lineageOf } from '../related/lineage.js';
import { heldInSeries, type Pair, pairFacts } from '../related/pair-facts.js';
import { type IdentifiedParty, identify, sameParty } from '../related/party-key.js';
import type { Ruleset } from '../rules/ruleset.js';
import type { Vocabulary } from '../rules/vocabulary.js';
import { filingDays, type GivenDays } from './filing-days.js';
import { causePathOf, type Lawbook } from './lawbook.js';

/** The court's judges with the loads that they carry; loads grow as a batch is assigned. */
export interface Bench {
  loadMilliOf(judge: Judge): number;
  assign(judge: string): void;
}

const MILLI = 1000;

/** A bench whose loads are those of a ledger, in millionths of a case. */
export const ledgerBench = (loads: ReadonlyMap<string, number>): Pick<Bench, 'loadMilliOf'> => ({
  loadMilliOf: (judge) => Math.round((loads.get(judge.id) ?? 0) / MILLI),
});

/** Opens the bench: a judge's load is what the docket states, else the weights of the open cases in hand. */
export function openBench(index: DocketIndex): Bench {
  const open = index.openLoads();
  const assigned = new Map<string, number>();
  return {
    loadMilliOf: (judge) =>
      Math.round((judge.openLoad ?? open.get(judge.id) ?? 0) * MILLI) + (assigned.get(judge.id) ?? 0) * MILLI,
    assign: (judge) => {
      assigned.set(judge, (assigned.get(judge) ?? 0) + 1);
    },
  };
}

export interface GatherInput extends GivenDays {
  readonly filing: Filing;
  readonly docket: Docket;
  readonly index: DocketLookup;
  readonly bench: Pick<Bench, 'loadMilliOf'>;
  readonly lawbook: Lawbook;
  readonly ruleset: Ruleset;
  readonly handover?: Handover;
}

/** What a filing was compared with, for whoever wants to see more than the dossier keeps. */
export interface Gathered {
  readonly dossier: Dossier;
  readonly view: FilingView;
  readonly pairs: readonly Pair[];
}

const windowDaysOf = (ruleset: Ruleset): number => {
  const days = ruleset.parameters.get('series.window_days')?.value;
  return typeof days === 'number' ? days : 0;
};

/** The earlier cases that gathering reads whole; of all others it needs the day, the numbers and the owner. */
export function casesRead({
  filing,
  index,
  ruleset,
}: Pick<GatherInput, 'filing' | 'index' | 'ruleset'>): EarlierCase[] {
  const view = viewFiling(index, filing, { windowDays: windowDaysOf(ruleset) });
  const lineage = originLineage(filing, index, view);
  const found = [...findCandidates(index, view).cases, ...view.origins, ...lineage.map(({ earlier }) => earlier)];
  return [...new Set(found)];
}

/** Gathers all that the decision on a filing rests on. Whatever the docket's order, the dossier is the same. */
export function gather(input: GatherInput): Gathered {
  const { filing, docket, index, bench, lawbook, ruleset, handover } = input;
  const view = viewFiling(index, filing, { windowDays: windowDaysOf(ruleset) });
  const { cases, truncated } = findCandidates(index, view);
  const pairs = cases.map((earlier) => pairFacts(view, earlier));
  const causePath = causePathOf(lawbook, filing.cause);
  const { docketedOn, assignedOn } = filingDays(filing, input);
  const dossier: Dossier = {
    filing: filingRecord(input, view),
    court: { code: docket.court.code, level: docket.court.level, province: docket.court.province },
    docketedOn,
    assignedOn,
    earlier: pairs.map((pair) => caseRecord(pair, filing.cause, ruleset.vocabulary)),
    participations: participationsOf(input, view),
    relations: relationsOf(docket.judges, view),
    judges: docket.judges
      .map((judge) => judgeRecord(judge, filing, causePath, assignedOn, bench))
      .sort((a, b) => byCodePoint(a.judge, b.judge)),
    truncated: truncated.map(({ key, total }) => ({ by: key, total })),
    parameters: Object.fromEntries(Object.entries(docket.parameters ?? {}).sort(([a], [b]) => byCodePoint(a, b))),
    ...(handover && { handover }),
  };
  return { dossier, view, pairs };
}

function filingRecord({ filing, lawbook }: GatherInput, view: FilingView): DossierFiling {
  const [origin] = view.origins;
  return {
    id: filing.id,
    matter: filing.matter,
    stage: filing.stage,
    receivedOn: filing.receivedOn,
    cause: filing.cause,
    amount: filing.amount ?? null,
    facts: filing.facts ?? {},
    parties: filing.parties.map(({ role, whereabouts, foreign }) => ({
      role,
      ...(whereabouts !== undefined && { whereabouts }),
      ...(foreign !== undefined && { foreign }),
    })),
    originRelation: filing.origin?.relation ?? 'none',
    originKnown: origin !== undefined,
    originStage: origin?.stage ?? stageInNumber(filing.origin?.caseNo, lawbook),
    instrumentKind: filing.instrument?.kind ?? 'unstated',
  };
}

/** The stage that a case number's 类型代字 tells, for an origin that the docket lacks. */
function stageInNumber(caseNo: string | undefined, lawbook: Lawbook): Stage | 'unknown' {
  if (caseNo === undefined) return 'unknown';
  const number = parseCaseNumber(caseNo);
  return (number.ok ? caseTypeOf(lawbook.caseTypes, number.value.type)?.stage : undefined) ?? 'unknown';
}

function caseRecord(pair: Pair, causeName: string, vocabulary: Vocabulary): DossierCase {
  const { earlier, facts, amountOpen } = pair;
  return {
    caseNo: earlier.caseNo,
    filedOn: earlier.filedOn,
    owner: earlier.owner,
    facts: withoutDefaults(facts),
    ownerSeriesCount: heldInSeries(pair, earlier.owner),
    evidence: evidenceOf(pair, causeName, vocabulary),
    ...(amountOpen && earlier.amountFen !== undefined && { openAmount: formatFen(earlier.amountFen) }),
  };
}

/** Whoever took part in a case that the filing comes from; in which relations that bars them, the rules say. */
function participationsOf({ filing, index }: GatherInput, view: FilingView): DossierParticipation[] {
  const found: DossierParticipation[] = [];
  for (const { earlier } of originLineage(filing, index, view)) {
    for (const judge of earlier.participants) {
      found.push({
        judge,
        caseNo: earlier.caseNo,
        facts: {
          participationMatter: earlier.matter,
          participationStage: earlier.stage,
          participationClosure: earlier.closure,
        },
      });
    }
  }
  return found.sort((a, b) => byCodePoint(a.judge, b.judge) || byCodePoint(a.caseNo, b.caseNo));
}

/** The procedures of the case that the filing comes from. */
function originLineage(filing: Filing, index: DocketLookup, view: FilingView): readonly LineageCase[] {
  if (!filing.origin) return [];
  // Other enforcement cases on the same judgment are cases of their own: their handlers did not handle this one.
  const siblings = filing.origin.relation !== 'enforcement_objection';
  return lineageOf(index, caseNumberKey(filing.origin.caseNo), { except: view.self, siblings }).cases;
}

const identities = new WeakMap<object, Map<string, IdentifiedParty>>();

/** A judge's relation as a party of that kind would be identified: by number, else by name. */
function identityOf(relation: NonNullable<Judge['relations']>[number], kind: Party['kind']): IdentifiedParty {
  let kept = identities.get(relation);
  if (!kept) {
    kept = new Map();
    identities.set(relation, kept);
  }
  let identity = kept.get(kind);
  if (!identity) {
    const { idNumber, uscc, name = '' } = relation;
    identity = identify({
      kind,
      role: 'third_party',
      name,
      ...(idNumber !== undefined && { idNumber }),
      ...(uscc !== undefined && { uscc }),
    });
    kept.set(kind, identity);
  }
  return identity;
}

function relationsOf(judges: readonly Judge[], view: FilingView): DossierRelation[] {
  const found = new Map<string, DossierRelation>();
  for (const judge of judges) {
    for (const relation of judge.relations ?? []) {
      for (const party of view.parties) {
        const basis = sameParty(identityOf(relation, party.kind), party);
        if (basis === undefined) continue;
        const facts = {
          relationKind: relation.kind,
          relationTarget: party.role === 'agent' ? 'agent' : 'party',
          relationBasis: basis,
        };
        found.set(`${judge.id}\u0000${Object.values(facts).join('\u0000')}`, { judge: judge.id, facts });
      }
    }
  }
  return [...found].sort(([a], [b]) => byCodePoint(a, b)).map(([, relation]) => relation);
}

function judgeRecord(
  judge: Judge,
  filing: Filing,
  causePath: readonly string[],
  day: PlainDate,
  bench: Pick<Bench, 'loadMilliOf'>,
): DossierJudge {
  const handled = filing.stage === 'enforcement_review' ? 'enforcement_review' : filing.matter;
  const quotaPermille = Math.round((judge.quota ?? 1) * MILLI);
  const away = absentDays(judge.absences ?? [], day);
  return {
    judge: judge.id,
    loadMilli: bench.loadMilliOf(judge),
    ...(quotaPermille !== MILLI && { quotaPermille }),
    ...(!judge.handles.includes(handled) && { handles: false }),
    ...(judge.tracks && { tracks: [...judge.tracks].sort() }),
    ...(judge.causes && !judge.causes.some((cause) => causePath.includes(cause)) && { causeFits: false }),
    ...(judge.leftOn !== undefined && judge.leftOn !== null && judge.leftOn <= day && { left: true }),
    ...(away > 0 && { absentDays: away }),
  };
}

/** Days away from `day` on, that day included; absences that touch or overlap count as one. */
export function absentDays(absences: readonly Pick<Absence, 'from' | 'to'>[], day: PlainDate): number {
  const sorted = [...absences].sort((a, b) => byCodePoint(a.from, b.from));
  let end: PlainDate | undefined;
  for (const { from, to } of sorted) {
    const reach = end === undefined ? day : addDays(end, 1);
    if (from > reach) continue;
    if (to === undefined || to === null) return OPEN_ENDED_DAYS;
    if (to >= day && (end === undefined || to > end)) end = to;
  }
  return end === undefined ? 0 : daysBetween(day, end) + 1;
}
