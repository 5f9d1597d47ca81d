import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { type PeriodSpec, parsePeriod } from './card-period.js';
import { type CaseDay, CHOSEN_BY, readCaseDay } from './case-days.js';
import { type CardBasis, parseBasis } from './citation.js';
import { ALWAYS, type Condition, parseCondition, type Scope } from './condition.js';
import {
  type Example,
  type ExampleBase,
  type LayerExample,
  parseExampleBase,
  parseExamples,
  parseLayerExamples,
} from './example.js';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import type { Place, Problems, SourceMap, SourceNode } from './source.js';
import type { Outcome, Vocabulary } from './vocabulary.js';

export type { PeriodSpec } from './card-period.js';

/** 例外 inside a card: where it holds, the card does not apply. */
export interface CardException {
  readonly id: string;
  readonly name: string;
  readonly condition: Condition;
  readonly basis: readonly CardBasis[];
  readonly template: string;
  readonly place: Place;
}

/** The table that a card is a row of, and what its 命中 asks of rows that hold at once. */
export interface RowOf {
  /** Path of the CSV. */
  readonly table: string;
  readonly row: string;
  readonly hit: 'single' | 'same' | 'collect';
  /** Keys of the facts that the table's columns ask, whether or not this row does. */
  readonly reads: readonly string[];
}

/** A rule card: one conclusion (or, for a blocking card, none), when it holds, on what it rests. */
export interface Card extends ExampleBase {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  /** Absent for a card that only blocks others. */
  readonly conclusion?: { readonly outcome: Outcome; readonly value: string };
  readonly period?: PeriodSpec;
  readonly groups: readonly string[];
  /** Rule ids or group labels that this card is an exception to. */
  readonly exceptionTo: readonly { readonly name: string; readonly place: Place }[];
  readonly condition: Condition;
  readonly exceptions: readonly CardException[];
  readonly basis: readonly CardBasis[];
  readonly validFrom: PlainDate;
  /** First day on which it is no longer in force. */
  readonly validTo?: PlainDate;
  /** It is in force for a case whose day of this kind lies in these days. */
  readonly chosenBy: CaseDay;
  readonly template: string;
  readonly delegates: readonly string[];
  /** 重合: why it stands although other cards already say the same; without it that is a problem. */
  readonly overlaps?: string;
  readonly examples: readonly Example[];
  /** Absent for a card that was written as one. */
  readonly row?: RowOf;
  readonly file: string;
  readonly place: Place;
}

const ID = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/;
const DELEGATIONS = ['参数', '例外'];

/** What one rule file holds: cards, examples of the whole layer, or both. */
export interface CardFile {
  readonly cards: readonly Card[];
  readonly examples: readonly LayerExample[];
  /** Ids and groups of cards that were refused: others may name them all the same. */
  readonly refused: readonly string[];
  readonly unruled: readonly Unruled[];
}

/** 不设规则: cases for which a layer has on purpose no rule, so that they are no gap; a person decides them. */
export interface Unruled {
  readonly name: string;
  readonly layer: string;
  readonly condition: Condition;
  readonly place: Place;
}

/** Reads one rule file: 名称, 层, 基准 (the base case of its examples), its 规则 and its 示例 of the whole layer. */
export function parseCardFile(
  root: SourceNode,
  vocabulary: Vocabulary,
  causes: Scope['causes'],
  problems: Problems,
): CardFile {
  const nothing: CardFile = { cards: [], examples: [], refused: [], unruled: [] };
  if (root.kind !== 'map') {
    problems.add(root.place, 'FIELD_SHAPE', '规则文件应当是「键: 值」;检查冒号是不是半角并在后面留了空格');
    return nothing;
  }
  const fields = new Fields(root, problems);
  fields.text('名称');
  fields.optionalText('说明');
  const layer = fields.text('层');
  const groups = layer === undefined ? undefined : vocabulary.layers.get(layer);
  if (layer !== undefined && groups === undefined) {
    fields.fail(fields.placeOf('层'), 'WORD_UNKNOWN', unknownWord('层', layer, vocabulary.layers.keys()));
  }
  if (layer === undefined || groups === undefined) return nothing;
  const scope: Scope = { vocabulary, causes, groups, layer };
  const base = parseExampleBase(fields, scope, problems);
  const examples = parseLayerExamples(fields, scope, base, problems);
  if (fields.get('规则') === undefined && fields.get('示例') === undefined) {
    fields.fail(root.place, 'FIELD_MISSING', '缺少「规则」;只写示例的文件要有「示例」');
  }
  const unruled = parseUnruled(fields, scope, problems);
  const cards: Card[] = [];
  const refused: string[] = [];
  for (const node of fields.optionalList('规则')) {
    const map = fields.mapOf(node, '规则');
    const card = map && parseCard(map, scope, { ...base, file: root.place.file }, problems);
    if (card) cards.push(card);
    else if (map) refused.push(...['编号', '组'].flatMap((key) => namesUnder(map, key)));
  }
  fields.done();
  return { cards, examples, refused, unruled };
}

