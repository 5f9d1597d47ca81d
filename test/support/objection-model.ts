/**
 * A reference model of objections and recusals, from the words of the interchange contract. It shares nothing with the
 * program but the counting of days: maps and plain code. Where the draw decides, it takes the judge whom the program
 * names and holds against it who may be drawn.
 */
import type { Step } from '../../src/core/documents/scenario.js';
import { addDays, plainDate } from '../../src/core/kernel/plain-date.js';
import type { Calendar } from '../../src/core/law/calendar.js';
import { countPeriod } from '../../src/core/law/period.js';

export interface ModelJudge {
  readonly id: string;
  readonly handles: readonly string[];
  readonly tracks?: readonly string[];
  readonly quota?: number;
  readonly leftOn?: string;
  readonly kinOf: readonly string[];
  readonly absences: readonly { readonly from: string; readonly to?: string | null }[];
}

/** An earlier case. What is between the same parties has the same cause or instrument; the rest has nothing in common. */
export interface ModelCase {
  readonly of: string;
  readonly parties: string;
  readonly filedOn: string;
  readonly closure: string | null;
  readonly judge: string | null;
}

interface Objection {
  readonly ground: string;
  readonly by: string;
  readonly claimed: string | undefined;
  readonly from: string;
  state: 'open' | 'upheld' | 'rejected' | 'withdrawn';
  urged: boolean;
}

interface Recusal {
  readonly by: string;
  readonly against: string;
  from: string;
  state: 'waiting' | 'refused' | 'granted' | 'rejected' | 'withdrawn';
  urged: boolean;
}

export interface ModelMatter {
  readonly id: string;
  readonly enforcement: boolean;
  readonly parties: readonly string[];
  readonly receivedOn: string;
  /** Earlier cases of which it was ruled that they claim nothing. */
  readonly ignored: Set<string>;
  readonly relieved: Set<string>;
  /** Grounds that are not heard again. */
  readonly spent: Set<string>;
  readonly history: string[];
  owner: string | null;
  method: string;
  /** The earlier case that the decision in force follows, the day of that decision, and which one it is. */
  basis: string | undefined;
  assignedOn: string;
  decisions: number;
  closure: string | null;
  objection: Objection | undefined;
  recusal: Recusal | undefined;
}

/** What the program says of the matter after a step; only a drawn judge is taken from it. */
export type Told = { readonly owner?: string | null };
export type RunOut = { filing: string; clock: string; due: string; outcome: 'urged' | 'rejected' };
/** A reason to refuse and whether it holds. */
type Reason = readonly [unknown, string];

const SERIES_DAYS = 7;
const ABSENCE_DAYS_MAX = 30;
const KINDS = ['refiled', 'derived', 'same_instrument', 'series'];
const KIND_BY_CLOSURE: Readonly<Record<string, string>> = {
  withdrawn: 'refiled',
  judgment: 'derived',
  mediation: 'derived',
  current_enforcement_terminated: 'same_instrument',
};

const isIdle = ({ owner, closure }: ModelMatter): boolean => owner === null || closure !== null;
const isPending = (recusal?: Recusal): boolean => recusal?.state === 'waiting' || recusal?.state === 'refused';
const daysAfter = (day: string, days: number): string => addDays(plainDate(day), days);

/** The owner, while nobody has decided whether that judge has to leave. */
export const suspended = ({ owner, recusal }: ModelMatter): string | null =>
  recusal?.state === 'waiting' ? owner : null;

export class Model {
  readonly matters = new Map<string, ModelMatter>();
  /** What happened at least once; of refusals, those for one reason alone. */
  readonly reached = new Set<string>();
  readonly #judges: Map<string, ModelJudge>;
  readonly #cases: readonly ModelCase[];
  readonly #calendar: Calendar;
  #today = '';

  constructor(judges: readonly ModelJudge[], cases: readonly ModelCase[], calendar: Calendar) {
    this.#judges = new Map(judges.map((judge) => [judge.id, judge]));
    this.#cases = cases;
    this.#calendar = calendar;
  }

