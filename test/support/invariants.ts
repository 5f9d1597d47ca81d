/**
 * What must hold of a court's database after anything whatever: read by its superuser, past every wall, and folded from the court's chain.
 * Everything that does not hold is a line of text.
 */
import { verifyChain } from '../../src/core/audit/chain.js';
import { CONCERNED, type Flow } from '../../src/core/flows/flow.js';
import { flowsOf } from '../../src/core/flows/flows-of.js';
import { LAPSED } from '../../src/core/flows/play.js';
import { type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import type { Lawbook } from '../../src/core/routing/lawbook.js';
import { shanghaiDay } from '../../src/shell/clock.js';
import type { Db } from '../../src/shell/db/db.js';
import {
  type BarredRow,
  type Body,
  type FilingRow,
  type RunRow,
  readAll,
  type StepRow,
  type TimerRow,
  type Told,
} from './court-rows.js';

export interface Examined {
  readonly db: Db;
  readonly court: string;
  readonly lawbook: Lawbook;
  /** Which judges of the docket a user is. */
  readonly judgesOf: (user: string) => readonly string[];
}

/** Everything that is wrong with a court, as it is at one moment; nothing where all is as it has to be. */
export async function violations(examined: Examined): Promise<string[]> {
  const { court } = examined;
  const { filings, runs, timers, steps, events, barred, ledger } = await examined.db.transaction(
    (tx) => readAll(tx, court),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  const flows = new Map(
    filings.map(({ id, received }) => {
      const day = received as PlainDate;
      const { flows: all, book } = examined.lawbook;
      return [id, new Map(flowsOf(all, book, court, day).map((flow) => [flow.key, flow]))];
    }),
  );
  const stepsOf = new Map<string, StepRow[]>(runs.map(({ id }) => [id, []]));
  for (const step of steps) stepsOf.get(step.run)?.push(step);
  const flowOf = ({ filing, flow }: RunRow): Flow | undefined => flows.get(filing)?.get(flow);
  return [
    ...filings.flatMap(filingWrongs),
    ...runs.flatMap((run) => runWrongs(run, flowOf(run), stepsOf.get(run.id) ?? [])),
    ...timerWrongs(timers, runs),
    ...groundWrongs(runs, flowOf),
    ...chainWrongs(events, { filings, runs, timers, steps }),
    ...decidedWrongs(events, runs, flowOf, barred, examined.judgesOf),
    ...ledger,
  ];
}

const unless = (holds: boolean, text: string): string[] => (holds ? [] : [text]);

/** Of an assigned filing there is one owner, of others none; the ledger holds it for whoever owns it. */
function filingWrongs({ id, state, owner, held, decisions, holders }: FilingRow): string[] {
  const isHeld = state === 'assigned';
  return [
    ...unless((owner !== null) === isHeld, `filing ${id} is ${state} and held by ${owner}`),
    ...unless(held === (isHeld ? 1_000_000 : 0), `filing ${id} is ${state} and weighs ${held}`),
    ...unless(
      isHeld || state === 'closed' ? holders > 0 : holders === 0,
      `filing ${id} is ${state}, owners ${holders}`,
    ),
    ...unless((state === 'received') === (decisions === 0), `filing ${id} is ${state} after ${decisions} decisions`),
  ];
}

/** A run is where its steps led, one legal edge after the other. */
function runWrongs(run: RunRow, flow: Flow | undefined, steps: readonly StepRow[]): string[] {
  const name = `run ${run.id} of ${run.flow}`;
  if (flow === undefined) return [`${name}: no such flow`];
  const { document, state, outcome } = run;
  const at = flow.states.find(({ key }) => key === state);
  const wrong = [
    ...unless(
      document.state === state && (document.outcome ?? null) === outcome,
      `${name}: columns and document differ`,
    ),
    ...unless(at !== undefined, `${name}: no state ${state}`),
    ...unless(outcome === LAPSED || (at?.outcome ?? null) === outcome, `${name}: ${state} ends with ${outcome}`),
    ...unless(outcome !== null || (at?.clock ?? null) === (document.clock?.key ?? null), `${name}: clock of ${state}`),
  ];
  let here = flow.states.find(({ isStart }) => isStart)?.key;
  for (const [place, step] of steps.entries()) {
    wrong.push(...unless(step.number === place + 1, `${name}: step ${step.number} at place ${place + 1}`));
    if (step.kind === 'step') {
      const isEdge = flow.actions.some(
        ({ key, from, to }) => key === step.action && from === here && to === step.state,
      );
      wrong.push(...unless(isEdge, `${name}: ${step.action} from ${here} to ${step.state}`));
    } else wrong.push(...unless(step.state === here, `${name}: ${step.kind} moved it to ${step.state}`));
    here = step.state;
  }
  const lapses = steps.filter(({ kind }) => kind === 'lapse').length;
  wrong.push(...unless(here === state, `${name}: its steps lead to ${here}, it is ${state}`));
  wrong.push(...unless(lapses === (outcome === LAPSED ? 1 : 0), `${name}: ${outcome} with ${lapses} lapses`));
  return wrong;
}

/** A clock runs only for a run that waits by it, and has fired once, after its last day. */
function timerWrongs(timers: readonly TimerRow[], runs: readonly RunRow[]): string[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const running = new Map<string, number>();
  return timers.flatMap(({ id, run, kind, due, state, ended, late }) => {
    const of = byId.get(run);
    const name = `clock ${id} ${kind}`;
    if (state === 'running') {
      running.set(run, (running.get(run) ?? 0) + 1);
      return [
        ...unless(
          of?.outcome === null && of.document.clock?.key === kind,
          `${name} runs for a run that is ${of?.state}`,
        ),
        ...unless(running.get(run) === 1, `${name} runs beside another`),
      ];
    }
    if (state !== 'fired' || ended === null || due === null) return unless(state !== 'fired', `${name} fired nowhere`);
    const after = daysAfter(due, shanghaiDay(ended));
    return unless(after > 0 && after === late, `${name}: due ${due}, fired ${ended}, late ${late}`);
  });
}

const daysAfter = (from: string, to: string): number => (Date.parse(to) - Date.parse(plainDate(from))) / 86_400_000;

/** A ground that is heard once was decided once. */
function groundWrongs(runs: readonly RunRow[], flowOf: (run: RunRow) => Flow | undefined): string[] {
  const heard = new Set<string>();
  return runs
    .filter((run) => run.ground !== null && run.outcome !== LAPSED && flowOf(run)?.groundOnce)
    .flatMap(({ filing, flow, ground }) => {
      const key = `${filing} ${flow} ${ground}`;
      const isFirst = !heard.has(key);
      heard.add(key);
      return unless(isFirst, `heard twice: ${key}`);
    });
}

/** The chain holds, and what it tells is what the tables say: as many acts as changes, and the last of each as things stand. */
function chainWrongs(
  events: readonly Told[],
  stored: {
    readonly filings: readonly FilingRow[];
    readonly runs: readonly RunRow[];
    readonly timers: readonly TimerRow[];
    readonly steps: readonly StepRow[];
  },
): string[] {
  const { filings, runs, timers, steps } = stored;
  const { broken } = verifyChain(events);
  const last = new Map<string, Body>();
  const owners = new Map<string, Body>();
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { action, subject, body } of events) {
    count(`${action} ${subject}`);
    count(action);
    if (action === 'flow.urge' && body.moot) count('flow.urge moot');
    if (action === 'filing.decide') owners.set(subject, body);
    if (action === 'clock.adjust' && body.flow !== undefined) count('clock.adjust in a flow');
    if (['flow.act', 'flow.clock', 'flow.route', 'flow.lapse'].includes(action))
      last.set(`${subject} ${body.flow} ${body.number}`, body);
  }
  const counted = (...keys: string[]): number => keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
  const kinds = (kind: string): number => steps.filter((step) => step.kind === kind).length;
  const fired = timers.filter(({ state }) => state === 'fired').length;
  return [
    ...unless(broken === undefined, `the chain: ${broken?.text}`),
    ...unless(last.size === runs.length, `${last.size} runs in the chain, ${runs.length} stored`),
    ...runs.flatMap(({ filing, flow, number, state, outcome }) => {
      const told = last.get(`${filing} ${flow} ${number}`);
      const isSame = told?.state === state && (told.outcome ?? null) === outcome;
      return unless(
        isSame,
        `${flow} ${number} of ${filing} is ${state} ${outcome}; the chain says ${JSON.stringify(told)}`,
      );
    }),
    ...filings.flatMap(({ id, state, owner, decisions }) => [
      ...unless(counted(`filing.decide ${id}`) === decisions, `filing ${id}: decisions and acts differ`),
      ...unless(counted(`filing.close ${id}`) === (state === 'closed' ? 1 : 0), `filing ${id}: ${state}, acts differ`),
      ...unless(owner === null || owners.get(id)?.judge === owner, `filing ${id}: held by ${owner}, told otherwise`),
    ]),
    ...unless(
      counted('flow.expire', 'flow.urge') === fired,
      `${counted('flow.expire', 'flow.urge')} stages told, ${fired} clocks fired`,
    ),
    ...unless(counted('flow.urge') - counted('flow.urge moot') === kinds('urge'), 'papers and acts differ'),
    ...unless(counted('flow.act', 'flow.clock', 'flow.route') === kinds('step'), 'steps and acts differ'),
    ...unless(counted('flow.lapse') === kinds('lapse'), 'lapses and acts differ'),
    ...unless(
      counted('flow.recount', 'flow.heal', 'clock.adjust in a flow') === kinds('clock'),
      'changes of clocks and acts differ',
    ),
  ];
}

/** Nobody decided on what concerned them, or was barred, or came back once relieved; nobody barred holds a matter. */
function decidedWrongs(
  events: readonly Told[],
  runs: readonly RunRow[],
  flowOf: (run: RunRow) => Flow | undefined,
  barred: readonly BarredRow[],
  judgesOf: (user: string) => readonly string[],
): string[] {
  const runOf = new Map(runs.map((run) => [`${run.filing} ${run.flow} ${run.number}`, run]));
  const barredIn = new Map(barred.map(({ filing, number, judges }) => [`${filing} ${number}`, judges]));
  /** Of each filing: who holds it, and by which decision. */
  const held = new Map<string, { owner: string; number: number }>();
  const relieved = new Map<string, Set<string>>();
  const changes = new Map<string, number>();
  const allowed = new Map<string, number>();
  const more = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const wrong: string[] = [];
  for (const { action, subject, body, actor } of events) {
    const { owner = '', number = 0 } = held.get(subject) ?? {};
    if (action === 'filing.decide') {
      const judge = String(body.judge ?? '');
      if (owner !== '' && owner !== judge) more(changes, subject);
      held.set(subject, { owner: judge, number: Number(body.number) });
      const isBarred = barredIn.get(`${subject} ${body.number}`)?.includes(judge) || relieved.get(subject)?.has(judge);
      wrong.push(...unless(!isBarred, `${judge} is barred and holds ${subject}`));
    }
    if (action === 'handover.decide' && body.outcome === 'approved') more(allowed, subject);
    const run = runOf.get(`${subject} ${body.flow} ${body.number}`);
    if (action !== 'flow.act' || run === undefined) continue;
    const step = flowOf(run)?.actions.find(({ key, to }) => key === body.step && to === body.state);
    if (step?.decides !== true) continue;
    more(allowed, subject);
    // The act of a ruling comes before the decision that follows from it.
    const { applicant, claimedOwner, challenged } = run.document;
    const concerned = [owner, applicant, claimedOwner, challenged];
    const deciders = actor === null ? [] : [actor, ...judgesOf(actor)];
    const isBarred = deciders.some((id) => barredIn.get(`${subject} ${number}`)?.includes(id));
    const name = `${body.step} on ${subject}`;
    wrong.push(
      ...unless(actor !== null, `${name}: decided by nobody`),
      ...unless(!deciders.some((id) => concerned.includes(id)), `${name}: by one of ${CONCERNED}`),
      ...unless(!isBarred, `${name}: by somebody barred`),
    );
    if (body.outcome === 'granted' && challenged !== undefined) {
      relieved.set(subject, (relieved.get(subject) ?? new Set()).add(challenged));
    }
  }
  for (const [subject, count] of changes) {
    wrong.push(...unless(count <= (allowed.get(subject) ?? 0), `${subject} changed hands ${count} times`));
  }
  return wrong;
}
