import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who holds a folder: its process, and where it can be reached if it serves. */
export interface Holder {
  readonly pid: number;
  readonly url?: string;
  /** For the command line on this machine; readable by the file's owner alone. */
  readonly token?: string;
}

export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  readonly holder: Holder;

  constructor(folder: string, holder: Holder) {
    const where = holder.url === undefined ? '' : `（服务地址 ${holder.url}）`;
    super(
      `数据目录 ${folder} 正由进程 ${holder.pid} 使用${where}。内置数据库一次只能由一个进程打开：请先停掉那个进程，或者给命令加上 --server，由正在运行的服务代办`,
    );
    this.holder = holder;
  }
}

const FILE = 'lock.json';
const held = new Set<string>();

/** When a process began, in the system's own ticks: a number given to another process later does not deceive. */
function bornAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive({ pid, born }: Kept): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = bornAt(pid);
  return born === undefined || now === undefined || born === now;
}

type Kept = Holder & { readonly born?: string };

function read(path: string): Kept | undefined {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept;
    return Number.isInteger(kept.pid) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Who holds the folder now; undefined where nobody does. A lock whose process is gone holds nothing. */
export function holderOf(folder: string): Holder | undefined {
  const kept = read(join(folder, FILE));
  return kept !== undefined && isAlive(kept) ? kept : undefined;
}

/**
 * Takes a folder for this process: two processes can otherwise open one embedded database and ruin it. Returns what gives it back.
 *
 * @throws FolderLockedError where a living process holds it
 */
export function lockFolder(folder: string, details: Omit<Holder, 'pid'> = {}): { release(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE);
  if (held.has(path)) throw new FolderLockedError(folder, { pid: process.pid });
  const born = bornAt(process.pid);
  const mine = JSON.stringify({ pid: process.pid, ...(born !== undefined && { born }), ...details });
  for (let attempt = 0; ; attempt++) {
    if (takes(path, mine)) break;
    const kept = read(path);
    if ((kept !== undefined && isAlive(kept) && kept.pid !== process.pid) || attempt > 100) {
      throw new FolderLockedError(folder, kept ?? { pid: 0 });
    }
    removeStale(path, kept);
  }
  held.add(path);
  return {
    release: () => {
      held.delete(path);
      rmSync(path, { force: true });
    },
  };
}

function takes(path: string, content: string): boolean {
  // Written whole beside it and linked into place: nobody ever reads half a lock.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the lock of a dead process away; if another process took the folder in between, its lock is put back. */
function removeStale(path: string, stale: Kept | undefined): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved !== undefined && moved.pid !== stale?.pid) {
    try {
      linkSync(aside, path);
    } catch {}
  }
  rmSync(aside, { force: true });
}
