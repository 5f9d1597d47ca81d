import { editDistance } from '../kernel/edit-distance.js';
import { invariant } from '../kernel/result.js';
import { type CsvRow, cell } from './csv-row.js';
import { withoutSpaces } from './normal-text.js';

/** The three lists of 案由, in the order in which a name is looked up where no list is named. */
export const CAUSE_LISTS = ['civil', 'criminal', 'administrative'] as const;
export type CauseList = (typeof CAUSE_LISTS)[number];

/** One row of a list: 民事案件案由规定, the 罪名 of 刑法, or 行政案件案由暂行规定. `level` 1–4; '' where there is no parent or number. */
export type CauseRow = {
  readonly list: CauseList;
  readonly code: string;
  readonly name: string;
  readonly level: number;
  readonly parentCode: string;
  readonly officialNo: string;
};

/** A 案由 in its tree. Levels may be left out on the way down: most 罪名 hang from level 1 directly at level 3. */
export type CauseNode = {
  readonly list: CauseList;
  /** Our own key; the instruments print numbers (`officialNo`), no codes. */
  readonly code: string;
  readonly name: string;
  readonly level: number;
  readonly officialNo: string;
  readonly parent: CauseNode | undefined;
  /** Names from level 1 down to this one. */
  readonly path: readonly string[];
  /** The same in the form that names are looked up in. */
  readonly keys: readonly string[];
};

/** All lists together; built once, only read afterwards. */
export type CauseTree = {
  readonly nodes: readonly CauseNode[];
  readonly byName: ReadonlyMap<string, CauseNode>;
  readonly byListedName: ReadonlyMap<string, CauseNode>;
};

/** How many names `nearestCauses` gives at most, and the longest text that it compares at all. */
const SUGGESTIONS = 3;
const LONGEST_NAME = 60;

const listed = (list: CauseList, key: string): string => `${list}/${key}`;

/**
 * Rows of `rules/reference/causes-*.csv` (columns code, name, level, parent, official_no).
 *
 * @throws InvariantError for a missing column or a level that is not 1–4
 */
export function parseCauseRows(list: CauseList, rows: readonly CsvRow[]): CauseRow[] {
  return rows.map((row) => {
    const level = Number(cell(row, 'level'));
    const code = cell(row, 'code');
    invariant(Number.isInteger(level) && level >= 1 && level <= 4, `cause ${code} has level ${cell(row, 'level')}`);
    const [parentCode, officialNo] = [cell(row, 'parent'), cell(row, 'official_no')];
    return { list, code, name: cell(row, 'name'), level, parentCode, officialNo };
  });
}

/**
 * The tree of 案由. Parents stand before their children, as in the lists.
 *
 * @throws InvariantError for a code that stands twice, a parent that is missing, of another list or not above its child
 */
export function buildCauseTree(rows: readonly CauseRow[]): CauseTree {
  const byCode = new Map<string, CauseNode>();
  const byListedName = new Map<string, CauseNode>();
  for (const { parentCode, ...row } of rows) {
    const parent = parentCode === '' ? undefined : byCode.get(parentCode);
    invariant(!byCode.has(row.code), `cause ${row.code} stands twice`);
    invariant(parentCode === '' || parent?.list === row.list, `cause ${row.code} has no parent ${parentCode}`);
    invariant(parent === undefined || parent.level < row.level, `cause ${row.code} is not below ${parentCode}`);
    const key = withoutSpaces(row.name);
    const node = { ...row, parent, path: [...(parent?.path ?? []), row.name], keys: [...(parent?.keys ?? []), key] };
    byCode.set(row.code, node);
    const named = byListedName.get(listed(row.list, key));
    if (named === undefined || named.level < node.level) byListedName.set(listed(row.list, key), node);
  }
  const nodes = [...byCode.values()];
  const byName = new Map<string, CauseNode>();
  for (const list of CAUSE_LISTS) {
    for (const node of nodes) {
      const key = withoutSpaces(node.name);
      const named = byListedName.get(listed(list, key));
      if (named !== undefined && !byName.has(key)) byName.set(key, named);
    }
  }
  return { nodes, byName, byListedName };
}

/**
 * The 案由 of that name, in any width and spacing; in `list` only where one is given. A name that stands on several levels
 * (不当得利纠纷) is the deepest of them; one that stands in several lists is the first list's. Undefined for an unknown name.
 */
export function findCause(tree: CauseTree, name: string, list?: CauseList): CauseNode | undefined {
  const find = (key: string) => (list === undefined ? tree.byName.get(key) : tree.byListedName.get(listed(list, key)));
  return find(name) ?? find(withoutSpaces(name));
}

/** Names from level 1 down to the node itself. */
export const causePath = (node: CauseNode): readonly string[] => node.path;

/** The 二级案由 at or above the node; undefined for a level-1 node and for a 罪名 whose chapter has no sections. */
export function level2Of(node: CauseNode): CauseNode | undefined {
  let at: CauseNode | undefined = node;
  while (at !== undefined && at.level > 2) at = at.parent;
  return at?.level === 2 ? at : undefined;
}

/** Whether the node or one above it bears that name. */
export const isUnder = (node: CauseNode, ancestorName: string): boolean =>
  node.path.includes(ancestorName) || node.keys.includes(withoutSpaces(ancestorName));

/**
 * Up to three official names that an unknown one may have meant, nearest first: at most a third of the characters different, or
 * one containing the other. None for a text of one character or of more than sixty.
 */
export function nearestCauses(tree: CauseTree, name: string): string[] {
  const key = withoutSpaces(name);
  if (key.length < 2 || key.length > LONGEST_NAME) return [];
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const [other, node] of tree.byName) {
    const contains = other.includes(key) || key.includes(other);
    const reach = 2 * Math.max(1, Math.floor(Math.max(key.length, other.length) / 3));
    // What the two cannot have in common they must differ by: most names are ruled out without the matrix.
    const common = [...key].filter((character) => other.includes(character)).length;
    if (!contains && key.length + other.length - 2 * common > reach) continue;
    const distance = editDistance(key, other, 2);
    if (contains || distance <= reach) near.push({ name: node.name, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS)
    .map((each) => each.name);
}