  /** Another that stands as this one and goes its own way. */
  copy(): Model {
    const other = new Model([...this.#judges.values()], this.#cases, this.#calendar);
    other.#today = this.#today;
    for (const [id, matter] of this.matters) other.matters.set(id, structuredClone(matter));
    return other;
  }

  // ---- days

  #end(from: string, length: number, unit: 'day' | 'working_day' = 'day'): string {
    return countPeriod({ from: plainDate(from), length, unit, matter: 'civil', roll: true }, this.#calendar).due;
  }

  objectionEnd = ({ assignedOn, enforcement }: ModelMatter): string => this.#end(assignedOn, enforcement ? 3 : 5);

  /** The clocks that run on a matter. */
  clocks({ enforcement, objection, recusal }: ModelMatter): { clock: string; due: string; run: Objection | Recusal }[] {
    const running = [];
    if (objection?.state === 'open') {
      const clock = enforcement ? 'consultation' : 'objection_review';
      running.push({ clock, due: this.#end(objection.from, 2, 'working_day'), run: objection });
    }
    if (recusal?.state === 'waiting') {
      running.push({ clock: 'recusal_decision', due: this.#end(recusal.from, 3), run: recusal });
    }
    if (recusal?.state === 'refused') {
      running.push({ clock: 'reconsideration_request', due: this.#end(recusal.from, 1), run: recusal });
    }
    return running;
  }

  /** Days in a row for which a judge is away, from today on. */
  #awayDays({ absences }: ModelJudge): number {
    let days = 0;
    for (let day = this.#today; days <= ABSENCE_DAYS_MAX; day = daysAfter(day, 1), days++) {
      if (!absences.some(({ from, to }) => from <= day && (to ?? '9999') >= day)) break;
    }
    return days;
  }

  // ---- persons

  #isBarred({ relieved, parties }: ModelMatter, id: string): boolean {
    return relieved.has(id) || (this.#judges.get(id)?.kinOf.some((party) => parties.includes(party)) ?? false);
  }

  /** Whether a judge who is not away may hold a matter. */
  #fits(matter: ModelMatter, { id, handles, tracks, leftOn }: ModelJudge): boolean {
    const hears = matter.enforcement ? handles.includes('enforcement') : handles.includes('civil');
    const onTrack = matter.enforcement || (tracks?.includes('simple') ?? true);
    return hears && onTrack && !(leftOn !== undefined && leftOn <= this.#today) && !this.#isBarred(matter, id);
  }

  #canOwn(matter: ModelMatter, id: string): boolean {
    const judge = this.#judges.get(id);
    return !!judge && this.#fits(matter, judge) && this.#awayDays(judge) <= ABSENCE_DAYS_MAX;
  }

  #canDraw = (matter: ModelMatter, judge: ModelJudge): boolean =>
    this.#fits(matter, judge) && judge.quota !== 0 && this.#awayDays(judge) === 0;

  // ---- decisions

  /** The earlier cases that the owner follows, strongest first. */
  #claims(matter: ModelMatter): { of: string; kind: string; judge: string }[] {
    // On its own day those count too that came after it; whoever has no owner is no case yet.
    const filings = [...this.matters.values()].flatMap(({ id, parties, receivedOn, closure, owner }) => {
      const isEarlier = id !== matter.id && owner !== null && receivedOn <= matter.receivedOn;
      return isEarlier ? [{ of: id, parties: parties.join(), filedOn: receivedOn, closure, judge: owner }] : [];
    });
    const related = [...this.#cases, ...filings].filter(({ parties }) => parties === matter.parties.join());
    related.sort((a, b) => (a.filedOn === b.filedOn ? (a.of < b.of ? -1 : 1) : a.filedOn < b.filedOn ? -1 : 1));
    // The first case opens a series; the first one that comes too late for it opens another.
    let first = '';
    for (const filedOn of [...related.map((each) => each.filedOn), matter.receivedOn]) {
      if (first === '' || filedOn >= daysAfter(first, SERIES_DAYS)) first = filedOn;
    }
    const claims = [];
    for (const { of, judge, filedOn, closure } of related) {
      if (judge === null || matter.ignored.has(of)) continue;
      const kind = KIND_BY_CLOSURE[closure ?? ''];
      if (kind) claims.push({ of, judge, kind });
      if (filedOn >= first || (matter.enforcement && closure === null)) claims.push({ of, judge, kind: 'series' });
    }
    return claims.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  }

  /** @throws where the program drew someone who may not be drawn, or no one though there was someone */
  #decide(matter: ModelMatter, { owner: drawn = null }: Told): void {
    const [claim] = this.#claims(matter);
    if (claim && this.#canOwn(matter, claim.judge)) {
      const first = matter.enforcement ? 'first_enforcement' : 'first_trial';
      this.#give(matter, claim.judge, claim.kind === 'series' ? 'series' : first, claim.of);
      return;
    }
    const pool = [...this.#judges.values()].filter((judge) => this.#canDraw(matter, judge)).map(({ id }) => id);
    if (drawn === null ? pool.length > 0 : !pool.includes(drawn)) {
      throw new Error(`${matter.id} was drawn to ${drawn}, who is none of ${pool}`);
    }
    this.#give(matter, drawn, drawn === null ? 'none' : 'random');
  }

  #give(matter: ModelMatter, owner: string | null, method: string, basis?: string): void {
    if (matter.decisions > 0 && owner !== matter.owner) this.#lapse(matter);
    if (owner !== null && owner !== matter.history.at(-1)) matter.history.push(owner);
    Object.assign(matter, { owner, method, basis, assignedOn: this.#today, decisions: matter.decisions + 1 });
    this.reached.add(`decided: ${method}`);
  }

  /** What was open about whoever held it has no object any more; nothing was decided by that. */
  #lapse({ objection, recusal }: ModelMatter): void {
    if (objection?.state === 'open') this.reached.add('lapsed with its owner');
    if (objection?.state === 'open') objection.state = 'withdrawn';
    if (recusal && isPending(recusal)) recusal.state = 'withdrawn';
  }

  // ---- the script

  /** The clocks that ran out before a day; or, of them, that of one filing. */
  runOut(on: string, only?: { readonly filing: string; readonly clock: string }): RunOut[] {
    if (on < this.#today) return [];
    this.#today = on;
    const late = [...this.matters.values()].flatMap((matter) => {
      return this.clocks(matter).map((each) => ({ ...each, filing: matter.id }));
    });
    return late
      .filter(({ filing, clock }) => !only || (filing === only.filing && clock === only.clock))
      .filter(({ due, run }) => due < on && !run.urged)
      .map(({ filing, clock, due, run }) => {
        this.reached.add(`ran out: ${clock}`);
        run.urged = true;
        if (run.state !== 'refused') return { filing, clock, due, outcome: 'urged' };
        run.state = 'rejected';
        return { filing, clock, due, outcome: 'rejected' };
      });
  }

  /** Takes a step; answers with every reason for which it has to be refused, and then nothing happens. */
  take(step: Step, told: Told): string[] {
    const [name, said] = Object.entries(step).find(([key]) => key !== 'on') as [string, { filing?: string }];
    const matter = this.matters.get(said.filing ?? '');
    const who = (id: string): string => (id === '$owner' ? (matter?.owner ?? id) : id);
    const { object, decide, withdrawObjection, applyRecusal, decideRecusal, close } = step;
    if (step.on < this.#today) return this.#unless([[true, 'CLOCK_BACKWARDS']], () => {});
    if (step.file) return this.#file(step.file, told);
    if (step.absent) return this.#absent(step.absent);
    if (!matter) return this.#unless([[name !== 'tick', 'FILING_UNKNOWN']], () => {});
    if (object)
      return this.#object(matter, { ...object, by: who(object.by) }, object.claimedOwner && who(object.claimedOwner));
    if (decide) return this.#rule(matter, who(decide.by), decide.outcome, told);
    if (withdrawObjection) return this.#withdraw(matter, who(withdrawObjection.by));
    if (applyRecusal)
      return this.#challenge(matter, who(applyRecusal.by), who(applyRecusal.against), applyRecusal.ground);
    if (decideRecusal) return this.#relieve(matter, who(decideRecusal.by), decideRecusal.outcome, told);
    return this.#close(matter, close?.closure ?? '');
  }

  #unless(reasons: readonly Reason[], act: () => void): string[] {
    const codes = reasons.filter(([holds]) => holds).map(([, code]) => code);
    if (codes.length === 1) this.reached.add(`refused: ${codes}`);
    if (codes.length === 0) act();
    return codes;
  }

  #file(filing: Readonly<Record<string, unknown>>, told: Told): string[] {
    const [id, receivedOn] = [filing.id as string, filing.receivedOn as string];
    return this.#unless([[this.matters.has(id), 'FILING_INVALID']], () => {
      const parties = (filing.parties as { name: string }[]).map(({ name }) => name);
      const sets = { ignored: new Set<string>(), relieved: new Set<string>(), spent: new Set<string>() };
      const open = {
        owner: null,
        method: 'none',
        basis: undefined,
        closure: null,
        objection: undefined,
        recusal: undefined,
      };
      const known = { id, parties, receivedOn, enforcement: filing.matter === 'enforcement' };
      const matter: ModelMatter = { ...known, ...sets, ...open, history: [], assignedOn: receivedOn, decisions: 0 };
      this.matters.set(id, matter);
      this.#decide(matter, told);
    });
  }

  #absent({ judge: id, from, to }: NonNullable<Step['absent']>): string[] {
    const judge = this.#judges.get(id);
    return this.#unless([[!judge, 'JUDGE_UNKNOWN']], () => {
      if (judge) this.#judges.set(id, { ...judge, absences: [...judge.absences, { from, to: to ?? null }] });
    });
  }

  #object(matter: ModelMatter, said: NonNullable<Step['object']>, claimed: string | undefined): string[] {
    const { ground, by, evidence = [] } = said;
    const isMissed = ground.startsWith('missed');
    const [claims, isJudge] = [isMissed && claimed !== undefined, this.#judges.has(claimed ?? '')];
    const reasons: Reason[] = [
      [ground.endsWith('enforcement') !== matter.enforcement || isIdle(matter), 'FLOW_NOT_APPLICABLE'],
      [by !== matter.owner, 'WRONG_PERSON'],
      [matter.objection?.state === 'open', 'ALREADY_OPEN'],
      [matter.spent.has(ground), 'GROUND_DECIDED'],
      [!isMissed && matter.method === 'random', 'GROUND_NOT_APPLICABLE'],
      [!isMissed && claimed !== undefined, 'CLAIMED_OWNER_REFUSED'],
      [isMissed && claimed === undefined, 'CLAIMED_OWNER_MISSING'],
      [claims && !isJudge, 'CLAIMED_OWNER_UNKNOWN'],
      [claims && claimed === matter.owner, 'CLAIMED_OWNER_IS_RECIPIENT'],
      [claims && isJudge && !this.#canOwn(matter, claimed ?? ''), 'CLAIMED_OWNER_UNABLE'],
      [evidence.some((caseNo) => !this.#cases.some(({ of }) => of === caseNo)), 'EVIDENCE_UNKNOWN'],
      [this.objectionEnd(matter) < this.#today, 'OUT_OF_TIME'],
    ];
    return this.#unless(reasons, () => {
      const open = { state: 'open', urged: false, from: this.#today } as const;
      matter.objection = { ground, by, claimed, ...open };
    });
  }

  /** Why an act in an objection or recusal that is to be open is refused whoever acts. */
  #notOpen(matter: ModelMatter, state: string | undefined, open: string): Reason[] {
    const isOver = state !== undefined && state !== 'refused';
    const reason = isOver ? 'ALREADY_DECIDED' : 'WRONG_STATE';
    return [
      [isIdle(matter), 'FLOW_NOT_APPLICABLE'],
      [state !== open, reason],
    ];
  }

  #cannotDecide(matter: ModelMatter, by: string, ...concerned: (string | undefined)[]): Reason[] {
    return [
      [[matter.owner, ...matter.parties, ...concerned].includes(by), 'OWN_MATTER'],
      [this.#isBarred(matter, by), 'DECIDER_BARRED'],
    ];
  }

  #rule(matter: ModelMatter, by: string, outcome: 'upheld' | 'rejected', told: Told): string[] {
    const { objection } = matter;
    const { ground = '', claimed = '' } = objection ?? {};
    const isMissed = ground.startsWith('missed');
    const reasons: Reason[] = [
      ...this.#notOpen(matter, objection?.state, 'open'),
      ...this.#cannotDecide(matter, by, objection?.by, claimed),
      [outcome === 'upheld' && isMissed && !this.#canOwn(matter, claimed), 'CLAIMED_OWNER_UNABLE'],
    ];
    return this.#unless(reasons, () => {
      Object.assign(objection ?? {}, { state: outcome });
      matter.spent.add(ground);
      this.reached.add(`${outcome}: ${isMissed ? 'missed' : 'not'}`);
      if (outcome === 'rejected') return;
      if (isMissed) {
        matter.spent.add(ground.replace('missed', 'not'));
        matter.ignored.add(matter.basis ?? '');
        this.#give(matter, claimed, matter.enforcement ? 'first_enforcement' : 'first_trial');
      } else {
        matter.ignored.add(matter.basis ?? '');
        this.#decide(matter, told);
      }
    });
  }

  #withdraw(matter: ModelMatter, by: string): string[] {
    const { objection } = matter;
    const reasons: Reason[] = [
      ...this.#notOpen(matter, objection?.state, 'open'),
      [by !== objection?.by, 'WRONG_PERSON'],
    ];
    return this.#unless(reasons, () => {
      Object.assign(objection ?? {}, { state: 'withdrawn' });
      matter.spent.add(objection?.ground ?? '');
      this.reached.add('withdrawn');
    });
  }

  #challenge(matter: ModelMatter, by: string, against: string, ground: string): string[] {
    const reasons: Reason[] = [
      [isIdle(matter), 'FLOW_NOT_APPLICABLE'],
      [isPending(matter.recusal), 'ALREADY_OPEN'],
      [against !== matter.owner, 'NOT_THE_HANDLER'],
      [by !== against && !matter.parties.includes(by), 'WRONG_PERSON'],
      [ground === '', 'REASON_MISSING'],
    ];
    return this.#unless(reasons, () => {
      matter.recusal = { by, against, from: this.#today, state: 'waiting', urged: false };
    });
  }

  #relieve(matter: ModelMatter, by: string, outcome: 'granted' | 'rejected', told: Told): string[] {
    const { recusal } = matter;
    const reasons: Reason[] = [
      ...this.#notOpen(matter, recusal?.state, 'waiting'),
      ...this.#cannotDecide(matter, by, recusal?.by, recusal?.against),
    ];
    return this.#unless(reasons, () => {
      this.reached.add(`recusal: ${outcome}`);
      const state = outcome === 'granted' ? 'granted' : 'refused';
      Object.assign(recusal ?? {}, { state, from: this.#today, urged: false });
      if (outcome === 'rejected') return;
      matter.relieved.add(recusal?.against ?? '');
      this.#decide(matter, told);
    });
  }

  #close(matter: ModelMatter, closure: string): string[] {
    const { objection } = matter;
    return this.#unless([[isIdle(matter) || suspended(matter) !== null, 'WRONG_STATE']], () => {
      matter.closure = closure;
      if (objection?.state === 'open') this.reached.add('closed with open objection');
      this.#lapse(matter);
    });
  }
}
