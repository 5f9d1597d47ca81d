import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import * as shippedCarryOut from '../../src/core/flows/carry-out.js';
import * as shippedClock from '../../src/core/flows/clock.js';
import * as shippedFlow from '../../src/core/flows/flow.js';
import * as shippedPlay from '../../src/core/flows/play.js';
import * as plainDate from '../../src/core/kernel/plain-date.js';
import * as result from '../../src/core/kernel/result.js';
import * as calendar from '../../src/core/law/calendar.js';
import * as period from '../../src/core/law/period.js';
import '../support/setup.js';
import { CARRY_OUT_CHECKS, type CarryOut } from '../support/carry-out-checks.js';
import { CLOCK_CHECKS, type Clock } from '../support/clock-checks.js';
import { lawbook } from '../support/court.js';
import { FLOW_CHECKS } from '../support/flow-checks.js';
import type { Interpreter } from '../support/flow-stage.js';
import { PLAY_CHECKS } from '../support/play-checks.js';
import { type CodeMutant, codeMutants } from './code-mutants.js';
import { firstRed } from './is-red.js';
import type { Removal } from './removal.js';

/** The files of the interpreter, each before those that import it. */
const FILES = ['flow', 'clock', 'play', 'carry-out'] as const;
type InterpreterFile = (typeof FILES)[number];

interface Modules {
  readonly play: Interpreter;
  readonly clock: Clock;
  readonly carryOut: CarryOut;
}

export interface InterpreterMutant extends CodeMutant {
  readonly file: InterpreterFile;
}

const SOURCES = new Map(
  FILES.map((file) => [file, readFileSync(new URL(`../../src/core/flows/${file}.ts`, import.meta.url), 'utf8')]),
);

/** Every branch of the interpreter, each taken out by itself. */
export const interpreterMutants = (): InterpreterMutant[] =>
  [...SOURCES].flatMap(([file, text]) => codeMutants(text).map((mutant) => ({ ...mutant, file })));

/** The interpreter with one file changed, in memory. */
function interpreterWith({ file, text }: Pick<InterpreterMutant, 'file' | 'text'>): Modules {
  const modules: Record<string, unknown> = {
    '../kernel/plain-date.js': plainDate,
    '../kernel/result.js': result,
    '../law/calendar.js': calendar,
    '../law/period.js': period,
    './flow.js': shippedFlow,
    './clock.js': shippedClock,
    './play.js': shippedPlay,
    './carry-out.js': shippedCarryOut,
  };
  for (const each of FILES.slice(FILES.indexOf(file)))
    modules[`./${each}.js`] = evaluated(each === file ? text : (SOURCES.get(each) ?? ''), modules);
  return {
    play: modules['./play.js'] as Interpreter,
    clock: modules['./clock.js'] as Clock,
    carryOut: modules['./carry-out.js'] as CarryOut,
  };
}

function evaluated(text: string, modules: Readonly<Record<string, unknown>>): unknown {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports = {};
  const require = (name: string): unknown => {
    if (!(name in modules)) throw new Error(`the interpreter imports ${name}, which it is not given here`);
    return modules[name];
  };
  compileFunction(outputText, ['exports', 'require'])(exports, require);
  return exports;
}

interface Check {
  readonly name: string;
  readonly run: (modules: Modules) => void | Promise<void>;
}

const PLAYED: readonly Check[] = [
  ...PLAY_CHECKS.map(({ name, run }) => ({ name: `play.test.ts:${name}`, run: ({ play }: Modules) => run(play) })),
  ...FLOW_CHECKS.map(({ name, run }) => ({
    name: `guards.test.ts:${name}`,
    run: ({ play }: Modules) => run(lawbook.flows, play),
  })),
];
const COUNTED: readonly Check[] = CLOCK_CHECKS.map(({ name, run }) => ({
  name: `clock.test.ts:${name}`,
  run: ({ clock }: Modules) => run(clock),
}));

const CARRIED_OUT: readonly Check[] = CARRY_OUT_CHECKS.map(({ name, run }) => ({
  name: `carry-out.test.ts:${name}`,
  run: ({ carryOut }: Modules) => run(carryOut),
}));
const CHECKS_OF: Readonly<Record<InterpreterFile, readonly Check[]>> = {
  flow: PLAYED,
  play: PLAYED,
  clock: COUNTED,
  'carry-out': CARRIED_OUT,
};

export async function withoutBranch(mutant: InterpreterMutant): Promise<Removal> {
  const { file, kind, name } = mutant;
  const modules = interpreterWith(mutant);
  const red = await firstRed(CHECKS_OF[file], ({ run }) => run(modules));
  return { kind, name: `${file}.ts ${name}`, noticed: red?.name };
}

/** A test that is red with nothing taken away: with one, the rest says nothing. */
export async function redAsItIs(): Promise<string | undefined> {
  const modules = interpreterWith({ file: 'flow', text: SOURCES.get('flow') ?? '' });
  return (await firstRed([...PLAYED, ...COUNTED, ...CARRIED_OUT], ({ run }) => run(modules)))?.name;
}
