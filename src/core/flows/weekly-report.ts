import type { Cell, ReportTable } from '../documents/report-table.js';
import { addDays, dayOfWeek, type PlainDate } from '../kernel/plain-date.js';
import { labelOf } from '../rules/vocabulary.js';
import { LEVELS } from './flow.js';
import {
  captionOf,
  isWithin,
  type Period,
  type RegisterUrging,
  type RegisterWords,
  RunWords,
  type Span,
} from './register.js';
import { type RunRecord, waitingPhase } from './run-record.js';

/** How a filing got the judge whom it got first. */
export interface FirstAssignment {
  readonly on: PlainDate;
  readonly method: string;
  /** Of a 指定分案. */
  readonly ground: string | null;
}

/** A week as a report tells it: the runs as they stood at its end, and what happened in it. */
export interface Week {
  readonly span: Period;
  readonly records: readonly RunRecord[];
  readonly urgings: readonly RegisterUrging[];
  readonly assignments: readonly FirstAssignment[];
}

/** The week of a day, Monday to Sunday. */
export function weekOf(day: PlainDate): Span {
  const from = addDays(day, 1 - dayOfWeek(day));
  return { from, to: addDays(from, 6) };
}

/** How a case got its judge, where chance decided. */
const RANDOM = 'random';
const OUTCOMES = ['upheld', 'rejected', 'granted', 'withdrawn', 'done', 'lapsed'];

const openedIn = ({ records, span }: Week): RunRecord[] => records.filter(({ openedOn }) => isWithin(openedOn, span));
const endedIn = ({ records, span }: Week): RunRecord[] => records.filter(({ endedOn }) => isWithin(endedOn, span));
const openIn = ({ records }: Pick<Week, 'records'>): RunRecord[] => records.filter(({ endedOn }) => endedOn === null);
const lateNow = (record: RunRecord): number => waitingPhase(record)?.lateDays ?? 0;
const overdueIn = (week: Pick<Week, 'records'>): RunRecord[] => openIn(week).filter((record) => lateNow(record) > 0);
const urgingsIn = ({ urgings, span }: Week): RegisterUrging[] =>
  urgings.filter(({ urging }) => isWithin(urging.madeOn, span));
const assignedIn = ({ assignments, span }: Week): FirstAssignment[] =>
  assignments.filter(({ on }) => isWithin(on, span));
