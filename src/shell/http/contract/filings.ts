import { z } from 'zod';
import { FILING_STATES } from '../../../app/ports.js';
import { closureSchema } from '../../../core/documents/docket.js';
import { typedFilingSchema } from '../../../core/documents/typed-filing.js';
import {
  cursorOf,
  day,
  fieldErrorView,
  idParams,
  instant,
  isCursorOf,
  judgeName,
  note,
  pageQueryOf,
  personView,
  version,
} from './common.js';
import { wholeNumber } from './query.js';

/** `replaced`: an invalid filing that came again, put right, in a later batch. */
export const stateSchema = z.enum(FILING_STATES);
export const countsView = z.record(stateSchema, z.int());

/** Filings as they were typed or come from another system; each is checked by itself, a faulty one holds up no other. */
export const batchBody = z.strictObject({
  filings: z.array(z.unknown()).min(1).max(10_000),
  /** The day of docketing and assignment, where it is not each filing's own day of receipt. */
  docketedOn: day.exactOptional(),
});

export const batchView = z.strictObject({
  id: z.uuid(),
  filedAt: instant,
  filedBy: personView.nullable(),
  size: z.int(),
  /** How many are in which state; `received` are still to be routed. */
  counts: countsView,
  /** What looked like a slip in the file and did not stop it. */
  remarks: z.array(z.string()),
});

export const batchesQuery = pageQueryOf((text) => z.uuid().safeParse(text).success);

export const clockView = z.strictObject({
  kind: z.string(),
  from: day,
  due: day,
  length: z.int(),
  unit: z.enum(['day', 'working_day', 'month']),
  provisional: z.boolean(),
  /** Since when it stands still; the last day is then the one before it did. */
  pausedSince: day.nullable(),
  /** Calendar days until it is due, 0 on the day; negative when overdue. */
  daysLeft: z.int(),
});

export const filingRow = z.strictObject({
  id: z.uuid(),
  batch: z.uuid(),
  position: z.int(),
  reference: z.string(),
  receivedOn: day.nullable(),
  state: stateSchema,
  matter: z.string().nullable(),
  cause: z.string().nullable(),
  /** 原告一、原告二 与 被告一: names alone, at most three a side. */
  parties: z.string(),
  procedure: z.string().nullable(),
  panel: z.string().nullable(),
  track: z.string().nullable(),
  judge: judgeName.nullable(),
  method: z.string().nullable(),
  /** One line of why: the reason that tells most, or what is missing, or what is wrong. */
  why: z.string(),
  links: z.array(z.strictObject({ kind: z.string(), caseNo: z.string() })),
  /** The first clock that is still to run out. */
  clock: clockView.nullable(),
  waiting: z.strictObject({ due: day.nullable(), for: personView.nullable(), questions: z.int() }).nullable(),
  /** A proposal to designate or to reassign waits for a second person. */
  proposal: z.boolean(),
  version,
  updatedAt: instant,
});

/** What the last row of a page was sorted by: the instant of filing or the day it is due, its position, its id. */
const rowCursor = z.tuple([z.string().regex(/^[\w.:-]{1,40}$/), z.int32().min(0), z.uuid()]);

const isRowCursor = isCursorOf(rowCursor);

export const filingsQuery = pageQueryOf(isRowCursor).extend({
  state: stateSchema.exactOptional(),
  batch: z.uuid().exactOptional(),
  /** Only filings with a proposal that waits for a second person. */
  proposal: z.literal('true').exactOptional(),
  /** Only filings whose clock runs out within so many days. */
  dueWithinDays: wholeNumber(0, 3650).exactOptional(),
});

export const exportQuery = filingsQuery.pick({ state: true, batch: true });

/** Search goes in a body, so that names and numbers stand in no URL and no access log; its pages are asked for like those of a list. */
export const searchBody = z.strictObject({
  text: z.string().trim().min(1).max(200),
  limit: z.int().min(1).max(200).default(50),
  after: cursorOf(isRowCursor).exactOptional(),
});

/** A citation as decisions print it. */
export const basisView = z.strictObject({
  law: z.string(),
  article: z.string().exactOptional(),
  status: z.enum(['national', 'policy', 'local', 'unverified']),
});
export const reasonView = z.strictObject({
  rule: z.string(),
  about: z.string(),
  text: z.string(),
  basis: z.array(basisView),
});

