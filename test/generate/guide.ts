/** Writes what the commands of `docs/guides/rule-authoring.zh-CN.md` print into it: `npx tsx test/generate/guide.ts`. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { aheadTo, environmentAhead } from '../support/other-day.js';
import { CLI } from '../support/program.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const GUIDE = join(ROOT, 'docs/guides/rule-authoring.zh-CN.md');

const BEFORE = '2026-06-24T09:00:00+08:00';
const ON_THE_DAY = '2026-07-01T09:00:00+08:00';
const LIMITS = '我的规则/parameters/small-claims.csv';
const EXAMPLES = '我的规则/parameters/small-claims.yaml';
/** Of a line; what is longer is cut in the guide. */
const SHOWN_LETTERS = 150;

/** The commands of a block of the guide: each as it is typed there, by whom where a password is needed. */
interface Block {
  readonly on: string;
  readonly commands: readonly { readonly typed: string; readonly as?: string; readonly lines?: RegExp }[];
  /** What is written into files before them. */
  readonly edit?: (folder: string) => void;
}

const RELEASE = 'shouze rules release';
const USERS = '--court 豫1699 --data 演练';
const BLOCKS: readonly Block[] = [
  {
    on: BEFORE,
    commands: [
      {
        typed:
          'shouze route docs/sample/filings-henan.json --docket docs/sample/docket-henan.json --seed 00ff --out 决定.json',
      },
      {
        typed:
          'shouze route docs/sample/filings-henan.json --docket docs/sample/docket-henan.json --seed 00ff --format table',
      },
    ],
  },
  { on: BEFORE, commands: [{ typed: 'shouze rules check 我的规则' }], edit: raiseLimit },
  { on: BEFORE, commands: [{ typed: 'shouze rules check 我的规则' }], edit: addExamples },
  { on: BEFORE, commands: [{ typed: 'shouze rules diff rules 我的规则' }] },
  {
    on: BEFORE,
    commands: [
      {
        typed:
          'shouze route docs/sample/filings-henan.json --docket docs/sample/docket-henan.json --seed 00ff --format table --rules 我的规则',
      },
    ],
  },
  {
    on: BEFORE,
    commands: [
      { typed: 'shouze import docs/sample/docket-henan.json --data 演练' },
      { typed: `shouze user add bianji --name 演练编辑 --role rule_author ${USERS}` },
      { typed: `shouze user grant bianji --role rule_approver ${USERS}` },
      { typed: `shouze user add shenpi --name 演练审批 --role rule_approver ${USERS}` },
    ],
  },
  {
    on: BEFORE,
    commands: [
      {
        typed: `${RELEASE} propose 我的规则 --as bianji --title 河南小额诉讼限额调整 --reason 按通知 --data 演练`,
        as: 'bianji',
        lines: /^结论|^1\.|^ {3}河南|^除此|^已提出/,
      },
      { typed: `${RELEASE} approve 2 --as bianji --on 2026-07-01 --reason 同意 --data 演练`, as: 'bianji' },
      { typed: `${RELEASE} approve 2 --as shenpi --on 2026-07-01 --reason 与通知一致 --data 演练`, as: 'shenpi' },
      { typed: `${RELEASE} list --data 演练` },
    ],
  },
  {
    on: ON_THE_DAY,
    commands: [
      { typed: `${RELEASE} list --data 演练` },
      { typed: `${RELEASE} show 1 --export 第1号规则 --data 演练`, lines: /^已把/ },
      { typed: `${RELEASE} show 2 --export 第2号规则 --data 演练`, lines: /^已把/ },
      {
        typed:
          'shouze route docs/sample/filings-henan.json --docket docs/sample/docket-henan.json --seed 00ff --format table --rules 第2号规则',
      },
    ],
  },
  {
    on: ON_THE_DAY,
    commands: [
      { typed: 'shouze replay 决定.json --rules 第1号规则' },
      { typed: 'shouze replay 决定.json --rules 第2号规则' },
    ],
  },
];

/** Ends the row of the province on a day, and adds one that begins on it. */
function raiseLimit(folder: string): void {
  edit(join(folder, LIMITS), (text) =>
    text.replace(
      /^(小额诉讼法定限额,河南),35120,2022-01-09,,(.*)$/m,
      '$1,35120,2022-01-09,2026-07-01,$2\n$1,40000,2026-07-01,,2026-06-20,,演练用的通知，并未发布,未核实,演练',
    ),
  );
}

