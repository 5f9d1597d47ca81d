import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const READMES = ['README.md', 'README.zh-CN.md'] as const;

/** Lines of the table that the transcript shows. */
const SHOWN = 34;
const ENDING = 8;
const ROUTE = 'npx shouze route docs/sample/filings.xlsx --docket docs/sample/docket.json --seed 00 --format table';

/** What `npm start` prints the first time. Passwords are made up at each first start, the port is a free one, and the day is today. */
async function startTranscript(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'shouze-readme-'));
  const data = ['--data', folder, '--port', '0'];
  const child = spawn(process.execPath, ['--import', 'tsx', `${ROOT}src/main/start.ts`, ...data], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, DATABASE_URL: '' },
  });
  try {
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      if (text.includes('系统管理员\n')) break;
    }
    return text
      .replaceAll(/localhost:\d+/g, 'localhost:8080')
      .replaceAll(/\b[a-z0-9]{4}(-[a-z0-9]{4}){3}\b/g, '····-····-····-····')
      .replace(/（[\d-]{10} 施行，摘要 [0-9a-f]{12}）/, '（2026-03-09 施行，摘要 ············）')
      .trimEnd();
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What routing the sample day without a database prints, its middle left out. */
function routeTranscript(): string {
  const [, , ...args] = ROUTE.split(' ');
  const child = spawnSync(process.execPath, ['--import', 'tsx', `${ROOT}src/main/cli.ts`, ...args], {
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

/** The blocks of a README that follow a command, with what the command prints. */
export interface Transcript {
  readonly block: RegExp;
  readonly text: string;
}

const after = (command: string): RegExp =>
  new RegExp(
    `(\`\`\`\n${command.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&')}\n\`\`\`\n\n\`\`\`\n)([\\s\\S]*?)(\n?\`\`\`\n)`,
  );

export const transcripts = async (): Promise<Transcript[]> => [
  { block: after('npm ci && npm start'), text: await startTranscript() },
  { block: after(ROUTE), text: routeTranscript() },
];

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const made = await transcripts();
  for (const name of READMES) {
    let text = readFileSync(`${ROOT}${name}`, 'utf8');
    for (const { block, text: printed } of made) {
      text = text.replace(block, (_, before: string) => `${before}${printed}\n\`\`\`\n`);
    }
    writeFileSync(`${ROOT}${name}`, text);
  }
}
