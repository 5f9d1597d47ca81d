import type { Value } from './condition.js';
import { contentOf } from './content.js';
import type { EngineOfRecord, EngineRule } from './engine.js';
import { holds, readBy } from './evaluate.js';
import type { Example, ExampleBase, LayerExample } from './example.js';

type Facts = ReadonlyMap<string, Value>;

/** What hangs on one rule: what it reads, and what came of it. */
interface Remembered {
  readonly rule: EngineRule;
  readonly reads: readonly string[];
  /** By the values that it reads; undefined where the two evaluators differed. */
  readonly verdicts: Map<string, boolean | undefined>;
  readonly byFacts: WeakMap<Facts, boolean | undefined>;
}

/** What rules came to on the facts of an example. */
export interface Verdicts {
  readonly held: ReadonlySet<string>;
  /** False: the engine of record and the closures differ, or the engine could not answer. */
  readonly agreed: boolean;
}

interface Result {
  readonly parts: readonly unknown[];
  readonly message: string;
}

/**
 * What examples came to, as long as the rules and facts that they hang on stay the same: after an edit only what hangs on it is put
 * to the engines. Each rule's verdict is kept by itself, since a rule reads few facts and most examples give the same ones.
 */
export class ExampleMemory {
  private readonly engine: EngineOfRecord;
  private readonly rules = new WeakMap<EngineRule, Remembered>();
  private readonly byContent = new Map<string, Remembered>();
  private readonly facts = new Map<string, Facts>();
  private readonly texts = new WeakMap<object, string>();
  private readonly results = new WeakMap<Example | LayerExample, Result>();

  constructor(engine: EngineOfRecord) {
    this.engine = engine;
  }

  /** What an example said while these very parts were what it hung on; empty where it passed, undefined where nothing is known. */
  before(example: Example | LayerExample, parts: readonly unknown[]): string | undefined {
    const result = this.results.get(example);
    const isSame = result?.parts.length === parts.length && parts.every((part, index) => part === result.parts[index]);
    return isSame ? result.message : undefined;
  }

  remember(example: Example | LayerExample, parts: readonly unknown[], message: string): void {
    this.results.set(example, { parts, message });
  }

  /** One object for the same facts, however often a file is read again. */
  factsOf(base: ExampleBase, example: Pick<Example, 'given'>, parameters: string, make: () => Facts): Facts {
    const key = `${this.textOf(base.base)} ${this.textOf(base.baseParameters)} ${this.textOf(example.given)} ${parameters}`;
    let facts = this.facts.get(key);
    if (!facts) {
      facts = make();
      this.facts.set(key, facts);
    }
    return facts;
  }

  /** Which rules hold, by both evaluators. Every fact that they read must be among `facts`. */
  async verdicts(rules: readonly EngineRule[], facts: Facts): Promise<Verdicts> {
    const held = new Set<string>();
    const open: Remembered[] = [];
    let agreed = true;
    const take = (id: string, verdict: boolean | undefined): void => {
      if (verdict === undefined) agreed = false;
      else if (verdict) held.add(id);
    };
    for (const each of rules) {
      const remembered = this.remembered(each);
      if (remembered.byFacts.has(facts)) take(each.id, remembered.byFacts.get(facts));
      else {
        const key = keyOf(remembered, facts);
        if (remembered.verdicts.has(key)) {
          const verdict = remembered.verdicts.get(key);
          remembered.byFacts.set(facts, verdict);
          take(each.id, verdict);
        } else open.push(remembered);
      }
    }
    if (open.length === 0) return { held, agreed };
    const recorded = await this.recorded(
      open.map(({ rule }) => rule),
      facts,
    );
    for (const remembered of open) {
      const { rule } = remembered;
      const isHeld = holds(rule.condition, facts);
      const verdict = recorded?.has(rule.id) === isHeld ? isHeld : undefined;
      remembered.verdicts.set(keyOf(remembered, facts), verdict);
      remembered.byFacts.set(facts, verdict);
      take(rule.id, verdict);
    }
    return { held, agreed };
  }

  private remembered(rule: EngineRule): Remembered {
    let remembered = this.rules.get(rule);
    if (!remembered) {
      const content = contentOf(rule);
      remembered = this.byContent.get(content) ?? {
        rule,
        reads: [...readBy([rule])].sort(),
        verdicts: new Map(),
        byFacts: new WeakMap(),
      };
      this.byContent.set(content, remembered);
      this.rules.set(rule, remembered);
    }
    return remembered;
  }

  private async recorded(rules: readonly EngineRule[], facts: Facts): Promise<ReadonlySet<string> | undefined> {
    try {
      return await this.engine(rules, facts);
    } catch {
      return undefined;
    }
  }

  private textOf(object: object): string {
    let text = this.texts.get(object);
    if (text === undefined) {
      text = contentOf(object);
      this.texts.set(object, text);
    }
    return text;
  }
}

function keyOf({ reads }: Remembered, facts: Facts): string {
  let key = '';
  for (const name of reads) {
    const value = facts.get(name);
    key += `${typeof value}:${String(value)}\u0000`;
  }
  return key;
}
