import type { Cell, ReportTable } from '../documents/report-table.js';
import { daysBetween, type PlainDate } from '../kernel/plain-date.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';
import { type Flow, LEVELS } from './flow.js';
import { LAPSED } from './play.js';
import { type RunRecord, waitingPhase } from './run-record.js';
import type { Urging } from './urging.js';

/** A paper with the filing and the run that it is about. */
export interface RegisterUrging {
  readonly run: string;
  /** 登记号 of the filing. */
  readonly filing: string;
  readonly urging: Urging;
}

/** By which words registers and reports say what runs hold by key. */
export interface RegisterWords {
  /** The court's name. */
  readonly court: string;
  readonly flows: readonly Flow[];
  readonly vocabulary: Vocabulary;
  /** A judge's name. */
  readonly judge: (id: string) => string | undefined;
}

/** Both ends included. */
export interface Span {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** A span, and the day as of which it is told: its last, or today before that has come. */
export interface Period extends Span {
  readonly asOf: PlainDate;
}

/** What stands above a table. */
export const captionOf = ({ court }: RegisterWords, name: string, { from, to, asOf }: Period): string =>
  `${court}${name}（${from} 至 ${to}${asOf < to ? `，截至 ${asOf}` : ''}）`;

export const isWithin = (day: PlainDate | null, { from, to }: Span): boolean =>
  day !== null && from <= day && day <= to;

/** The words of one run. */
export class RunWords {
  readonly #record: RunRecord;
  readonly #words: RegisterWords;
  readonly #flow: Flow | undefined;

  constructor(record: RunRecord, words: RegisterWords) {
    this.#record = record;
    this.#words = words;
    this.#flow = words.flows.find(({ key }) => key === record.run.run.flow);
  }

  get flow(): string {
    return this.#flow?.name ?? this.#record.run.run.flow;
  }

  get ground(): string {
    const { ground } = this.#record.run.run;
    return this.#flow?.grounds.find(({ key }) => key === ground)?.name ?? '';
  }

