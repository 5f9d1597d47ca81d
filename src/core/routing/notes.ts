import type { Reason, ReasonTopic } from '../documents/decision.js';
import type { DossierCase } from '../documents/dossier.js';
import { type LinkReview, pairedWith } from '../related/links.js';
import type { Rule } from '../rules/compose.js';
import type { Value } from '../rules/condition.js';
import { reasonOf, speakerOf } from '../rules/reason.js';
import type { Ruleset } from '../rules/ruleset.js';

/** Names the speaker where the decision itself, not a card, has something to say. */
const OWN = 'SHOUZE';

/** Reasons, questions and what stops an assignment, in the order in which they came up. */
export class Notes {
  readonly reasons: Reason[] = [];
  readonly questions: { fact: string; label: string }[] = [];
  stopped = false;
  private readonly filing: string;
  private readonly ruleset: Ruleset;
  private readonly facts: ReadonlyMap<string, Value>;
  private readonly seen = new Set<string>();
  private disagreed = false;

  constructor(filing: string, ruleset: Ruleset, facts: ReadonlyMap<string, Value>) {
    this.filing = filing;
    this.ruleset = ruleset;
    this.facts = facts;
  }

  add(reason: Reason): void {
    const key = `${reason.rule}\u0000${reason.text}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.reasons.push(reason);
  }

  /** What a rule says of the filing, or of it and an earlier case. */
  rule(about: ReasonTopic, rule: Rule, context: Readonly<Record<string, string>>, earlier?: DossierCase): void {
    const facts = earlier ? pairedWith(this.facts, earlier, this.ruleset.vocabulary) : this.facts;
    this.add(reasonOf(about, speakerOf(rule), facts, this.ruleset, { 本件: this.filing, ...context }));
  }

  review(review: LinkReview, stops: boolean): void {
    if (stops) this.stopped = true;
    this.rule(stops ? 'review' : 'link', review.rule, { 前案案号: review.earlier.caseNo }, review.earlier);
  }

  stop(text: string): void {
    this.stopped = true;
    this.add({ rule: OWN, about: 'review', text, basis: [{ law: '本系统分案规程', status: 'local' }] });
  }

  ask(fact: string, label: string): void {
    this.stopped = true;
    if (!this.questions.some((each) => each.fact === fact)) this.questions.push({ fact, label });
  }

  missing(id: string, word: string): void {
    const origin = this.ruleset.parameters.get(id)?.origin ?? '';
    this.stop(`参数“${word}”（${id}）未查明（${origin}），可能影响结果，请补充参数后重新分案`);
  }

  agreed(agreed: boolean): void {
    if (agreed || this.disagreed) return;
    this.disagreed = true;
    this.stop('两个规则求值器的结果不一致，或者规则引擎没有答复，已停止自动分案，请交人工并报告管理员');
  }
}
