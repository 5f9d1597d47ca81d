import { parse } from 'csv-parse/sync';
import type { AdjustmentRule } from '../flows/adjustment.js';
import { checkLadders } from '../flows/check-escalation.js';
import type { Ladder } from '../flows/escalation.js';
import type { Flow } from '../flows/flow.js';
import { readFlows } from '../flows/flows-of.js';
import { readAdjustments } from '../flows/read-adjustments.js';
import { readLadders } from '../flows/read-escalation.js';
import type { Digest } from '../kernel/digest.js';
import { buildCalendar, type Calendar } from '../law/calendar.js';
import { type CaseTypeTable, parseCaseTypes } from '../law/case-type.js';
import {
  buildCauseTree,
  CAUSE_LISTS,
  type CauseTree,
  causePath,
  findCause,
  nearestCauses,
  parseCauseRows,
} from '../law/cause.js';
import type { CsvRow } from '../law/csv-row.js';
import type { CauseNames } from '../rules/causes.js';
import type { ArticleText } from '../rules/cited-articles.js';
import { ReadCache } from '../rules/read-cache.js';
import { parseRuleBook, type RuleBook } from '../rules/rulebook.js';
import type { Problems, RuleFile } from '../rules/source.js';

/** Everything that the rules folder says: the rule book, the causes, the case types, the calendar and the flows. */
export interface Lawbook {
  readonly book: RuleBook;
  readonly causes: CauseTree;
  readonly caseTypes: CaseTypeTable;
  readonly calendar: Calendar;
  /** The timed procedures that matters can go through, of every court. */
  readonly flows: readonly Flow[];
  /** What may be left out of clocks or added to them. */
  readonly adjustments: readonly AdjustmentRule[];
  /** How late work is urged. */
  readonly ladders: readonly Ladder[];
  /** The release that it is, by its bundle; none where the rules come from a folder alone. Decisions name it. */
  readonly release?: Digest;
}

const rowsOf = (text: string): CsvRow[] => parse(text, { columns: true, bom: true });

/**
 * Builds a lawbook from the files of the rules folder (paths relative to it). What is wrong goes to `problems`;
 * undefined where a part is missing altogether. Whoever builds it again and again keeps a `cache` (see ReadCache), of one state of
 * `reference/`.
 */
export function buildLawbook(
  files: readonly RuleFile[],
  problems: Problems,
  cache = new ReadCache(),
): Lawbook | undefined {
  /** What is read of these files, all of which must be there. */
  const cached = <T>(paths: readonly string[], what: string, read: (texts: readonly string[]) => T): T | undefined => {
    const found = paths.flatMap((path) => files.find((file) => file.path === path) ?? []);
    for (const path of paths) {
      if (!found.some((file) => file.path === path))
        problems.add({ file: path, line: 1, column: 1 }, 'FILE_MISSING', '规则目录里缺少这个文件');
    }
    if (found.length < paths.length) return undefined;
    return cache.read(what, found, problems, () => read(found.map(({ text }) => text)));
  };
  const caseTypes = cached(['reference/case-types.csv'], 'case types', ([text = '']) => parseCaseTypes(rowsOf(text)));
  const causes = cached(
    CAUSE_LISTS.map((list) => `reference/causes-${list}.csv`),
    'causes',
    (texts) => {
      const tree = buildCauseTree(
        CAUSE_LISTS.flatMap((list, index) => parseCauseRows(list, rowsOf(texts[index] ?? ''))),
      );
      return { tree, names: causeNames(tree) };
    },
  );
  const yaml = (folder: string): RuleFile[] =>
    files.filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith('.yaml'));
  const calendar = cache.read('calendar', yaml('calendars'), problems, (into) => {
    const built = buildCalendar(yaml('calendars').map(({ path, text }) => ({ file: path, text })));
    if (built.ok) return built.value;
    for (const { file, line, column, message } of built.error) into.add({ file, line, column }, 'CALENDAR', message);
    return undefined;
  });
  if (!caseTypes || !causes) return undefined;
  const book = parseRuleBook(files, causes.names, problems, cache);
  const words = yaml('vocabulary');
  const flows = cache.read('flows', [...yaml('flows'), ...words], problems, (into) =>
    readFlows(files, book.vocabulary, into),
  );
  const onFlows = [...yaml('flows'), ...words];
  const adjustments = cache.read('adjustments', [...yaml('clocks'), ...onFlows], problems, (into) =>
    readAdjustments(files, flows, book.vocabulary, into),
  );
  const known = problems.list.length;
  const ladders = cache.read('ladders', [...yaml('escalation'), ...onFlows], problems, (into) =>
    readLadders(files, flows, book.vocabulary, into),
  );
  // Of files that cannot be read nothing can be proved.
  if (problems.list.length === known) checkLadders({ flows, ladders, book }, problems);
  return calendar && { book, causes: causes.tree, caseTypes, calendar, flows, adjustments, ladders };
}

function causeNames(tree: CauseTree): CauseNames {
  return {
    has: (name) => findCause(tree, name) !== undefined,
    near: (name) => nearestCauses(tree, name),
    pathOf: (name) => {
      const node = findCause(tree, name);
      return node && causePath(node);
    },
  };
}

/**
 * The articles of `reference/articles.jsonl`, against which national quotes are checked; `earlier` is
 * `reference/earlier-articles.jsonl`, what is known of the versions before them.
 */
export function parseArticles(text: string, earlier = ''): ArticleText[] {
  const before = earlierIndex(earlier);
  return linesOf<Omit<ArticleText, 'inForceFrom' | 'textFrom' | 'before'> & { in_force_from: string }>(text).map(
    (row) => {
      const { law, article, label, version, in_force_from: inForceFrom, text: body } = row;
      return { law, article, label, version, inForceFrom, text: body, ...before(law, version, article) };
    },
  );
}

interface EarlierRow {
  readonly law: string;
  readonly version: string;
  readonly in_force_from: string;
  readonly article: number;
  readonly now: number;
  readonly now_version: string;
  readonly same_text: boolean;
}

/** How far back the words of an article are known, version by version. */
function earlierIndex(
  text: string,
): (law: string, version: string, article: number) => Pick<ArticleText, 'textFrom' | 'before'> {
  const rows = linesOf<EarlierRow>(text);
  const known = new Set(rows.map(({ law, now_version: version }) => `${law} ${version}`));
  const byNow = new Map(rows.map((row) => [`${row.law} ${row.now_version} ${row.now}`, row]));
  return (law, version, article) => {
    let textFrom: string | undefined;
    let at = { version, article };
    for (;;) {
      const found: Pick<ArticleText, 'textFrom'> = textFrom === undefined ? {} : { textFrom };
      if (!known.has(`${law} ${at.version}`)) return found;
      const row = byNow.get(`${law} ${at.version} ${at.article}`);
      if (!row?.same_text) return { ...found, before: row ? 'changed' : 'absent' };
      textFrom = row.in_force_from;
      at = row;
    }
  };
}

const linesOf = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** Names from level 1 down to the cause; an unknown name stands for itself. */
export function causePathOf(lawbook: Pick<Lawbook, 'causes'>, name: string): readonly string[] {
  const node = findCause(lawbook.causes, name);
  return node ? causePath(node) : [name];
}
