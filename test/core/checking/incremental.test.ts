import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLawbook, checkMemory, type LawbookReport } from '../../../src/core/checking/check-lawbook.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { buildLawbook } from '../../../src/core/routing/lawbook.js';
import { jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { ReadCache } from '../../../src/core/rules/read-cache.js';
import { type Problem, Problems, type RuleFile } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { cardMutants } from '../../mutation/card-mutants.js';
import { parameterMutants } from '../../mutation/table-mutants.js';
import { edition, RULES, lawbook as shipped } from '../../support/court.js';

const ON = plainDate('2026-03-09');
const EDITS = 6;
const files = readRuleFiles(RULES);
const isRead = ({ path }: RuleFile): boolean => /^(national|links|modules|courts)\/.*\.yaml$/.test(path);

/** Every edit of one place that the mutation run knows, of cards and of numbers. */
const edits = files.flatMap((file) => {
  if (file.path.startsWith('parameters/') && file.path.endsWith('.csv'))
    return parameterMutants(file, shipped.book.vocabulary);
  return isRead(file) ? cardMutants(file, shipped.book.vocabulary) : [];
});

interface Edit {
  readonly mutant: number;
  /** Comment lines put before the file: nothing changes but where things stand. */
  readonly lines: number;
  /** The edit is taken back before the next. */
  readonly isUndone: boolean;
}

const anEdit: fc.Arbitrary<Edit> = fc.record({
  mutant: fc.nat(edits.length - 1),
  lines: fc.nat(2),
  isUndone: fc.boolean(),
});

type Found = LawbookReport | readonly Problem[];

/** Checks one state of the files after another, with what was kept of those before. */
class Editor {
  readonly #cache = new ReadCache();
  readonly #memory = checkMemory(jsonRulesEngine);

  check(state: readonly RuleFile[]): Promise<Found> {
    return check(state, this.#cache, this.#memory);
  }
}

async function check(state: readonly RuleFile[], cache?: ReadCache, memory = checkMemory(jsonRulesEngine)) {
  const problems = new Problems();
  const lawbook = buildLawbook(state, problems, cache);
  if (!lawbook || problems.list.length > 0) return problems.list;
  return checkLawbook(lawbook, { articles: edition.articles, on: ON, engine: jsonRulesEngine, memory });
}

const withText = (state: readonly RuleFile[], path: string, text: string): RuleFile[] =>
  state.map((file) => (file.path === path ? { path, text } : file));

describe('编辑时的检查', () => {
  test('任意改来改去,每一次说的都和从头检查一字不差', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anEdit, { minLength: EDITS, maxLength: EDITS }), async (sequence) => {
        const editor = new Editor();
        await editor.check(files);
        let state: readonly RuleFile[] = files;
        for (const { mutant, lines, isUndone } of sequence) {
          const { path, text } = edits[mutant] as (typeof edits)[number];
          if (text === undefined) continue;
          const comment = path.endsWith('.yaml') ? '# 说明\n'.repeat(lines) : '';
          const edited = withText(state, path, `${comment}${text}`);
          expect(await editor.check(edited)).toEqual(await check(edited));
          state = isUndone ? state : edited;
        }
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 2) },
    );
  });

  test('只移动行的改动,什么也不用再证明、再运行,位置跟着移动', async () => {
    let asked = 0;
    const counting: typeof jsonRulesEngine = (rules, facts) => {
      asked++;
      return jsonRulesEngine(rules, facts);
    };
    const [cache, memory] = [new ReadCache(), checkMemory(counting)];
    const path = 'national/civil/procedure-first-instance.yaml';
    const text = files.find((file) => file.path === path)?.text ?? '';
    const told = async (state: readonly RuleFile[]): Promise<readonly Problem[]> => {
      const lawbook = buildLawbook(state, new Problems(), cache);
      if (!lawbook) throw new Error('the rules can be read');
      const { problems } = await checkLawbook(lawbook, {
        articles: edition.articles,
        on: ON,
        engine: counting,
        memory,
      });
      return problems;
    };
    const broken = text.replace('得: 小额诉讼程序 }', '得: 普通程序 }');
    const [before] = await told(withText(files, path, broken));
    expect(before?.code).toBe('EXAMPLE_FAILED');
    expect(asked).toBeGreaterThan(0);
    asked = 0;
    const [after] = await told(withText(files, path, `# 一行说明\n${broken}`));
    expect(after).toEqual({ ...before, line: (before?.line ?? 0) + 1 });
    expect(asked).toBe(0);
  });
});
