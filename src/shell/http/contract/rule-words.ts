import { z } from 'zod';

const word = z.string();
const FACT_TYPES = ['boolean', 'enum', 'integer', 'amount', 'date', 'cause'] as const;

/** The words that rule files may use, for whoever writes them. */
export const ruleWordsView = z.strictObject({
  /** Each layer with the groups of facts that it may read. */
  layers: z.array(z.strictObject({ word, groups: z.array(word) })),
  facts: z.array(
    z.strictObject({
      word,
      group: word,
      type: z.enum(FACT_TYPES),
      /** Of an enumeration. */
      values: z.array(word),
      unit: z.string().nullable(),
      meaning: z.string().nullable(),
    }),
  ),
  /** `values` is 是 alone where the outcome has no enumeration. */
  outcomes: z.array(z.strictObject({ word, layer: word, values: z.array(word) })),
  parameters: z.array(z.strictObject({ word, unit: word })),
  /** The words of every enumeration, by its name. */
  enumerations: z.record(z.string(), z.array(word)),
});

/** Enough for the largest rule file that anybody wrote, twice. */
const TEXT_MAX = 400_000;

const ruleText = z.strictObject({ path: z.string().min(1).max(200), text: z.string().max(TEXT_MAX) });

/** `beside`: of a table of rules, the other of its two files: the head of a CSV, or the rows of a head. */
export const ruleTextBody = ruleText.extend({ beside: ruleText.exactOptional() });

const lines = z.array(z.strictObject({ depth: z.int(), text: z.string(), isHeading: z.boolean() }));
const STATUSES = ['national', 'policy', 'local', 'unverified'] as const;
const basis = z.strictObject({
  status: z.enum([...STATUSES, 'adopted']),
  statusWord: word,
  law: z.string(),
  article: z.string().nullable(),
  version: z.string().nullable(),
  source: z.string().nullable(),
  /** The article with the quoted words told apart; null where the library has none. */
  text: z.strictObject({ before: z.string(), quote: z.string(), after: z.string() }).nullable(),
});

/** A text as a person reads it: cards, or the rows of a table that holds none. What cannot be read is left out: the check says why. */
export const readRulesView = z.strictObject({
  cards: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      conclusion: z.string(),
      period: z.string().nullable(),
      conditions: lines,
      exceptions: z.array(z.strictObject({ id: z.string(), name: z.string(), conditions: lines })),
      exceptionTo: z.array(z.string()),
      basis: z.array(basis),
      validFrom: z.string(),
      validTo: z.string().nullable(),
      /** 分案日期: by which day of a case it is chosen, where not by that of receipt. */
      chosenBy: z.string().nullable(),
      template: z.string(),
      examples: z.int(),
      /** Where it stands in the text, from 1; of a table of rules, in its CSV. */
      line: z.int(),
    }),
  ),
  rows: z.array(
    z.strictObject({
      line: z.int(),
      title: z.string(),
      says: z.string(),
      isMissing: z.boolean(),
      lines: z.array(z.string()),
      status: z.enum(STATUSES).nullable(),
      statusWord: word,
    }),
  ),
});
