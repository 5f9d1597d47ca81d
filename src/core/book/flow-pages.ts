import type { AdjustmentRule } from '../flows/adjustment.js';
import type { Ladder, UrgedActor } from '../flows/escalation.js';
import { type Effect, type Flow, type FlowAction, type FlowClock, GUARD_FACTS, type Guard } from '../flows/flow.js';
import { CLOCK, ROUTING } from '../flows/play.js';
import type { CardBasis } from '../rules/citation.js';
import { labelOf } from '../rules/vocabulary.js';
import type { BookIndex } from './book-index.js';
import { statusOf } from './book-index.js';
import { readableBasis } from './cited-text.js';
import { drawFlow } from './flow-drawing.js';
import { type Content, html, type Markup, table } from './markup.js';
import { statusBadge, validity } from './page.js';

/** Flows, clocks and ladders in the words of the vocabulary. */
export class FlowPages {
  readonly #index: BookIndex;

  constructor(index: BookIndex) {
    this.#index = index;
  }

  /** A flow: on what it rests, its drawing, its steps, its clocks and grounds. */
  flow(flow: Flow): Content {
    const { grounds, clocks, states, actions } = flow;
    const nameOf = (key: string): string => states.find((state) => state.key === key)?.name ?? key;
    const clockOf = (key: string | undefined): FlowClock | undefined => clocks.find((clock) => clock.key === key);
    const drawn = states.map(({ key, name, isStart, isFinal, clock }) => {
      const running = clockOf(clock);
      return {
        key,
        kind: isStart ? ('start' as const) : isFinal ? ('final' as const) : ('waiting' as const),
        lines: running ? [name, `${running.name} ${this.#lengthOf(running)}`] : [name],
      };
    });
    const steps = actions.map((action, at) => ({
      from: action.from,
      to: action.to,
      lines: [`${numbered(at)} ${action.name}`, this.#who(action)],
    }));
    return html`${this.#head(flow)}
${drawFlow(flow, drawn, steps)}
<h2>步骤</h2>
${table(
  `${flow.name}的步骤`,
  ['步骤', '谁', '从', '到', '限于', '后果'],
  actions.map((action, at) => [
    `${numbered(at)} ${action.name}`,
    this.#who(action),
    nameOf(action.from),
    nameOf(action.to),
    this.#limits(flow, action).join('；'),
    action.effects.map((effect) => this.#effect(effect)).join('；'),
  ]),
)}
<h2>状态和期限</h2>
${table(
  `${flow.name}的状态`,
  ['状态', '等谁', '期限', '从哪一天起', '末日逢休息日', '届满以后'],
  states.map(({ name, waitsFor, clock, outcome }) => {
    const running = clockOf(clock);
    return [
      outcome === undefined ? name : `${name}（结束：${this.#word('流程结果', outcome)}）`,
      waitsFor.map((who) => this.#word('流程参与人', who)).join('、'),
      running ? [running.name, ' ', this.#length(running.length, running.unit)] : '没有',
      running && this.#word('流程期限起点', running.from),
      running && (running.rolls ? '顺延' : '不顺延'),
      running && (running.expiry.kind === 'urge' ? '督促' : `自动${running.expiry.action}`),
    ];
  }),
)}
${
  grounds.length > 0 &&
  html`<h2>事由</h2>${table(
    `${flow.name}的事由`,
    ['事由', '适用', '被主张人', '证据', '一并终结'],
    grounds.map(({ name, when, claimedOwner, evidence, alsoEnds }) => [
      name,
      this.#guard(when, flow).join('；') || '不限',
      this.#word('要求', claimedOwner),
      this.#word('要求', evidence),
      alsoEnds.map((key) => grounds.find((each) => each.key === key)?.name ?? key).join('、'),
    ]),
  )}<p>${flow.groundOnce ? '同一事由每件只能提出一次。' : '同一事由可以再次提出。'}</p>`
}`;
  }

  /** What may be left out of clocks or added to them. */
  adjustments(rules: readonly AdjustmentRule[]): Content {
    const { flows } = this.#index.input.lawbook;
    const within = ({ deadlines, flows: keys }: AdjustmentRule): string =>
      [
        ...deadlines.map((key) => this.#word('期限种类', key)),
        ...keys.map((key) => flows.find((flow) => flow.key === key)?.name ?? key),
      ].join('、');
    const amount = ({ operation, most, unit, times }: AdjustmentRule): string =>
      operation === 'exclude'
        ? '不计入期限'
        : `至多延长 ${most ?? 0}${unit === undefined ? '' : this.#word('期间单位', unit)}${times === undefined ? '' : `，${times} 次`}`;
    return table(
      '期限的扣除和延长',
      ['事由', '怎样', '哪些期限', '适用', '谁办理', '依据'],
      rules.map((rule) => [
        rule.name,
        amount(rule),
        within(rule),
        this.#guard(rule.applies).join('；') || '不限',
        rule.byWords.join('、'),
        this.#bases(rule.basis),
      ]),
    );
  }

