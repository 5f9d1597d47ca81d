import type { DocketCase } from '../../core/documents/docket.js';
import type { Dossier } from '../../core/documents/dossier.js';
import { caseNumberKey } from '../../core/law/case-number.js';
import { differencesOf } from '../../core/related/evidence.js';
import { casesNamed } from '../flows/stored-matter.js';
import type { Bench, CourtReads } from '../ports.js';
import type { JudgeName } from '../views.js';
import { judgeNamed } from './row.js';

/** A case that one of the sides rests on: what the docket knows of it, and what it has to do with the filing. Names no party. */
export interface CitedCase {
  readonly caseNo: string;
  /** Whether the docket has it; all that follows is empty where it has not. */
  readonly known: boolean;
  readonly matter: string | null;
  readonly stage: string | null;
  readonly cause: string | null;
  readonly filedOn: string | null;
  readonly closedOn: string | null;
  readonly closure: string | null;
  readonly judge: JudgeName | null;
  readonly agrees: readonly string[];
  readonly differs: readonly string[];
}

interface Known {
  readonly owner: string;
  readonly document: DocketCase;
}

/** The cases that are cited, in their order, as the docket has them. `own`: those that the filing itself cites. */
export async function citedCases(
  tx: CourtReads,
  bench: Bench,
  { earlier, filing }: Dossier,
  numbers: readonly string[],
  own: readonly string[],
): Promise<CitedCase[]> {
  const known = await knownCases(tx, numbers);
  const pairs = new Map(earlier.map((pair) => [caseNumberKey(pair.caseNo), pair]));
  const ownKeys = new Set(own.map(caseNumberKey));
  return numbers.map((caseNo): CitedCase => {
    const found = known.get(caseNo);
    if (!found) return { ...UNKNOWN, caseNo };
    const { owner, document } = found;
    const { matter, stage = null, cause = null, filedOn, closedOn = null, closure = null } = document;
    const pair = pairs.get(caseNumberKey(caseNo));
    const isCitedHere = ownKeys.has(caseNumberKey(caseNo));
    return {
      caseNo: document.caseNo,
      known: true,
      matter,
      stage,
      cause,
      filedOn,
      closedOn,
      closure,
      judge: judgeNamed(bench, owner),
      agrees: (pair?.evidence ?? []).filter(({ kind }) => kind !== 'cited' || isCitedHere).map(({ text }) => text),
      differs: pair
        ? differencesOf(pair.facts)
        : [filedOn > filing.receivedOn ? '立案在本件收案之后，不是前案' : '没有查到与本件的联系'],
    };
  });
}

const UNKNOWN: Omit<CitedCase, 'caseNo'> = {
  known: false,
  matter: null,
  stage: null,
  cause: null,
  filedOn: null,
  closedOn: null,
  closure: null,
  judge: null,
  agrees: [],
  differs: [],
};

async function knownCases(tx: CourtReads, numbers: readonly string[]): Promise<Map<string, Known>> {
  const stubs = await casesNamed(tx, numbers);
  if (stubs.size === 0) return new Map();
  const documents = await tx.cases([...stubs.values()].map(({ id }) => id));
  return new Map(
    [...stubs].flatMap(([caseNo, { id, owner }]) => {
      const document = documents.get(id);
      return document ? [[caseNo, { owner, document }] as const] : [];
    }),
  );
}
