import type { Dossier, DossierParty, FactRecord } from '../documents/dossier.js';
import { invariant } from '../kernel/result.js';
import { parseAmountFen } from '../law/money.js';
import { SIDE_OF } from '../related/party-key.js';
import type { Value } from '../rules/condition.js';
import { type Diagram, DiagramStore, parameterFact } from '../rules/diagram.js';
import type { Ruleset } from '../rules/ruleset.js';
import { natureOf, triageOf } from '../rules/tables.js';
import { type Fact, labelOf } from '../rules/vocabulary.js';
import { cutsOf, MISSING_LIMIT_FEN, readByProcedure, representatives } from './cut-points.js';

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

interface Resolved {
  readonly diagram: Diagram;
  readonly source: FactSource;
}

/**
 * Resolves the filing's facts: given as given, absent as the vocabulary declares, `null` unknown. Nothing is guessed:
 * what is unknown becomes a variable, and so does each presumption, that its weight on the outcome can be told.
 */
export function resolveFacts(dossier: Dossier, ruleset: Ruleset, causePath: readonly string[]): FactTable {
  return new Resolver(dossier, ruleset, causePath).resolve();
}

/** The facts of 组 收案, which every filing has; the cause by its name. */
export const intakeFacts = ({ filing, court }: Pick<Dossier, 'filing' | 'court'>): FactRecord => ({
  matter: filing.matter,
  stage: filing.stage,
  courtLevel: court.level,
  cause: filing.cause,
  receivedOn: filing.receivedOn,
  originRelation: filing.originRelation,
  originKnown: filing.originKnown,
  originStage: filing.originStage,
  instrumentKind: filing.instrumentKind,
  largestSide: largestSide(filing.parties),
});

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
    const known: Record<string, Value> = { ...intakeFacts(this.dossier), cause: this.causePath };
    for (const [key, value] of Object.entries(known)) this.set(key, this.store.leaf(value), 'given');
    this.conversion();
    this.parameters();
    for (const fact of this.ruleset.vocabulary.facts.values()) {
      if (fact.group !== '陈述') continue;
      const { diagram, source } = this.statement(fact);
      this.set(fact.key, diagram, source);
    }
    return { store: this.store, diagrams: this.diagrams, sources: this.sources, open: this.open, key: this.key };
  }

  /** Where nothing was converted, nothing is told of it. */
  private conversion(): void {
    const conversion = this.dossier.handover?.conversion;
    const known: Record<string, Value> = {
      convertedFrom: conversion?.from ?? 'none',
      conversionTarget: conversion?.to ?? 'none',
      conversionGround: conversion?.ground ?? 'none',
      convertedLate: conversion?.isLate === true,
      ...(conversion && { convertedOn: conversion.on }),
    };
    for (const [key, value] of Object.entries(known)) {
      if (conversion) this.set(key, this.store.leaf(value), 'given');
      else this.diagrams.set(key, this.store.leaf(value));
    }
  }

  private set(key: string, diagram: Diagram, source: FactSource): void {
    this.diagrams.set(key, diagram);
    this.sources.set(key, source);
    if (!readByProcedure(this.ruleset).has(key)) return;
    this.key += `${key}:${source}:${diagram.kind === 'leaf' ? this.cell(key, diagram.value) : '?'}\u0000`;
  }

  /** Two numbers between the same cut points cannot be told apart by any rule. */
  private cell(key: string, value: Value): string {
    if (typeof value !== 'bigint' && typeof value !== 'number') return String(value);
    const cuts = cutsOf(this.ruleset, key);
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
      if (parameter.value !== undefined) this.set(key, this.store.leaf(parameter.value), 'given');
      else {
        const values = valuesOfMissing(parameter.id, this.ruleset);
        this.set(key, this.variable(parameter.id, 'parameter', parameter.word, values), 'unknown');
      }
    }
  }

  private statement(fact: Fact): Resolved {
    switch (fact.key) {
      case 'amount':
        return this.amount(fact);
      case 'defendantMissing':
        return this.missing((party) => SIDE_OF[party.role] === 'b');
      case 'anyPartyMissing':
        return this.missing((party) => SIDE_OF[party.role] !== undefined);
      default:
        return this.answer(fact);
    }
  }

  private known(value: Value, source: FactSource): Resolved {
    return { diagram: this.store.leaf(value), source };
  }

  private amount(fact: Fact): Resolved {
    const { amount } = this.dossier.filing;
    if (amount === null) return this.unknown(fact);
    const fen = parseAmountFen(amount);
    invariant(fen !== undefined, 'a validated amount');
    return this.known(fen, 'given');
  }

  private missing(concerns: (party: DossierParty) => boolean): Resolved {
    const missing: Diagram[] = [];
    const states = new Set<boolean | 'presumed' | 'unknown'>();
    for (const [index, party] of this.dossier.filing.parties.entries()) {
      if (!concerns(party)) continue;
      const state = whereaboutsOf(party);
      states.add(state);
      missing.push(this.partyAttribute(`/parties/${index}/whereabouts`, `${this.partyWord(index)}的下落`, state));
    }
    const diagram = this.store.anyOf(missing);
    const source = diagram.kind === 'leaf' ? 'derived' : states.has('unknown') ? 'unknown' : 'presumed';
    return { diagram, source };
  }

  private readonly attributes = new Map<string, Diagram>();

  /** 第2名当事人（被告） */
  private partyWord(index: number): string {
    const role = this.dossier.filing.parties[index]?.role ?? '';
    return `第${index + 1}名当事人（${labelOf(this.ruleset.vocabulary, '诉讼地位', role)}）`;
  }

  private partyAttribute(pointer: string, label: string, state: boolean | 'presumed' | 'unknown'): Diagram {
    let diagram = this.attributes.get(pointer);
    if (!diagram) {
      diagram =
        typeof state === 'boolean' ? this.store.leaf(state) : this.variable(pointer, state, label, [false, true]);
      this.attributes.set(pointer, diagram);
    }
    return diagram;
  }

  private answer(fact: Fact): Resolved {
    const answers: Readonly<Record<string, boolean | number | null | undefined>> = this.dossier.filing.facts;
    const given = answers[fact.key];
    if (given === null) return this.unknown(fact);
    if (given !== undefined) return this.known(given, 'given');
    switch (fact.absence) {
      case 'presumed_false':
        return this.presumed(fact);
      case 'from_origin':
        return this.dossier.filing.originRelation === 'counterclaim'
          ? this.known(true, 'derived')
          : this.presumed(fact);
      case 'from_parties':
        return this.foreign();
      case 'from_cause': {
        const nature = natureOf(this.ruleset.natures, this.causePath, fact.key as 'monetaryClaim');
        return nature === undefined ? this.unknown(fact) : this.known(nature, 'derived');
      }
      case 'triage_table':
        return this.triage(fact);
      default:
        return this.unknown(fact);
    }
  }

  private unknown(fact: Fact): Resolved {
    const values = fact.type === 'boolean' ? [false, true] : representatives(cutsOf(this.ruleset, fact.key));
    return { diagram: this.variable(fact.pointer ?? fact.key, 'unknown', fact.word, values), source: 'unknown' };
  }

  private presumed(fact: Fact): Resolved {
    return { diagram: this.variable(fact.key, 'presumed', fact.word, [false, true]), source: 'presumed' };
  }

  private foreign(): Resolved {
    const foreigners: Diagram[] = [];
    for (const [index, { role, foreign }] of this.dossier.filing.parties.entries()) {
      if (role === 'agent' || foreign === undefined || foreign === false) continue;
      foreigners.push(
        this.partyAttribute(`/parties/${index}/foreign`, `${this.partyWord(index)}是否涉外`, foreign ?? 'unknown'),
      );
    }
    const diagram = this.store.anyOf(foreigners);
    return { diagram, source: diagram.kind === 'leaf' ? 'derived' : 'unknown' };
  }

  /** The table says yes, no or nothing, perhaps depending on an amount that is itself unknown. */
  private triage(fact: Fact): Resolved {
    const count = partyCount(this.dossier.filing.parties);
    const amount = this.diagrams.get('amount');
    invariant(amount !== undefined, 'the amount stands before what the table derives');
    const says = (fen: Value): string => {
      const answer = triageOf(this.ruleset.triage, this.causePath, fen as bigint, count, fact.key as 'factsClear');
      return answer === undefined ? 'silent' : answer ? 'yes' : 'no';
    };
    const table = this.store.map(amount, says);
    // What the table says cell by cell depends on the head count as well, so it is part of the key.
    if (table.kind === 'branch') this.key += `${valuesIn(amount).map(says).join()}\u0000`;
    if (table.kind === 'leaf' && table.value !== 'silent') return this.known(table.value === 'yes', 'derived');
    const asked = this.variable(fact.key, 'unknown', fact.word, [false, true]);
    const diagram = this.store.combine(table, asked, (row, answer) => (row === 'silent' ? answer : row === 'yes'));
    return { diagram, source: 'unknown' };
  }
}

