import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docket, RULES } from '../../support/court.js';
import { shouze } from '../../support/shouze.js';

const LIMITS = 'parameters/small-claims.csv';
const EXAMPLES = 'parameters/small-claims.yaml';
const STORY_MS = 300_000;
/** What the change of a province's limit does, as every way to see it says. */
const REACH = /「程序」民事一审：简易程序 → 小额诉讼程序[\s\S]*河南、沈丘县人民法院[\s\S]*35,120 < 标的额 ≤ 40,000 元/;

/** Puts a province's limit up from a day on, with the examples that the check asks for. */
function raiseLimit(folder: string): void {
  const edit = (path: string, change: (text: string) => string): void =>
    writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
  edit(LIMITS, (text) =>
    text.replace(
      /^(小额诉讼法定限额,河南),35120,2022-01-09,,(.*)$/m,
      '$1,35120,2022-01-09,2099-01-01,$2\n$1,40000,2099-01-01,,2098-12-20,,演练用的通知,未核实,演练',
    ),
  );
  edit(EXAMPLES, (text) =>
    text.replace(
      /^( {2}- \{ 参数: 小额诉讼法定限额, 适用: 河南, 日期:) 2022-01-09, 值: 35120 \}$/m,
      '$1 2022-01-09, 值: 35120 }\n$1 2098-12-31, 值: 35120 }\n$1 2099-01-01, 值: 40000 }',
    ),
  );
}

describe('policy staff change a province’s small-claims limit from files', () => {
  let folder: string;
  let data: string[];
  const passwords = new Map<string, string>();
  const as = (login: string, ...args: string[]) =>
    shouze(['rules', 'release', ...args, '--as', login, ...data], { SHOUZE_PASSWORD: passwords.get(login) ?? '' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shouze-release-'));
    data = ['--data', join(folder, 'data')];
    cpSync(RULES, join(folder, 'rules'), { recursive: true });
    const git = (...args: string[]): void => {
      execFileSync('git', [
        '-C',
        join(folder, 'rules'),
        '-c',
        'user.name=x',
        '-c',
        'user.email=x@example.org',
        ...args,
      ]);
    };
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'before');
    raiseLimit(join(folder, 'rules'));
    writeFileSync(join(folder, 'docket.json'), JSON.stringify(docket([])));
    await shouze(['import', join(folder, 'docket.json'), ...data]);
    for (const [login, role] of [
      ['bianji', 'rule_author'],
      ['shenpi', 'rule_approver'],
    ] as const) {
      const made = await shouze(['user', 'add', login, '--court', '川1527', '--name', login, '--role', role, ...data]);
      passwords.set(login, /[a-z0-9]{4}(-[a-z0-9]{4}){3}/.exec(made.out + made.err)?.[0] ?? '');
    }
  }, STORY_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'the check, the exact region, the refusal to the author, the release on its day, and the same region again',
    async () => {
      const rules = join(folder, 'rules');
      expect(await shouze(['rules', 'check', rules])).toMatchObject({ status: 0, out: '' });
      const fromGit = await shouze(['rules', 'diff', 'git:HEAD', '--rules', rules]);
      expect([fromGit.status, fromGit.out]).toEqual([1, expect.stringMatching(REACH)]);
      expect(fromGit.out).toContain('除此以外，没有一个案件的结论改变');

      const proposal = ['propose', rules, '--title', '限额调整', '--reason', '按通知'];
      const proposed = await as('bianji', ...proposal);
      expect(proposed).toMatchObject({ status: 0, out: expect.stringMatching(REACH) });
      expect(proposed.out).toContain('已提出第 2 号发布，改动 2 个文件');
      const own = await as('bianji', 'approve', '2', '--on', '2099-01-01', '--reason', '同意');
      expect([own.status, own.err]).toEqual([2, expect.stringContaining('规则审批')]);
      const approved = await as('shenpi', 'approve', '2', '--on', '2099-01-01', '--reason', '与通知一致');
      expect(approved).toMatchObject({ status: 0, out: '第 2 号发布现在是“已排期”，施行 2099-01-01\n' });

      const listed = await shouze(['rules', 'release', 'list', ...data]);
      expect(listed.out).toMatch(/^2\t已排期\t2099-01-01\t限额调整\tbianji、shenpi\t.*\n1\t有效\t/);
      const shown = await shouze(['rules', 'release', 'show', '2', ...data]);
      expect(shown.out).toMatch(/提出\tbianji\t按通知\n.*批准\tshenpi\t与通知一致\n改动\tparameters/);
      expect(shown.out).toMatch(REACH);
      const between = await shouze(['rules', 'diff', 'release:1', 'release:2', ...data]);
      expect([between.status, between.out]).toEqual([1, expect.stringMatching(REACH)]);

      const cancelled = await as('shenpi', 'cancel', '2', '--reason', '通知撤回了');
      expect(cancelled.out).toContain('已取消');
    },
    STORY_MS,
  );

  it(
    'rules that do not pass are not proposed, and leave no draft behind',
    async () => {
      const broken = join(folder, 'broken');
      cpSync(join(folder, 'rules'), broken, { recursive: true });
      writeFileSync(
        join(broken, EXAMPLES),
        readFileSync(join(broken, EXAMPLES), 'utf8').replace('2099-01-01, 值: 40000', '2099-01-01, 值: 39999'),
      );
      const refused = await as('bianji', 'propose', broken, '--title', '错的', '--reason', '试');
      expect([refused.status, refused.err]).toEqual([
        2,
        expect.stringMatching(/parameters\/small-claims\.yaml:\d+:\d+/),
      ]);
      expect((await shouze(['rules', 'release', 'list', ...data])).out).not.toContain('错的');
    },
    STORY_MS,
  );

  it(
    'a version that is not there is told by its name',
    async () => {
      const rules = join(folder, 'rules');
      for (const [version, message] of [
        ['git:nosuch', '没有「nosuch」这个版本'],
        ['nowhere', '没有「nowhere」这个目录'],
        ['release:99', '99'],
      ] as const) {
        const said = await shouze(['rules', 'diff', version, '--rules', rules, ...data]);
        expect([said.status, said.err]).toEqual([2, expect.stringContaining(message)]);
      }
    },
    STORY_MS,
  );
});
