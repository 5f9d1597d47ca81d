import type { Subject } from '../../core/access/can.js';
import { type AdjustableClock, type Adjustment, adjust, endExclusion } from '../../core/flows/adjustment.js';
import type { ActorKind } from '../../core/flows/flow.js';
import { kindsOf } from '../../core/flows/play.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { StoredAdjustment } from '../clock-ports.js';
import type { StoredRun } from '../flow-ports.js';
import { actorOf, permit } from '../permit.js';
import type { Context, CourtTx, InForce, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import { lockedFiling, validFiling } from '../stored-filing.js';
import { actorIn } from './act-in-flow.js';
import { refused } from './carry-out.js';
import { adjustableDeadline, recountDeadlines } from './recount-deadlines.js';
import { runClock, timerOf } from './run-clock.js';
import { flowOf, matterOf, type StoredMatter } from './stored-matter.js';

/** Which clock of a filing: a deadline of the decision, or the one that runs in a flow. */
export interface ClockName {
  readonly deadline?: string;
  readonly flow?: string;
}

/** What is to be left out of a clock, or added to it. */
export interface ClockAct extends ClockName {
  readonly version: number;
  readonly rule: string;
  readonly from?: PlainDate;
  readonly to?: PlainDate;
  readonly length?: number;
  readonly appliedOn?: PlainDate;
  readonly reason: string;
}

/** A clock of a filing as it can be adjusted, and where it is stored. */
interface Target {
  readonly clock: AdjustableClock;
  readonly kind: string;
  readonly run?: StoredRun;
}

const STATES = ['assigned', 'needs_review'] as const;

/**
 * 扣除 or 延长: leaves a period out of a clock or extends it, on a ground of the closed list. One act: the entry, the clock and its
 * timer change together.
 *
 * @throws Refusal FLOW_REFUSED with the rule's own code in `errors`
 */
export async function adjustClock(
  { subject, service }: Context,
  id: string,
  act: ClockAct,
  request?: RequestKey,
): Promise<void> {
  const { version, deadline: _, flow: __, ...asked } = act;
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const { matter, kinds } = await opened(tx, subject, id, version);
    const target = await targetOf(tx, matter, act);
    const { lawbook } = tx;
    const on = tx.today;
    const made = adjust(
      lawbook.adjustments,
      target.clock,
      matter.view.facts,
      { ...asked, kinds, on },
      lawbook.calendar,
    );
    if (!made.ok) throw refused(made.error);
    const { kind, run } = target;
    const entry = {
      id: service.newId(),
      filing: id,
      run: run?.id,
      clock: kind,
      appliedOn: act.appliedOn,
      reason: act.reason,
    };
    await tx.clocks.adjust({ ...entry, ...made.value });
    await recounted(tx, matter, target, {
      action: 'adjust',
      rule: act.rule,
      reason: act.reason,
      change: made.value,
    });
  });
}

/** 恢复计算: a period that was being left out is over; `last` is its last day. */
export async function endClockExclusion(
  { subject, service }: Context,
  id: string,
  adjustmentId: string,
  { version, last, reason }: { readonly version: number; readonly last: PlainDate; readonly reason: string },
  request?: RequestKey,
): Promise<void> {
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const { matter, kinds } = await opened(tx, subject, id, version);
    const adjustment = await adjustmentOf(tx, id, adjustmentId);
    allowed(tx, adjustment, kinds);
    const target = await targetOf(tx, matter, adjustment);
    const ended = endExclusion(adjustment, last, tx.today);
    if (!ended.ok) throw refused(ended.error);
    await tx.clocks.endAdjustment(adjustmentId, ended.value.to);
    const change = { ...adjustment, to: ended.value.to };
    await recounted(tx, matter, target, { action: 'resume', rule: adjustment.rule, reason, change });
  });
}

/** Takes an entry back that was made by mistake; it stays to be seen, and counts no more. */
export async function withdrawAdjustment(
  { subject, service }: Context,
  id: string,
  adjustmentId: string,
  { version, reason }: { readonly version: number; readonly reason: string },
  request?: RequestKey,
): Promise<void> {
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const { matter, kinds } = await opened(tx, subject, id, version);
    const adjustment = await adjustmentOf(tx, id, adjustmentId);
    allowed(tx, adjustment, kinds);
    const target = await targetOf(tx, matter, adjustment);
    await tx.clocks.withdrawAdjustment(adjustmentId);
    await recounted(tx, matter, target, {
      action: 'withdraw',
      rule: adjustment.rule,
      reason,
      change: undefined,
    });
  });
}

