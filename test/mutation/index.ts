import { readFileSync } from 'node:fs';
import { type Caught, MutationRun } from './run.js';

/**
 * Puts one mistake after another into the shipped rules and requires `shouze rules check` to notice each.
 * `npx tsx test/mutation/index.ts [部分名称]`: only the mutants whose name or path contains it.
 * Exit 1 when a mutant survives that `survivors.md` does not name.
 */
const only = process.argv[2];
const started = performance.now();
const run = new MutationRun();
const wrong = await run.baseline();
if (wrong) {
  console.error(`规则本身没有通过检查,先改好:${wrong.file}:${wrong.line}:${wrong.column} ${wrong.message}`);
  process.exit(2);
}
const explained = new Set(
  [...readFileSync(new URL('survivors.md', import.meta.url), 'utf8').matchAll(/^- `([^`]+)`/gm)].map((match) => match[1]),
);
const mutants = run.mutants().filter(({ name, path }) => only === undefined || `${path} ${name}`.includes(only));
const kinds = new Map<string, { all: number; loading: number; checked: number; survivors: Caught[] }>();
for (const [index, mutant] of mutants.entries()) {
  const caught = await run.run(mutant);
  const kind = kinds.get(mutant.kind) ?? { all: 0, loading: 0, checked: 0, survivors: [] };
  kinds.set(mutant.kind, kind);
  kind.all++;
  if (!caught.problem) kind.survivors.push(caught);
  else if (caught.isLoading) kind.loading++;
  else kind.checked++;
  if (process.stderr.isTTY && index % 50 === 0) process.stderr.write(`\r${index}/${mutants.length}`);
}
const cell = (text: string | number, width: number): string => String(text).padStart(width);
console.log('种类          变异数  装载即拒  检查发现    存活');
let survivors: Caught[] = [];
for (const [kind, { all, loading, checked, survivors: left }] of kinds) {
  console.log(`${kind}${'　'.repeat(Math.max(0, 6 - [...kind].length))}${cell(all, 8)}${cell(loading, 10)}${cell(checked, 10)}${cell(left.length, 8)}`);
  survivors = [...survivors, ...left];
}
const unexplained = survivors.filter(({ mutant }) => !explained.has(mutant.name));
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`共 ${mutants.length} 个变异,存活 ${survivors.length} 个,其中没有说明的 ${unexplained.length} 个;${seconds} 秒`);
for (const { mutant } of unexplained) console.log(`存活:${mutant.path} ${mutant.name}`);
process.exitCode = unexplained.length === 0 ? 0 : 1;
