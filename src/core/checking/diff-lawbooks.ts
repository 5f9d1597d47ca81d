import type { Lawbook } from '../routing/lawbook.js';
import { buildLawbook } from '../routing/lawbook.js';
import { type DiffLimits, diffBooks, type OutcomeChange, type Where } from '../rules/proof/diff-books.js';
import { showWhen } from '../rules/proof/flattenings.js';
import { showCase } from '../rules/proof/show-case.js';
import { ReadCache } from '../rules/read-cache.js';
import { DEFAULT_COURT } from '../rules/rulebook.js';
import { type Problem, Problems, type RuleFile } from '../rules/source.js';
import { filingOf, SAMPLE_COURT } from './counter-example.js';
import { type FileChange, fileChanges } from './file-changes.js';

/** Cases that come out otherwise, as text. */
export interface ChangeText {
  readonly layer: string;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
  /** Whose, and during which days. */
  readonly where: readonly string[];
  /** Together exactly the cases; where `isCut` some of them. */
  readonly region: readonly string[];
  readonly isCut: boolean;
  readonly example: string;
  /** The example as a filing, where it is one. */
  readonly filing?: string;
}

/** What changed between two rules folders. */
export interface LawbookDiff {
  readonly changes: readonly ChangeText[];
  /** Where it is not known whether anything changed. */
  readonly unknown: readonly string[];
  /** Questions compared; outside `changes` and `unknown` each comes out as before. */
  readonly proofs: number;
  /** What else changed, file by file. */
  readonly files: readonly FileChange[];
}

/** Two folders of which one cannot be read: what is wrong with it. */
export interface DiffRefused {
  readonly side: 'before' | 'after';
  readonly problems: readonly Problem[];
}

/** Compares two rules folders (paths relative to them); quick with a `cache` by which one of them was read before. */
export function diffRuleFiles(
  before: readonly RuleFile[],
  after: readonly RuleFile[],
  { cache = new ReadCache(), ...limits }: DiffLimits & { readonly cache?: ReadCache } = {},
): LawbookDiff | DiffRefused {
  const known = new Map(before.map((file) => [file.path, file]));
  // What did not change is the same object, and is neither read nor compared again.
  const shared = after.map((file) => {
    const old = known.get(file.path);
    return old?.text === file.text ? old : file;
  });
  const then = build(before, 'before', cache);
  if ('problems' in then) return then;
  const now = build(shared, 'after', cache);
  if ('problems' in now) return now;
  return diffLawbooks({ lawbook: then, files: before }, { lawbook: now, files: shared }, limits);
}

function build(files: readonly RuleFile[], side: DiffRefused['side'], cache: ReadCache): Lawbook | DiffRefused {
  const problems = new Problems();
  const lawbook = buildLawbook(files, problems, cache);
  return lawbook && problems.list.length === 0 ? lawbook : { side, problems: problems.list };
}

interface Side {
  readonly lawbook: Lawbook;
  readonly files: readonly RuleFile[];
}

/** Compares two lawbooks; quick where they were read with one `ReadCache`. */
export function diffLawbooks(before: Side, after: Side, limits?: DiffLimits): LawbookDiff {
  const diff = diffBooks(before.lawbook, after.lawbook, limits);
  const { book } = after.lawbook;
  const courts = new Map([...before.lawbook.book.courts, ...book.courts]);
  const nameOf = ({ court, province }: Where): string =>
    court === DEFAULT_COURT ? province : (courts.get(court)?.name ?? court);
  return {
    changes: diff.changes.map((change) => textOf(change, after, nameOf)),
    unknown: diff.unknown.map(
      ({ layer, kind, where }) => `「${layer}」${kind}：${showWhere(where, nameOf).join('；')}`,
    ),
    proofs: diff.proofs,
    files: fileChanges(before, after),
  };
}

const NO_RULE = '没有规则';

function textOf(
  { layer, kind, before: was, after: is, where, region, isCut, example }: OutcomeChange,
  { lawbook }: Side,
  nameOf: (where: Where) => string,
): ChangeText {
  const { vocabulary } = lawbook.book;
  // A court with a folder of its own can be named; the others are meant by their province.
  const first = where.find((each) => each.court !== DEFAULT_COURT) ?? where[0];
  // A filing by itself is docketed and assigned on the day on which it came in.
  const isFiled = first?.docketed?.from === undefined && first?.assigned?.from === undefined;
  const court = first === undefined || first.court === DEFAULT_COURT ? SAMPLE_COURT.code : first.court;
  const filing = first && isFiled && filingOf(example.values, vocabulary, court, first.from);
  const show = (words: readonly string[]): string => (words.length === 0 ? NO_RULE : words.join('、'));
  return {
    layer,
    kind,
    before: show(was),
    after: show(is),
    where: showWhere(where, nameOf),
    region,
    isCut,
    example: showCase(vocabulary, example),
    ...(filing && { filing: JSON.stringify(filing) }),
  };
}

/** Stretches of days, each with whose they are. */
function showWhere(where: readonly Where[], nameOf: (where: Where) => string): string[] {
  const byDays = new Map<string, string[]>();
  for (const each of where) {
    const days = showWhen(each);
    const names = byDays.get(days) ?? [];
    byDays.set(days, names);
    names.push(nameOf(each));
  }
  return [...byDays].map(([days, names]) => `${[...new Set(names)].join('、')}：${days}`);
}

/** Whether nothing that could decide a case otherwise changed, and that is proved. */
export const isSettled = ({ changes, unknown, files }: LawbookDiff): boolean =>
  changes.length === 0 && unknown.length === 0 && files.every(({ isProved }) => isProved);