async function opened(
  tx: CourtTx,
  subject: Subject,
  id: string,
  version: number,
): Promise<{ readonly matter: StoredMatter; readonly kinds: ReadonlySet<ActorKind> }> {
  const owner = (await tx.ownerOf(id))?.judge;
  permit(subject, 'clock.adjust', { owner });
  const filing = validFiling(await lockedFiling(tx, id, version, STATES));
  const matter = await matterOf(tx, filing, []);
  return { matter, kinds: kindsOf(actorIn(subject, owner, undefined), matter.view, undefined) };
}

async function adjustmentOf(tx: CourtTx, filing: string, id: string): Promise<StoredAdjustment> {
  const found = (await tx.clocks.adjustmentsOf(filing)).find((each) => each.id === id);
  if (!found) throw new Refusal('NOT_FOUND', '没有这一项扣除或者延长；请刷新后核对');
  if (found.isWithdrawn) throw new Refusal('STATE_CONFLICT', '这一项已经撤销');
  return found;
}

/** Whoever may enter it may also end it or take it back. */
function allowed({ lawbook }: InForce, { rule: key }: StoredAdjustment, kinds: ReadonlySet<ActorKind>): void {
  const rule = lawbook.adjustments.find((each) => each.key === key);
  if (rule?.by.some((kind) => kinds.has(kind))) return;
  const who = rule?.byWords.join('、') ?? '登记的人';
  throw refused({ code: 'WRONG_PERSON', message: `“${rule?.name ?? key}”由${who}办理，您在本件里不是` });
}

/** @throws Refusal where the filing has no such clock running */
async function targetOf(
  tx: CourtTx,
  matter: StoredMatter,
  {
    deadline,
    flow: key,
    run: runId,
    clock,
  }: ClockName & { readonly run?: string | undefined; readonly clock?: string },
): Promise<Target> {
  const { filing, ruleset } = matter;
  const adjustments = await tx.clocks.adjustmentsOf(filing.id);
  const run = matter.runs.find(({ id, run: each }) =>
    runId === undefined ? each.flow === key && each.outcome === undefined : id === runId,
  );
  if (run?.run.clock && run.run.outcome === undefined) {
    const flow = await flowOf(tx, filing, run.run.flow);
    const clockOfRun = runClock(
      flow,
      run.run,
      matter,
      adjustments.filter((each) => each.run === run.id),
    );
    if (clockOfRun) return { run, kind: run.run.clock.key, clock: clockOfRun };
  }
  const kind = deadline ?? (runId === undefined ? clock : undefined);
  const found = (await tx.clocks.deadlinesOf(filing.id)).find((each) => each.kind === kind);
  if (!found) throw new Refusal('NOT_FOUND', '本件没有正在计算的这一期限；请刷新后核对');
  return { kind: found.kind, clock: adjustableDeadline(filing, found, adjustments, ruleset) };
}

interface Done {
  readonly action: 'adjust' | 'resume' | 'withdraw';
  readonly rule: string;
  readonly reason: string;
  readonly change: Adjustment | undefined;
}

/** Counts the clock again after a change, sets its timer, and says so in the register and the chain. */
async function recounted(
  tx: CourtTx,
  matter: StoredMatter,
  { kind, run }: Target,
  { action, rule, reason, change }: Done,
): Promise<void> {
  const { filing, ruleset } = matter;
  const days = change && { from: change.from, to: change.to, length: change.length };
  const body = { clock: kind, change: action, rule, ...days };
  if (run?.run.clock) {
    const own = (await tx.clocks.adjustmentsOf(filing.id)).filter(
      (each) => each.run === run.id && each.clock === kind && !each.isWithdrawn && each.from !== null,
    );
    const excluded = own.flatMap(({ from, to }) => (from === null ? [] : [{ from, to }]));
    const next = { ...run.run, clock: { ...run.run.clock, excluded } };
    const flow = await flowOf(tx, filing, run.run.flow);
    await tx.flows.change(run, next);
    const timer = timerOf(flow, next, matter, tx);
    if (timer) await tx.flows.setTimer(run, timer);
    const { state, number } = next;
    const document = { ...body, ...(timer?.lastDay !== undefined && { due: timer.lastDay }) };
    await tx.flows.step(run, { kind: 'clock', action, state, on: tx.today, reason, document });
    tx.record({ action: 'clock.adjust', subject: filing.id, body: { flow: next.flow, number, ...document } });
  } else {
    await recountDeadlines(tx, filing, ruleset);
    const due = (await tx.clocks.deadlinesOf(filing.id)).find((each) => each.kind === kind);
    const after = { due: due?.due, ...(due?.pausedSince !== undefined && { pausedSince: due.pausedSince }) };
    tx.record({ action: 'clock.adjust', subject: filing.id, body: { ...body, ...after } });
  }
  await tx.noteChange(filing);
}
