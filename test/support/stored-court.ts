/** Plays the steps of the model's histories through the use cases of a stored court, and tells how it stands in the model's words. */
import { sql } from 'drizzle-orm';
import { enterAbsence } from '../../src/app/absences/enter-absence.js';
import { closeFiling } from '../../src/app/close-filing.js';
import { fileBatch } from '../../src/app/file-batch.js';
import { actInFlow, type FlowAct } from '../../src/app/flows/act-in-flow.js';
import { fireNext } from '../../src/app/flows/fire-timer.js';
import type { Context, RequestKey } from '../../src/app/ports.js';
import { routeNext } from '../../src/app/route-received.js';
import type { Closure } from '../../src/core/documents/docket.js';
import type { Step } from '../../src/core/documents/scenario.js';
import type { FlowRun } from '../../src/core/flows/flow-run.js';
import type { PlainDate } from '../../src/core/kernel/plain-date.js';
import { rows } from '../../src/shell/db/db.js';
import type { Json } from './court.js';
import type { TestDesk } from './desk.js';

const COURT = '川1527';
const OFFICES = ['filing_clerk', 'reviewer', 'command_centre', 'supervisor'] as const;
const OBJECTIONS = ['first_trial_objection', 'first_enforcement_consultation'];
/** The clocks that the model knows. */
export const MODEL_CLOCKS = ['objection_review', 'consultation', 'recusal_decision', 'reconsideration_request'];

/** An act that somebody can be asked for: who, and what. */
export interface Act {
  readonly by: Context;
  readonly filing: string;
  /** The step with those whom it names by what they were to the matter. */
  readonly step: Step;
  readonly run: (request?: RequestKey) => Promise<unknown>;
}

/** What the stored court says of reasons that the model has no word for, or has others for. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  // A filing that was received and not yet routed is none of the model's.
  FORBIDDEN: ['WRONG_PERSON', 'FLOW_NOT_APPLICABLE', 'ALREADY_DECIDED', 'FILING_UNKNOWN'],
  STATE_CONFLICT: ['WRONG_STATE', 'FLOW_NOT_APPLICABLE', 'FILING_UNKNOWN'],
};

/** Whether a refusal is one for the reasons that the model has. */
export const explains = (reasons: readonly string[], code: string): boolean =>
  [code, ...(SAME[code] ?? [])].some((each) => reasons.includes(each));

export class StoredCourt {
  /** Ids by 登记号. */
  readonly ids = new Map<string, string>();
  readonly #desk: TestDesk;
  readonly #known = new Map<string, Promise<Context>>();

  constructor(desk: TestDesk) {
    this.#desk = desk;
  }

