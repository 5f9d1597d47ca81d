import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, printTable, runProgram, withFolder } from './child.js';
import { type World, writeWorld } from './dockets.js';

const SEED = '00'.repeat(32);
const WORLDS: readonly (World & { readonly runs: number })[] = [
  { filings: 1_000, cases: 20_000, judges: 40, runs: 5 },
  { filings: 10_000, cases: 100_000, judges: 40, runs: 3 },
  { filings: 10_000, cases: 100_000, judges: 100, runs: 3 },
];

const whole = (value: number): string => value.toFixed(0);
const mebibytes = (path: string): string => (statSync(path).size / 2 ** 20).toFixed(0);

/** Routes large batches with the program as it is installed, each several times. */
export function benchRoute(): void {
  const rows = [
    [
      'filings × cases, judges',
      'docket MiB',
      'out MiB',
      's',
      'CPU s',
      'filings/s',
      'peak MiB',
      'assigned',
      'review',
      'invalid',
    ],
  ];
  for (const { runs, ...world } of WORLDS) {
    withFolder((folder) => {
      const { docket, filings } = writeWorld(folder, world);
      const out = join(folder, 'decisions.json');
      const times = Array.from({ length: runs }, () =>
        runProgram(['route', filings, '--docket', docket, '--seed', SEED, '--out', out]),
      );
      const milliseconds = median(times.map((run) => run.milliseconds));
      const counts = /已分案 (\d+),待人工 (\d+),有误 (\d+)/.exec(times[0]?.stderr ?? '')?.slice(1) ?? [];
      rows.push([
        `${world.filings} × ${world.cases}, ${world.judges}`,
        mebibytes(docket),
        mebibytes(out),
        (milliseconds / 1000).toFixed(1),
        (median(times.map((run) => run.processor)) / 1000).toFixed(1),
        whole((world.filings * 1000) / milliseconds),
        whole(median(times.map((run) => run.peak))),
        ...counts,
      ]);
    });
  }
  printTable('Routing with the command line (medians)', rows);
}

/** How long the program takes to say or do something small. */
export function benchStart(): void {
  const at = (name: string): string => fileURLToPath(new URL(`../contract/examples/${name}`, import.meta.url));
  withFolder((folder) => {
    const one = join(folder, 'one.json');
    const [first] = JSON.parse(readFileSync(at('filings.json'), 'utf8')) as unknown[];
    writeFileSync(one, JSON.stringify([first]));
    const commands: readonly (readonly [string, readonly string[]])[] = [
      ['--help', ['--help']],
      ['deadline', ['deadline', '--from', '2026-03-09', '--days', '5']],
      ['route, one filing', ['route', one, '--docket', at('docket.json'), '--seed', SEED]],
    ];
    const rows = [['command', 'ms', 'CPU ms', 'peak MiB']];
    for (const [name, args] of commands) {
      const runs = Array.from({ length: 9 }, () => runProgram(args));
      const middle = (of: 'milliseconds' | 'processor' | 'peak'): string => whole(median(runs.map((run) => run[of])));
      rows.push([name, middle('milliseconds'), middle('processor'), middle('peak')]);
    }
    printTable('Start-up (medians of 9)', rows);
  });
}
