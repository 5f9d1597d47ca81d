import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../shell/cli/program.js';

const root = (path: string): string =>
  relative(process.cwd(), fileURLToPath(new URL(`../../${path}`, import.meta.url)));
const { version } = JSON.parse(readFileSync(root('package.json'), 'utf8')) as { version: string };

/** A stated seed, so that the sample day comes out the same on every machine. */
const SEED = '00';
const filings = root('docs/sample/filings.xlsx');
const docket = root('docs/sample/docket.json');

process.stdout.write('示例法院(虚构)2026-03-09 收案 60 件,逐件分案:\n\n');
const arguments_ = ['route', filings, '--docket', docket, '--seed', SEED, '--format', 'table'];
await run([...process.argv.slice(0, 2), ...arguments_], version);
// The sample day holds filings with errors on purpose; that is no failure of the demonstration.
if (process.exitCode === 1) process.exitCode = 0;
process.stderr.write(
  [
    '',
    '再看一件的完整理由:',
    '  npx shouze route docs/sample/filings.xlsx --docket docs/sample/docket.json --seed 00 --out decisions.json',
    '  npx shouze explain decisions.json 登记号',
    '',
  ].join('\n'),
);
