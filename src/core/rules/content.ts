/** Where things stand in a file, and the words about them: nothing is decided by these. */
const WORDS_ABOUT = new Set(['place', 'template', 'basis', 'file']);

/**
 * What was read from a rule file, as text that is the same wherever it stands and however it is explained: two cards with
 * one content hold, speak and conclude alike. Of vocabulary entries only the key is told: whoever compares contents keeps
 * to one vocabulary.
 *
 * @param without keys that are left out as well, at any depth
 */
export const contentOf = (read: object, without: ReadonlySet<string> = new Set()): string =>
  JSON.stringify(read, (key, value: unknown) => {
    if (WORDS_ABOUT.has(key) || without.has(key)) return undefined;
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof Map) return [...value];
    if (key === 'outcome') return (value as { readonly key: string }).key;
    return value;
  });
