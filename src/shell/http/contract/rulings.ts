import { z } from 'zod';
import { day, pageOf, pageQueryOf } from './common.js';

const facts = z.record(z.string(), z.union([z.boolean(), z.string(), z.number()]));
const places = z.array(z.int().min(1)).readonly();
const owner = z.strictObject({
  method: z.string(),
  case: z.int().min(1).exactOptional(),
  rules: z.array(z.string()).readonly(),
});

export const rulingsQuery = pageQueryOf((text) => z.uuid().safeParse(text).success);

/** A decided objection as an example of the rules; facts by their English keys, `case` and `cases` count the earlier cases from 1. */
export const rulingView = z.strictObject({
  decision: z.string().regex(/^[0-9a-f]{16}$/),
  flow: z.string(),
  ground: z.string().exactOptional(),
  run: z.int().min(1),
  on: day,
  outcome: z.string(),
  facts,
  parameters: z.record(z.string(), z.string()),
  earlier: z.array(z.strictObject({ pair: facts, handler: facts, disclaimed: z.boolean() })).readonly(),
  ought: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('owner'), method: z.string(), cases: places }),
    z.strictObject({ kind: z.literal('draw') }),
    z.strictObject({ kind: z.literal('not'), cases: places }),
  ]),
  before: owner,
  after: owner.exactOptional(),
  differs: z.boolean(),
});

export const rulingsView = pageOf(rulingView).extend({ court: z.string(), province: z.string() });
