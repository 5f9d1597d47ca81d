import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../src/core/documents/decision.js';
import { docketOf, readJson, routeAll, SEED } from '../support/route.js';
import { schemaErrors } from '../support/schemas.js';

/** What `expected.json` says of a filing; a field that is not there is free. */
interface Expected {
  readonly filing: string;
  readonly status: string;
  readonly procedure?: string;
  readonly panel?: string;
  readonly owner?: Readonly<Record<string, string>>;
  readonly links?: readonly { readonly kind: string; readonly caseNo: string }[];
  readonly deadlines?: Readonly<Record<string, string>>;
  readonly questions?: readonly string[];
  readonly barred?: readonly string[];
  readonly errors?: readonly string[];
}

const at = (name: string): URL => new URL(`examples/${name}`, import.meta.url);
const filings = readJson(at('filings.json')) as readonly { id: string }[];
const docket = readJson(at('docket.json'));
const expected = readJson(at('expected.json')) as readonly Expected[];

/** The same fields of the decision as the expectation has. */
function seen(decision: Decision, { owner, links, deadlines, ...rest }: Expected): unknown {
  const due = new Map(decision.deadlines?.map((each) => [each.kind, each.due]));
  const own: Readonly<Record<string, unknown>> = decision.owner ?? {};
  const found = new Set(decision.links?.map((each) => `${each.kind} ${each.caseNo}`));
  const plain: Readonly<Record<string, unknown>> = {
    filing: decision.filing,
    status: decision.status,
    procedure: decision.procedure,
    panel: decision.panel,
    questions: decision.questions?.map((each) => each.fact).sort(),
    barred: decision.barred?.map((each) => each.judge).sort(),
    errors: decision.errors?.map((each) => each.path).sort(),
  };
  return {
    ...Object.fromEntries(Object.keys(rest).map((key) => [key, plain[key]])),
    ...(owner && { owner: Object.fromEntries(Object.keys(owner).map((key) => [key, own[key]])) }),
    ...(links && { links: links.filter((each) => found.has(`${each.kind} ${each.caseNo}`)) }),
    ...(deadlines && { deadlines: Object.fromEntries(Object.keys(deadlines).map((kind) => [kind, due.get(kind)])) }),
  };
}

const wanted = ({ note: _, ...rest }: Expected & { readonly note?: string }): unknown => ({
  ...rest,
  ...(rest.questions && { questions: [...rest.questions].sort() }),
  ...(rest.barred && { barred: [...rest.barred].sort() }),
  ...(rest.errors && { errors: [...rest.errors].sort() }),
});

function compare(decisions: readonly Decision[]): void {
  expect(decisions.map((each) => each.filing)).toEqual(filings.map((each) => each.id));
  for (const each of expected) {
    const decision = decisions.find(({ filing }) => filing === each.filing);
    if (decision === undefined) throw new Error(`no decision on ${each.filing}`);
    expect(seen(decision, each), each.filing).toEqual(wanted(each));
    expect(schemaErrors.decision(decision), each.filing).toEqual([]);
  }
}

/** Runs the program from its sources. */
const run = (args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const cli = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));
    const options = { maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(process.execPath, ['--import', 'tsx', cli, ...args], options, (_, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });

describe('the worked samples of the contract', () => {
  let decisions: Decision[];
  beforeAll(async () => {
    decisions = await routeAll(
      filings.map((value) => ({ value })),
      docketOf(docket),
    );
  });

  test('the documents themselves follow the schemas', () => {
    expect(schemaErrors.docket(docket)).toEqual([]);
    expect(filings.flatMap(schemaErrors.filing)).toEqual([]);
  });

  test('give what is expected, in-process', () => compare(decisions));

  test('give the same decisions from the command line', async () => {
    const paths = [fileURLToPath(at('filings.json')), '--docket', fileURLToPath(at('docket.json'))];
    const { status, stdout, stderr } = await run(['route', ...paths, '--seed', SEED]);
    expect(status, stderr).toBe(1);
    const printed = JSON.parse(stdout) as Decision[];
    compare(printed);
    expect(printed).toEqual(decisions);
  }, 60_000);
});
