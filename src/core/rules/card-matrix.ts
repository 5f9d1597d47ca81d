import { type CardFile, parseCardFile, type RowOf } from './card.js';
import type { CauseNames } from './causes.js';
import { type CsvRow, readCsv } from './csv.js';
import { Fields } from './fields.js';
import { matrixCell } from './matrix-cell.js';
import { unknownWord } from './nearest.js';
import { type Place, Problems, type RuleFile, type SourceEntry, type SourceMap, type SourceNode } from './source.js';
import type { Fact, Vocabulary } from './vocabulary.js';

/** 命中 of a table: rows exclude each other (唯一), may overlap where they agree (一致), or each speak (收集). */
const HITS: Readonly<Record<string, RowOf['hit']>> = { 唯一: 'single', 一致: 'same', 收集: 'collect' };

/** What one column of a table asks: a fact, by which operator, and whether its cells name values or parameters. */
interface Column {
  readonly fact: Fact;
  readonly operator?: string;
  readonly isParameter: boolean;
}

/** Beyond this the pairs of rows are too many to look at; nobody reads such a table either. */
const ROWS_MAX = 500;

const ROW_ID = /^[A-Z][A-Z0-9]{0,11}$/;
const SHARED = ['组', '例外于', '适用', '依据', '下级可细化', '说明模板', '重合', '复核'];
const NOTHING: CardFile = { cards: [], examples: [], refused: [], unruled: [] };

/**
 * Reads a table of rules: `name.yaml` says what its columns mean, `name.csv` has a row for each rule. Every row becomes
 * the card that one could have written, its id that of the table and of the row, so that nothing else need know tables.
 * An empty cell is no condition.
 */
export function parseMatrix(
  root: SourceNode,
  csv: RuleFile,
  vocabulary: Vocabulary,
  causes: CauseNames,
  into: Problems,
): CardFile {
  const problems = new Problems();
  const file = read(root, csv, vocabulary, causes, problems);
  // What is wrong with the header would be told again for each row.
  const told = new Set<string>();
  for (const problem of problems.list) {
    const key = `${problem.file}:${problem.line}:${problem.column} ${problem.code}`;
    if (!told.has(key)) into.list.push(problem);
    told.add(key);
  }
  return file;
}

