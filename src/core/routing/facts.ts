import { invariant } from '../kernel/result.js';
import { parseAmountFen } from '../law/money.js';
import { type Condition, testsOf, type Value } from '../rules/condition.js';
import { type Diagram, DiagramStore, parameterFact } from '../rules/diagram.js';
import type { Ruleset } from '../rules/ruleset.js';
import { natureOf, triageOf } from '../rules/tables.js';
import type { Fact } from '../rules/vocabulary.js';
import type { Dossier, DossierParty } from '../documents/dossier.js';

export type FactSource = 'given' | 'derived' | 'presumed' | 'unknown';

/** What can still be answered: an unknown or presumed fact, a party's attribute, or a parameter nobody published. */
export interface OpenInput {
  readonly variable: number;
  /** Fact key, JSON pointer or parameter id. */
  readonly name: string;
  readonly kind: 'unknown' | 'presumed' | 'parameter';
  readonly label: string;
}

/** Every fact of a filing as a diagram over what is open; a known fact is a single leaf. */
export interface FactTable {
  readonly store: DiagramStore;
  readonly diagrams: ReadonlyMap<string, Diagram>;
  readonly sources: ReadonlyMap<string, FactSource>;
  readonly open: readonly OpenInput[];
  /** Names every known value that rules can see, with amounts and numbers as cells: equal keys, equal analysis. */
  readonly key: string;
}

const SIDES: Readonly<Record<string, 'a' | 'b'>> = {
  plaintiff: 'a',
  applicant: 'a',
  appellant: 'a',
  creditor: 'a',
  prosecutor: 'a',
  defendant: 'b',
  respondent: 'b',
  appellee: 'b',
  debtor: 'b',
  accused: 'b',
};

/** A middle that no published limit says anything about: stands for amounts on either side of a missing limit. */
const MISSING_LIMIT_FEN = 10_000_000_000n;

/**
 * Resolves the filing's facts: given as given, absent as the vocabulary declares, `null` unknown. Nothing is guessed:
 * what is unknown becomes a variable, and so does each presumption, that its weight on the outcome can be told.
 */
export function resolveFacts(dossier: Dossier, ruleset: Ruleset, causePath: readonly string[]): FactTable {
  return new Resolver(dossier, ruleset, causePath).resolve();
}

class Resolver {
  private readonly dossier: Dossier;
  private readonly ruleset: Ruleset;
  private readonly causePath: readonly string[];
  private readonly store = new DiagramStore();
  private readonly diagrams = new Map<string, Diagram>();
  private readonly sources = new Map<string, FactSource>();
  private readonly open: OpenInput[] = [];
  private key = '';

  constructor(dossier: Dossier, ruleset: Ruleset, causePath: readonly string[]) {
    this.dossier = dossier;
    this.ruleset = ruleset;
    this.causePath = causePath;
  }

  resolve(): FactTable {
    const { filing, court } = this.dossier;
    const known: Record<string, Value> = {
      matter: filing.matter,
      stage: filing.stage,
      courtLevel: court.level,
      cause: this.causePath,
      receivedOn: filing.receivedOn,
      originRelation: filing.originRelation,
      originKnown: filing.originKnown,
      originStage: filing.originStage,
      instrumentKind: filing.instrumentKind,
      largestSide: largestSide(filing.parties),
    };
    for (const [key, value] of Object.entries(known)) this.set(key, this.store.leaf(value), 'given');
    this.parameters();
    for (const fact of this.ruleset.vocabulary.facts.values()) {
      if (fact.group !== '陈述') continue;
      if (fact.key === 'amount') this.amount(fact);
      else if (fact.key === 'defendantMissing') this.missing(fact, (party) => SIDES[party.role] === 'b');
      else if (fact.key === 'anyPartyMissing') this.missing(fact, (party) => SIDES[party.role] !== undefined);
      else this.answer(fact);
    }
    return { store: this.store, diagrams: this.diagrams, sources: this.sources, open: this.open, key: this.key };
  }

  private set(key: string, diagram: Diagram, source: FactSource): void {
    this.diagrams.set(key, diagram);
    this.sources.set(key, source);
    if (!readByProcedure(this.ruleset).has(key)) return;
    this.key += `${key}:${source}:${diagram.kind === 'leaf' ? this.cell(key, diagram.value) : diagram.id}\u0000`;
  }

  /** Two numbers between the same cut points cannot be told apart by any rule. */
  private cell(key: string, value: Value): string {
    if (typeof value !== 'bigint' && typeof value !== 'number') return String(value);
    const cuts = this.cutsOf(key);
    const below = cuts.filter((cut) => cut < value).length;
    return `${below}${cuts.some((cut) => cut === value) ? '=' : '<'}`;
  }

