import { dayOfWeek, type PlainDate } from '../../../src/core/kernel/plain-date.js';
import { as, daysFrom, firm, type PartyDocument, person } from '../people.js';
import type { Random } from '../random.js';
import type { CaseDocument } from './court.js';
import type { Draft, Register } from './register.js';

const DAYS = daysFrom('2023-01-03', '2026-02-27').filter((day) => dayOfWeek(day) <= 5);
const PEOPLE = 2400;
const FIRMS = 60;
/** Of whom each matter's cases were, and until when. */
const CIVIL = [
  'M01',
  'M02',
  'M04',
  'M05',
  'M06',
  'M08',
  'M09',
  'M10',
  'M11',
  'M12',
  'S01',
  'S02',
  'S03',
  'S04',
  'T01',
  'T02',
  'T03',
  'T04',
];
const ENFORCERS = ['Z01', 'Z02', 'Z03', 'Z05', 'Z06', 'Z07'];
const REVIEWERS = ['A01', 'A02', 'A03', 'G01'];
const CRIMINAL = ['X01', 'X02', 'X03', 'X04', 'S05', 'S06'];
const FAMILY = ['离婚纠纷', '赡养纠纷', '法定继承纠纷', '离婚后财产纠纷'];

const CAUSES = [
  ['民间借贷纠纷', 26],
  ['离婚纠纷', 16],
  ['买卖合同纠纷', 12],
  ['物业服务合同纠纷', 9],
  ['信用卡纠纷', 7],
  ['金融借款合同纠纷', 6],
  ['机动车交通事故责任纠纷', 7],
  ['劳务合同纠纷', 5],
  ['房屋租赁合同纠纷', 4],
  ['建设工程施工合同纠纷', 3],
  ['赡养纠纷', 2],
  ['法定继承纠纷', 2],
  ['相邻关系纠纷', 1],
] as const;
const CRIMES = [
  ['危险驾驶罪', 40],
  ['盗窃罪', 22],
  ['故意伤害罪', 16],
  ['诈骗罪', 12],
  ['交通肇事罪', 10],
] as const;
const CLOSURES = [
  ['judgment', 38],
  ['mediation', 27],
  ['withdrawn', 22],
  ['deemed_withdrawn', 4],
  ['dismissed', 5],
  ['transferred', 3],
  ['rejected', 1],
] as const;
const ENDINGS = [
  ['completed', 36],
  ['current_enforcement_terminated', 36],
  ['settlement_terminated', 12],
  ['application_withdrawn', 6],
  ['terminated', 10],
] as const;
const AGENCIES = ['示例县公安局', '示例县自然资源局', '示例县市场监督管理局', '示例县人力资源和社会保障局'];
const ACTS = ['行政处罚', '政府信息公开', '行政登记', '行政确认'] as const;

/** Fills a register with the ordinary business of three years. */
export class PastCases {
  readonly #random: Random;
  readonly #register: Register;
  /** Civil cases decided, each with the day and the way. */
  readonly #decided: Draft[] = [];
  readonly #enforced: Draft[] = [];

  constructor(random: Random, register: Register) {
    this.#random = random;
    this.#register = register;
  }