export const releaseName = z.strictObject({ number: z.int(), title: z.string(), effectiveOn: day });

/** The decision in force, without the record that its replay needs. */
export const decisionView = z.strictObject({
  number: z.int(),
  occasion: z.enum(['filed', 'answered', 'corrected', 'designated', 'reassigned', 'ruled']),
  madeAt: instant,
  madeBy: personView.nullable(),
  /** The release of the rules that decided; null where the decision names none. */
  release: releaseName.nullable(),
  status: z.enum(['assigned', 'needs_review', 'invalid']),
  track: z.string().nullable(),
  procedure: z.string().nullable(),
  panel: z.string().nullable(),
  owner: z
    .strictObject({
      judge: z.string().nullable(),
      method: z.string(),
      linkedCase: z.string().exactOptional(),
      link: z.string().exactOptional(),
    })
    .nullable(),
  links: z.array(
    z.strictObject({ kind: z.string(), caseNo: z.string(), score: z.number(), evidence: z.array(z.string()) }),
  ),
  barred: z.array(z.strictObject({ judge: z.string(), rule: z.string(), text: z.string() })),
  /** Why each judge is in the draw or not: 为什么是/不是他. */
  pool: z.array(
    z.strictObject({
      judge: z.string(),
      in: z.boolean(),
      rule: z.string().exactOptional(),
      text: z.string().exactOptional(),
    }),
  ),
  draw: z
    .strictObject({
      algorithm: z.string(),
      seed: z.string(),
      number: z.int(),
      ruleDigest: z.string(),
      poolDigest: z.string(),
      candidates: z.array(z.strictObject({ judge: z.string(), weight: z.int() })),
      total: z.int(),
      attempt: z.int(),
      ticket: z.int(),
      judge: z.string(),
    })
    .nullable(),
  reasons: z.array(reasonView),
  questions: z.array(z.strictObject({ fact: z.string(), label: z.string() })),
  presumed: z.array(z.strictObject({ fact: z.string(), value: z.boolean(), text: z.string() })),
  facts: z.array(z.strictObject({ fact: z.string(), label: z.string(), value: z.string(), source: z.string() })),
  rules: z.strictObject({
    digest: z.string(),
    version: z.string(),
    parameters: z.string(),
    calendar: z.string(),
    /** The release that decided, by the digest of its bundle. */
    release: z.string().exactOptional(),
  }),
  digest: z.string(),
});

export const handoverView = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['designate', 'reassign']),
  /** Null: by draw among the others. */
  judge: judgeName.nullable(),
  ground: z.string(),
  groundWord: z.string(),
  note: z.string(),
  proposedBy: personView,
  proposedAt: instant,
  outcome: z.enum(['approved', 'rejected', 'withdrawn']).nullable(),
  decidedBy: personView.nullable(),
  decidedAt: instant.nullable(),
  version,
});

export const filingView = z.strictObject({
  row: filingRow,
  /** As it was typed, valid or not; identity numbers are masked (110***********1234). */
  filing: typedFilingSchema,
  errors: z.array(fieldErrorView),
  decision: decisionView.nullable(),
  clocks: z.array(clockView),
  /** The text of the articles that the reasons cite, as far as the rules hold it. */
  articles: z.array(z.strictObject({ law: z.string(), article: z.string(), text: z.string() })),
  judges: z.array(judgeName.extend({ division: z.string() })),
  /** Every decision made on it, oldest first. */
  history: z.array(
    z.strictObject({
      number: z.int(),
      occasion: z.string(),
      madeAt: instant,
      madeBy: personView.nullable(),
      status: z.string(),
      judge: judgeName.nullable(),
      method: z.string().nullable(),
      /** Number of the release of the rules that decided. */
      release: z.int().nullable(),
      digest: z.string(),
    }),
  ),
  owners: z.array(
    z.strictObject({
      judge: judgeName,
      method: z.string(),
      ground: z.string().nullable(),
      since: instant,
      until: instant.nullable(),
    }),
  ),
  handovers: z.array(handoverView),
  /** What the signed-in person may do with it now. */
  may: z.array(z.string()),
});