function read(
  root: SourceNode,
  csv: RuleFile,
  vocabulary: Vocabulary,
  causes: CauseNames,
  problems: Problems,
): CardFile {
  if (root.kind !== 'map') {
    problems.add(root.place, 'FIELD_SHAPE', '表头文件应当是「键: 值」:名称、层、表、命中、编号、列、结果、依据……');
    return NOTHING;
  }
  const fields = new Fields(root, problems);
  const name = fields.text('名称') ?? '';
  const table = fields.text('表');
  if (table !== undefined && !csv.path.endsWith(`/${table}`)) {
    fields.fail(fields.placeOf('表'), 'MATRIX', `「表」应当是同名的文件「${csv.path.split('/').at(-1)}」`);
  }
  const hitWord = fields.text('命中');
  const hit = hitWord !== undefined && Object.hasOwn(HITS, hitWord) ? HITS[hitWord] : undefined;
  if (hitWord !== undefined && hit === undefined) {
    fields.fail(fields.placeOf('命中'), 'WORD_UNKNOWN', unknownWord('命中', hitWord, Object.keys(HITS)));
  }
  const prefix = fields.text('编号');
  const columns = readColumns(fields, vocabulary, problems);
  const result = readResult(fields, problems);
  for (const key of ['说明', '层', '基准', '基准参数', '效力', '示例', ...SHARED]) fields.get(key);
  fields.done();
  if (hit === undefined || prefix === undefined || !columns || !result) return NOTHING;
  if (hit === 'collect' && vocabulary.outcomes.get(result.outcome)?.single === true) {
    fields.fail(fields.placeOf('命中'), 'MATRIX', `「${result.outcome}」只能有一个答案,表不能写「收集」`);
  }
  const rows = readCsv(csv, ['行', ...columns.keys(), result.column], problems, ['施行', '失效', '说明']);
  if (rows.length > ROWS_MAX) {
    problems.add({ file: csv.path, line: 1, column: 1 }, 'MATRIX', `一个表最多 ${ROWS_MAX} 行;请拆成几个表`);
    return NOTHING;
  }
  const ids = new Map<string, RowOf>();
  const rules: SourceNode[] = [];
  const examples = examplesOf(root);
  for (const row of rows) {
    const place = row.placeOf('行');
    const id = row.cells.行 ?? '';
    if (!ROW_ID.test(id) || ids.has(`${prefix}-${id}`)) {
      const why = ids.has(`${prefix}-${id}`)
        ? `行号「${id}」写了两次`
        : `行号「${id}」应当以大写字母开头,只用大写字母和数字,例如 R01:纯数字和「1-2」会被表格软件改掉`;
      problems.add(place, 'MATRIX', why);
      continue;
    }
    ids.set(`${prefix}-${id}`, {
      table: csv.path,
      hit,
      row: id,
      reads: [...columns.values()].map(({ fact }) => fact.key),
    });
    rules.push(
      cardOf(row, { root, name, prefix, columns, result, examples: examples.get(id) ?? [], causes, problems }),
    );
  }
  for (const [row, [first]] of examples) {
    if (row !== '' && first && !ids.has(`${prefix}-${row}`)) {
      const known = [...ids.values()].map((each) => each.row);
      problems.add(first.place, 'EXAMPLE', unknownWord('行', row, known));
    }
  }
  const whole = (examples.get('') ?? []) as readonly SourceMap[];
  const file = mapOf(root.place, [
    ...['名称', '说明', '层', '基准', '基准参数'].flatMap((key) => entryOf(root, key)),
    ['规则', listOf(root.place, rules)],
    ...(whole.length > 0 ? [['示例', listOf(root.place, whole)] as const] : []),
  ]);
  const { cards, ...rest } = parseCardFile(file, vocabulary, causes, problems);
  return {
    ...rest,
    cards: cards.map((card) => {
      const row = ids.get(card.id);
      return row ? { ...card, row } : card;
    }),
  };
}

function readColumns(fields: Fields, { facts }: Vocabulary, problems: Problems): Map<string, Column> | undefined {
  const node = fields.need('列');
  const map = node && fields.mapOf(node, '列');
  if (!map) return undefined;
  const columns = new Map<string, Column>();
  for (const [name, { keyPlace, value }] of map.entries) {
    const own = fields.mapOf(value, name);
    if (!own) continue;
    const inner = new Fields(own, problems);
    const word = inner.text('事实');
    const operator = inner.optionalText('运算');
    const filled = inner.optionalText('填') ?? '值';
    inner.done();
    const fact = word === undefined ? undefined : facts.get(word);
    if (word !== undefined && !fact)
      inner.fail(inner.placeOf('事实'), 'FACT_UNKNOWN', unknownWord('事实', word, facts.keys()));
    if (filled !== '值' && filled !== '参数')
      inner.fail(inner.placeOf('填'), 'WORD_UNKNOWN', '「填」只能是「值」或者「参数」');
    if (filled === '参数' && operator === undefined) {
      inner.fail(keyPlace, 'MATRIX', '填参数的列要写明「运算」,例如 运算: 不超过');
    } else if (fact)
      columns.set(name, { fact, isParameter: filled === '参数', ...(operator !== undefined && { operator }) });
  }
  return columns;
}

/** 结果: { 结论: 列 }. */
function readResult(
  fields: Fields,
  problems: Problems,
): { outcome: string; keyPlace: Place; column: string } | undefined {
  const node = fields.need('结果');
  const map = node && fields.mapOf(node, '结果');
  const [entry, more] = [...(map?.entries ?? [])];
  if (!map || !entry) return undefined;
  const [outcome, { keyPlace, value }] = entry;
  if (more || value.kind !== 'text') {
    problems.add(map.place, 'CONCLUSION', '「结果」写成「{ 结论: 列名 }」,只有一个');
    return undefined;
  }
  return { outcome, keyPlace, column: value.text };
}

