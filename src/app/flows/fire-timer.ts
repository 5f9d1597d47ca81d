import { afterStage } from '../../core/flows/escalation.js';
import type { Stage } from '../../core/flows/flow.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import { actsOnExpiry, expired } from '../../core/flows/play.js';
import { daysBetween } from '../../core/kernel/plain-date.js';
import type { DueTimer } from '../flow-ports.js';
import type { CourtTx, Service } from '../ports.js';
import { rulesetOf } from '../rulesets.js';
import { benchOf, validFiling } from '../stored-filing.js';
import { carryOut } from './carry-out.js';
import { heal } from './heal-clock.js';
import { timerOf } from './run-clock.js';
import { flowIn, holderOf, matterOf } from './stored-matter.js';
import { urge } from './urge.js';

/** A clock that came to a stage, and how many days after it could have. */
export interface Fired {
  readonly filing: string;
  readonly kind: string;
  readonly stage: Stage;
  readonly lateDays: number;
}

/** A clock could not have its effect, for a reason that may be its own alone. */
export class TimerFailed extends Error {
  override readonly name = 'TimerFailed';
  readonly timer: string;

  constructor(timer: string, cause: unknown) {
    super('a clock could not have its effect', { cause });
    this.timer = timer;
  }
}

/**
 * Lets the court's clock that came to a stage first have its effect, in one act with its being claimed; undefined where none has. It fires
 * on the first day on which it may, or late, and then says how late; whatever stage comes next is set in the same act. One whose day is
 * not what rules and calendar say by now is set right instead, and fires by its right day alone.
 *
 * @param except ids of clocks to be passed over
 * @throws TimerFailed where the clock that it claimed could not; it runs on
 */
export async function fireNext(
  service: Service,
  court: string,
  except: ReadonlySet<string> = new Set(),
): Promise<Fired | undefined> {
  for (;;) {
    let claimed: DueTimer | undefined;
    try {
      const came = await service.store.act({ court, user: null }, async (tx) => {
        claimed = await tx.flows.claimTimer(tx.today, except);
        return claimed && fire(tx, service, claimed);
      });
      if (came !== RECOUNTED) return came;
    } catch (error) {
      throw claimed === undefined ? error : new TimerFailed(claimed.id, error);
    }
  }
}

/** A day that came by rules or a calendar which are no longer those of today: nothing fires by it. */
const RECOUNTED = Symbol();

async function fire(tx: CourtTx, service: Service, timer: DueTimer): Promise<Fired | typeof RECOUNTED> {
  const stored = await tx.lockFiling(timer.filing);
  if (stored === undefined) throw new Error('a timer is of a filing');
  const [run] = await tx.flows.standing({ run: timer.run, limit: 1 });
  if (run === undefined) throw new Error('a timer is of a run');
  const bench = await benchOf(tx);
  if (await heal(tx, { bench, stored, standing: run })) return RECOUNTED;
  const lateDays = daysBetween(timer.due, tx.today);
  await tx.flows.fired(timer, lateDays);
  const filing = validFiling(stored);
  const flow = flowIn(bench, filing.filing.receivedOn, run.run.flow);
  const { number, clock } = run.run;
  const { kind, stage } = timer;
  const told = { filing: timer.filing, kind, stage, lateDays };
  const body = { flow: flow.key, number, clock: kind, due: timer.lastDay, lateDays };
  const about = { filing, bench, ruleset: await rulesetOf(tx, filing) };
  if (stage === 'expiry') {
    tx.record({ action: 'flow.expire', subject: timer.filing, body });
    if (actsOnExpiry(flow, run.run)) {
      const matter = await matterOf(tx, filing, []);
      const played = expired(flow, matter.view, run.run, tx.today);
      if (played) {
        await carryOut(tx, service, flow, matter, played, { action: 'flow.clock' });
        return told;
      }
    }
  } else {
    const matter = { ...about, owner: await holderOf(tx, filing) };
    const urging = await urge(tx, service, { flow, matter, stored: run, timer }, stage);
    const written = urging ? { urging: urging.reference } : { moot: true };
    tx.record({ action: 'flow.urge', subject: timer.filing, body: { ...body, level: stage, ...written } });
  }
  const next: FlowRun = { ...run.run, ...(clock && { clock: afterStage(clock, stage) }) };
  await tx.flows.change(run, next);
  const terms = timerOf(flow, next, about, tx);
  if (terms) await tx.flows.setTimer(run, terms);
  await tx.noteChange(filing);
  return told;
}