function parseUnruled(fields: Fields, scope: Scope, problems: Problems): Unruled[] {
  const unruled: Unruled[] = [];
  for (const node of fields.optionalList('不设规则')) {
    const map = fields.mapOf(node, '不设规则');
    if (!map) continue;
    const inner = new Fields(map, problems);
    const name = inner.text('名称');
    const conditionNode = inner.need('条件');
    const condition = conditionNode && parseCondition(conditionNode, scope, problems, name ?? '不设规则');
    inner.text('说明');
    inner.done();
    if (name !== undefined && condition) unruled.push({ name, layer: scope.layer, condition, place: map.place });
  }
  return unruled;
}

function namesUnder(map: SourceMap, key: string): string[] {
  const node = map.entries.get(key)?.value;
  const nodes = node?.kind === 'list' ? node.items : node ? [node] : [];
  return nodes.flatMap((each) => (each.kind === 'text' ? [each.text] : []));
}

function parseCard(
  map: SourceMap,
  scope: Scope,
  shared: Pick<Card, 'base' | 'baseParameters' | 'file'>,
  problems: Problems,
): Card | undefined {
  const id = new Fields(map, problems).text('编号');
  if (id === undefined) return undefined;
  const fields = new Fields(map, problems, id);
  fields.get('编号');
  if (!ID.test(id))
    fields.fail(fields.placeOf('编号'), 'RULE_ID', `编号「${id}」应当以大写字母开头,用短横线分段,例如 GJ-MS-165`);
  const name = fields.text('名称') ?? id;
  const groups = fields.textList('组').map((text) => text.text);
  const exceptionTo = fields.textList('例外于').map((text) => ({ name: text.text, place: text.place }));
  const conclusion = parseConclusion(fields, scope, exceptionTo.length > 0);
  const periodNode = fields.get('期间');
  const period = periodNode === undefined ? undefined : parsePeriod(periodNode, scope, fields, problems, id);
  if (conclusion?.outcome.key === 'deadline' && period === undefined) {
    fields.fail(map.place, 'FIELD_MISSING', '期限规则要写明「期间」');
  }
  const appliesNode = fields.get('适用');
  const applies = appliesNode === undefined ? ALWAYS : parseCondition(appliesNode, scope, problems, id);
  const conditionNode = fields.get('条件');
  const condition = conditionNode === undefined ? ALWAYS : parseCondition(conditionNode, scope, problems, id);
  if (appliesNode === undefined && conditionNode === undefined) {
    fields.fail(map.place, 'FIELD_MISSING', '缺少「适用」或者「条件」');
  }
  const exceptions: CardException[] = [];
  for (const node of fields.optionalList('例外')) {
    const exception = parseException(node, scope, fields, problems, id);
    if (exception) exceptions.push(exception);
  }
  const basis = parseBases(fields, scope, problems, id, map.place);
  const validity = parseValidity(fields, problems, id);
  const template = fields.text('说明模板') ?? '';
  const delegates = fields.textList('下级可细化').map((text) => {
    if (!DELEGATIONS.includes(text.text)) {
      fields.fail(text.place, 'WORD_UNKNOWN', unknownWord('细化方式', text.text, DELEGATIONS));
    }
    return text.text;
  });
  const examples = parseExamples(fields, scope, problems, id);
  const overlaps = fields.optionalText('重合');
  fields.optionalText('复核');
  fields.done();
  if (conclusion === undefined && exceptionTo.length === 0) return undefined;
  if (!applies || !condition || !validity) return undefined;
  return {
    id,
    name,
    layer: scope.layer,
    groups,
    exceptionTo,
    condition: conjunction(applies, condition),
    exceptions,
    basis,
    validFrom: validity.from,
    chosenBy: validity.by,
    template,
    delegates,
    examples,
    ...shared,
    place: map.place,
    ...(overlaps !== undefined && { overlaps }),
    ...(conclusion && { conclusion }),
    ...(period && { period }),
    ...(validity.to && { validTo: validity.to }),
  };
}

