import { maskedNumber, withNumbersOf } from '../core/law/number-masking.js';

type Json = Record<string, unknown>;

/**
 * A filing that comes back as screens show it, with its identity numbers masked, as it is meant: a mask stands for the number that was
 * there before, in a party's own field and in every other text.
 */
export function withNumbersAsBefore(value: unknown, before: unknown): unknown {
  const old = textsOf(before);
  const texts = new Map(old);
  return withPartyNumbers(
    mapTexts(value, '', (text, path) => withNumbersOf(text, [texts.get(path) ?? '', ...others(old, path)])),
    before,
  );
}

/** Two numbers may look the same masked: then the name says whose it is, else the place. */
function withPartyNumbers(value: unknown, before: unknown): unknown {
  const parties = partiesOf(value);
  if (parties === undefined) return value;
  const old = partiesOf(before) ?? [];
  const next = parties.map((party, place) => {
    const number = party.idNumber;
    if (typeof number !== 'string' || !number.includes('*')) return party;
    const meant = old.flatMap(({ name, idNumber }, at) =>
      typeof idNumber === 'string' && maskedNumber(idNumber) === number
        ? [{ idNumber, isNamesake: name === party.name, isInPlace: at === place }]
        : [],
    );
    const found =
      meant.find(({ isNamesake, isInPlace }) => isNamesake && isInPlace) ??
      meant.find(({ isNamesake }) => isNamesake) ??
      meant.find(({ isInPlace }) => isInPlace) ??
      (meant.length === 1 ? meant[0] : undefined);
    return found === undefined ? party : { ...party, idNumber: found.idNumber };
  });
  return { ...(value as Json), parties: next };
}

function partiesOf(value: unknown): Json[] | undefined {
  const parties = typeof value === 'object' && value !== null ? (value as Json).parties : undefined;
  return Array.isArray(parties) && parties.every((each) => typeof each === 'object' && each !== null)
    ? (parties as Json[])
    : undefined;
}

/** A party's own number goes by whose it is, not by what it looks like. */
const OWN_FIELD = 'idNumber';

function mapTexts(value: unknown, path: string, change: (text: string, path: string) => string): unknown {
  if (typeof value === 'string') return change(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, `${path}/${index}`, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === OWN_FIELD ? member : mapTexts(member, `${path}/${key}`, change),
    ]),
  );
}

function textsOf(value: unknown): [path: string, text: string][] {
  const found: [string, string][] = [];
  mapTexts(value, '', (text, path) => {
    found.push([path, text]);
    return text;
  });
  return found;
}

const others = (texts: readonly (readonly [string, string])[], path: string): string[] =>
  texts.flatMap(([at, text]) => (at === path ? [] : [text]));
