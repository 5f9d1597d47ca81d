import type { Decision } from '../documents/decision.js';
import type { DocketCase } from '../documents/docket.js';
import type { Handover } from '../documents/dossier.js';
import { type FieldError, mergeErrors, wellFormed } from '../documents/field-errors.js';
import type { Filing } from '../documents/filing.js';
import { byCodePoint } from '../kernel/order.js';
import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { DocketIndex } from '../related/docket-index.js';
import { type CaseDays, onOneDay } from '../rules/case-days.js';
import type { Evaluator } from '../rules/evaluate.js';
import { type Ruleset, rulesetFor, versionKey } from '../rules/ruleset.js';
import { decide, rulesOf, sealed } from './decide.js';
import type { CheckedDocket } from './docket-check.js';
import { versionDays } from './filing-days.js';
import { type Bench, gather, openBench } from './gather.js';
import { checkFiling } from './intake.js';
import type { Lawbook } from './lawbook.js';

/** A filing as it was read: its value, and what was wrong with it already when it was read. */
export interface RawFiling {
  readonly value: unknown;
  readonly errors?: readonly FieldError[];
}

export interface BatchInput {
  readonly filings: readonly RawFiling[];
  readonly docket: CheckedDocket;
  readonly lawbook: Lawbook;
  readonly evaluator: Evaluator;
  /** Hex, an even number of characters; or one for each filing, by its id. */
  readonly seed: string | ((filing: string) => string);
  /** The day of docketing and assignment, where it is not each filing's own `receivedOn`. */
  readonly on?: PlainDate;
  /** Filings that were assigned before and stand in no docket yet, as the cases that they have become. */
  readonly assigned?: readonly DocketCase[];
}

/** A filing that is decided anew: on which day, and what was ruled about who takes it. */
export interface Anew {
  readonly assignedOn: PlainDate;
  readonly handover: Handover;
}

/** Routes filings of one court one after the other; keeps the docket's index and what the batch itself has assigned. */
export class Router {
  private readonly input: Omit<BatchInput, 'filings'>;
  private readonly index: DocketIndex;
  private readonly bench: Bench;
  private readonly rulesets = new Map<string, Ruleset>();

  constructor(input: Omit<BatchInput, 'filings'>) {
    this.input = input;
    const { docket } = input.docket;
    const { causes, caseTypes } = input.lawbook;
    this.index = new DocketIndex(docket.cases, { courtCode: docket.court.code, causes, caseTypes });
    this.bench = openBench(this.index);
    for (const each of input.assigned ?? []) this.add(each);
  }

  /** The rules by which a filing is decided in this court, now or anew. */
  rulesetOf(filing: Filing, anew?: Pick<Anew, 'assignedOn'>): Ruleset {
    return this.rulesetOn(versionDays(filing, { on: this.input.on, assignedOn: anew?.assignedOn }));
  }

  private rulesetOn(days: CaseDays): Ruleset {
    const { lawbook, docket } = this.input;
    const key = versionKey(lawbook.book, days);
    let ruleset = this.rulesets.get(key);
    if (!ruleset) {
      ruleset = rulesetFor(lawbook.book, docket.docket.court, days, docket.overrides);
      this.rulesets.set(key, ruleset);
    }
    return ruleset;
  }

  /** Gathers what is known of one filing, without deciding it. */
  gather(filing: Filing, anew?: Anew): ReturnType<typeof gather> {
    const { docket, lawbook, on } = this.input;
    const ruleset = this.rulesetOf(filing, anew);
    return gather({
      filing,
      docket: docket.docket,
      index: this.index,
      bench: this.bench,
      lawbook,
      ruleset,
      ...(on && { on }),
      ...anew,
    });
  }

  /** Decides one filing; once assigned, it is visible to those that follow and counts in its judge's load. */
  async route(filing: Filing, anew?: Anew): Promise<Decision> {
    const { lawbook, evaluator, seed: given } = this.input;
    const seed = typeof given === 'string' ? given : given(filing.id);
    const ruleset = this.rulesetOf(filing, anew);
    const { dossier } = this.gather(filing, anew);
    const decision = await decide({ dossier, ruleset, lawbook, evaluator, seed });
    const judge = decision.owner?.judge;
    if (decision.status === 'assigned' && judge) this.add(assignedCase(filing, judge));
    return decision;
  }

  private add(docketCase: DocketCase): void {
    this.index.add(docketCase);
    if (docketCase.closure === undefined || docketCase.closure === null) this.bench.assign(docketCase.judge);
  }

  /** The decision on a filing that cannot be read as one. */
  refuse(filing: string, errors: readonly FieldError[], day: PlainDate): Decision {
    return sealed({
      filing,
      status: 'invalid',
      errors,
      rules: rulesOf(this.rulesetOn(onOneDay(day)), this.input.lawbook),
    });
  }
}

/** Days before any rule: the ruleset of a filing whose own day cannot be read. */
export const NO_DAY = '1900-01-01' as PlainDate;

/**
 * Routes a batch: checked in file order, decided in order of `receivedOn`, then of position.
 * Yields each decision with its place in the file as soon as it is made; nothing is dropped.
 */
export async function* routeBatch(
  input: BatchInput,
): AsyncGenerator<{ readonly index: number; readonly decision: Decision }> {
  const router = new Router(input);
  const { docket, lawbook, on } = input;
  const seen = new Set<string>();
  const valid: { index: number; filing: Filing }[] = [];
  for (const [index, raw] of input.filings.entries()) {
    const context = { court: docket.docket.court.code, lawbook, seen };
    const checked = checkFiling(raw.value, context);
    const id = idOf(raw.value, index);
    if (checked.ok && (raw.errors ?? []).length === 0) valid.push({ index, filing: checked.value });
    else {
      const errors = mergeErrors(raw.errors ?? [], checked.ok ? [] : checked.error);
      yield { index, decision: router.refuse(id, errors, dayOf(raw.value) ?? on ?? NO_DAY) };
    }
    seen.add(id);
  }
  valid.sort((a, b) => byCodePoint(a.filing.receivedOn, b.filing.receivedOn) || a.index - b.index);
  for (const { index, filing } of valid) yield { index, decision: await router.route(filing) };
}

/** The filing's own day as far as it can be told: by it the rules are named that it was refused under. */
export function dayOf(value: unknown): PlainDate | undefined {
  const day = typeof value === 'object' && value !== null ? (value as { receivedOn?: unknown }).receivedOn : undefined;
  return typeof day === 'string' ? parsePlainDate(day) : undefined;
}

/** The filing's id as far as it can be told, else its position from 1. */
export function idOf(value: unknown, index: number): string {
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined;
  return typeof id === 'string' && id !== '' ? wellFormed(id) : `#${index + 1}`;
}

/** A filing as those that follow see it, once it is assigned. */
export function assignedCase(filing: Filing, judge: string): DocketCase {
  return {
    caseNo: filing.id,
    matter: filing.matter,
    stage: filing.stage,
    cause: filing.cause,
    filedOn: filing.receivedOn,
    judge,
    parties: filing.parties,
    ...(filing.amount !== undefined && { amount: filing.amount }),
    ...(filing.claims && { claims: filing.claims }),
    ...(filing.instrument && { instrument: filing.instrument }),
    ...(filing.origin && { originCaseNo: filing.origin.caseNo }),
  };
}