  private variable(name: string, kind: OpenInput['kind'], label: string, values: readonly Value[]): Diagram {
    const diagram = this.store.variable(name, values);
    this.open.push({ variable: this.store.variables.length - 1, name, kind, label });
    this.key += `${name}?${kind}\u0000`;
    return diagram;
  }

  private parameters(): void {
    for (const parameter of this.ruleset.parameters.values()) {
      const key = parameterFact(parameter.id);
      if (parameter.value !== undefined) {
        this.set(key, this.store.leaf(parameter.value), 'given');
        continue;
      }
      const type = this.ruleset.vocabulary.parametersById.get(parameter.id)?.type;
      const values = type === 'amount' ? [-1n, MISSING_LIMIT_FEN, 10n ** 20n] : [-1, 1_000_000, 1_000_000_000];
      this.set(key, this.variable(parameter.id, 'parameter', parameter.word, values), 'unknown');
    }
  }

  private amount(fact: Fact): void {
    const { amount } = this.dossier.filing;
    if (amount !== null) {
      const fen = parseAmountFen(amount);
      invariant(fen !== undefined, 'a validated amount');
      this.set(fact.key, this.store.leaf(fen), 'given');
      return;
    }
    const values = representatives(this.cutsOf(fact.key)) as bigint[];
    this.set(fact.key, this.variable(fact.pointer ?? fact.key, 'unknown', fact.word, values), 'unknown');
  }

  private missing(fact: Fact, concerns: (party: DossierParty) => boolean): void {
    let diagram: Diagram = this.store.leaf(false);
    const states = new Set<boolean | 'presumed' | 'unknown'>();
    for (const [index, party] of this.dossier.filing.parties.entries()) {
      if (!concerns(party)) continue;
      const state = whereaboutsOf(party);
      states.add(state);
      const one = this.partyAttribute(`/parties/${index}/whereabouts`, '当事人下落', () => state);
      diagram = this.store.combine(diagram, one, (x, y) => x === true || y === true);
    }
    const source = diagram.kind === 'leaf' ? 'derived' : states.has('unknown') ? 'unknown' : 'presumed';
    this.set(fact.key, diagram, source);
  }

  private readonly attributes = new Map<string, Diagram>();

  private partyAttribute(pointer: string, label: string, state: () => boolean | 'presumed' | 'unknown'): Diagram {
    let diagram = this.attributes.get(pointer);
    if (!diagram) {
      const found = state();
      diagram =
        typeof found === 'boolean' ? this.store.leaf(found) : this.variable(pointer, found, label, [false, true]);
      this.attributes.set(pointer, diagram);
    }
    return diagram;
  }

  private answer(fact: Fact): void {
    const answers: Readonly<Record<string, boolean | number | null | undefined>> = this.dossier.filing.facts;
    const given = answers[fact.key];
    if (given !== undefined && given !== null) return this.set(fact.key, this.store.leaf(given), 'given');
    if (given === null) return this.unknown(fact);
    switch (fact.absence) {
      case 'presumed_false':
        return this.presumed(fact);
      case 'from_origin':
        if (this.dossier.filing.originRelation === 'counterclaim') {
          return this.set(fact.key, this.store.leaf(true), 'derived');
        }
        return this.presumed(fact);
      case 'from_parties':
        return this.foreign(fact);
      case 'from_cause': {
        const nature = natureOf(this.ruleset.natures, this.causePath, fact.key as 'monetaryClaim');
        return nature === undefined ? this.unknown(fact) : this.set(fact.key, this.store.leaf(nature), 'derived');
      }
      case 'triage_table':
        return this.triage(fact);
      default:
        return this.unknown(fact);
    }
  }

  private unknown(fact: Fact): void {
    const values = fact.type === 'boolean' ? [false, true] : representatives(this.cutsOf(fact.key));
    this.set(fact.key, this.variable(fact.pointer ?? fact.key, 'unknown', fact.word, values), 'unknown');
  }

  private presumed(fact: Fact): void {
    this.set(fact.key, this.variable(fact.key, 'presumed', fact.word, [false, true]), 'presumed');
  }

  private foreign(fact: Fact): void {
    let diagram: Diagram = this.store.leaf(false);
    for (const [index, party] of this.dossier.filing.parties.entries()) {
      if (party.role === 'agent' || party.foreign === undefined || party.foreign === false) continue;
      const foreign = party.foreign;
      const one = this.partyAttribute(`/parties/${index}/foreign`, '当事人是否涉外', () => foreign ?? 'unknown');
      diagram = this.store.combine(diagram, one, (x, y) => x === true || y === true);
    }
    this.set(fact.key, diagram, diagram.kind === 'leaf' ? 'derived' : 'unknown');
  }