function conjunction(left: Condition, right: Condition): Condition {
  const members = [left, right].flatMap((each) => (each.kind === 'all' ? each.members : [each]));
  const [only] = members;
  return members.length === 1 && only ? only : { kind: 'all', members };
}

function parseConclusion(fields: Fields, scope: Scope, isException: boolean): Card['conclusion'] {
  const node = fields.need('结果');
  if (node === undefined) return undefined;
  if (node.kind === 'text') {
    if (node.text === '不适用' && isException) return undefined;
    return fields.fail(
      node.place,
      'CONCLUSION',
      '「结果」应当写成「{ 程序: 简易程序 }」;只挡住别的规则时写「不适用」并写明「例外于」',
    );
  }
  const map = fields.mapOf(node, '结果');
  if (!map) return undefined;
  const [entry, more] = [...map.entries];
  if (!entry || more) return fields.fail(map.place, 'CONCLUSION', '一条规则只能有一个结果;多个结果请分成几条规则');
  const [word, { keyPlace, value }] = entry;
  const outcome = scope.vocabulary.outcomes.get(word);
  if (!outcome)
    return fields.fail(keyPlace, 'WORD_UNKNOWN', unknownWord('结论', word, scope.vocabulary.outcomes.keys()));
  if (outcome.layer !== scope.layer) {
    return fields.fail(
      keyPlace,
      'CONCLUSION',
      `「${word}」属于「${outcome.layer}」这一层,不能写在「${scope.layer}」层的文件里`,
    );
  }
  const text = fields.textOf(value, word);
  if (text === undefined) return undefined;
  if (!outcome.enumeration) {
    return text === '是'
      ? { outcome, value: 'true' }
      : fields.fail(value.place, 'CONCLUSION', `「${word}」只能是「是」`);
  }
  const term = outcome.enumeration.byWord.get(text);
  return term
    ? { outcome, value: term.key }
    : fields.fail(
        value.place,
        'WORD_UNKNOWN',
        unknownWord(`「${word}」的取值`, text, outcome.enumeration.byWord.keys()),
      );
}

function parseException(
  node: SourceNode,
  scope: Scope,
  parent: Fields,
  problems: Problems,
  rule: string,
): CardException | undefined {
  const map = parent.mapOf(node, '例外');
  if (!map) return undefined;
  const fields = new Fields(map, problems, rule);
  const id = fields.text('编号');
  const name = fields.text('名称');
  const conditionNode = fields.need('条件');
  const condition = conditionNode && parseCondition(conditionNode, scope, problems, rule);
  const basis = parseBases(fields, scope, problems, rule, map.place);
  const template = fields.text('说明模板') ?? '';
  fields.done();
  if (id !== undefined && !ID.test(id))
    fields.fail(fields.placeOf('编号'), 'RULE_ID', `编号「${id}」应当以大写字母开头,用短横线分段`);
  if (id === undefined || name === undefined || !condition) return undefined;
  return { id, name, condition, basis, template, place: map.place };
}

function parseBases(fields: Fields, scope: Scope, problems: Problems, rule: string, place: Place): CardBasis[] {
  const bases: CardBasis[] = [];
  for (const node of fields.optionalList('依据')) {
    const basis = parseBasis(node, scope.vocabulary, problems, rule);
    if (basis) bases.push(basis);
  }
  if (bases.length === 0) fields.fail(place, 'BASIS_MISSING', '每条规则、每个例外都要有「依据」');
  return bases;
}

function parseValidity(
  fields: Fields,
  problems: Problems,
  rule: string,
): { from: PlainDate; to?: PlainDate; by: CaseDay } | undefined {
  const node = fields.need('效力');
  const map = node && fields.mapOf(node, '效力');
  if (!map) return undefined;
  const inner = new Fields(map, problems, rule);
  const from = inner.text('施行');
  const to = inner.optionalText('失效');
  const by = readCaseDay(inner, inner.text(CHOSEN_BY));
  inner.optionalText('说明');
  inner.done();
  const fromDate = from === undefined ? undefined : parsePlainDate(from);
  if (from !== undefined && !fromDate)
    inner.fail(inner.placeOf('施行'), 'TYPE', `「${from}」不是日期,请写成 2026-01-01`);
  if (!fromDate) return undefined;
  if (to === undefined || to === '无') return { from: fromDate, by };
  const toDate = parsePlainDate(to);
  if (!toDate) return inner.fail(inner.placeOf('失效'), 'TYPE', `「${to}」不是日期;没有失效日时写「无」`);
  if (toDate <= fromDate) return inner.fail(inner.placeOf('失效'), 'TYPE', '「失效」要晚于「施行」');
  return { from: fromDate, to: toDate, by };
}
