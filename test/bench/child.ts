import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What one run of the program took. */
export interface Run {
  readonly milliseconds: number;
  /** Processor time of all threads, ms: says more than the clock where the machine is busy with other things. */
  readonly processor: number;
  /** Peak resident set, MiB. */
  readonly peak: number;
  readonly status: number;
  readonly stderr: string;
}

const CLI = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));

/** Loaded before the program, so that it tells its own usage: what the system says of children is the largest of all of them. */
const PROBE = `import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.SHOUZE_USAGE,JSON.stringify(process.resourceUsage())))`;

/** A folder that is gone when the work is done. */
export function withFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'shouze-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the compiled program once. @throws when it could not read its input or died */
export const runProgram = (args: readonly string[]): Run =>
  withFolder((folder) => {
    const usageFile = join(folder, 'usage.json');
    const started = performance.now();
    const probed = ['--import', `data:text/javascript,${encodeURIComponent(PROBE)}`, CLI, ...args];
    const child = spawnSync(process.execPath, probed, {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: 64 * 2 ** 20,
      env: { ...process.env, SHOUZE_USAGE: usageFile },
    });
    const milliseconds = performance.now() - started;
    const { status, signal, stderr } = child;
    if (status !== 0 && status !== 1) throw new Error(`status ${status} ${signal}: ${stderr}`);
    const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
    const processor = (usage.userCPUTime + usage.systemCPUTime) / 1000;
    return { milliseconds, processor, peak: usage.maxRSS / 1024, status, stderr };
  });

/** The middle one of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A table of text: columns as wide as their widest cell. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  );
  process.stdout.write(`\n${title}\n${lines.join('\n')}\n`);
}
