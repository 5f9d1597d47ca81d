import { execFileSync } from 'node:child_process';
import { byCodePoint } from '../../core/kernel/order.js';
import { FILE_BYTES_MAX, FILES_MAX } from '../../core/releases/draft-files.js';
import type { RuleFile } from '../../core/rules/source.js';
import { RuleFilesError } from './rule-files.js';

const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

/**
 * Reads the rules of a folder as they were in a revision of the git repository around it.
 *
 * @throws RuleFilesError where there is no git, no such revision, no such folder in it, or a file beyond the limits
 */
export function readRulesAtRevision(folder: string, revision: string): RuleFile[] {
  const commit = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit === undefined)
    throw new RuleFilesError(`git 里没有「${revision}」这个版本，或者 ${folder} 不在 git 仓库里`);
  const listed = git(folder, ['ls-tree', '-r', '-z', commit.toString().trim(), '.'])?.toString() ?? '';
  const entries = listed.split('\0').flatMap((line) => {
    const [, oid, path] = /^\d+ blob ([0-9a-f]+)\t(.+)$/.exec(line) ?? [];
    const isRule =
      path !== undefined && /\.(yaml|csv)$/.test(path) && !path.split('/').some((part) => part.startsWith('.'));
    return isRule && oid !== undefined ? [{ path, oid }] : [];
  });
  if (entries.length === 0) throw new RuleFilesError(`版本「${revision}」里没有规则目录 ${folder}`);
  if (entries.length > FILES_MAX) throw new RuleFilesError(`规则目录里的文件超过 ${FILES_MAX} 个`);
  const blobs = git(folder, ['cat-file', '--batch'], `${entries.map(({ oid }) => oid).join('\n')}\n`);
  return textsOf(entries, blobs ?? Buffer.alloc(0)).sort((a, b) => byCodePoint(a.path, b.path));
}

/** `git cat-file --batch` answers each name with a line of its size, the bytes, and a line end. */
function textsOf(entries: readonly { readonly path: string }[], blobs: Buffer): RuleFile[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let at = 0;
  return entries.map(({ path }) => {
    const end = blobs.indexOf('\n', at);
    const size = Number(/ blob (\d+)$/.exec(blobs.toString('latin1', at, end))?.[1]);
    if (end < 0 || !Number.isSafeInteger(size)) throw new RuleFilesError(`git 里的规则文件读不出来：${path}`);
    if (size > FILE_BYTES_MAX) throw new RuleFilesError(`规则文件超过 4 MiB:${path}`);
    const bytes = blobs.subarray(end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    try {
      return { path, text: decoder.decode(bytes) };
    } catch {
      throw new RuleFilesError(`规则文件不是 UTF-8 编码:${path};请用 UTF-8 另存`);
    }
  });
}

function git(folder: string, args: readonly string[], input?: string): Buffer | undefined {
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      ...(input !== undefined && { input }),
      maxBuffer: OUTPUT_BYTES_MAX,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}