  /** Files a filing without routing it. */
  async file(value: Json): Promise<void> {
    await fileBatch(await this.#as([]), { filings: [{ value }] });
    const reference = value.id as string;
    const [row] = await rows<{ id: string }>(
      this.#desk.db,
      sql`select id::text as id from filings where reference = ${reference}`,
    );
    this.ids.set(reference, row?.id ?? '');
  }

  /** Learns of filings whose answer was lost. */
  async learn(): Promise<void> {
    const found = await rows<{ id: string; reference: string }>(
      this.#desk.db,
      sql`select id::text as id, reference from filings`,
    );
    for (const { id, reference } of found) this.ids.set(reference, id);
  }

  /** Routes what was received; the owner of what was routed last. */
  async route(): Promise<void> {
    while (await routeNext(this.#desk.service, COURT));
  }

  /** Lets every clock that has run out have its effect. */
  async fire(): Promise<{ filing: string; clock: string }[]> {
    const fired: { filing: string; clock: string }[] = [];
    for (;;) {
      const next = await fireNext(this.#desk.service, COURT);
      if (next === undefined) return fired;
      if (next.stage === 'expiry' && MODEL_CLOCKS.includes(next.kind))
        fired.push({ filing: this.referenceOf(next.filing), clock: next.kind });
    }
  }

  referenceOf(id: string): string {
    for (const [reference, each] of this.ids) if (each === id) return reference;
    return '';
  }

  /** Who holds a filing, or held it last. */
  async ownerOf(reference: string): Promise<string | null> {
    const [row] = await rows<{ judge: string }>(
      this.#desk.db,
      sql`select judge from owners where matter = ${this.ids.get(reference)}::uuid order by id desc limit 1`,
    );
    return row?.judge ?? null;
  }

  async versionOf(reference: string): Promise<number> {
    const [row] = await rows<{ version: number }>(
      this.#desk.db,
      sql`select version from filings where id = ${this.ids.get(reference)}::uuid`,
    );
    return row?.version ?? 0;
  }

  /**
   * The act that a step stands for, asked by whoever would ask it in a court; undefined where nobody could: parties do not sign in, and a
   * challenge is always of whoever holds the matter.
   *
   * @param isFresh by a person who does nothing else
   */
  async actOf(step: Step, isFresh = false): Promise<Act | undefined> {
    const { object, decide, withdrawObjection, applyRecusal, decideRecusal, close, absent } = step;
    if (absent) {
      const { judge, from, to } = absent;
      const by = await this.#as([], isFresh);
      const days = { judge, from: from as PlainDate, ...(to != null && { to: to as PlainDate }) };
      return { by, step, filing: '', run: (request) => enterAbsence(by, { ...days, reason: 'leave' }, request) };
    }
    const filing = (object ?? decide ?? withdrawObjection ?? applyRecusal ?? decideRecusal ?? close)?.filing ?? '';
    const owner = await this.ownerOf(filing);
    const version = await this.versionOf(filing);
    const name = (id: string): string => (id === '$owner' ? (owner ?? id) : id);
    const [{ parties, matter } = { parties: [], matter: '' }] = await rows<{ parties: string[]; matter: string }>(
      this.#desk.db,
      sql`select jsonb_path_query_array(document, '$.parties[*].name') as parties, document ->> 'matter' as matter
        from filings where id = ${this.ids.get(filing)}::uuid`,
    );
    const own = matter === 'enforcement' ? 'first_enforcement_consultation' : 'first_trial_objection';
    const ask = (by: Context, act: Omit<FlowAct, 'version'>): Act => ({
      by,
      filing,
      step: JSON.parse(JSON.stringify(step).replaceAll('"$owner"', JSON.stringify(name('$owner')))),
      run: (request) => actInFlow(by, this.ids.get(filing) ?? '', { version, ...act }, request),
    });
    /** Judges ask for themselves, the filing division for parties. */
    const asker = async (id: string): Promise<[Context, { onBehalfOf?: string }]> =>
      /^[A-Z$]/.test(id)
        ? [await this.#as([id], isFresh, ['judge']), {}]
        : [await this.#as([], isFresh), { onBehalfOf: id }];
    if (object) {
      const [by, behalf] = await asker(name(object.by));
      const flow = object.ground.endsWith('enforcement') ? 'first_enforcement_consultation' : 'first_trial_objection';
      const { ground, claimedOwner, evidence = [] } = object;
      const claimed = claimedOwner === undefined ? {} : { claimedOwner: name(claimedOwner) };
      return ask(by, { flow, action: 'object', ground, evidence, ...claimed, ...behalf });
    }
    if (withdrawObjection) {
      const [by, behalf] = await asker(name(withdrawObjection.by));
      return ask(by, { flow: own, action: 'withdraw', ...behalf });
    }
    if (applyRecusal) {
      const [against, applicant] = [name(applyRecusal.against), name(applyRecusal.by)];
      if (against !== owner) return undefined;
      const [by, behalf] = await asker(applicant);
      const action = applicant === against ? 'recuse_oneself' : 'apply';
      return ask(by, { flow: 'recusal', action, reason: applyRecusal.ground, ...behalf });
    }
    const ruling = decide ?? decideRecusal;
    if (ruling) {
      const id = name(ruling.by);
      if (parties.includes(id)) return undefined;
      const by = await this.#as(/^[A-Z]/.test(id) ? [id] : [], isFresh);
      const action = { upheld: 'uphold', rejected: decide ? 'reject' : 'refuse', granted: 'grant' }[ruling.outcome];
      return ask(by, { flow: decide ? own : 'recusal', action, reason: '经审查' });
    }
    if (close) {
      const by = await this.#as([], isFresh);
      const closure = close.closure as Closure;
      const closedOn = this.#desk.service.today();
      const id = this.ids.get(filing) ?? '';
      return { by, filing, step, run: (request) => closeFiling(by, id, { version, closure, closedOn }, request) };
    }
    return undefined;
  }

  #as(
    judges: readonly string[],
    isFresh = false,
    roles: Parameters<TestDesk['person']>[0] = OFFICES,
  ): Promise<Context> {
    const held = judges.length > 0 ? [...new Set([...roles, 'judge' as const])] : roles;
    const make = (): Promise<Context> => this.#desk.person(held, judges);
    if (isFresh) return make();
    const key = `${held} ${judges}`;
    const known = this.#known.get(key) ?? make();
    this.#known.set(key, known);
    return known;
  }

  /** How every filing stands, as the model shows it. */
  async standing(): Promise<Record<string, Json>> {
    const found = await rows<{
      reference: string;
      state: string;
      enforcement: boolean;
      method: string;
      history: string[];
      runs: (FlowRun & { last: string | null })[];
      deadlines: Record<string, string>;
    }>(
      this.#desk.db,
      sql`select f.reference, f.state, f.document ->> 'matter' = 'enforcement' as enforcement,
          (select document #>> '{owner,method}' from decisions d where d.filing = f.id and d.number = f.decision) as method,
          (select coalesce(jsonb_agg(judge order by id), '[]') from owners where matter = f.id) as history,
          (select coalesce(jsonb_agg(r.document || jsonb_build_object('last',
              (select coalesce(last_on, due_on)::text from timers t
                where t.run = r.id and kind = r.document #>> '{clock,key}' order by cycle desc limit 1))
              order by r.opened_at, r.number), '[]') from flow_runs r where r.filing = f.id) as runs,
          (select coalesce(jsonb_object_agg(kind, due_on), '{}') from clocks where filing = f.id and kind in ('objection', 'enforcement_consultation')) as deadlines
        from filings f order by f.reference`,
    );
    return Object.fromEntries(found.map((row) => [row.reference, shownOf(row)]));
  }
}

function shownOf({
  state,
  method,
  history,
  runs,
  deadlines,
}: {
  readonly state: string;
  readonly method: string;
  readonly history: readonly string[];
  readonly runs: readonly (FlowRun & { readonly last: string | null })[];
  readonly deadlines: Readonly<Record<string, string>>;
}): Json {
  const objection = runs.filter(({ flow }) => OBJECTIONS.includes(flow)).at(-1);
  const recusal = runs.filter(({ flow }) => flow === 'recusal').at(-1);
  const owner = state === 'needs_review' ? null : (history.at(-1) ?? null);
  const ended = (run: FlowRun): string => (run.outcome === 'lapsed' ? 'withdrawn' : (run.outcome ?? 'open'));
  const running = runs.filter(({ clock, outcome }) => outcome === undefined && MODEL_CLOCKS.includes(clock?.key ?? ''));
  return {
    owner,
    method,
    status: state,
    objection: objection ? ended(objection) : 'none',
    history,
    ...(recusal?.suspends && recusal.outcome === undefined && { suspended: owner }),
    ...(recusal && { recusal: ended(recusal) }),
    deadlines: {
      ...(owner !== null && deadlines),
      ...Object.fromEntries(running.map(({ clock, last }) => [clock?.key, last])),
    },
  };
}
