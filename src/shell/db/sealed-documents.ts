import type { KeyRing } from './key-ring.js';

/** Fields that hold numbers of persons or may be mistaken for such: they stand in no column in the clear. */
const SEALED_FIELDS: ReadonlySet<string> = new Set(['idNumber', 'uscc']);

/** A document with every identity number in it sealed for its place; nothing else is changed. */
export const sealDocument = (keys: KeyRing, place: string, document: unknown): unknown =>
  walk(document, place, (text, at) => keys.seal(text, at));

/** @throws Error where a number was changed or moved */
export const openDocument = (keys: KeyRing, place: string, document: unknown): unknown =>
  walk(document, place, (text, at) => keys.open(text, at));

function walk(value: unknown, place: string, turn: (text: string, place: string) => string): unknown {
  if (Array.isArray(value)) return value.map((member, index) => walk(member, `${place}/${index}`, turn));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => {
      const at = `${place}/${name}`;
      if (typeof member === 'string' && SEALED_FIELDS.has(name)) return [name, turn(member, at)];
      return [name, walk(member, at, turn)];
    }),
  );
}

/** The key of a batch's draws: whoever could read it could work out the draws to come. */
export const sealSeed = (keys: KeyRing, place: string, seed: string): string => keys.seal(seed, `${place}/seed`);

/** Seeds of batches from before they were sealed stand as they are, in hex, which has no dot. */
export const openSeed = (keys: KeyRing, place: string, stored: string): string =>
  stored.includes('.') ? keys.open(stored, `${place}/seed`) : stored;

/** A value that was refused may hold anything anywhere: all of it is sealed. */
export const sealWhole = (keys: KeyRing, place: string, value: unknown): { readonly sealed: string } => ({
  sealed: keys.seal(JSON.stringify(value ?? null), place),
});

export const openWhole = (keys: KeyRing, place: string, { sealed }: { readonly sealed: string }): unknown =>
  JSON.parse(keys.open(sealed, place));
