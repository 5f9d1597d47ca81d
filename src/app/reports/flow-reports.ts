import type { Action } from '../../core/access/can.js';
import type { ReportTable } from '../../core/documents/report-table.js';
import { type RegisterWords, registerTables, type Span } from '../../core/flows/register.js';
import { type RegisterRun, type RegisterStep, type RunRecord, recordOf } from '../../core/flows/run-record.js';
import { weeklyTables, weekOf } from '../../core/flows/weekly-report.js';
import { addDays, daysBetween, type PlainDate } from '../../core/kernel/plain-date.js';
import { actorOf, permit } from '../permit.js';
import type { Context, CourtReads } from '../ports.js';
import { Refusal } from '../refusal.js';
import { benchOf } from '../stored-filing.js';

/** Longest span of a register, and most runs in it: what a workbook holds and anybody reads. */
const LONGEST_DAYS = 366;
const MOST_RUNS = 5_000;

/** 流程台账 of a span: every run that was open in it, every step and every paper. Who took it and of which days is recorded. */
export async function flowRegister({ subject, service }: Context, span: Span): Promise<ReportTable[]> {
  permit(subject, 'register.export');
  const { from, to } = span;
  if (to < from) throw wrongSpan('/to', '截止日期早于起始日期，请核对');
  if (daysBetween(from, to) >= LONGEST_DAYS) throw wrongSpan('/to', `一次最多导出 ${LONGEST_DAYS} 天，请分几次导出`);
  const tables = await service.store.read(subject.court, async (tx) => {
    const { runs, steps, urgings } = await readRuns(tx, span);
    const period = { ...span, asOf: earlier(to, tx.today) };
    const records = recordsAt(runs, steps, period.asOf);
    return registerTables(records, urgings, period, await wordsOf(tx));
  });
  await recordExport({ subject, service }, 'register.export', span);
  return tables;
}

/** 周报 of the week of a day, beside the week before. Who took it and of which week is recorded. */
export async function weeklyReport({ subject, service }: Context, day: PlainDate): Promise<ReportTable[]> {
  permit(subject, 'report.export');
  const span = weekOf(day);
  const before = weekOf(addDays(span.from, -1));
  const both = { from: before.from, to: span.to };
  const tables = await service.store.read(subject.court, async (tx) => {
    const { today } = tx;
    if (span.from > today) throw wrongSpan('/day', '这一周还没有到，请核对');
    const { runs, steps, urgings } = await readRuns(tx, both);
    const assignments = await tx.register.firstAssignments(both);
    const weekAt = (of: Span) => {
      const asOf = earlier(of.to, today);
      return { span: { ...of, asOf }, records: recordsAt(runs, steps, asOf), urgings, assignments };
    };
    return weeklyTables(weekAt(span), weekAt(before), await wordsOf(tx));
  });
  await recordExport({ subject, service }, 'report.export', span);
  return tables;
}

/** After the reading, so that a long one holds up no act of the court; what could not be recorded is not given. */
async function recordExport({ subject, service }: Context, action: Action, { from, to }: Span): Promise<void> {
  await service.store.act({ court: subject.court, user: actorOf(subject) }, async (tx) => {
    tx.record({ action, subject: subject.court, body: { from, to } });
  });
}

const wrongSpan = (path: string, message: string): Refusal =>
  new Refusal('BODY_INVALID', message, [{ path, code: 'DAYS', message }]);

const earlier = (one: PlainDate, other: PlainDate): PlainDate => (one < other ? one : other);

async function readRuns(tx: CourtReads, span: Span) {
  const runs = await tx.register.runs(span, MOST_RUNS);
  if (runs.length > MOST_RUNS) throw wrongSpan('/to', `这段时间的流程超过 ${MOST_RUNS} 件，请分几次导出`);
  const ids = runs.map(({ id }) => id);
  return { runs, steps: await tx.register.steps(ids), urgings: await tx.register.urgings(ids) };
}

function recordsAt(runs: readonly RegisterRun[], all: readonly RegisterStep[], asOf: PlainDate): RunRecord[] {
  const stepsOf = new Map(runs.map(({ id }): [string, RegisterStep[]] => [id, []]));
  for (const step of all) stepsOf.get(step.run)?.push(step);
  return runs.flatMap((run) => recordOf(run, stepsOf.get(run.id) ?? [], asOf) ?? []);
}

async function wordsOf(tx: CourtReads): Promise<RegisterWords> {
  const { docket } = await benchOf(tx);
  const names = new Map(docket.judges.map(({ id, name }) => [id, name]));
  return {
    court: docket.court.name,
    flows: tx.lawbook.flows,
    vocabulary: tx.lawbook.book.vocabulary,
    judge: (id) => names.get(id),
  };
}