function addExamples(folder: string): void {
  edit(join(folder, EXAMPLES), (text) =>
    text.replace(
      /^( {2}- \{ 参数: 小额诉讼法定限额, 适用: 河南, 日期:) 2022-01-09, 值: 35120 \}$/m,
      '$&\n$1 2026-06-30, 值: 35120 }\n$1 2026-07-01, 值: 40000 }',
    ),
  );
}

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${path} has no such row any more`);
  writeFileSync(path, after);
}

/** A block of the guide, from its first command on. */
export interface Shown {
  readonly first: string;
  /** Whose block it is where several begin with the same command. */
  readonly order: number;
  readonly text: string;
}

/** Runs all of it in a folder of its own, on the days of the guide. */
export function shownBlocks(): Shown[] {
  const folder = mkdtempSync(join(tmpdir(), 'shouze-guide-'));
  const passwords = new Map<string, string>();
  const orders = new Map<string, number>();
  try {
    cpSync(join(ROOT, 'rules'), join(folder, 'rules'), { recursive: true });
    cpSync(join(ROOT, 'rules'), join(folder, '我的规则'), { recursive: true });
    cpSync(join(ROOT, 'docs/sample'), join(folder, 'docs/sample'), { recursive: true });
    return BLOCKS.map(({ on, commands, edit: change }) => {
      change?.(folder);
      const said = commands.map(({ typed, as, lines }) => {
        const out = run(folder, typed, {
          ...environmentAhead(aheadTo(on)),
          SHOUZE_PASSWORD: passwords.get(as ?? '') ?? '',
        });
        const [login, password] = /^(\w+) +([a-z0-9]{4}(?:-[a-z0-9]{4}){3}) /m.exec(out)?.slice(1) ?? [];
        if (login !== undefined && password !== undefined) passwords.set(login, password);
        return `$ ${typed}\n${asShown(out, lines)}`;
      });
      const first = commands[0]?.typed ?? '';
      const order = orders.get(first) ?? 0;
      orders.set(first, order + 1);
      return { first, order, text: said.join('') };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(cwd: string, typed: string, environment: Readonly<Record<string, string>>): string {
  const env = { ...process.env, DATABASE_URL: '', SHOUZE_KEY: '', ...environment };
  const child = spawnSync(process.execPath, [CLI, ...typed.split(' ').slice(1)], { cwd, env, encoding: 'utf8' });
  return child.stdout + child.stderr;
}

/** What the guide leaves out: what is another each time, or becomes another with any rule. */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z0-9]{4}(-[a-z0-9]{4}){3}\b/g, '····-····-····-····'],
  [/\t[0-9a-f]{12}$/gm, '\t……'],
  [/^(没有问题:)?\d+ 条规则,.*?(中有 .*)?$/gm, '$1……$2'],
  [/比较了 \d+ 项/g, '比较了 …… 项'],
  [/^已把 \d+ 个/gm, '已把 …… 个'],
  [/^另有 .*\n/gm, ''],
  [/^规则目录里没有.*\n/gm, ''],
  // Of the table: who is drawn and by when, and that its cells are wrapped.
  [/^-{4}.*\n/gm, ''],
  [/\n {40,}/g, ''],
  [/^((?:登记号|\d{4}-\d{4}) .*?程序) .* {2}(\S+)$/gm, '$1  ……  $2'],
];

/** As the guide shows it: no wider than is read. */
function asShown(out: string, lines: RegExp | undefined): string {
  const told = LEFT_OUT.reduce((text, [what, instead]) => text.replace(what, instead), out.replaceAll(/ +$/gm, ''));
  const all = told.split('\n').filter((line) => line !== '');
  const kept = lines === undefined ? all : all.filter((line) => lines.test(line));
  const cut = (line: string): string => (line.length > SHOWN_LETTERS ? `${line.slice(0, SHOWN_LETTERS)}……` : line);
  return [...kept.map(cut), ''].join('\n');
}

/** The blocks of the guide that begin with a command, and the text around them. */
export const blocksOf = (guide: string): string[] => guide.split(/^```\n/m);

/** Where in the guide a block stands. */
export function placeOf(pieces: readonly string[], { first, order }: Shown): number {
  const places = pieces.flatMap((piece, at) => (piece.startsWith(`$ ${first}\n`) ? [at] : []));
  const place = places[order];
  if (place === undefined) throw new Error(`the guide has no block that begins with: ${first}`);
  return place;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const pieces = blocksOf(readFileSync(GUIDE, 'utf8'));
  for (const shown of shownBlocks()) pieces[placeOf(pieces, shown)] = shown.text;
  writeFileSync(GUIDE, pieces.join('```\n'));
}