  /** How late work is urged. */
  ladder(ladder: Ladder): Content {
    const { flows } = this.#index.input.lawbook;
    const scope = ladder.scopes.map(({ flow: key, clock }) => {
      const flow = flows.find((each) => each.key === key);
      return `${flow?.name ?? key}${flow?.clocks.find((each) => each.key === clock)?.name ?? ''}`;
    });
    const urged = (actors: readonly UrgedActor[]): string =>
      actors.map((who) => (who === 'waited_for' ? '等谁办就送谁' : this.#word('流程参与人', who))).join('、');
    return html`${this.#head(ladder)}<p>适用于${scope.join('、') || '没有另外写明的全部期限'}；办理情况报${urged(ladder.answerTo)}。</p>
${table(
  ladder.name,
  ['级别', '哪一天', '送', '抄送'],
  ladder.levels.map(({ level, side, days, unit, to, copies }) => [
    this.#word('催办级别', level),
    [this.#word('催办时点', side), ' ', this.#length(days, unit)],
    urged(to),
    urged(copies),
  ]),
)}`;
  }

  #head({ id, basis, validFrom, validTo }: Pick<Flow, 'id' | 'basis' | 'validFrom' | 'validTo'>): Markup {
    const { lawbook, day } = this.#index.input;
    return html`<p class="marks"><span class="number" id="${id}">${id}</span> ${statusBadge(statusOf(basis), lawbook.book.vocabulary)} ${validity(validFrom, validTo, day)}</p>
${this.#bases(basis)}`;
  }

  #bases(basis: readonly CardBasis[]): Markup {
    const { vocabulary } = this.#index.input.lawbook.book;
    return html`<ul class="bases">${basis.map((each) => {
      const { law, article, text, status, source } = readableBasis(each, vocabulary, this.#index.library);
      const name = text
        ? html`<a href="articles.html#${this.#index.articleId(text.law, text.number)}">${law}${article}</a>`
        : html`${law}${article}`;
      return html`<li>${statusBadge(status, vocabulary)} ${name}${text && html`：${text.before}<mark>${text.quote}</mark>${text.after}`}${source !== null && html`（来源：${source}）`}</li>`;
    })}</ul>`;
  }

  #word(enumeration: string, key: string): string {
    return labelOf(this.#index.input.lawbook.book.vocabulary, enumeration, key);
  }

  #lengthOf({ length, unit }: Pick<FlowClock, 'length' | 'unit'>): string {
    if (typeof length === 'number') return `${length} ${this.#word('期间单位', unit)}`;
    return this.#index.input.lawbook.book.vocabulary.parametersById.get(length.parameter)?.word ?? length.parameter;
  }

  #length(length: FlowClock['length'], unit: FlowClock['unit']): Content {
    const text = this.#lengthOf({ length, unit });
    if (typeof length === 'number') return text;
    return html`<a href="${this.#index.parameterHref(length.parameter)}">${text}</a>（${this.#word('期间单位', unit)}）`;
  }

  #who({ by }: FlowAction): string {
    if (by === 'clock') return `${CLOCK}（期限届满）`;
    if (by === 'routing') return `${ROUTING}（自动）`;
    return by.map((who) => this.#word('流程参与人', who)).join('或者');
  }

  #limits(flow: Flow, { when, within, decides, needsReason }: FlowAction): string[] {
    return [
      ...this.#guard(when, flow),
      ...(within === undefined ? [] : [`在${this.#word('期限种类', within)}的期限内`]),
      ...(decides ? ['作出决定，利害关系人不得办理'] : []),
      ...(needsReason ? ['写明理由'] : []),
    ];
  }

  #guard(guard: Guard, flow?: Flow): string[] {
    const facts = Object.entries(GUARD_FACTS);
    return [...guard].map(([key, values]) => {
      const [word, fact] = facts.find(([, each]) => each.key === key) ?? ['事由', undefined];
      const words = values.map((value) =>
        fact ? this.#word(fact.enumeration, value) : (flow?.grounds.find((each) => each.key === value)?.name ?? value),
      );
      return `${word}：${words.join('或者')}`;
    });
  }

  #effect({ kind, to }: Effect): string {
    const word = this.#word('流程后果', kind);
    return to.length === 0 ? word : `${word}${to.map((who) => this.#word('流程参与人', who)).join('、')}`;
  }
}

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const numbered = (at: number): string => [...CIRCLED][at] ?? `(${at + 1})`;
