import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));

/** What a command said, and with which status it ended. */
interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program, as an operator would. */
export function shouze(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Said> {
  const env = { ...process.env, DATABASE_URL: '', SHOUZE_KEY: '', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { env }, (error, out, err) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}
