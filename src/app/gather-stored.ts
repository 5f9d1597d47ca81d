import type { Handover } from '../core/documents/dossier.js';
import type { Filing } from '../core/documents/filing.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import { type CaseReader, type EarlierCase, readEarlierCase, stubOf } from '../core/related/earlier-case.js';
import { StoredLookup } from '../core/related/stored-lookup.js';
import { casesRead, type Gathered, gather, ledgerBench } from '../core/routing/gather.js';
import type { Lawbook } from '../core/routing/lawbook.js';
import type { Ruleset } from '../core/rules/ruleset.js';
import type { Bench, CaseStub, CourtReads } from './ports.js';

export interface StoredCase {
  readonly filing: Filing;
  readonly bench: Bench;
  readonly lawbook: Lawbook;
  readonly ruleset: Ruleset;
  readonly docketedOn?: PlainDate;
  readonly assignedOn?: PlainDate;
  readonly handover?: Handover;
}

/** A chain of origins is walked one step a round; a filing without one takes two rounds. */
const ROUNDS_MAX = 500;

/**
 * Gathers what a decision rests on from a stored docket: asks for the keys of the filing until no answer is missing, reads the few
 * cases that are compared, and gathers as from a docket in memory. The dossier is the same, byte for byte.
 */
export async function gatherStored(tx: CourtReads, input: StoredCase): Promise<Gathered> {
  const { filing, bench, lawbook, ruleset, docketedOn, assignedOn, handover } = input;
  const { docket } = bench;
  const reader = { courtCode: docket.court.code, causes: lawbook.causes, caseTypes: lawbook.caseTypes };
  const lookup = new StoredLookup(reader);
  const stubs = new Map<string, { readonly stub: CaseStub; readonly earlier: EarlierCase }>();
  let read: EarlierCase[] = [];
  for (let round = 0; round < ROUNDS_MAX; round++) {
    read = casesRead({ filing, index: lookup, ruleset });
    const { missed } = lookup;
    if (missed.length === 0) break;
    const found = await tx.casesUnder(missed);
    for (const key of missed) {
      const cases = (found.get(key) ?? []).map((stub) => {
        const known = stubs.get(stub.id) ?? { stub, earlier: stubOf(stub, stub.source === 'filing') };
        stubs.set(stub.id, known);
        return known.earlier;
      });
      lookup.tell(key, cases);
    }
  }
  const loads = await tx.loads();
  const index = await withWholeCases(tx, lookup, reader, [...stubs.values()], new Set(read));
  return gather({
    filing,
    docket: { ...docket, cases: [] },
    index,
    bench: ledgerBench(loads),
    lawbook,
    ruleset,
    ...(docketedOn && { on: docketedOn }),
    ...(assignedOn && { assignedOn }),
    ...(handover && { handover }),
  });
}

async function withWholeCases(
  tx: CourtReads,
  lookup: StoredLookup,
  reader: CaseReader,
  stubs: readonly { readonly stub: CaseStub; readonly earlier: EarlierCase }[],
  read: ReadonlySet<EarlierCase>,
): Promise<StoredLookup> {
  const wanted = stubs.filter(({ earlier }) => read.has(earlier));
  if (wanted.length === 0) return lookup;
  const documents = await tx.cases(wanted.map(({ stub }) => stub.id));
  const whole = new Map<EarlierCase, EarlierCase>();
  for (const { stub, earlier } of wanted) {
    const document = documents.get(stub.id);
    if (document === undefined) continue;
    const { cause, matter } = document;
    const options = {
      inBatch: stub.source === 'filing',
      cause: cause === undefined || cause.trim() === '' ? undefined : lookup.causeKey(cause, matter),
      onWeakNumber: () => {},
    };
    whole.set(earlier, readEarlierCase(document, reader, options));
  }
  return lookup.with(whole);
}
