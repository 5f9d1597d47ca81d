import { type Digest, sha256Hex } from '../kernel/digest.js';
import { byCodePoint } from '../kernel/order.js';
import type { RuleFile } from '../rules/source.js';

/** Files by path and digest. */
export type Sources = ReadonlyMap<string, Digest>;

/** What a draft does to a file: gives it a text, or (null) takes it out. */
export type Edits = ReadonlyMap<string, Digest | null>;

export type FileChange = 'added' | 'changed' | 'removed';

export const FILE_BYTES_MAX = 4 * 1024 * 1024;
export const FILES_MAX = 20_000;
/** In one draft. */
export const EDITS_MAX = 500;
export const PATH_MAX = 200;

/** Folders that rules are read from, and what stands in each. */
const FOLDERS: readonly string[] = [
  'calendars',
  'clocks',
  'courts',
  'escalation',
  'flows',
  'links',
  'modules',
  'national',
  'parameters',
  'provinces',
  'reference',
  'vocabulary',
];

/** Why a path cannot be one of a rule file, in words for whoever gave it; undefined where it can. */
export function pathFault(path: string): string | undefined {
  if (path.length > PATH_MAX) return `文件路径最多 ${PATH_MAX} 个字符`;
  const [folder = '', ...rest] = path.split('/');
  if (!FOLDERS.includes(folder) || rest.length === 0) return `文件要放在这些目录之一：${FOLDERS.join('、')}`;
  if (rest.length > 5) return '目录最多五层';
  for (const part of rest) {
    if (!/^[a-z0-9][a-z0-9._-]*$/.test(part) || part.includes('..'))
      return '目录和文件名只用小写英文字母、数字、短横线和点，例如 national/civil/summary.yaml';
  }
  const name = rest.at(-1) ?? '';
  if (folder === 'reference' ? !/\.(csv|jsonl)$/.test(name) : !/\.(yaml|csv)$/.test(name))
    return folder === 'reference' ? 'reference 里只放 .csv 和 .jsonl 文件' : '规则文件的扩展名是 .yaml 或者 .csv';
  return undefined;
}

/** Why a text cannot be one of a rule file; undefined where it can. */
export function textFault(text: string): string | undefined {
  if (new TextEncoder().encode(text).length > FILE_BYTES_MAX) return '规则文件最多 4 MiB，请拆成几个';
  return text.includes('\u0000') || /\p{Cs}/u.test(text) ? '文件里有不能保存的字符，请另存为 UTF-8 文本' : undefined;
}

export const sourcesOf = (files: readonly RuleFile[]): Sources =>
  new Map(files.map(({ path, text }) => [path, sha256Hex(text)]));

/** What the files are once the edits are made. */
export function edited(base: Sources, edits: Edits): Sources {
  const files = new Map(base);
  for (const [path, digest] of edits) {
    if (digest === null) files.delete(path);
    else files.set(path, digest);
  }
  return files;
}

/** Which files differ, in code-point order of their paths. */
export function changesBetween(before: Sources, after: Sources): ReadonlyMap<string, FileChange> {
  const changes = new Map<string, FileChange>();
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort(byCodePoint)) {
    const [was, is] = [before.get(path), after.get(path)];
    if (was !== is) changes.set(path, was === undefined ? 'added' : is === undefined ? 'removed' : 'changed');
  }
  return changes;
}

/**
 * Files that both the draft and the rules that it has to be brought onto changed, each in another way: only a person can put them
 * together. All others go together as they are.
 */
export function conflictsOf(base: Sources, onto: Sources, edits: Edits): string[] {
  const theirs = changesBetween(base, onto);
  const own = edited(base, edits);
  return [...changesBetween(base, own).keys()].filter((path) => theirs.has(path) && own.get(path) !== onto.get(path));
}

/**
 * Edits that came to nothing over the old rules and would undo a change of the new ones: they are to say what the new rules say, so that
 * bringing a draft onto new rules takes nothing of these back.
 */
export function voidEdits(base: Sources, onto: Sources, edits: Edits): Edits {
  const isVoid = ([path, digest]: readonly [string, Digest | null]): boolean =>
    (base.get(path) ?? null) === digest && (onto.get(path) ?? null) !== digest;
  return new Map([...edits].filter(isVoid).map(([path]) => [path, onto.get(path) ?? null]));
}