/** The whole filing anew; identity numbers that come back masked as they were shown are taken as unchanged. */
export const correctionBody = z.strictObject({ version, filing: z.unknown() });

/** Answers to questions: facts by name, or by pointer (`/amount`, `/parties/1/whereabouts`). */
export const answersBody = z.strictObject({
  version,
  answers: z
    .record(z.string().min(1).max(100), z.union([z.boolean(), z.number(), z.string().max(40), z.null()]))
    .refine((answers) => Object.keys(answers).length > 0 && Object.keys(answers).length <= 100),
});

export const takeBody = z.strictObject({ version });
export const closureBody = z.strictObject({ version, closure: closureSchema, closedOn: day });
export const unmaskBody = z.strictObject({ party: z.int().min(0).max(2000), purpose: note });
export const unmaskView = z.strictObject({ idNumber: z.string().nullable() });

export const handoverBody = z.strictObject({
  version,
  kind: z.enum(['designate', 'reassign']),
  /** Left out: by draw among those who are left (only for `reassign`). */
  judge: z.string().min(1).max(200).exactOptional(),
  ground: z.string().min(1).max(60),
  note,
});
export const handoverParams = idParams.extend({ handover: z.uuid() });
export const handoverDecisionBody = z.strictObject({
  version,
  outcome: z.enum(['approved', 'rejected', 'withdrawn']),
});

/** One filing as it is being typed: everything that is wrong with it so far. */
export const checkBody = z.strictObject({ filing: z.unknown() });
export const checkView = z.strictObject({ errors: z.array(fieldErrorView) });

export const causeQuery = z.strictObject({
  /** Part of the name, or pinyin: 民间 · minjian · mjjd. */
  q: z.string().trim().min(1).max(60),
  matter: z.enum(['civil', 'criminal', 'administrative', 'enforcement']).exactOptional(),
});
export const causeView = z.strictObject({
  items: z.array(z.strictObject({ name: z.string(), path: z.array(z.string()), list: z.string() })),
});

/** The words of every enumeration, and the questions a clerk may answer, as the pages show them. */
export const vocabularyView = z.strictObject({
  enumerations: z.record(z.string(), z.array(z.strictObject({ key: z.string(), word: z.string() }))),
  answers: z.array(
    z.strictObject({
      key: z.string(),
      word: z.string(),
      type: z.enum(['是否', '整数']),
      note: z.string().exactOptional(),
    }),
  ),
  /** The timed procedures that there are: 异议, 会商, 回避 … */
  flows: z.array(z.strictObject({ key: z.string(), word: z.string() })),
  /** 指定分案 and 变更承办人: the closed lists of grounds. */
  grounds: z.strictObject({
    designate: z.array(z.strictObject({ key: z.string(), word: z.string() })),
    reassign: z.array(z.strictObject({ key: z.string(), word: z.string() })),
  }),
});

export const benchView = z.strictObject({
  judges: z.array(
    judgeName.extend({
      division: z.string(),
      handles: z.array(z.string()),
      tracks: z.array(z.string()),
      causes: z.array(z.string()),
      quota: z.number(),
      /** Weighted cases in hand: the sum of the ledger. */
      load: z.number(),
      absences: z.array(z.strictObject({ from: day, to: day.nullable(), reason: z.string() })),
      leftOn: day.nullable(),
    }),
  ),
});

export const auditQuery = pageQueryOf((text) => /^[1-9]\d{0,14}$/.test(text));
export const auditView = z.strictObject({
  seq: z.int(),
  at: instant,
  actor: personView.nullable(),
  action: z.string(),
  actionWord: z.string(),
  subject: z.string(),
  body: z.unknown(),
  hash: z.string(),
});
export const auditCheckView = z.strictObject({
  events: z.int(),
  head: z.string(),
  broken: z.strictObject({ seq: z.int(), text: z.string() }).nullable(),
});

/** A docket as the interchange contract has it, checked by hand so that every place is told. */
export const docketBody = z.unknown();
export const importView = z.strictObject({
  judges: z.int(),
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  remarks: z.array(z.string()),
});
