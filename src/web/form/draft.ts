import type { AnswerValue, FilingView } from '../api/types.js';

/** A party as it is being typed. `uid` keeps a row the same while others come and go. */
export interface PartyDraft {
  readonly uid: string;
  readonly role: string;
  readonly kind: string;
  readonly name: string;
  readonly idNumber: string;
  readonly uscc: string;
  /** '' nothing said, 'unknown' asked and not known. */
  readonly whereabouts: string;
  readonly foreign: string;
  readonly represents: string;
  readonly formerNames: string;
}

/** A filing as it is being typed: text everywhere, so that what is wrong can stand there too. */
export interface Draft {
  readonly id: string;
  readonly matter: string;
  readonly stage: string;
  readonly receivedOn: string;
  readonly initialMeasuresReturnedOn: string;
  readonly cause: string;
  readonly amount: string;
  /** One a line. */
  readonly claims: string;
  readonly parties: readonly PartyDraft[];
  readonly instrumentCaseNo: string;
  readonly instrumentKind: string;
  readonly instalment: string;
  readonly originRelation: string;
  readonly originCaseNo: string;
  /** One a line. */
  readonly citedCases: string;
  readonly facts: Readonly<Record<string, AnswerValue>>;
}

type Party = FilingView['filing']['parties'][number];

const ENFORCEMENT = 'enforcement';
const CRIMINAL = 'criminal';

/** Which fields a kind of filing has; what it has not is neither shown nor sent. */
export const fieldsOf = (draft: Pick<Draft, 'matter'>) => ({
  amount: draft.matter !== CRIMINAL,
  instrument: draft.matter === ENFORCEMENT,
  initialMeasures: draft.matter === ENFORCEMENT,
  claims: draft.matter !== CRIMINAL && draft.matter !== ENFORCEMENT,
});

/** The two sides that a new filing begins with. */
const SIDES: Readonly<Record<string, readonly [string, string]>> = {
  civil: ['plaintiff', 'defendant'],
  administrative: ['plaintiff', 'defendant'],
  criminal: ['prosecutor', 'accused'],
  enforcement: ['creditor', 'debtor'],
};

const STAGES: Readonly<Record<string, readonly string[]>> = {
  enforcement: ['enforcement', 'enforcement_review'],
};
const TRIAL_STAGES = ['first_instance', 'second_instance', 'retrial'];

/** The stages that a matter has. */
export const stagesOf = (matter: string): readonly string[] => STAGES[matter] ?? TRIAL_STAGES;

let lastUid = 0;
const nextUid = (): string => {
  lastUid += 1;
  return `p${lastUid}`;
};

/** An empty row for a party. */
export function newParty(role: string): PartyDraft {
  const kind = role === 'prosecutor' ? 'organization' : 'person';
  const rest = { name: '', idNumber: '', uscc: '', whereabouts: '', foreign: '', represents: '', formerNames: '' };
  return { uid: nextUid(), role, kind, ...rest };
}

const partiesFor = (matter: string): PartyDraft[] => (SIDES[matter] ?? ['plaintiff', 'defendant']).map(newParty);

export function emptyDraft(receivedOn: string, matter = 'civil', stage = stagesOf(matter)[0] ?? ''): Draft {
  return {
    id: '',
    matter,
    stage,
    receivedOn,
    initialMeasuresReturnedOn: '',
    cause: '',
    amount: '',
    claims: '',
    parties: partiesFor(matter),
    instrumentCaseNo: '',
    instrumentKind: '',
    instalment: '',
    originRelation: '',
    originCaseNo: '',
    citedCases: '',
    facts: {},
  };
}

const isBlank = ({ name, idNumber, uscc }: PartyDraft): boolean => name === '' && idNumber === '' && uscc === '';

/** The draft with another matter: its stages, its names for the two sides, and no facts of the former one. */
export function withMatter(draft: Draft, matter: string): Draft {
  const stages = stagesOf(matter);
  const stage = stages.includes(draft.stage) ? draft.stage : (stages[0] ?? '');
  const from: readonly string[] = SIDES[draft.matter] ?? [];
  const to: readonly string[] = SIDES[matter] ?? [];
  const renamed = draft.parties.map((party) => ({ ...party, role: to[from.indexOf(party.role)] ?? party.role }));
  const parties = draft.parties.every(isBlank) ? partiesFor(matter) : renamed;
  return { ...draft, matter, stage, parties, facts: {} };
}

/** 2026-0060 → 2026-0061: what the next filing is most likely called. */
export const nextReference = (reference: string): string =>
  reference.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0'));

/** true, false, null and left out as a list has them: yes, no, unknown, ''. */
const saidOf = (value: boolean | null | undefined): string =>
  value === undefined ? '' : value === null ? 'unknown' : value ? 'yes' : 'no';

