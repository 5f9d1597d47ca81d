import type { Card } from '../../src/core/rules/card.js';
import type { Condition, Test, Value } from '../../src/core/rules/condition.js';
import type { Fact } from '../../src/core/rules/vocabulary.js';
import type { Model } from './z3.js';

/** Rules as formulas of SMT-LIB, written from the words of the rule format alone: numbers stay numbers, nothing is put into cells. */

type Path = readonly string[];

/** What a set of formulas is about. */
export interface SmtWorld {
  readonly facts: ReadonlyMap<string, Fact>;
  /** The causes that a case can have, as paths. */
  readonly causes: readonly Path[];
  /** Numbers that are known; any other parameter may be any number. */
  readonly parameters: ReadonlyMap<string, Value | undefined>;
}

const DAY_MS = 86_400_000;
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** No case is older. */
const EARLIEST = dayNumber('2000-01-01');

const quoted = (name: string): string => `|${name}|`;
export const all = (formulas: readonly string[]): string =>
  formulas.length === 0 ? 'true' : `(and ${formulas.join(' ')})`;
export const any = (formulas: readonly string[]): string =>
  formulas.length === 0 ? 'false' : `(or ${formulas.join(' ')})`;
export const not = (formula: string): string => `(not ${formula})`;

const parameterName = (id: string): string => quoted(`parameter:${id}`);

export class Smt {
  private readonly world: SmtWorld;

  constructor(world: SmtWorld) {
    this.world = world;
  }

  /** Parameters that may be any number. */
  isOpen(id: string): boolean {
    return this.world.parameters.has(id) && this.world.parameters.get(id) === undefined;
  }

  /** Sorts and ranges of facts and parameters. */
  declarations(): string {
    const lines: string[] = [];
    for (const [key, fact] of this.world.facts) {
      const name = quoted(key);
      if (fact.type === 'boolean') lines.push(`(declare-const ${name} Bool)`);
      else if (fact.type === 'enum') {
        const terms = (fact.enumeration?.terms ?? []).map((term) => `(${this.term(key, term.key)})`);
        lines.push(`(declare-datatypes ((${quoted(`sort:${key}`)} 0)) ((${terms.join(' ')})))`);
        lines.push(`(declare-const ${name} ${quoted(`sort:${key}`)})`);
      } else {
        const least = fact.type === 'date' ? EARLIEST : 0;
        const most = fact.type === 'cause' ? `(assert (< ${name} ${this.world.causes.length}))` : '';
        lines.push(`(declare-const ${name} Int)(assert (>= ${name} ${least}))${most}`);
      }
    }
    for (const [id, value] of this.world.parameters) {
      if (value === undefined)
        lines.push(`(declare-const ${parameterName(id)} Int)(assert (>= ${parameterName(id)} 0))`);
    }
    return lines.join('\n');
  }

  formula(condition: Condition): string {
    switch (condition.kind) {
      case 'all':
        return all(condition.members.map((member) => this.formula(member)));
      case 'any':
        return any(condition.members.map((member) => this.formula(member)));
      case 'not':
        return not(this.formula(condition.member));
      case 'test':
        return this.test(condition);
    }
  }

  private test({ fact: key, comparison, operand }: Test): string {
    const fact = this.world.facts.get(key);
    if (!fact) throw new Error(`no fact ${key}`);
    const name = quoted(key);
    const literal = operand.kind === 'literal' ? operand.value : this.world.parameters.get(operand.id);
    if (literal === undefined) return this.ordered(name, comparison, parameterName((operand as { id: string }).id));
    switch (comparison) {
      case 'is':
        return this.same(key, literal);
      case 'isNot':
        return not(this.same(key, literal));
      case 'oneOf':
        return this.oneOf(key, fact, literal as readonly string[]);
      case 'noneOf':
        return not(this.oneOf(key, fact, literal as readonly string[]));
      default:
        return this.ordered(name, comparison, this.literal(key, literal));
    }
  }

  private ordered(name: string, comparison: Test['comparison'], bound: string): string {
    const operators: Readonly<Record<string, string>> = { atMost: '<=', above: '>', below: '<', atLeast: '>=' };
    return `(${operators[comparison] ?? '='} ${name} ${bound})`;
  }

  private oneOf(key: string, fact: Fact, names: readonly string[]): string {
    if (fact.type !== 'cause') return any(names.map((name) => this.same(key, name)));
    const under = this.world.causes.flatMap((path, index) =>
      path.some((name) => names.includes(name)) ? [index] : [],
    );
    return any(under.map((index) => `(= ${quoted(key)} ${index})`));
  }

