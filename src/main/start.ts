import { readFileSync } from 'node:fs';
import { run } from '../shell/cli/program.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const given = process.argv.slice(2);
const sample = given.includes('--no-sample') ? [] : ['--sample'];
await run([...process.argv.slice(0, 2), 'serve', ...sample, ...given], version);
