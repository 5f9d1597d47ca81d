/** Somebody whose name is not to be told, and what is said instead. */
export interface Named {
  readonly name: string;
  readonly formerNames?: readonly string[] | undefined;
  readonly word: string;
}

/** A name of one character would be found in any text. */
const SHORTEST = 2;
/** What means something in a pattern. */
const SPECIAL = /[\\^$.*+?()[\]{}|]/g;

/**
 * A text without the names that are given, each replaced by what is said instead; longer names first, so that one that stands within
 * another leaves nothing of it behind. Names that are written in another way stay: it is no anonymisation of what somebody else wrote.
 */
export function withoutNames(text: string, people: readonly Named[]): string {
  const words = new Map<string, string>();
  for (const { name, formerNames = [], word } of people) {
    for (const each of [name, ...formerNames].map((given) => given.trim())) {
      if (each.length >= SHORTEST && !words.has(each)) words.set(each, word);
    }
  }
  if (words.size === 0) return text;
  const names = [...words.keys()].sort((a, b) => b.length - a.length).map((name) => name.replace(SPECIAL, '\\$&'));
  return text.replace(new RegExp(names.join('|'), 'g'), (name) => words.get(name) ?? '');
}
