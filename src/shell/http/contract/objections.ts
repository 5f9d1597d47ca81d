import { z } from 'zod';
import { ACTORS } from '../../../core/flows/flow.js';
import { day, instant, isCursorOf, judgeName, note, pageQueryOf, version } from './common.js';
import { basisView, reasonView } from './filings.js';
import { flowActBody, flowKey, flowRefusal, runHistory } from './flows.js';

/** What the last row of a page was sorted by: the day it is due or the instant of its last change, and its id. */
const rowCursor = z.tuple([z.string().regex(/^[\w.:-]{1,40}$/), z.uuid()]);

const isRowCursor = isCursorOf(rowCursor);

/** Pages of objections are asked for so, in whichever list. */
export const objectionPageQuery = pageQueryOf(isRowCursor).extend({ state: z.enum(['open', 'ended']).default('open') });

export const objectionsQuery = objectionPageQuery.extend({
  flow: flowKey.exactOptional(),
  /** Only what waits for that office, or for whoever is that to the matter. */
  waitsFor: z.enum(ACTORS).exactOptional(),
  /** Only what the one who asks may do something about. */
  mine: z.literal('true').exactOptional(),
  overdue: z.literal('true').exactOptional(),
});

export const objectionRow = z.strictObject({
  id: z.uuid(),
  /** The run's own version, which a decision names. */
  version,
  filing: z.strictObject({
    id: z.uuid(),
    reference: z.string(),
    version,
    cause: z.string().nullable(),
    judge: judgeName.nullable(),
  }),
  flow: z.string(),
  flowWord: z.string(),
  number: z.int(),
  state: z.string(),
  stateWord: z.string(),
  /** Null while it is open. */
  outcome: z.string().nullable(),
  groundWord: z.string().nullable(),
  applicant: z.strictObject({ kind: z.enum(['judge', 'user', 'party', 'system']), name: z.string() }),
  claimedOwner: judgeName.nullable(),
  challenged: judgeName.nullable(),
  openedOn: day,
  decidedOn: day.nullable(),
  changedAt: instant,
  clock: z
    .strictObject({
      name: z.string(),
      /** Null while it stands still, or where the court has set no length. */
      due: day.nullable(),
      /** Calendar days until it is due, 0 on the day; negative when overdue. */
      daysLeft: z.int().nullable(),
      provisional: z.boolean(),
      paused: z.boolean(),
      urged: z.int(),
    })
    .nullable(),
  waitsFor: z.array(z.strictObject({ key: z.enum(ACTORS), word: z.string() })).readonly(),
  /** Whether the one who asks may take a step in it. */
  mayAct: z.boolean(),
});

/** A case that one of the sides rests on. Names no party. */
const citedCase = z.strictObject({
  caseNo: z.string(),
  known: z.boolean(),
  matter: z.string().nullable(),
  stage: z.string().nullable(),
  cause: z.string().nullable(),
  filedOn: day.nullable(),
  closedOn: day.nullable(),
  closure: z.string().nullable(),
  judge: judgeName.nullable(),
  /** In what it agrees with the filing, and in what it does not. */
  agrees: z.array(z.string()).readonly(),
  differs: z.array(z.string()).readonly(),
});

export const objectionView = z.strictObject({
  row: objectionRow,
  filing: z.strictObject({
    matter: z.string(),
    stage: z.string(),
    receivedOn: day,
    procedure: z.string().nullable(),
    state: z.string(),
  }),
  /** The rule that the flow is. */
  flow: z.strictObject({
    id: z.string(),
    name: z.string(),
    basis: z.array(basisView.extend({ quote: z.string().nullable() })),
  }),
  /** What whoever asks says. */
  asked: z.strictObject({
    reason: z.string(),
    cases: z.array(citedCase).readonly(),
    claimedOwnerUnable: z.string().nullable(),
  }),
  /** What the decision in question says. */
  decided: z.strictObject({
    number: z.int(),
    judge: judgeName.nullable(),
    method: z.string().nullable(),
    link: z.string().nullable(),
    reasons: z.array(reasonView),
    cases: z.array(citedCase.extend({ kind: z.string(), score: z.number() })).readonly(),
    pool: z.strictObject({ in: z.int(), out: z.int() }).nullable(),
  }),
  history: runHistory,
  /** What can be done next. */
  actions: z
    .array(
      z.strictObject({
        action: z.string(),
        name: z.string(),
        decides: z.boolean(),
        needsReason: z.boolean(),
        leadsTo: z.string().nullable(),
        refused: flowRefusal.nullable(),
        /** What would become of who takes the filing; of a draw only how many take part. */
        consequence: z
          .strictObject({
            kind: z.enum(['stays', 'passes', 'draw', 'nobody']),
            judge: judgeName.nullable(),
            candidates: z.int().nullable(),
            text: z.string(),
          })
          .nullable(),
      }),
    )
    .readonly(),
  /** Earlier rulings on the same ground in cases alike, the most alike first. */
  rulings: z
    .array(
      z.strictObject({
        id: z.uuid(),
        decidedOn: day,
        outcome: z.string(),
        stateWord: z.string(),
        cause: z.string().nullable(),
        agrees: z.array(z.string()).readonly(),
        reason: z.string(),
      }),
    )
    .readonly(),
  judges: z.array(judgeName.extend({ division: z.string() })),
  /** The text of the articles that are cited, as far as the rules hold it. */
  articles: z.array(z.strictObject({ law: z.string(), article: z.string(), text: z.string() })),
});

/** The first step of a flow over a filing; `action` where the flow can begin with several. `version` is the filing's. */
export const newObjectionBody = flowActBody.omit({ action: true }).extend({
  filing: z.uuid(),
  action: flowKey.exactOptional(),
});

/** `version` is the run's; `outcome` the key of a step that decides. */
export const objectionDecisionBody = z.strictObject({ version, outcome: flowKey, reason: note });

export const evidenceQuery = z.strictObject({ flow: flowKey, ground: flowKey });

/** What whoever objects on a ground may rest on: earlier cases, those that speak for the ground in front. Names no party. */
export const evidenceView = z.strictObject({
  items: z
    .array(
      citedCase.extend({
        /** Kinds of links of the decision in force. */
        links: z.array(z.string()).readonly(),
        score: z.number(),
        /** Why its judge could not take the filing. */
        unable: z.string().nullable(),
        proposed: z.boolean(),
      }),
    )
    .readonly(),
  /** How many earlier cases were compared, and whether there may be more. */
  compared: z.int(),
  truncated: z.boolean(),
  /** What becomes of the objection once it is made. */
  follows: z.strictObject({
    stateWord: z.string(),
    waitsFor: z.array(z.string()).readonly(),
    /** Null where the court has set no length. */
    decideBy: day.nullable(),
    provisional: z.boolean(),
    /** The ground is heard once, withdrawn or not. */
    once: z.boolean(),
    /** 认定成立 and 重新分案: how it may be decided, and what that makes of who takes the matter. */
    outcomes: z.array(z.strictObject({ word: z.string(), effectWord: z.string() })).readonly(),
    /** Late, whoever waits is urged, and nothing happens by itself. */
    urged: z.boolean(),
  }),
});
