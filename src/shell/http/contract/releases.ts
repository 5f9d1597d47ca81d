import { z } from 'zod';
import { RELEASE_ORIGINS, REVIEW_OUTCOMES, STEP_ACTIONS, URGENCIES } from '../../../app/release-ports.js';
import { RELEASE_ACTS } from '../../../app/releases/release-views.js';
import { PATH_MAX } from '../../../core/releases/draft-files.js';
import { courtParams, day, instant, note, pageQueryOf, personView, version } from './common.js';
import { wholeNumber } from './query.js';

const NUMBER_MAX = 999_999_999;
/** In one check or merge; the rest of a draft is saved before. */
const UNSAVED_MAX = 50;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const path = z.string().min(1).max(PATH_MAX);
/** Of a rule file; how long it may be is measured in bytes, by the use case. */
const text = z.string().max(4 * 1024 * 1024);
const title = z.string().trim().min(1).max(100);

export const releaseParams = z.strictObject({ number: wholeNumber(1, NUMBER_MAX) });
export const draftParams = z.strictObject({ draft: z.uuid() });
export const revisionParams = draftParams.extend({ revision: wholeNumber(1, NUMBER_MAX) });
const isNumber = (after: string): boolean => /^[1-9]\d{0,8}$/.test(after);
const isUuid = (after: string): boolean => z.uuid().safeParse(after).success;
export const releasesQuery = pageQueryOf(isNumber);
export const draftsQuery = pageQueryOf(isUuid);
export const fileQuery = z.strictObject({ path });
export const historyQuery = pageQueryOf(isNumber).extend({ path: path.exactOptional() });
/** Each court sees its own decisions; where none is named, the one in which whoever asks may look. */
export const earlierQuery = pageQueryOf(isUuid).extend({ court: courtParams.shape.court.exactOptional() });

const standing = z.enum([
  'proposed',
  'approved',
  'scheduled',
  'in_force',
  'superseded',
  'rejected',
  'withdrawn',
  'cancelled',
]);
const person = personView.nullable();

export const releaseRow = z.strictObject({
  number: z.int(),
  /** Of the bundle; decisions name it. */
  digest,
  title: z.string(),
  note: z.string(),
  origin: z.enum(RELEASE_ORIGINS),
  standing,
  urgency: z.enum(URGENCIES),
  /** Key of 紧急发布事由. */
  ground: z.string().nullable(),
  groundWord: z.string().nullable(),
  /** The release that it was made from. */
  base: z.int().nullable(),
  /** The earlier release whose rules it brings back. */
  rollsBack: z.int().nullable(),
  draft: z.uuid().nullable(),
  proposedBy: person,
  proposedAt: instant,
  approvedBy: person,
  approvedAt: instant.nullable(),
  effectiveOn: day.nullable(),
  /** 事后复核 of an emergency; waits for somebody while it has no outcome. */
  review: z
    .strictObject({
      due: day,
      outcome: z.enum(REVIEW_OUTCOMES).nullable(),
      by: person,
      at: instant.nullable(),
    })
    .nullable(),
  version,
  /** What whoever asks may do with it now, as far as their roles and its state say. */
  may: z.array(z.enum(RELEASE_ACTS)),
});

const fileChange = z.enum(['added', 'changed', 'removed']);
const counts = z.strictObject({
  cards: count,
  examples: count,
  flows: count,
  adjustments: count,
  ladders: count,
  rulings: count,
  proofs: count,
});

/** Which cases come out otherwise, and proof that no others do. */
const diffView = z.strictObject({
  changes: z.array(
    z.strictObject({
      layer: z.string(),
      /** 民事一审; empty for a layer that does not know. */
      kind: z.string(),
      before: z.string(),
      after: z.string(),
      /** Whose, and during which days. */
      where: z.array(z.string()),
      /** Together exactly the cases; where `isCut` some of them. */
      region: z.array(z.string()),
      isCut: z.boolean(),
      example: z.string(),
      /** The example as a filing, as JSON. */
      filing: z.string().exactOptional(),
    }),
  ),
  /** Where it is not known whether anything changed. */
  unknown: z.array(z.string()),
  /** Questions compared; outside `changes` and `unknown` each comes out as before. */
  proofs: count,
  files: z.array(
    z.strictObject({
      file: z.string(),
      kind: z.enum(['added', 'removed', 'changed']),
      what: z.array(z.string()),
      /** Everything in it that decides cases is proved; otherwise somebody has to look. */
      isProved: z.boolean(),
    }),
  ),
});

export const releaseView = releaseRow.extend({
  steps: z.array(
    z.strictObject({
      number: z.int(),
      action: z.enum(STEP_ACTIONS),
      by: person,
      at: instant,
      reason: z.string(),
      effectiveOn: day.nullable(),
    }),
  ),
  /** Against its base. */
  changes: z.array(z.strictObject({ path: z.string(), change: fileChange })),
  /** As its bundle has them; null where there is none. */
  reports: z.strictObject({
    check: z.strictObject({ on: day, counts, problems: count, pending: count }).nullable(),
    diff: diffView.nullable(),
  }),
});

