import type { RuleFile } from './source.js';

const NAME = /^名称:[ \t]*(.+?)[ \t]*$/m;

/**
 * What files call themselves (名称), by path; a CSV as the YAML beside it does. For lists, so it is found without reading the files: one
 * that cannot be read has its name too. Paths that say none are left out.
 */
export function namesOf(files: readonly RuleFile[]): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const { path, text } of files) {
    const name = path.endsWith('.yaml') ? NAME.exec(text)?.[1]?.replace(/^(['"])(.*)\1$/, '$2') : undefined;
    if (name !== undefined) own.set(path, name);
  }
  const beside = files.flatMap(({ path }): [string, string][] => {
    const name = path.endsWith('.csv') ? own.get(path.replace(/\.csv$/, '.yaml')) : undefined;
    return name === undefined ? [] : [[path, name]];
  });
  return new Map([...own, ...beside]);
}
