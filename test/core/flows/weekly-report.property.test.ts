import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell, ReportTable } from '../../../src/core/documents/report-table.js';
import type { Flow, Level } from '../../../src/core/flows/flow.js';
import { type RegisterUrging, registerTables } from '../../../src/core/flows/register.js';
import { type RegisterRun, type RegisterStep, recordOf } from '../../../src/core/flows/run-record.js';
import type { Urging } from '../../../src/core/flows/urging.js';
import { type FirstAssignment, type Week, weeklyTables, weekOf } from '../../../src/core/flows/weekly-report.js';
import { addDays, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { lawbook } from '../../support/court.js';

const START = plainDate('2026-03-02');
const at = (days: number): PlainDate => addDays(START, days);
const FLOWS = ['first_trial_objection', 'recusal', 'procedure_objection'];
const WORDS = {
  court: '示例县人民法院',
  flows: lawbook.flows,
  vocabulary: lawbook.book.vocabulary,
  judge: (id: string) => (id.startsWith('M') ? `法官${id}` : undefined),
};
const OUTCOMES: Readonly<Record<string, string>> = {
  upheld: '成立',
  rejected: '不成立',
  granted: '准许',
  withdrawn: '撤回',
  done: '办结',
  lapsed: '终止',
};
const LEVELS: Readonly<Record<Level, string>> = { reminder: '工作提示单', urging: '催办单', supervision: '督办单' };

interface Told {
  readonly gap: number;
  readonly kind: 'step' | 'clock' | 'urge';
  /** Days until the last day; undefined: no clock runs. */
  readonly length: number | undefined;
  readonly level: Level;
}
interface History {
  readonly flow: string;
  readonly opened: number;
  readonly length: number;
  readonly told: readonly Told[];
  /** How it ended and so many days after the last of it; undefined: it is open. */
  readonly end: { readonly gap: number; readonly outcome: string } | undefined;
}

const histories: fc.Arbitrary<History[]> = fc.array(
  fc.record({
    flow: fc.constantFrom(...FLOWS),
    opened: fc.nat(24),
    length: fc.nat(9),
    told: fc.array(
      fc.record({
        gap: fc.nat(6),
        kind: fc.constantFrom('step' as const, 'clock' as const, 'urge' as const),
        length: fc.option(fc.nat(9), { nil: undefined }),
        level: fc.constantFrom(...(Object.keys(LEVELS) as Level[])),
      }),
      { maxLength: 5 },
    ),
    end: fc.option(fc.record({ gap: fc.nat(9), outcome: fc.constantFrom(...Object.keys(OUTCOMES)) }), {
      nil: undefined,
    }),
  }),
  { maxLength: 12 },
);

/** What happened on each day, in the plainest words, beside the same as it is stored. */
function played(all: readonly History[]) {
  const plain: { run: string; flow: string; day: number; what: string; due?: number | undefined }[] = [];
  const runs: RegisterRun[] = [];
  const steps: RegisterStep[] = [];
  const urgings: RegisterUrging[] = [];
  for (const [index, { flow, opened, length, told, end }] of all.entries()) {
    const run = `r${index}`;
    const waiting = waitingStates(flow);
    const [state = ''] = waiting;
    runs.push({
      id: run,
      reference: `F-${index}`,
      cause: '追偿权纠纷',
      owners: [{ judge: 'M1', since: START, until: null }],
      run: { flow, number: 1, state, applicant: 'M1', evidence: [], reason: '', openedOn: at(opened) },
    });
    const note = (kind: RegisterStep['kind'], action: string, to: string, day: number, document: object): void => {
      const number = steps.filter((step) => step.run === run).length + 1;
      const common = { reason: '', document: document as RegisterStep['document'], actor: null };
      steps.push({ run, number, kind, action, state: to, on: at(day), ...common });
    };
    const dueOf = (due: number | undefined): object => (due === undefined ? {} : { due: at(due) });
    let day = opened;
    note('step', 'open', state, day, dueOf(day + length));
    plain.push({ run, flow, day, what: 'opened', due: day + length });
    for (const [place, each] of told.entries()) {
      day += each.gap;
      const due = each.length === undefined ? undefined : day + each.length;
      const to = each.kind === 'step' ? (waiting[place % waiting.length] ?? state) : state;
      note(each.kind, each.kind === 'urge' ? each.level : 'act', to, day, dueOf(due));
      if (each.kind !== 'urge') plain.push({ run, flow, day, what: each.kind === 'step' ? 'stepped' : 'reset', due });
      else {
        plain.push({ run, flow, day, what: each.level });
        urgings.push({ run, filing: `F-${index}`, urging: paper(each.level, flow, at(day)) });
      }
    }
    if (end) {
      day += end.gap;
      const isLapse = end.outcome === 'lapsed';
      note(
        isLapse ? 'lapse' : 'step',
        isLapse ? 'lapsed' : 'decide',
        state,
        day,
        isLapse ? {} : { outcome: end.outcome },
      );
      plain.push({ run, flow, day, what: end.outcome });
    }
  }
  return { plain, runs, steps, urgings };
}

const waitingStates = (key: string): string[] =>
  lawbook.flows
    .find((flow: Flow) => flow.key === key)
    ?.states.filter(({ waitsFor }) => waitsFor.length > 0)
    .map((state) => state.key) ?? [];

const paper = (level: Level, flow: string, madeOn: PlainDate): Urging => ({
  level,
  reference: '川1599催办〔2026〕第1号',
  flow,
  run: 1,
  state: '',
  clock: '',
  lastDay: madeOn,
  daysLate: 0,
  to: [{ kind: 'office', id: 'reviewer', name: '复核人' }],
  copies: [],
  madeOn,
  notice: {
    title: '',
    court: '',
    reference: '',
    addressees: [],
    opening: '',
    sections: [],
    closing: ['', ''],
    issuedOn: madeOn,
  },
});

/** The week from a day, counted one day after another. */
function recounted(plain: ReturnType<typeof played>['plain'], monday: number, today: number) {
  const counts: Record<string, number> = { opened: 0, ended: 0, endedLate: 0, open: 0, late: 0 };
  const add = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const standing = new Map<string, { due: number | undefined; wasLate: boolean; flow: string }>();
  for (let day = 0; day <= Math.min(monday + 6, today); day++) {
    const isWeek = day >= monday;
    for (const { run, flow, what, due } of plain.filter((each) => each.day === day)) {
      const at = standing.get(run);
      const isLate = at?.due !== undefined && at.due < day;
      if (what in LEVELS) {
        if (isWeek) add(what);
      } else if (what === 'opened') {
        standing.set(run, { due, wasLate: false, flow });
        if (isWeek) add('opened');
      } else if (what === 'stepped' || what === 'reset') {
        standing.set(run, { due, wasLate: at?.wasLate === true || (what === 'stepped' && isLate), flow });
      } else {
        standing.delete(run);
        if (isWeek) {
          add('ended');
          add(what);
          if (isLate || at?.wasLate) add('endedLate');
        }
      }
    }
  }
  for (const { due } of standing.values()) {
    add('open');
    if (due !== undefined && due < Math.min(monday + 6, today)) add('late');
  }
  return counts;
}

function weekAt(
  { runs, steps, urgings }: ReturnType<typeof played>,
  monday: number,
  today: number,
  assignments: readonly FirstAssignment[] = [],
): Week {
  const span = weekOf(at(monday));
  const asOf = span.to < at(today) ? span.to : at(today);
  return {
    span: { ...span, asOf },
    records: runs.flatMap((run) => recordOf(run, steps, asOf) ?? []),
    urgings,
    assignments,
  };
}

const tableNamed = (tables: readonly ReportTable[], name: string): ReportTable => {
  const table = tables.find((each) => each.name === name);
  if (!table) throw new Error(`no ${name}`);
  return table;
};
const figuresOf = (tables: readonly ReportTable[]): Map<Cell | undefined, readonly (Cell | undefined)[]> =>
  new Map(tableNamed(tables, '概况').rows.map(([name, ...figures]) => [name, figures]));
const sumOf = (table: ReportTable, column: string): number =>
  table.rows.reduce((sum, row) => sum + Number(row[table.header.indexOf(column)]), 0);

test('the figures of a week are those that counting its days one by one comes to, and so are the week before’s', () => {
  fc.assert(
    fc.property(histories, fc.nat(3), fc.integer({ min: 0, max: 40 }), (all, weeks, into) => {
      const history = played(all);
      const monday = 7 * (weeks + 1);
      const today = monday + into;
      const tables = weeklyTables(weekAt(history, monday, today), weekAt(history, monday - 7, today), WORDS);
      const figures = figuresOf(tables);
      for (const [place, from] of [monday, monday - 7].entries()) {
        const counts = recounted(history.plain, from, today);
        const shown = (name: string): Cell | undefined => figures.get(name)?.[place];
        expect({
          opened: shown('新提出的流程'),
          ended: shown('办结的流程'),
          endedLate: shown('办结的流程里逾期办结的'),
          open: shown('期末没有办结的'),
          late: shown('其中：已经逾期'),
        }).toEqual({
          opened: counts.opened,
          ended: counts.ended,
          endedLate: counts.endedLate,
          open: counts.open,
          late: counts.late,
        });
        for (const [outcome, word] of Object.entries(OUTCOMES))
          expect(shown(`其中：${word}`)).toBe(counts[outcome] ?? 0);
        // A paper of a day after the last that is told of is not there yet.
        for (const [level, word] of Object.entries(LEVELS)) {
          if (from + 6 <= today) expect(shown(`发出的${word}`)).toBe(counts[level] ?? 0);
        }
      }
    }),
  );
});

test('each table comes to the same as the figures, whoever adds them up', () => {
  fc.assert(
    fc.property(histories, fc.nat(3), (all, weeks) => {
      const history = played(all);
      const monday = 7 * (weeks + 1);
      const tables = weeklyTables(weekAt(history, monday, monday + 6), weekAt(history, monday - 7, monday + 6), WORDS);
      const figures = figuresOf(tables);
      const first = (name: string): number => Number(figures.get(name)?.[0]);
      const flows = tableNamed(tables, '按流程');
      expect(sumOf(flows, '本周提出')).toBe(first('新提出的流程'));
      expect(sumOf(flows, '本周办结')).toBe(first('办结的流程'));
      expect(sumOf(flows, '成立或者准许') + sumOf(flows, '不成立') + sumOf(flows, '撤回、办完、终止')).toBe(
        first('办结的流程'),
      );
      expect(sumOf(flows, '期末没有办结')).toBe(first('期末没有办结的'));
      expect(sumOf(flows, '其中已经逾期')).toBe(first('其中：已经逾期'));
      expect(tableNamed(tables, '逾期未办结').rows.length).toBe(first('其中：已经逾期'));
      const people = tableNamed(tables, '按职务和人员');
      for (const word of Object.values(LEVELS)) expect(sumOf(people, `本周收到${word}`)).toBe(first(`发出的${word}`));
    }),
  );
});

test('the register has each run that had begun exactly once, and every step and paper of its days', () => {
  fc.assert(
    fc.property(histories, fc.nat(30), (all, until) => {
      const history = played(all);
      const span = { from: START, to: at(until), asOf: at(until) };
      const records = history.runs.flatMap((run) => recordOf(run, history.steps, span.asOf) ?? []);
      const [runs, steps, papers] = registerTables(records, history.urgings, span, WORDS);
      const begun = history.plain.filter(({ day, what }) => what === 'opened' && day <= until).map(({ run }) => run);
      expect(runs?.rows.map(([reference]) => reference).sort()).toEqual(begun.map((run) => `F-${run.slice(1)}`).sort());
      expect(steps?.rows.length).toBe(history.plain.filter(({ day }) => day <= until).length);
      expect(papers?.rows.length).toBe(history.plain.filter(({ day, what }) => day <= until && what in LEVELS).length);
    }),
  );
});