  get outcome(): string {
    const { outcome } = this.#record;
    return outcome === null ? '未办结' : labelOf(this.#words.vocabulary, '流程结果', outcome);
  }

  get waitsFor(): string[] {
    const phase = waitingPhase(this.#record);
    const state = this.#flow?.states.find(({ key }) => key === phase?.state);
    return (state?.waitsFor ?? []).map((who) => labelOf(this.#words.vocabulary, '流程参与人', who));
  }

  state(key: string): string {
    return this.#flow?.states.find((each) => each.key === key)?.name ?? key;
  }

  action(kind: string, key: string): string {
    if (kind === 'urge') return labelOf(this.#words.vocabulary, '催办级别', key);
    if (key === LAPSED) return labelOf(this.#words.vocabulary, '流程结果', LAPSED);
    return this.#flow?.actions.find((each) => each.key === key)?.name ?? key;
  }

  /** A judge by name, a user by the name under which they acted, a party by its own. */
  person(id: string | undefined): string {
    if (id === undefined) return '';
    const user = this.#record.steps.find(({ actor }) => actor?.id === id)?.actor?.name;
    return this.#words.judge(id) ?? user ?? id;
  }
}

const KINDS: Readonly<Record<string, string>> = { step: '办理', clock: '期限变更', urge: '提示催办', lapse: '终止' };
const days = (count: number): Cell => (count === 0 ? '' : count);

/** 台账: every run that was open at some time of the span, every step that was taken in it, every paper that was sent in it. */
export function registerTables(
  records: readonly RunRecord[],
  urgings: readonly RegisterUrging[],
  period: Period,
  words: RegisterWords,
): ReportTable[] {
  const tables = [
    runTable(records, urgings, words),
    stepTable(records, period, words),
    urgingTable(urgings, period, words),
  ];
  return tables.map((table) => ({ ...table, caption: captionOf(words, table.name, period) }));
}

type Uncaptioned = Omit<ReportTable, 'caption'>;

function runTable(
  records: readonly RunRecord[],
  urgings: readonly RegisterUrging[],
  words: RegisterWords,
): Uncaptioned {
  const levels = LEVELS.map((level) => labelOf(words.vocabulary, '催办级别', level));
  const header = [
    '登记号',
    '案由',
    '承办人',
    '流程',
    '次',
    '事由',
    '申请人',
    '被主张人',
    '被申请人',
    '提出日期',
    '步骤',
    '等谁办',
  ];
  const more = ['届满日', '结果', '办结日期', '决定人', '办理天数', '是否逾期', '逾期天数', ...levels];
  return {
    name: '流程台账',
    header: [...header, ...more],
    widths: [18, 24, 12, 20, 6, 20, 14, 14, 14, 12, 14, 20, 12, 12, 12, 14, 10, 10, 10, 12, 10, 10],
    rows: records.map((record) => {
      const { run, reference, cause, id } = record.run;
      const say = new RunWords(record, words);
      const sent = urgings.filter((each) => each.run === id);
      return [
        reference,
        cause ?? '',
        say.person(record.handler),
        say.flow,
        run.number,
        say.ground,
        say.person(run.applicant),
        say.person(run.claimedOwner),
        say.person(run.challenged),
        record.openedOn,
        say.state(record.state),
        say.waitsFor.join('、'),
        waitingPhase(record)?.due ?? '',
        say.outcome,
        record.endedOn ?? '',
        record.endedOn === null ? '' : say.person(run.decidedBy),
        record.takenDays,
        record.lateDays > 0 ? '是' : '否',
        days(record.lateDays),
        ...LEVELS.map((level) => days(sent.filter(({ urging }) => urging.level === level).length)),
      ];
    }),
  };
}

function stepTable(records: readonly RunRecord[], span: Span, words: RegisterWords): Uncaptioned {
  return {
    name: '办理经过',
    header: [
      '登记号',
      '流程',
      '次',
      '序号',
      '日期',
      '类别',
      '办理事项',
      '此后的步骤',
      '办理人',
      '理由',
      '此后的届满日',
      '距上一步天数',
    ],
    widths: [18, 20, 6, 6, 12, 10, 18, 14, 14, 50, 12, 12],
    rows: records.flatMap((record) => {
      const say = new RunWords(record, words);
      const { reference, run } = record.run;
      return record.steps
        .map((step, index) => ({ step, before: record.steps[index - 1] }))
        .filter(({ step }) => isWithin(step.on, span))
        .map(({ step, before }) => [
          reference,
          say.flow,
          run.number,
          step.number,
          step.on,
          KINDS[step.kind] ?? step.kind,
          say.action(step.kind, step.action),
          say.state(step.state),
          step.actor?.name ?? '系统',
          step.reason,
          typeof step.document.due === 'string' ? step.document.due : '',
          before ? daysBetween(before.on, step.on) : '',
        ]);
    }),
  };
}

function urgingTable(urgings: readonly RegisterUrging[], span: Span, { flows }: RegisterWords): Uncaptioned {
  return {
    name: '提示催办督办',
    header: ['编号', '级别', '日期', '登记号', '流程', '步骤', '届满日', '逾期天数', '送', '抄送'],
    widths: [30, 14, 12, 18, 20, 14, 12, 10, 24, 24],
    rows: urgings
      .filter(({ urging }) => isWithin(urging.madeOn, span))
      .map(({ filing, urging }) => {
        const flow = flows.find(({ key }) => key === urging.flow);
        return [
          urging.reference,
          urging.notice.title,
          urging.madeOn,
          filing,
          flow?.name ?? urging.flow,
          flow?.states.find(({ key }) => key === urging.state)?.name ?? urging.state,
          urging.lastDay,
          days(urging.daysLate),
          urging.to.map(({ name }) => name).join('、'),
          urging.copies.map(({ name }) => name).join('、'),
        ];
      }),
  };
}
