import type { Value } from './condition.js';
import { contentOf } from './content.js';
import type { EngineOfRecord, EngineRule } from './engine.js';
import { bothSay, readBy, type Verdict } from './evaluate.js';
import type { Example, ExampleBase, LayerExample } from './example.js';

type Facts = ReadonlyMap<string, Value>;

/** What hangs on one rule: what it reads, and what came of it. */
interface Remembered {
  readonly rule: EngineRule;
  readonly reads: readonly string[];
  /** By the values that it reads; only what both evaluators said. */
  readonly verdicts: Map<string, boolean>;
  readonly byFacts: WeakMap<Facts, boolean>;
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
  async verdicts(rules: readonly EngineRule[], facts: Facts): Promise<Verdict> {
    const held = new Set<string>();
    const open: Remembered[] = [];
    for (const each of rules) {
      const remembered = this.remembered(each);
      const verdict = remembered.byFacts.get(facts) ?? remembered.verdicts.get(keyOf(remembered, facts));
      if (verdict === undefined) open.push(remembered);
      else {
        remembered.byFacts.set(facts, verdict);
        if (verdict) held.add(each.id);
      }
    }
    if (open.length === 0) return { held, agreed: true };
    const asked = open.map(({ rule }) => rule);
    const now = await bothSay(this.engine, asked, facts);
    for (const remembered of open) {
      const isHeld = now.held.has(remembered.rule.id);
      if (isHeld) held.add(remembered.rule.id);
      if (!now.agreed) continue;
      remembered.verdicts.set(keyOf(remembered, facts), isHeld);
      remembered.byFacts.set(facts, isHeld);
    }
    return { held, agreed: now.agreed };
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
