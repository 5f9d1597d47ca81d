/** A text that was typed and not saved, with what its author had before them. */
export interface Unsaved {
  readonly text: string;
  /** Of the save that it started from; 0 where the draft had none of the file. */
  readonly revision: number;
  /** The release beneath the draft. */
  readonly base: number;
}

/** Texts of one draft that are not saved, by path. */
export type UnsavedTexts = ReadonlyMap<string, Unsaved>;

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const keyOf = (user: string, draft: string): string => `shouze:rules:${user}:${draft}`;

const isUnsaved = (value: unknown): value is Unsaved =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'revision' in value &&
  typeof value.revision === 'number' &&
  'base' in value &&
  typeof value.base === 'number';

/** What this browser kept of a person's work on a draft; nothing where it cannot be read. */
export function readUnsaved(store: Kept, user: string, draft: string): UnsavedTexts {
  try {
    const kept: unknown = JSON.parse(store.getItem(keyOf(user, draft)) ?? '{}');
    return new Map(Object.entries(kept as object).filter((entry): entry is [string, Unsaved] => isUnsaved(entry[1])));
  } catch {
    return new Map();
  }
}

/** Keeps it. Gives whether it could: a browser may refuse, and then the page alone holds it. */
export function keepUnsaved(store: Kept, user: string, draft: string, texts: UnsavedTexts): boolean {
  try {
    if (texts.size === 0) store.removeItem(keyOf(user, draft));
    else store.setItem(keyOf(user, draft), JSON.stringify(Object.fromEntries(texts)));
    return true;
  } catch {
    return false;
  }
}