/** What a parameter that nobody published is tried with; what cannot matter takes the first. */
function valuesOfMissing(id: string, { vocabulary }: Ruleset): readonly [Value, ...Value[]] {
  const isAmount = vocabulary.parametersById.get(id)?.type === 'amount';
  return isAmount ? [-1n, MISSING_LIMIT_FEN, 10n ** 20n] : [-1, 1_000_000, 1_000_000_000];
}

/** The parameters of a ruleset as facts. */
export const parameterFacts = (ruleset: Ruleset): Map<string, Value> =>
  new Map(
    [...ruleset.parameters.values()].map(({ id, value }) => [
      parameterFact(id),
      value ?? valuesOfMissing(id, ruleset)[0],
    ]),
  );

/** Known to be missing or not, presumed known where nothing is said, unknown where the clerk does not know. */
function whereaboutsOf({ whereabouts }: DossierParty): boolean | 'presumed' | 'unknown' {
  if (whereabouts === undefined) return 'presumed';
  return whereabouts === null ? 'unknown' : whereabouts === 'missing';
}

const valuesIn = (diagram: Diagram): Value[] =>
  diagram.kind === 'leaf' ? [diagram.value] : diagram.children.flatMap(valuesIn);

function largestSide(parties: readonly DossierParty[]): number {
  const sides = { a: 0, b: 0 };
  for (const party of parties) {
    const side = SIDE_OF[party.role];
    if (side) sides[side]++;
  }
  return Math.max(sides.a, sides.b);
}

const partyCount = (parties: readonly DossierParty[]): number =>
  parties.filter((party) => SIDE_OF[party.role] !== undefined).length;
