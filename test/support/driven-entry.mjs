/**
 * The built program's service (`serve`) or worker (`work`) on a PostgreSQL, with a clock that a test drives: the instant stands in a file.
 * What the program itself starts goes by the machine's clock and cannot be given another.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { shanghaiDay } from '../../dist/shell/clock.js';
import { openService } from '../../dist/shell/open-service.js';

/** A worker that is killed every other second would hardly ever look a second time. */
const LOOK_EVERY_MS = 300;

const [, , role, port, clockFile] = process.argv;
const now = () => readFileSync(clockFile, 'utf8');
const open = await openService({
  databaseUrl: process.env.DATABASE_URL,
  keys: process.env.SHOUZE_KEY,
  folder: '',
  rules: fileURLToPath(new URL('../../rules', import.meta.url)),
  clock: { now, today: () => shanghaiDay(now()) },
  poolMax: 6,
});
const logger = pino({ base: null }, pino.destination({ dest: 2, sync: true }));
const address = { host: '127.0.0.1', port: Number(port) };
if (role === 'serve') {
  const { serve } = await import('../../dist/shell/http/serve.js');
  await serve(open, { ...address, version: '0', logger, environment: {}, trial: false, withJobs: false });
} else {
  const { work } = await import('../../dist/shell/http/work.js');
  await work(open, { version: '0', logger, status: address, everyMs: LOOK_EVERY_MS });
}
