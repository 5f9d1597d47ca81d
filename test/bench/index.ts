/**
 * Benchmarks: `npx tsc -p tsconfig.build.json && npx tsx test/bench/index.ts [start|decide|route|service|starts|timers|objections|rules-check]`.
 * They print figures and assert nothing about time.
 */
import { benchDecide } from './decide.bench.js';
import { benchObjections } from './objections.bench.js';
import { benchRoute, benchStart } from './route.bench.js';
import { benchRulesCheck } from './rules-check.bench.js';
import { benchService, benchStarts } from './service.bench.js';
import { benchTimers } from './timers.bench.js';

const PARTS = {
  start: benchStart,
  decide: benchDecide,
  route: benchRoute,
  service: benchService,
  starts: benchStarts,
  timers: benchTimers,
  objections: benchObjections,
  'rules-check': benchRulesCheck,
};

const part = process.argv[2];
if (part !== undefined && !Object.hasOwn(PARTS, part)) {
  process.stderr.write(`unknown part ${part}: ${Object.keys(PARTS).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(PARTS)) if (part === undefined || part === name) await run();
}
