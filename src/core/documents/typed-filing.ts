import { z } from 'zod';
import { answersSchema } from './filing.js';

const text = z.string().catch('');
const maybe = z.string().optional().catch(undefined);
const texts = z.array(z.string()).catch([]);
const said = z.boolean().nullable().optional().catch(undefined);

/** A filing as somebody typed it: whatever is not of its kind is left out, nothing is refused. For showing it to be put right. */
export const typedFilingSchema = z.object({
  matter: text,
  stage: text,
  receivedOn: text,
  cause: text,
  amount: z.string().nullable().catch(null),
  claims: texts,
  parties: z
    .array(
      z.object({
        role: text,
        kind: text,
        name: text,
        idNumber: maybe,
        uscc: maybe,
        formerNames: z.array(z.string()).optional().catch(undefined),
        whereabouts: z.string().nullable().optional().catch(undefined),
        foreign: said,
        represents: maybe,
      }),
    )
    .catch([]),
  instrument: z
    .object({ caseNo: text, kind: maybe, instalment: z.number().optional().catch(undefined) })
    .nullable()
    .catch(null),
  origin: z.object({ relation: text, caseNo: text }).nullable().catch(null),
  citedCases: texts,
  initialMeasuresReturnedOn: z.string().nullable().catch(null),
  facts: answersSchema.catch({}),
});

export type TypedFiling = z.infer<typeof typedFilingSchema>;
export type TypedParty = TypedFiling['parties'][number];

const NOTHING = typedFilingSchema.parse({});

/** A filing, valid or not, as it was typed; an empty one where the value is none at all. */
export function typedFiling(value: unknown): TypedFiling {
  const read = typedFilingSchema.safeParse(value);
  return read.success ? read.data : NOTHING;
}