const partyDraftOf = (party: Party): PartyDraft => ({
  uid: nextUid(),
  role: party.role,
  kind: party.kind,
  name: party.name,
  idNumber: party.idNumber ?? '',
  uscc: party.uscc ?? '',
  whereabouts: party.whereabouts === null ? 'unknown' : (party.whereabouts ?? ''),
  foreign: saidOf(party.foreign),
  represents: party.represents ?? '',
  formerNames: (party.formerNames ?? []).join('、'),
});

/** A filing as somebody typed it, right or wrong, to be typed over. */
export function draftOf({ row, filing }: Pick<FilingView, 'row' | 'filing'>): Draft {
  const { instrument, origin } = filing;
  return {
    id: row.reference,
    receivedOn: filing.receivedOn,
    matter: filing.matter,
    stage: filing.stage,
    cause: filing.cause,
    initialMeasuresReturnedOn: filing.initialMeasuresReturnedOn ?? '',
    amount: filing.amount ?? '',
    claims: filing.claims.join('\n'),
    parties: filing.parties.map(partyDraftOf),
    instrumentCaseNo: instrument?.caseNo ?? '',
    instrumentKind: instrument?.kind ?? '',
    instalment: instrument?.instalment === undefined ? '' : String(instrument.instalment),
    originRelation: origin?.relation ?? '',
    originCaseNo: origin?.caseNo ?? '',
    citedCases: filing.citedCases.join('\n'),
    facts: { ...filing.facts },
  };
}

type Fields = Record<string, unknown>;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const SAID: Readonly<Record<string, boolean | null>> = { yes: true, no: false, unknown: null };

function partyDocument(party: PartyDraft): Fields {
  const formerNames = party.formerNames
    .split(/[、，,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    role: party.role,
    kind: party.kind,
    name: party.name.trim(),
    ...(party.kind !== 'organization' && party.idNumber.trim() !== '' && { idNumber: party.idNumber.trim() }),
    ...(party.kind === 'organization' && party.uscc.trim() !== '' && { uscc: party.uscc.trim() }),
    ...(party.whereabouts !== '' && { whereabouts: party.whereabouts === 'unknown' ? null : party.whereabouts }),
    ...(party.foreign !== '' && { foreign: SAID[party.foreign] }),
    ...(party.represents.trim() !== '' && { represents: party.represents.trim() }),
    ...(formerNames.length > 0 && { formerNames }),
  };
}

function instrumentDocument({ instrumentCaseNo, instrumentKind, instalment }: Draft): Fields | undefined {
  if (instrumentCaseNo.trim() === '' && instrumentKind === '' && instalment.trim() === '') return undefined;
  return {
    caseNo: instrumentCaseNo.trim(),
    ...(instrumentKind !== '' && { kind: instrumentKind }),
    ...(instalment.trim() !== '' && { instalment: Number(instalment) }),
  };
}

function originDocument({ originRelation, originCaseNo }: Draft): Fields | undefined {
  if (originRelation === '' && originCaseNo.trim() === '') return undefined;
  return { relation: originRelation, caseNo: originCaseNo.trim() };
}

/**
 * The filing that a draft stands for, in the shape that the service takes. Nothing that was left empty is sent, except
 * what every filing has: there the service says best what is missing.
 */
export function documentOf(draft: Draft, court: string): Fields {
  const fields = fieldsOf(draft);
  const instrument = fields.instrument ? instrumentDocument(draft) : undefined;
  const origin = originDocument(draft);
  const claims = fields.claims ? linesOf(draft.claims) : [];
  const citedCases = linesOf(draft.citedCases);
  const text = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim());
  return {
    id: text(draft.id),
    court,
    matter: text(draft.matter),
    stage: text(draft.stage),
    receivedOn: text(draft.receivedOn),
    cause: text(draft.cause),
    parties: draft.parties.map(partyDocument),
    ...(fields.initialMeasures &&
      draft.initialMeasuresReturnedOn.trim() !== '' && {
        initialMeasuresReturnedOn: draft.initialMeasuresReturnedOn.trim(),
      }),
    ...(fields.amount && draft.amount.trim() !== '' && { amount: draft.amount.trim() }),
    ...(claims.length > 0 && { claims }),
    ...(instrument !== undefined && { instrument }),
    ...(origin !== undefined && { origin }),
    ...(citedCases.length > 0 && { citedCases }),
    ...(Object.keys(draft.facts).length > 0 && { facts: draft.facts }),
  };
}

/**
 * The same document without identity numbers that stand masked: only the stored filing knows whether those are right.
 */
export function checkable(document: Fields): Fields {
  const parties = (document.parties as Fields[]).map(({ idNumber, ...rest }) =>
    typeof idNumber === 'string' && !idNumber.includes('*') ? { ...rest, idNumber } : rest,
  );
  return { ...document, parties };
}
