import { byCodePoint } from '../kernel/order.js';
import type { Card } from '../rules/card.js';
import { cardsOf, type RuleBook } from '../rules/rulebook.js';

/** What a card makes the engine do, as JSON: without its words, its examples and where it stands. Equal ones decide alike. */
export const engineForm = (card: Card): unknown =>
  plain({
    id: card.id,
    layer: card.layer,
    concludes: card.conclusion ? `${card.conclusion.outcome.key}:${card.conclusion.value}` : null,
    groups: card.groups,
    exceptionTo: card.exceptionTo.map(({ name }) => name),
    condition: card.condition,
    exceptions: card.exceptions.map(({ id, condition }) => ({ id, condition })),
    period: card.period ?? null,
    from: card.validFrom,
    to: card.validTo ?? null,
    // By the day of receipt is the rule, and what was compiled before there was another choice stays the same.
    ...(card.chosenBy !== 'received' && { chosenBy: card.chosenBy }),
  });

/** The compiled form of a book: its cards by layer, for the engine. */
export function compiledOf(book: RuleBook): unknown {
  const layers: Record<string, unknown[]> = {};
  for (const card of cardsOf(book).sort((a, b) => byCodePoint(`${a.file}#${a.id}`, `${b.file}#${b.id}`))) {
    const layer = layers[card.layer] ?? [];
    layers[card.layer] = layer;
    layer.push({ file: card.file, rule: engineForm(card) });
  }
  return { format: 1, layers };
}

/** A value as canonical JSON can hold it: where it stands in a file is left out, whole numbers beyond JSON become text. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return [...value].map(([key, member]) => [plain(key), plain(member)]);
  if (value instanceof Set) return [...value].map(plain);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => key !== 'place' && member !== undefined)
      .map(([key, member]) => [key, plain(member)]),
  );
}