  private term(key: string, value: string): string {
    return quoted(`${key}:${value}`);
  }

  /** That a fact has a value. */
  same(key: string, value: Value): string {
    return `(= ${quoted(key)} ${this.literal(key, value)})`;
  }

  parameterIs(id: string, value: Value): string {
    return `(= ${parameterName(id)} ${value})`;
  }

  private literal(key: string, value: Value): string {
    const fact = this.world.facts.get(key);
    switch (fact?.type) {
      case 'enum':
        return this.term(key, value as string);
      case 'cause':
        return String(this.world.causes.findIndex((path) => String(path) === String(value)));
      case 'date':
        return String(dayNumber(value as string));
      default:
        return typeof value === 'bigint' || typeof value === 'number'
          ? BigInt(value) < 0n
            ? `(- ${-BigInt(value)})`
            : String(value)
          : String(value);
    }
  }

  /** A model as values of facts and of parameters; what it leaves open has any value that it may have. */
  case(model: Model): { readonly facts: Map<string, Value>; readonly parameters: Map<string, bigint> } {
    const text = (name: string): string => (model[name.slice(1, -1)] ?? '').replaceAll('|', '');
    const facts = new Map([...this.world.facts.keys()].map((key) => [key, this.valueOf(key, text(quoted(key)))]));
    const open = [...this.world.parameters].filter(([, value]) => value === undefined);
    return { facts, parameters: new Map(open.map(([id]) => [id, BigInt(text(parameterName(id)) || 0)])) };
  }

  private valueOf(key: string, text: string): Value {
    const fact = this.world.facts.get(key);
    switch (fact?.type) {
      case 'boolean':
        return text === 'true';
      case 'enum':
        return text === '' ? (fact.enumeration?.terms[0]?.key ?? '') : text.slice(key.length + 1);
      case 'cause':
        return this.world.causes[Number(text)] as Path;
      case 'date':
        return dayOf(Number(text === '' ? EARLIEST : text));
      case 'integer':
        return Number(text);
      default:
        return BigInt(text);
    }
  }
}

/** A set of cards that decide together: when each holds and when each speaks, as names that stand for it. */
export class SmtRules {
  private readonly lines: string[] = [];
  private readonly cards: readonly Card[];

  private readonly mark: string;

  /** `mark` keeps the names of several sets apart. */
  constructor(smt: Smt, cards: readonly Card[], mark = '') {
    this.cards = cards;
    this.mark = mark;
    for (const card of cards) {
      for (const name of [this.holds(card), this.speaks(card)]) this.lines.push(`(declare-const ${name} Bool)`);
    }
    for (const card of cards) {
      const exceptions = card.exceptions.map(({ condition }) => not(smt.formula(condition)));
      const blockers = this.exceptionsTo(card).filter(({ conclusion }) => !conclusion);
      const held = all([smt.formula(card.condition), ...exceptions, ...blockers.map((each) => not(this.holds(each)))]);
      const silenced = [...this.moreSpecial(card)].map((each) => not(this.holds(each)));
      this.lines.push(`(assert (= ${this.holds(card)} ${held}))`);
      const spoken = card.conclusion ? all([this.holds(card), ...silenced]) : 'false';
      this.lines.push(`(assert (= ${this.speaks(card)} ${spoken}))`);
    }
  }

  get script(): string {
    return this.lines.join('\n');
  }

  holds(card: Card): string {
    return quoted(`holds:${this.mark}:${card.id}`);
  }

  speaks(card: Card): string {
    return quoted(`speaks:${this.mark}:${card.id}`);
  }

  /** That some card says this. */
  said(value: string): string {
    return any(this.cards.filter(({ conclusion }) => conclusion?.value === value).map((card) => this.speaks(card)));
  }

  private exceptionsTo(card: Card): Card[] {
    const names = [card.id, ...card.groups];
    return this.cards.filter((each) => each !== card && each.exceptionTo.some(({ name }) => names.includes(name)));
  }

  private moreSpecial(card: Card, into = new Set<Card>()): Set<Card> {
    for (const each of this.exceptionsTo(card)) {
      if (!each.conclusion || into.has(each)) continue;
      into.add(each);
      this.moreSpecial(each, into);
    }
    return into;
  }
}