interface Table {
  readonly root: SourceMap;
  readonly name: string;
  readonly prefix: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly result: { readonly outcome: string; readonly keyPlace: Place; readonly column: string };
  readonly examples: readonly SourceNode[];
  readonly causes: CauseNames;
  readonly problems: Problems;
}

/** A row as the card that somebody could have written. */
function cardOf(row: CsvRow, { root, name, prefix, columns, result, examples, causes, problems }: Table): SourceMap {
  const place = row.placeOf('行');
  const text = (value: string, at: Place = place): SourceNode => ({
    kind: 'text',
    text: value,
    quoted: true,
    place: at,
  });
  const conditions: SourceNode[] = [];
  for (const [column, { fact, operator, isParameter }] of columns) {
    const cell = row.cells[column] ?? '';
    if (cell === '') continue;
    const at = row.placeOf(column);
    const value = matrixCell(cell, { fact, operator, isParameter, place: at }, causes, problems);
    if (value) conditions.push(mapOf(at, [[fact.word, value]]));
  }
  const said = row.cells[result.column] ?? '';
  const at = row.placeOf(result.column);
  const validity = root.entries.get('效力')?.value;
  const dates = (['施行', '失效'] as const).flatMap((key): [string, SourceNode][] =>
    row.cells[key] ? [[key, text(row.cells[key] ?? '', row.placeOf(key))]] : [],
  );
  return mapOf(place, [
    ['编号', text(`${prefix}-${row.cells.行}`)],
    ['名称', text(`${name}(${row.cells.行})`)],
    ...SHARED.flatMap((key) => entryOf(root, key)),
    ...(conditions.length > 0 ? [['条件', listOf(place, conditions)] as const] : []),
    ['结果', said === '不适用' ? text(said, at) : mapOf(at, [[result.outcome, text(said, at)]], result.keyPlace)],
    ...(validity ? [['效力', withEntries(validity, dates)] as const] : []),
    ...(examples.length > 0 ? [['示例', listOf(place, examples)] as const] : []),
  ]);
}

/** 示例 of the header by 行; those of the whole layer under ''. What is no map stays where it will be refused. */
function examplesOf(root: SourceMap): Map<string, SourceNode[]> {
  const node = root.entries.get('示例')?.value;
  const byRow = new Map<string, SourceNode[]>();
  for (const item of node?.kind === 'list' ? node.items : node ? [node] : []) {
    const row = item.kind === 'map' ? item.entries.get('行')?.value : undefined;
    const key = row?.kind === 'text' ? row.text : '';
    const without = item.kind === 'map' && key !== '' ? ofRow(item) : item;
    byRow.set(key, [...(byRow.get(key) ?? []), without]);
  }
  return byRow;
}

const ofRow = (map: SourceMap): SourceMap => ({
  ...map,
  entries: new Map([...map.entries].filter(([key]) => key !== '行')),
});

const listOf = (place: Place, items: readonly SourceNode[]): SourceNode => ({ kind: 'list', items, place });

const mapOf = (place: Place, entries: readonly (readonly [string, SourceNode])[], keyPlace?: Place): SourceMap => ({
  kind: 'map',
  place,
  entries: new Map(
    entries.map(([key, value]): [string, SourceEntry] => [key, { keyPlace: keyPlace ?? value.place, value }]),
  ),
});

const entryOf = (map: SourceMap, key: string): (readonly [string, SourceNode])[] => {
  const value = map.entries.get(key)?.value;
  return value ? [[key, value]] : [];
};

function withEntries(node: SourceNode, more: readonly (readonly [string, SourceNode])[]): SourceNode {
  if (node.kind !== 'map') return node;
  const own = [...node.entries].map(([key, { value }]): [string, SourceNode] => [key, value]);
  return mapOf(node.place, [...own, ...more]);
}