  /** The table says yes, no or nothing, perhaps depending on an amount that is itself unknown. */
  private triage(fact: Fact): void {
    const key = fact.key as 'factsClear';
    const count = partyCount(this.dossier.filing.parties);
    const amount = this.diagrams.get('amount');
    invariant(amount !== undefined, 'the amount stands before what the table derives');
    const says = (fen: Value): string => {
      const answer = triageOf(this.ruleset.triage, this.causePath, fen as bigint, count, key);
      return answer === undefined ? 'silent' : answer ? 'yes' : 'no';
    };
    const table = this.store.map(amount, says);
    if (table.kind === 'leaf' && table.value !== 'silent') {
      return this.set(fact.key, this.store.leaf(table.value === 'yes'), 'derived');
    }
    const asked = this.variable(fact.key, 'unknown', fact.word, [false, true]);
    const diagram = this.store.combine(table, asked, (row, answer) => (row === 'silent' ? answer : row === 'yes'));
    this.set(fact.key, diagram, 'unknown');
  }

  /** Where some rule, parameter, table row or earlier amount cuts a number in two; ascending. */
  private cutsOf(key: string): readonly (number | bigint)[] {
    const cuts = new Set<number | bigint>(rulesCuts(this.ruleset).get(key) ?? []);
    if (key === 'amount') {
      for (const row of this.ruleset.triage) {
        if (row.above !== undefined) cuts.add(row.above);
        if (row.atMost !== undefined) cuts.add(row.atMost);
      }
      if ([...this.ruleset.parameters.values()].some((each) => each.value === undefined)) cuts.add(MISSING_LIMIT_FEN);
    }
    return [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  }
}

/** Known to be missing or not, presumed known where nothing is said, unknown where the clerk does not know. */
function whereaboutsOf({ whereabouts }: DossierParty): boolean | 'presumed' | 'unknown' {
  if (whereabouts === undefined) return 'presumed';
  return whereabouts === null ? 'unknown' : whereabouts === 'missing';
}

/** The layers whose rules decide procedure and panel. */
const PROCEDURE_LAYERS = ['程序', '审判组织'];

const readSets = new WeakMap<Ruleset, Set<string>>();

function readByProcedure(ruleset: Ruleset): Set<string> {
  let read = readSets.get(ruleset);
  if (!read) {
    read = new Set();
    for (const layer of PROCEDURE_LAYERS) {
      for (const rule of ruleset.rules.get(layer) ?? []) {
        for (const test of testsOf(rule.concludes)) {
          read.add(test.fact);
          if (test.operand.kind === 'parameter') read.add(parameterFact(test.operand.id));
        }
      }
    }
    readSets.set(ruleset, read);
  }
  return read;
}

const cutsByRuleset = new WeakMap<Ruleset, Map<string, Set<number | bigint>>>();

function rulesCuts(ruleset: Ruleset): Map<string, Set<number | bigint>> {
  let cuts = cutsByRuleset.get(ruleset);
  if (!cuts) {
    cuts = new Map();
    for (const layer of PROCEDURE_LAYERS) {
      for (const rule of ruleset.rules.get(layer) ?? []) addCuts(rule.concludes, ruleset, cuts);
    }
    cutsByRuleset.set(ruleset, cuts);
  }
  return cuts;
}

function addCuts(condition: Condition, ruleset: Ruleset, cuts: Map<string, Set<number | bigint>>): void {
  for (const test of testsOf(condition)) {
    const bound = test.operand.kind === 'literal' ? test.operand.value : ruleset.parameters.get(test.operand.id)?.value;
    if (typeof bound !== 'bigint' && typeof bound !== 'number') continue;
    const set = cuts.get(test.fact) ?? new Set();
    cuts.set(test.fact, set);
    set.add(bound);
  }
}

/** One value for each cell between cut points, and each cut point itself. */
function representatives(cuts: readonly (number | bigint)[]): (number | bigint)[] {
  const isBig = typeof cuts[0] === 'bigint' || cuts.length === 0;
  const values = new Set<number | bigint>([isBig ? 0n : 0]);
  for (const cut of cuts) {
    if (typeof cut === 'bigint') for (const value of [cut - 1n, cut, cut + 1n]) values.add(value < 0n ? 0n : value);
    else for (const value of [cut - 1, cut, cut + 1]) values.add(Math.max(0, value));
  }
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function largestSide(parties: readonly DossierParty[]): number {
  const sides = { a: 0, b: 0 };
  for (const party of parties) {
    const side = SIDES[party.role];
    if (side) sides[side]++;
  }
  return Math.max(sides.a, sides.b);
}

const partyCount = (parties: readonly DossierParty[]): number =>
  parties.filter((party) => SIDES[party.role] !== undefined).length;
