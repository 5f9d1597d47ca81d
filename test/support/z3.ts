import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Asked {
  /** Declarations and what holds throughout, in SMT-LIB. */
  readonly script: string;
  /** Formulas, each asked on its own. */
  readonly questions: readonly string[];
  /** Models name nothing: it is asked only whether there is one. */
  readonly bare?: boolean;
}

/** What each name stands for, as z3 prints it; names that do not matter are left out. */
export type Model = Readonly<Record<string, string>>;

export type Answered = { readonly models: readonly (Model | null)[] } | { readonly error: string };

const ENTRY = fileURLToPath(new URL('z3-entry.ts', import.meta.url));
const START_MAX_MS = 60_000;
const ANSWER_MAX_MS = 60_000;
const END_MAX_MS = 5_000;

/** Within the time, or the process is killed and the question fails: nothing waits for ever. */
async function within<T>(child: ChildProcess, milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no answer from z3 within ${milliseconds} ms`));
    }, milliseconds);
  });
  const gone = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`z3 ended: ${code ?? signal}`);
  });
  try {
    return await Promise.race([work, late, gone]);
  } finally {
    clearTimeout(timer);
    gone.catch(() => undefined);
  }
}

/** z3 in a child process, one question after another. `end` it. */
export class Z3 {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  static async start(): Promise<Z3> {
    const child = fork(ENTRY, [], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.setMaxListeners(0);
    await within(child, START_MAX_MS, once(child, 'message'));
    return new Z3(child);
  }

  /** For each question a model, or nothing where there is none. */
  async ask(asked: Asked): Promise<readonly (Model | null)[]> {
    const replied = once(this.child, 'message');
    this.child.send(asked);
    const [answered] = (await within(this.child, ANSWER_MAX_MS, replied)) as [Answered];
    if ('error' in answered) throw new Error(answered.error);
    return answered.models;
  }

  async end(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    const timer = setTimeout(() => child.kill('SIGKILL'), END_MAX_MS);
    child.disconnect();
    await gone;
    clearTimeout(timer);
  }
}
