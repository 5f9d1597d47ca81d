import type { Decision } from '../core/documents/decision.js';
import type { TypedFiling, TypedParty } from '../core/documents/typed-filing.js';
import { whyLine } from '../core/documents/why-line.js';
import { SIDE_OF } from '../core/related/party-key.js';

/** What lists show of a filing, derived from it and its decision whenever one is stored. */
export interface RowSummary {
  readonly matter: string | null;
  readonly cause: string | null;
  readonly parties: string;
  readonly procedure: string | null;
  readonly panel: string | null;
  readonly track: string | null;
  readonly judge: string | null;
  readonly method: string | null;
  readonly why: string;
  readonly links: readonly { readonly kind: string; readonly caseNo: string }[];
  readonly questions: number;
}

const NAMES_SHOWN = 3;
const SIDES: Readonly<Record<string, string | undefined>> = SIDE_OF;

const UNDECIDED: Pick<Decision, 'status' | 'reasons'> = { status: 'needs_review', reasons: [] };

/** Of a filing that has just been received, without a decision. */
export function rowSummary(filing: Pick<TypedFiling, 'matter' | 'cause' | 'parties'>, made?: Decision): RowSummary {
  const decision: Omit<Decision, 'digest' | 'filing' | 'rules'> = made ?? UNDECIDED;
  return {
    matter: filing.matter || null,
    cause: filing.cause || null,
    parties: partiesLine(filing.parties),
    procedure: decision.procedure ?? null,
    panel: decision.panel ?? null,
    track: decision.track ?? null,
    judge: decision.owner?.judge ?? null,
    method: decision.owner?.method ?? null,
    why: made ? whyLine(decision) : '等待分案',
    links: (decision.links ?? []).map(({ kind, caseNo }) => ({ kind, caseNo })),
    questions: decision.questions?.length ?? 0,
  };
}

/** 甲、乙 与 丙等5人. */
export function partiesLine(parties: readonly Pick<TypedParty, 'role' | 'name'>[]): string {
  const side = (wanted: 'a' | 'b'): string => {
    const names = parties.filter(({ role }) => SIDES[role] === wanted).map(({ name }) => name);
    const shown = names.slice(0, NAMES_SHOWN).join('、');
    return names.length > NAMES_SHOWN ? `${shown}等${names.length}人` : shown;
  };
  return [side('a'), side('b')].filter((names) => names !== '').join(' 与 ');
}