  /** Enters cases in order of filing until the register holds that many. */
  fill(size: number): void {
    const start = this.#register.size;
    while (this.#register.size < size) {
      const at = Math.min(DAYS.length - 1, Math.floor(((this.#register.size - start) * DAYS.length) / (size - start)));
      this.#one(at);
    }
  }

  #one(at: number): void {
    const kind = this.#random.weighted([
      ['civil', 58],
      ['enforcement', 26],
      ['criminal', 9],
      ['administrative', 2],
      ['review', 2],
      ['appeal', 3],
    ] as const);
    const decided = this.#decided.filter((each) => (each.fields.closedOn ?? '') < this.#day(at));
    if (kind === 'criminal') this.#criminal(at);
    else if (kind === 'administrative') this.#administrative(at);
    else if (kind === 'civil' || decided.length === 0) this.#civil(at);
    else if (kind === 'appeal') this.#appeal(at, this.#random.pick(decided));
    else if (kind === 'review' && this.#enforced.length > 0) this.#review(at, this.#random.pick(this.#enforced));
    else this.#enforcement(at, this.#random.pick(decided));
  }

  #day = (at: number): PlainDate => DAYS[Math.min(DAYS.length - 1, at)] as PlainDate;

  /** When the case was closed, or nothing while it is open; few of the older ones still are. */
  #closing(at: number, slowest: number): Pick<CaseDocument, 'closedOn'> {
    const closedAt = at + this.#random.between(8, slowest);
    if (closedAt >= DAYS.length || this.#random.chance(1)) return {};
    return { closedOn: this.#day(closedAt) };
  }

  #handling(
    judges: readonly string[],
    at: number,
    panelPercent: number,
  ): Pick<CaseDocument, 'judge' | 'panel' | 'handlers'> {
    const judge = this.#random.pick(judges);
    const others = judges.filter((each) => each !== judge);
    const panel = this.#random.chance(panelPercent) ? [this.#random.pick(others), 'G01'] : undefined;
    if (!this.#random.chance(4)) return { judge, ...(panel && { panel }) };
    const before = this.#random.pick(others);
    const change = this.#day(at + this.#random.between(3, 7));
    const handlers = [
      { judge: before, from: this.#day(at), to: change, reason: '岗位调整' },
      { judge, from: change },
    ];
    return { judge, ...(panel && { panel }), handlers };
  }

  #civil(at: number): void {
    const cause = this.#random.weighted(CAUSES);
    const ended = this.#closing(at, 110);
    const closure = ended.closedOn === undefined ? undefined : this.#random.weighted(CLOSURES);
    const judges = FAMILY.includes(cause)
      ? [...CIVIL, 'M07', 'T05']
      : this.#day(at) < '2025-09-01'
        ? [...CIVIL, 'M03']
        : CIVIL;
    const draft = this.#register.enter({
      word: '民初',
      fields: {
        matter: 'civil',
        stage: 'first_instance',
        cause,
        amount: FAMILY.includes(cause) ? null : this.#amount(cause),
        filedOn: this.#day(at),
        ...ended,
        ...(closure && { closure }),
        ...this.#handling(judges, at, 12),
        parties: this.#sides(cause),
      },
    });
    if (closure === 'judgment' || closure === 'mediation') this.#decided.push(draft);
  }

  #enforcement(at: number, tried: Draft): void {
    const ended = this.#closing(at, 160);
    const closure = ended.closedOn === undefined ? undefined : this.#random.weighted(ENDINGS);
    const enforced = this.#register.enter({
      word: '执',
      fields: {
        matter: 'enforcement',
        stage: 'enforcement',
        cause: tried.fields.cause as string,
        amount: tried.fields.amount ?? null,
        filedOn: this.#day(at),
        ...ended,
        ...(closure && { closure }),
        ...this.#handling(this.#day(at) < '2025-06-01' ? [...ENFORCERS, 'Z04'] : ENFORCERS, at, 0),
        parties: tried.fields.parties
          .filter(({ role }) => role === 'plaintiff' || role === 'defendant')
          .map(asEnforced),
      },
      origin: tried,
      instrument: { of: tried, kind: tried.fields.closure === 'mediation' ? 'mediation' : 'judgment' },
    });
    this.#enforced.push(enforced);
  }

  #review(at: number, enforced: Draft): void {
    const ended = this.#closing(at, 20);
    this.#register.enter({
      word: '执异',
      fields: {
        matter: 'enforcement',
        stage: 'enforcement_review',
        cause: enforced.fields.cause as string,
        filedOn: this.#day(at),
        ...ended,
        ...(ended.closedOn !== undefined && { closure: 'dismissed' }),
        judge: this.#random.pick(REVIEWERS.slice(0, 2)),
        panel: REVIEWERS.slice(2),
        parties: enforced.fields.parties,
      },
      origin: enforced,
    });
  }

  /** The second instance sits in another court; some of its cases come back and are heard anew. */
  #appeal(at: number, tried: Draft): void {
    const ended = this.#closing(at, 60);
    const isRemanded = this.#random.chance(12);
    const appeal = this.#register.enter({
      word: '民终',
      court: '川15',
      fields: {
        matter: 'civil',
        stage: 'second_instance',
        cause: tried.fields.cause as string,
        amount: tried.fields.amount ?? null,
        filedOn: this.#day(at),
        ...ended,
        ...(ended.closedOn !== undefined && { closure: isRemanded ? 'remanded' : 'judgment' }),
        judge: `川15-${this.#random.between(1, 6)}`,
        parties: tried.fields.parties,
      },
      origin: tried,
    });
    if (!isRemanded || ended.closedOn === undefined) return;
    const before = new Set([tried.fields.judge, ...(tried.fields.panel ?? [])]);
    const others = CIVIL.filter((each) => !before.has(each) && !each.startsWith('S'));
    const again = DAYS.indexOf(ended.closedOn as PlainDate) + 12;
    if (again >= DAYS.length) return;
    this.#register.enter({
      word: '民初',
      fields: {
        ...tried.fields,
        filedOn: this.#day(again),
        closedOn: null,
        closure: null,
        judge: this.#random.pick(others),
        panel: ['G01', 'T04'],
      },
      origin: appeal,
    });
  }

  #criminal(at: number): void {
    const ended = this.#closing(at, 60);
    this.#register.enter({
      word: '刑初',
      fields: {
        matter: 'criminal',
        stage: 'first_instance',
        cause: this.#random.weighted(CRIMES),
        filedOn: this.#day(at),
        ...ended,
        ...(ended.closedOn !== undefined && { closure: 'judgment' }),
        ...this.#handling(CRIMINAL, at, 25),
        parties: [
          { role: 'prosecutor', kind: 'organization', name: '示例县人民检察院' },
          as('accused', this.#someone()),
        ],
      },
    });
  }

  #administrative(at: number): void {
    const ended = this.#closing(at, 110);
    this.#register.enter({
      word: '行初',
      fields: {
        matter: 'administrative',
        stage: 'first_instance',
        cause: this.#random.pick(ACTS),
        filedOn: this.#day(at),
        ...ended,
        ...(ended.closedOn !== undefined && { closure: this.#random.chance(60) ? 'judgment' : 'withdrawn' }),
        ...this.#handling(['A01', 'A02', 'A03'], at, 60),
        parties: [
          as('plaintiff', this.#someone()),
          { role: 'defendant', kind: 'organization', name: this.#random.pick(AGENCIES) },
        ],
      },
    });
  }

  #someone() {
    return person(this.#random.below(PEOPLE));
  }

  #sides(cause: string): PartyDocument[] {
    const isBrought = ['物业服务合同纠纷', '信用卡纠纷', '金融借款合同纠纷'].includes(cause);
    const plaintiff =
      isBrought || this.#random.chance(12) ? firm(this.#random.below(isBrought ? 8 : FIRMS)) : this.#someone();
    const parties = [
      as('plaintiff', plaintiff),
      as('defendant', this.#random.chance(15) ? firm(this.#random.below(FIRMS)) : this.#someone()),
    ];
    if (this.#random.chance(12)) parties.push(as('defendant', this.#someone()));
    if (this.#random.chance(5)) parties.push(as('third_party', this.#someone()));
    return parties.filter(({ name }, place) => parties.findIndex((each) => each.name === name) === place);
  }

  #amount(cause: string): string {
    const most = cause === '物业服务合同纠纷' ? 12_000 : cause === '建设工程施工合同纠纷' ? 2_000_000 : 150_000;
    return `${this.#random.between(800, most)}.${this.#random.chance(80) ? '00' : String(this.#random.between(10, 99))}`;
  }
}

const asEnforced = (party: PartyDocument): PartyDocument => ({
  ...party,
  role: party.role === 'plaintiff' ? 'creditor' : 'debtor',
});
