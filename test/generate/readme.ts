import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const READMES = ['README.md', 'README.zh-CN.md'] as const;

/** Lines of the table that the transcripts show. */
const SHOWN = 34;
const ENDING = 12;

/** What `npm start` prints, its middle left out. */
export function startTranscript(): string {
  const child = spawnSync(process.execPath, ['--import', 'tsx', `${ROOT}src/main/start.ts`], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const lines = (text: string): string[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd());
  return [...lines(child.stdout).slice(0, SHOWN), '…', ...lines(child.stderr).slice(-ENDING)].join('\n');
}

/** The second fenced block of a README: what the first command prints. */
export const BLOCK = /(```\nnpm ci && npm start\n```\n\n```\n)([\s\S]*?)(\n```\n)/;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const transcript = startTranscript();
  for (const name of READMES) {
    const text = readFileSync(`${ROOT}${name}`, 'utf8');
    writeFileSync(
      `${ROOT}${name}`,
      text.replace(BLOCK, (_, before: string, __, after: string) => before + transcript + after),
    );
  }
}
