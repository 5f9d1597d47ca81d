import { type Claim, claimFacts, type OwnerQuestion } from '../assignment/owner.js';
import { poolFacts } from '../assignment/pool.js';
import type { Dossier, FactRecord } from '../documents/dossier.js';
import { pairedWith } from '../related/links.js';
import { testsOf, type Value, withFacts } from '../rules/condition.js';
import { type Diagram, DiagramTooLargeError, parameterFact, valuesOf } from '../rules/diagram.js';
import { showValue } from '../rules/explain.js';
import type { Constraint } from '../rules/proof/constraint.js';
import type { Ruleset } from '../rules/ruleset.js';
import { evaluate } from '../rules/three-valued.js';
import type { FactTable } from './facts.js';
import { keeperFacts } from './settle-owner.js';

/** What the rules are put to: the filing alone, or with a record of its own, and what that is about. */
interface Put {
  readonly about: string;
  /** Over the facts of the filing; without `alone` those stand beside it. */
  readonly own: ReadonlyMap<string, Value>;
  readonly alone?: true;
}

/** What the rules are put to with a filing besides its own facts. */
interface Records {
  readonly dossier: Dossier;
  readonly question: OwnerQuestion;
  readonly claim: Claim | undefined;
  readonly track: string | undefined;
  readonly barred: { has(judge: string): boolean };
}

/** The groups of facts that a filing has by itself. */
const OF_FILING: ReadonlySet<string> = new Set(['收案', '陈述', '转换', '程序', '分案']);

/**
 * Holds a filing to what proofs take to be so in every case (约束): where its facts break one, under every answer to what is unknown,
 * no rule may decide it, since nothing is proved of such a case.
 */
export class ConstraintCheck {
  private readonly table: FactTable;
  private readonly ruleset: Ruleset;
  private readonly facts: ReadonlyMap<string, Value>;

  constructor(table: FactTable, ruleset: Ruleset, facts: ReadonlyMap<string, Value>) {
    this.table = table;
    this.ruleset = ruleset;
    this.facts = facts;
  }

  /** What is broken by the facts of the filing together with these, in words. */
  ofFiling(own: ReadonlyMap<string, Value>): string[] {
    return this.told({ about: '本件', own }, this.ruleset.constraints);
  }

  /** What is broken by a record that the filing is decided with: an earlier case, a judge's part in one, a judge. */
  ofRecords(records: Records): string[] {
    const { factsByKey } = this.ruleset.vocabulary;
    const isBeyond = ({ facts }: Constraint): boolean =>
      [...facts].some((key) => !OF_FILING.has(factsByKey.get(key)?.group ?? ''));
    const beyond = this.ruleset.constraints.filter(isBeyond);
    // Few constraints read such facts, and a court has forty judges and a filing hundreds of earlier cases.
    return beyond.length === 0 ? [] : [...this.putsOf(records)].flatMap((put) => this.told(put, beyond));
  }

  private *putsOf({ dossier, question, claim, track, barred }: Records): Generator<Put> {
    const { handover } = dossier;
    const of = (record: FactRecord): ReadonlyMap<string, Value> => withFacts(new Map(), record);
    for (const earlier of dossier.earlier) {
      const paired = pairedWith(new Map(), earlier, this.ruleset.vocabulary);
      yield { about: `本件与前案${earlier.caseNo}`, own: paired };
    }
    for (const { judge, caseNo, facts } of dossier.participations) {
      yield { about: `${judge}在${caseNo}的参与`, own: of(facts) };
    }
    for (const { judge, facts } of dossier.relations) yield { about: `${judge}与本件当事人的关系`, own: of(facts) };
    for (const { judge, ground } of handover?.reliefs ?? []) {
      yield { about: `${judge}退出本件`, own: of({ reliefGround: ground }) };
    }
    if (handover?.designation) yield { about: '指定分案', own: of({ designationGround: handover.designation.ground }) };
    if (handover?.ruling) yield { about: '复核认定', own: of({ ruledOwner: handover.ruling.found }) };
    if (claim) {
      const own = claimFacts({ ...question, facts: new Map() }, claim, track);
      yield { about: `前案${claim.link.earlier.caseNo}的承办人`, own };
    }
    if (handover?.conversion && handover.keeper) {
      const { conversion, keeper } = handover;
      const facts = keeperFacts(dossier, { conversion, keeper }, barred, track, this.ruleset);
      yield { about: `转换程序以前的承办人${keeper.judge}`, own: of(facts) };
    }
    for (const judge of dossier.judges) {
      yield { about: judge.judge, own: poolFacts(judge, barred, track), alone: true };
    }
  }

  private told(put: Put, asked: readonly Constraint[]): string[] {
    return this.broken(put, asked).map(({ name, facts }) => {
      const shown = [...facts].map((key) => this.shown(key, put)).join('、');
      return `${put.about}的事实与约束“${name}”不符（${shown}），不能自动分案；请核对填写的内容，改正后重新分案；内容无误的，请规则编辑核对这条约束`;
    });
  }

  private shown(key: string, { own }: Put): string {
    const { vocabulary } = this.ruleset;
    const isUnknown = !own.has(key) && this.table.sources.get(key) === 'unknown';
    const value = own.get(key) ?? this.facts.get(key);
    const word = vocabulary.factsByKey.get(key)?.word ?? key;
    return `${word} ${isUnknown || value === undefined ? '未知' : showValue(vocabulary, key, value)}`;
  }

  private broken({ own, alone }: Put, asked: readonly Constraint[]): readonly Constraint[] {
    const all = alone ? own : new Map([...this.facts, ...own]);
    const failing = asked.filter(({ condition }) => evaluate(condition, all) === false);
    if (failing.length === 0) return [];
    try {
      return this.brokenAnyway(failing, own, alone);
    } catch (error) {
      if (error instanceof DiagramTooLargeError) return failing;
      throw error;
    }
  }

  /** Those that no answer to what is unknown mends, each by itself; where only all of them together cannot be so, the failing ones. */
  private brokenAnyway(
    failing: readonly Constraint[],
    own: ReadonlyMap<string, Value>,
    alone: true | undefined,
  ): readonly Constraint[] {
    const { store, diagrams, open } = this.table;
    const presumed = new Map(open.flatMap(({ kind, variable }) => (kind === 'presumed' ? [[variable, 0]] : [])));
    const factOf = (key: string): Diagram | undefined => {
      const value = own.get(key);
      if (value !== undefined) return store.leaf(value);
      return alone ? undefined : diagrams.get(key);
    };
    const isKnown = ({ condition }: Constraint): boolean =>
      testsOf(condition).every(
        ({ fact, operand }) =>
          factOf(fact) && (operand.kind === 'literal' || factOf(parameterFact(operand.id)) !== undefined),
      );
    const diagramOf = ({ condition }: Constraint): Diagram =>
      store.restrict(
        store.condition(condition, (key) => factOf(key) as Diagram),
        presumed,
      );
    const each = new Map(this.ruleset.constraints.filter(isKnown).map((one) => [one, diagramOf(one)]));
    let together: Diagram = store.leaf(true);
    for (const diagram of each.values()) together = store.and(together, diagram);
    if (valuesOf(together).has(true)) return [];
    const always = failing.filter((one) => !valuesOf(each.get(one) ?? store.leaf(false)).has(true));
    return always.length > 0 ? always : failing;
  }
}