const shareOf = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`);

/** 周报: what was opened and decided, what is late and by whom, what was urged, and how cases got their judges. */
export function weeklyTables(week: Week, before: Week, words: RegisterWords): ReportTable[] {
  const tables = [
    figuresTable(week, before, words),
    flowTable(week, words),
    peopleTable(week, words),
    overdueTable(week, words),
    assignmentTable(week, words),
  ];
  return tables.map((table) => ({ ...table, caption: captionOf(words, `流程周报：${table.name}`, week.span) }));
}

type Uncaptioned = Omit<ReportTable, 'caption'>;

function figuresTable(week: Week, before: Week, words: RegisterWords): Uncaptioned {
  const { vocabulary } = words;
  const figures: [name: string, of: (each: Week) => Cell][] = [
    ['新提出的流程', (each) => openedIn(each).length],
    ['办结的流程', (each) => endedIn(each).length],
    ...OUTCOMES.map((outcome): [string, (each: Week) => Cell] => [
      `其中：${labelOf(vocabulary, '流程结果', outcome)}`,
      (each) => endedIn(each).filter((record) => record.outcome === outcome).length,
    ]),
    ['办结的流程里逾期办结的', (each) => endedIn(each).filter(({ lateDays }) => lateDays > 0).length],
    ['期末没有办结的', (each) => openIn(each).length],
    ['其中：已经逾期', (each) => overdueIn(each).length],
    ...LEVELS.map((level): [string, (each: Week) => Cell] => [
      `发出的${labelOf(vocabulary, '催办级别', level)}`,
      (each) => urgingsIn(each).filter(({ urging }) => urging.level === level).length,
    ]),
    ['分出的案件', (each) => assignedIn(each).length],
    ['其中：随机分案', (each) => assignedIn(each).filter(({ method }) => method === RANDOM).length],
    ['其中：不是随机分案', (each) => notRandom(each).length],
    ['不是随机分案的占比', (each) => shareOf(notRandom(each).length, assignedIn(each).length)],
  ];
  return {
    name: '概况',
    header: [
      '事项',
      `本周（${week.span.from} 至 ${week.span.to}）`,
      `上周（${before.span.from} 至 ${before.span.to}）`,
    ],
    widths: [30, 34, 34],
    rows: figures.map(([name, of]) => [name, of(week), of(before)]),
  };
}

function flowTable(week: Week, words: RegisterWords): Uncaptioned {
  const count = (records: readonly RunRecord[], flow: string): number =>
    records.filter(({ run }) => run.run.flow === flow).length;
  const flows = words.flows.filter(({ key }) => week.records.some(({ run }) => run.run.flow === key));
  return {
    name: '按流程',
    header: [
      '流程',
      '本周提出',
      '本周办结',
      '成立或者准许',
      '不成立',
      '撤回、办完、终止',
      '期末没有办结',
      '其中已经逾期',
    ],
    widths: [30, 12, 12, 14, 12, 18, 14, 14],
    rows: flows.map(({ key, name }) => {
      const ended = endedIn(week);
      const as = (...outcomes: readonly string[]): RunRecord[] =>
        ended.filter(({ outcome }) => outcome !== null && outcomes.includes(outcome));
      const lists = [
        openedIn(week),
        ended,
        as('upheld', 'granted'),
        as('rejected'),
        as('withdrawn', 'done', 'lapsed'),
        openIn(week),
        overdueIn(week),
      ];
      return [name, ...lists.map((list) => count(list, key))];
    }),
  };
}

interface Load {
  waiting: number;
  overdue: number;
  latest: number;
  decided: number;
  readonly urged: Map<string, number>;
}

/** What waits for whom at the end of the week, how often they were urged in it, and who decided how much. */
function peopleTable(week: Week, words: RegisterWords): Uncaptioned {
  const loads = new Map<string, Load>();
  const loadOf = (name: string): Load => {
    const load = loads.get(name) ?? { waiting: 0, overdue: 0, latest: 0, decided: 0, urged: new Map() };
    loads.set(name, load);
    return load;
  };
  for (const record of openIn(week)) {
    const late = lateNow(record);
    for (const name of waitedFor(record, words)) {
      const load = loadOf(name);
      load.waiting += 1;
      if (late > 0) load.overdue += 1;
      load.latest = Math.max(load.latest, late);
    }
  }
  for (const { urging } of urgingsIn(week)) {
    for (const { name } of urging.to) {
      const { urged } = loadOf(name);
      urged.set(urging.level, (urged.get(urging.level) ?? 0) + 1);
    }
  }
  for (const record of endedIn(week)) {
    const name = new RunWords(record, words).person(record.run.run.decidedBy);
    if (name !== '') loadOf(name).decided += 1;
  }
  return {
    name: '按职务和人员',
    header: [
      '职务、法官或者人员',
      '期末等其办理',
      '其中已经逾期',
      '最长逾期天数',
      '本周作出决定',
      ...LEVELS.map((level) => `本周收到${labelOf(words.vocabulary, '催办级别', level)}`),
    ],
    widths: [26, 14, 14, 14, 14, 18, 16, 16],
    rows: [...loads]
      .sort(([one, a], [other, b]) => b.overdue - a.overdue || b.waiting - a.waiting || (one < other ? -1 : 1))
      .map(([name, { waiting, overdue, latest, decided, urged }]) => [
        name,
        ...[waiting, overdue, latest, decided, ...LEVELS.map((level) => urged.get(level) ?? 0)],
      ]),
  };
}

/** The judge by name where a state waits for the one who holds the case or is claimed or challenged, else the office. */
function waitedFor(record: RunRecord, words: RegisterWords): string[] {
  const { run } = record.run;
  const flow = words.flows.find(({ key }) => key === run.flow);
  const state = flow?.states.find(({ key }) => key === waitingPhase(record)?.state);
  const say = new RunWords(record, words);
  const ids: Partial<Record<string, string | undefined>> = {
    recipient: record.handler,
    claimed_owner: run.claimedOwner,
    challenged: run.challenged,
    applicant: run.applicant,
  };
  return (state?.waitsFor ?? []).map((who) => {
    const id = ids[who];
    return id ? say.person(id) : labelOf(words.vocabulary, '流程参与人', who);
  });
}

function overdueTable(week: Week, words: RegisterWords): Uncaptioned {
  return {
    name: '逾期未办结',
    header: [
      '登记号',
      '案由',
      '承办人',
      '流程',
      '事由',
      '步骤',
      '等谁办',
      '提出日期',
      '届满日',
      '逾期天数',
      '已经发出',
    ],
    widths: [18, 24, 12, 20, 20, 14, 20, 12, 12, 10, 50],
    rows: overdueIn(week)
      .sort((a, b) => lateNow(b) - lateNow(a))
      .map((record) => {
        const say = new RunWords(record, words);
        const { reference, cause, id } = record.run;
        const sent = week.urgings.filter(({ run, urging }) => run === id && urging.madeOn <= week.span.to);
        return [
          reference,
          cause ?? '',
          say.person(record.handler),
          say.flow,
          say.ground,
          say.state(record.state),
          waitedFor(record, words).join('、'),
          record.openedOn,
          waitingPhase(record)?.due ?? '',
          lateNow(record),
          sent.map(({ urging }) => `${urging.reference}（${urging.madeOn}）`).join('、'),
        ];
      }),
  };
}

const notRandom = (week: Week): FirstAssignment[] => assignedIn(week).filter(({ method }) => method !== RANDOM);

function assignmentTable(week: Week, words: RegisterWords): Uncaptioned {
  const { vocabulary } = words;
  const counts = new Map<string, number>();
  const separator = '\n';
  for (const { method, ground } of notRandom(week)) {
    const key = `${method}${separator}${ground ?? ''}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const all = assignedIn(week).length;
  return {
    name: '非随机分案',
    header: ['承办方式', '指定事由', '件数', '占本周分出案件'],
    widths: [20, 40, 10, 18],
    rows: [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([key, count]) => {
        const [method = '', ground = ''] = key.split(separator);
        const groundWord = ground === '' ? '' : labelOf(vocabulary, '指定事由', ground);
        return [labelOf(vocabulary, '承办方式', method), groundWord, count, shareOf(count, all)];
      }),
  };
}
