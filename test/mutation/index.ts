import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MutationRun } from './run.js';
import { printShare } from './share.js';

/**
 * Puts one mistake after another into the shipped rules and requires `shouze rules check` to notice each.
 * `npx tsx test/mutation/index.ts [部分名称]`: only the mutants whose name or path contains it.
 * `MUTATE_SHARE=20`: one mutant in 20 put to each kind of check alone, and what share each notices.
 * Exit 1 when a mutant survives that `survivors.md` does not name, 2 when the rules are wrong as they are.
 */
interface Result {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly fate: '装载即拒' | '检查发现' | '存活';
}

const FATES = ['装载即拒', '检查发现', '存活'] as const;

/** One part of the work, in this process: every `parts`-th mutant from `part` on. */
async function runPart(part: number, parts: number, only: string): Promise<Result[]> {
  const run = new MutationRun();
  const wrong = part === 0 ? await run.baseline() : undefined;
  if (wrong) throw new Error(`${wrong.file}:${wrong.line}:${wrong.column} ${wrong.message}`);
  const mutants = run.mutants().filter(({ name, path }) => `${path} ${name}`.includes(only));
  const results: Result[] = [];
  for (const [index, mutant] of mutants.entries()) {
    if (index % parts !== part) continue;
    const { problem, isLoading } = await run.run(mutant);
    const fate = problem ? (isLoading ? '装载即拒' : '检查发现') : '存活';
    results.push({ kind: mutant.kind, name: mutant.name, path: mutant.path, fate });
  }
  return results;
}

function print(results: readonly Result[], seconds: number): number {
  const cell = (text: string | number, width: number): string => String(text).padStart(width);
  console.log(`种类          变异数${FATES.map((fate) => cell(fate, 8)).join('')}`);
  for (const kind of new Set(results.map((each) => each.kind))) {
    const own = results.filter((each) => each.kind === kind);
    const counts = FATES.map((fate) => cell(own.filter((each) => each.fate === fate).length, 12)).join('');
    console.log(`${kind}${'　'.repeat(Math.max(0, 6 - [...kind].length))}${cell(own.length, 8)}${counts}`);
  }
  const notes = readFileSync(new URL('survivors.md', import.meta.url), 'utf8');
  const explained = new Set([...notes.matchAll(/^- `([^`]+)`/gm)].map((match) => match[1]));
  const survivors = results.filter(({ fate }) => fate === '存活');
  const unexplained = survivors.filter(({ name }) => !explained.has(name));
  console.log(
    `共 ${results.length} 个变异,存活 ${survivors.length} 个,其中没有说明的 ${unexplained.length} 个;${seconds.toFixed(0)} 秒`,
  );
  for (const { path, name } of unexplained) console.log(`存活:${path} ${name}`);
  return unexplained.length;
}

/** One mutant in so many, each put to every kind of check. */
async function runShare(every: number, only: string): Promise<void> {
  const run = new MutationRun();
  const mutants = run.mutants().filter(({ name, path }) => `${path} ${name}`.includes(only));
  const results = [];
  for (const mutant of mutants.filter((_, index) => index % every === 0))
    results.push({ name: `${mutant.path} ${mutant.name}`, noticed: await run.noticed(mutant) });
  console.log(`每 ${every} 个取一个,共 ${mutants.length} 个`);
  printShare(results);
}

const { MUTATE_SHARE } = process.env;
const [only = '', part, parts] = process.argv.slice(2);
if (MUTATE_SHARE !== undefined) await runShare(Number(MUTATE_SHARE), only);
else if (part !== undefined) {
  try {
    process.send?.(await runPart(Number(part), Number(parts), only));
  } catch (error) {
    console.error(`规则本身没有通过检查,先改好:${error instanceof Error ? error.message : error}`);
    process.exitCode = 2;
  }
} else {
  const started = performance.now();
  const count = availableParallelism();
  const all = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const child = fork(fileURLToPath(import.meta.url), [only, String(index), String(count)]);
      return new Promise<Result[] | undefined>((resolve) => {
        let results: Result[] | undefined;
        child.on('message', (message) => {
          results = message as Result[];
        });
        child.on('exit', () => resolve(results));
      });
    }),
  );
  if (all.some((results) => results === undefined)) process.exitCode = 2;
  else
    process.exitCode =
      print(
        all.flatMap((results) => results ?? []),
        (performance.now() - started) / 1000,
      ) === 0
        ? 0
        : 1;
}
