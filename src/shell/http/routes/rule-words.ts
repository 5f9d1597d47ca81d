import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { permit } from '../../../app/permit.js';
import { ArticleLibrary } from '../../../core/book/cited-text.js';
import { flatLines } from '../../../core/book/condition-lines.js';
import { type ReadableCard, readableCard } from '../../../core/book/readable-card.js';
import { readableTable } from '../../../core/book/readable-table.js';
import type { Edition } from '../../../core/releases/edition.js';
import { type CardFile, parseCardFile } from '../../../core/rules/card.js';
import { parseMatrix } from '../../../core/rules/card-matrix.js';
import type { RuleBook } from '../../../core/rules/rulebook.js';
import { Problems, type RuleFile, readSource } from '../../../core/rules/source.js';
import { isMatrix, tableOf } from '../../../core/rules/table-examples.js';
import type { Vocabulary } from '../../../core/rules/vocabulary.js';
import { noQuery } from '../contract/query.js';
import { readRulesView, ruleTextBody, ruleWordsView } from '../contract/rule-words.js';
import { contextAnywhere, type Desk } from '../desk.js';

const YES = '是';
/** Two files of the largest size that is read, in Chinese, as JSON writes them. */
const TEXTS_BODY_BYTES = 6 * 1024 * 1024;

const libraries = new WeakMap<Edition, ArticleLibrary>();

function libraryOf(edition: Edition): ArticleLibrary {
  const library = libraries.get(edition) ?? new ArticleLibrary(edition.articles);
  libraries.set(edition, library);
  return library;
}

/** What helps to write rules: their words, and a text read back as cards. Neither says anything of a case. */
export const ruleWordRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    '/api/v1/rules/words',
    { config: { action: 'release.read' }, schema: { querystring: noQuery, response: { 200: ruleWordsView } } },
    async (request) => {
      permit(contextAnywhere(desk, request, 'release.read').subject, 'release.read');
      return wordsOf((await desk.service.editions.now()).book.vocabulary);
    },
  );

  app.post(
    '/api/v1/rules/read',
    {
      bodyLimit: TEXTS_BODY_BYTES,
      config: { action: 'release.read' },
      schema: { body: ruleTextBody, response: { 200: readRulesView } },
    },
    async (request) => {
      permit(contextAnywhere(desk, request, 'release.read').subject, 'release.read');
      const { body } = request;
      const edition = await desk.service.editions.now();
      const { vocabulary, causes } = edition.book;
      const library = libraryOf(edition);
      // What is wrong with the text is told by the check, each in its place.
      const unread = new Problems();
      const file = cardsIn(body, body.beside, { vocabulary, causes }, unread);
      return {
        cards: (file?.cards ?? []).map((card) => cardView(readableCard(card, vocabulary, library))),
        rows: body.path.endsWith('.csv')
          ? readableTable(body, vocabulary, causes, unread).map(({ lines, ...row }) => ({ ...row, lines: [...lines] }))
          : [],
      };
    },
  );
};

/** The cards of a file, or of a table of rules where both of its files are given, whichever is the one that is read. */
function cardsIn(
  file: RuleFile,
  beside: RuleFile | undefined,
  { vocabulary, causes }: Pick<RuleBook, 'vocabulary' | 'causes'>,
  unread: Problems,
): CardFile | undefined {
  const [head, table] = file.path.endsWith('.csv') ? [beside, file] : [file, beside];
  if (!head?.path.endsWith('.yaml')) return undefined;
  const root = readSource(head, unread);
  if (root === undefined) return undefined;
  const isTable = table !== undefined && table.path === tableOf(head.path) && isMatrix(table.path);
  if (isTable) return parseMatrix(root, table, vocabulary, causes, unread);
  return table === undefined ? parseCardFile(root, vocabulary, causes, unread) : undefined;
}

function wordsOf({ layers, facts, outcomes, parameters, enumerations }: Vocabulary): z.input<typeof ruleWordsView> {
  return {
    layers: [...layers].map(([word, groups]) => ({ word, groups: [...groups] })),
    facts: [...facts.values()].map(({ word, group, type, enumeration, unit, meaning }) => ({
      word,
      group,
      type,
      values: enumeration?.terms.map((term) => term.word) ?? [],
      unit: unit ?? null,
      meaning: meaning ?? null,
    })),
    outcomes: [...outcomes.values()].map(({ word, layer, enumeration }) => ({
      word,
      layer,
      values: enumeration?.terms.map((term) => term.word) ?? [YES],
    })),
    parameters: [...parameters.values()].map(({ word, unit }) => ({ word, unit })),
    enumerations: Object.fromEntries(
      [...enumerations].map(([name, { terms }]) => [name, terms.map((term) => term.word)]),
    ),
  };
}

type CardView = z.input<typeof readRulesView>['cards'][number];

const cardView = (card: ReadableCard): CardView => ({
  id: card.id,
  name: card.name,
  conclusion: card.conclusion,
  period: card.period,
  conditions: flatLines(card.conditions),
  exceptions: card.exceptions.map(({ id, name, conditions }) => ({ id, name, conditions: flatLines(conditions) })),
  exceptionTo: [...card.exceptionTo],
  basis: card.basis.map(({ status, statusWord, law, article, version, source, text }) => ({
    status,
    statusWord,
    law,
    article,
    version,
    source,
    text: text && { before: text.before, quote: text.quote, after: text.after },
  })),
  validFrom: card.validFrom,
  validTo: card.validTo,
  chosenBy: card.chosenBy,
  template: card.template,
  examples: card.examples.length,
  line: card.line,
});