export const releaseFilesView = z.strictObject({ items: z.array(z.strictObject({ path: z.string(), digest })) });
export const fileTextView = z.strictObject({ path: z.string(), text: z.string() });

export const earlierView = z.strictObject({
  effectiveOn: day,
  /** What the release says of days before it came into force. */
  rules: z.array(
    z.strictObject({
      kind: z.enum(['card', 'parameter', 'adoption']),
      id: z.string(),
      name: z.string(),
      /** From a day to before another, and which day of a filing it is. */
      windows: z.array(
        z.strictObject({ by: z.enum(['received', 'docketed', 'assigned']), from: day, to: day.nullable() }),
      ),
    }),
  ),
  items: z.array(
    z.strictObject({
      filing: z.uuid(),
      reference: z.string(),
      receivedOn: day,
      madeAt: instant,
      decision: z.int(),
    }),
  ),
  next: z.string().nullable(),
});

export const draftRow = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  note: z.string(),
  state: z.enum(['draft', 'checked', 'proposed', 'released', 'discarded']),
  base: z.int(),
  /** Another release has been scheduled since: it has to be brought onto that one before it can be proposed. */
  isBehind: z.boolean(),
  /** Counts every save; proposing names it. */
  revision: count,
  release: z.int().nullable(),
  createdBy: person,
  createdAt: instant,
  authors: z.array(personView),
  version,
});
export const draftView = draftRow.extend({
  files: z.array(
    z.strictObject({
      path: z.string(),
      change: fileChange.nullable(),
      revision: z.int(),
      savedBy: person,
      savedAt: instant,
    }),
  ),
});
export const draftFilesView = z.strictObject({
  items: z.array(
    z.strictObject({
      path: z.string(),
      /** What the file calls itself. */
      name: z.string().nullable(),
      change: fileChange.nullable(),
      revision: count,
    }),
  ),
});
export const draftFileView = z.strictObject({
  path: z.string(),
  /** Null: the draft takes it out. */
  text: z.string().nullable(),
  /** In the rules beneath; null: a new file. */
  baseText: z.string().nullable(),
  /** Of its last save in this draft, which the next one names; 0 before the first. */
  revision: count,
  /** The release beneath, which saving names too. */
  base: z.int(),
  savedBy: person,
  savedAt: instant.nullable(),
});
export const saveRow = z.strictObject({
  revision: z.int(),
  path: z.string(),
  isRemoval: z.boolean(),
  savedBy: person,
  savedAt: instant,
});
export const saveView = saveRow.extend({ text: z.string().nullable() });

const problem = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  code: z.string(),
  message: z.string(),
  rule: z.string().exactOptional(),
  /** A filing, as JSON, that shows it. */
  filing: z.string().exactOptional(),
});
export const checkView = z.strictObject({
  revision: count,
  base: z.int(),
  on: day,
  problems: z.array(problem),
  /** Rulings that the rules contradict as their files say; they hold nothing up. */
  pending: z.array(problem),
  /** What nobody need correct, but should know. */
  remarks: z.array(problem),
  /** Null where the rules could not be read. */
  counts: counts.nullable(),
  failedExamples: count,
  isSound: z.boolean(),
  /** The draft is 已检查 from now on. */
  isChecked: z.boolean(),
});
export const diffReport = z.strictObject({
  revision: count,
  base: z.int(),
  /** Null where the rules cannot be read. */
  diff: diffView.nullable(),
  problems: z.array(problem),
});

export const draftBody = z.strictObject({ title, note: note.exactOptional() });
export const describeBody = z.strictObject({ version, title, note: note.exactOptional() });
export const versionBody = z.strictObject({ version });
const seen = { revision: count, base: z.int().min(1) };
export const saveBody = z.strictObject({ path, text, ...seen });
export const removeBody = z.strictObject({ path, ...seen });
const unsaved = z.array(z.strictObject({ path, text: text.nullable() })).max(UNSAVED_MAX);
export const checkBody = z.strictObject({ files: unsaved.exactOptional() });
export const rebaseBody = z.strictObject({ version, files: unsaved.exactOptional() });
const terms = { urgency: z.enum(URGENCIES), ground: z.string().max(50).exactOptional(), reason: note };
export const proposeBody = z.strictObject({ revision: z.int().min(1), ...terms });
export const rollBackBody = z.strictObject(terms);
export const approveBody = z.strictObject({ version, reason: note, effectiveOn: day.exactOptional() });
export const reasonBody = z.strictObject({ version, reason: note });
export const scheduleBody = z.strictObject({ version, effectiveOn: day });
export const reviewBody = z.strictObject({ version, outcome: z.enum(REVIEW_OUTCOMES), reason: note });

export const numberView = z.strictObject({ number: z.int() });
export const revisionView = z.strictObject({ revision: z.int() });
export const baseView = z.strictObject({ base: z.int() });
