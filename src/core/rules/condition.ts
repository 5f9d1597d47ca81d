import { parsePlainDate } from '../kernel/plain-date.js';
import { parseAmountFen } from '../law/money.js';
import type { CauseNames } from './causes.js';
import type { Comparison, Condition, Operand, Test, Value } from './condition-tree.js';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import type { Place, Problems, SourceEntry, SourceMap, SourceNode } from './source.js';
import type { DerivedFact, Fact, ParameterWord, Vocabulary } from './vocabulary.js';

export {
  ALWAYS,
  type Comparison,
  type Condition,
  compare,
  NEVER,
  onlyOf,
  type Test,
  testsOf,
  type Value,
  withFacts,
} from './condition-tree.js';

const DEPTH_MAX = 12;

/** The words for bounds. */
export const ORDER_WORDS: Readonly<Record<string, Comparison>> = {
  不超过: 'atMost',
  超过: 'above',
  低于: 'below',
  不低于: 'atLeast',
};

/** What a condition may name: the facts of the card's layer, the parameters, the official causes. */
export interface Scope {
  readonly vocabulary: Vocabulary;
  readonly causes: CauseNames;
  readonly groups: readonly string[];
  readonly layer: string;
}

/** Reads 条件 and refuses, each with its place: unknown facts, words, causes and operators, wrong types, empty groups. */
export function parseCondition(
  node: SourceNode,
  scope: Scope,
  problems: Problems,
  rule: string,
  depth = 0,
): Condition | undefined {
  const fields = (map: SourceMap): Fields => new Fields(map, problems, rule);
  if (depth > DEPTH_MAX) {
    problems.add(node.place, 'CONDITION_DEEP', `条件嵌套超过 ${DEPTH_MAX} 层`, rule);
    return undefined;
  }
  if (node.kind === 'list') return group('all', node, scope, problems, rule, depth);
  if (node.kind !== 'map') {
    problems.add(node.place, 'FIELD_SHAPE', '条件应当写成「事实: 值」', rule);
    return undefined;
  }
  const members: Condition[] = [];
  for (const [key, entry] of node.entries) {
    if (key === '全部' || key === '任一') {
      const member = group(key === '全部' ? 'all' : 'any', entry.value, scope, problems, rule, depth);
      if (member) members.push(member);
    } else if (key === '非') {
      const member = parseCondition(entry.value, scope, problems, rule, depth + 1);
      if (member) members.push({ kind: 'not', member });
    } else {
      const derived = scope.vocabulary.derived.get(key);
      if (derived) {
        const member = expand(derived, entry, scope, fields(node));
        if (member) members.push(member);
        continue;
      }
      const fact = scope.vocabulary.facts.get(key);
      if (!fact) {
        const message = unknownWord('事实', key, ['全部', '任一', '非', ...factWords(scope)]);
        fields(node).fail(entry.keyPlace, 'FACT_UNKNOWN', message);
        continue;
      }
      if (!scope.groups.includes(fact.group)) {
        fields(node).fail(entry.keyPlace, 'FACT_LAYER', `「${key}」在「${scope.layer}」这一步还不知道,不能用在这里`);
        continue;
      }
      const test = parseTests(fact, entry.value, scope, problems, rule);
      if (test) members.push(...test);
    }
  }
  if (members.length === 0 && node.entries.size === 0) problems.add(node.place, 'CONDITION_EMPTY', '条件是空的', rule);
  const [only] = members;
  return members.length === 1 && only ? only : { kind: 'all', members };
}

/** The words of facts, given and derived, that may stand in a condition of a layer. */
export const factWords = ({ vocabulary, groups }: Pick<Scope, 'vocabulary' | 'groups'>): string[] => [
  ...[...vocabulary.facts.values()].filter((each) => groups.includes(each.group)).map(({ word }) => word),
  ...[...vocabulary.derived.values()].filter((each) => isKnownIn(each, groups)).map(({ word }) => word),
];

const isKnownIn = (derived: DerivedFact, groups: readonly string[]): boolean =>
  derived.groups.every((group) => groups.includes(group));

/** 「派生事实: 是」 is its definition, 否 is that it does not hold; each test says where it stands and for which word. */
function expand(
  derived: DerivedFact,
  { keyPlace, value }: SourceEntry,
  scope: Scope,
  fields: Fields,
): Condition | undefined {
  const { word, condition } = derived;
  if (!isKnownIn(derived, scope.groups)) {
    return fields.fail(keyPlace, 'FACT_LAYER', `「${word}」在「${scope.layer}」这一步还不知道,不能用在这里`);
  }
  if (value.kind !== 'text' || (value.text !== '是' && value.text !== '否')) {
    return fields.fail(value.place, 'TYPE', `「${word}」是派生事实,只能写「是」或者「否」`);
  }
  // What cannot be read was reported where it stands.
  if (!condition) return undefined;
  const member = placedAt(condition, keyPlace, word);
  return value.text === '是' ? member : { kind: 'not', member };
}

function placedAt(condition: Condition, place: Place, derived: string): Condition {
  if (condition.kind === 'test') return { ...condition, place, derived };
  if (condition.kind === 'not') return { kind: 'not', member: placedAt(condition.member, place, derived) };
  return { kind: condition.kind, members: condition.members.map((each) => placedAt(each, place, derived)) };
}

function group(
  kind: 'all' | 'any',
  node: SourceNode,
  scope: Scope,
  problems: Problems,
  rule: string,
  depth: number,
): Condition | undefined {
  if (node.kind !== 'list') {
    problems.add(node.place, 'FIELD_SHAPE', '「全部」「任一」下面应当是一个列表', rule);
    return undefined;
  }
  if (node.items.length === 0) {
    problems.add(node.place, 'CONDITION_EMPTY', '「全部」「任一」不能是空的:空的「任一」会被有的引擎当成成立', rule);
    return undefined;
  }
  const members: Condition[] = [];
  for (const item of node.items) {
    const member = parseCondition(item, scope, problems, rule, depth + 1);
    if (member) members.push(member);
  }
  return { kind, members };
}

function parseTests(fact: Fact, node: SourceNode, scope: Scope, problems: Problems, rule: string): Test[] | undefined {
  const fail = (place: Place, code: string, message: string): undefined => {
    problems.add(place, code, message, rule);
    return undefined;
  };
  const test = (comparison: Comparison, operand: Operand, place: Place): Test => ({
    kind: 'test',
    fact: fact.key,
    comparison,
    operand,
    place,
  });
  const words = (source: SourceNode): string[] | undefined => {
    const items = source.kind === 'list' ? source.items : [source];
    if (items.length === 0) return fail(source.place, 'CONDITION_EMPTY', '列表是空的');
    const keys: string[] = [];
    for (const item of items) {
      const value = parseLiteral(fact, item, scope, problems, rule);
      if (value === undefined) return undefined;
      keys.push(value as string);
    }
    return keys;
  };
  if (node.kind === 'text') {
    if (fact.type === 'cause')
      return fail(node.place, 'OPERATOR', `「${fact.word}」要写成「${fact.word}: { 属于: [案由] }」`);
    const value = parseLiteral(fact, node, scope, problems, rule);
    return value === undefined ? undefined : [test('is', { kind: 'literal', value }, node.place)];
  }
  if (node.kind === 'list') {
    if (fact.type === 'cause')
      return fail(node.place, 'OPERATOR', `「${fact.word}」要写成「${fact.word}: { 属于: [案由] }」`);
    if (fact.type !== 'enum') return fail(node.place, 'OPERATOR', `「${fact.word}」不是枚举,不能用列表`);
    const keys = words(node);
    return keys && [test('oneOf', { kind: 'literal', value: keys }, node.place)];
  }
  const tests: Test[] = [];
  for (const [operator, entry] of node.entries) {
    const order = Object.hasOwn(ORDER_WORDS, operator) ? ORDER_WORDS[operator] : undefined;
    if (order) {
      if (fact.type !== 'integer' && fact.type !== 'amount' && fact.type !== 'date') {
        return fail(entry.keyPlace, 'OPERATOR', `「${fact.word}」不是数字或者日期,不能用「${operator}」`);
      }
      const operand = parseOperand(fact, entry.value, scope, problems, rule);
      if (!operand) return undefined;
      tests.push(test(order, operand, entry.value.place));
    } else if (operator === '属于' || operator === '不属于') {
      if (fact.type !== 'enum' && fact.type !== 'cause') {
        return fail(entry.keyPlace, 'OPERATOR', `「${fact.word}」不是枚举或者案由,不能用「${operator}」`);
      }
      const keys = words(entry.value);
      if (!keys) return undefined;
      tests.push(test(operator === '属于' ? 'oneOf' : 'noneOf', { kind: 'literal', value: keys }, entry.value.place));
    } else if (operator === '不是') {
      if (fact.type !== 'enum') return fail(entry.keyPlace, 'OPERATOR', `「${fact.word}」不是枚举,不能用「不是」`);
      const value = parseLiteral(fact, entry.value, scope, problems, rule);
      if (value === undefined) return undefined;
      tests.push(test('isNot', { kind: 'literal', value }, entry.value.place));
    } else {
      return fail(
        entry.keyPlace,
        'OPERATOR',
        unknownWord('运算', operator, [...Object.keys(ORDER_WORDS), '属于', '不属于', '不是']),
      );
    }
  }
  if (tests.length === 0) return fail(node.place, 'CONDITION_EMPTY', '这里没有写运算');
  return tests;
}

function parseOperand(
  fact: Fact,
  node: SourceNode,
  scope: Scope,
  problems: Problems,
  rule: string,
): Operand | undefined {
  if (node.kind !== 'map') {
    const value = parseLiteral(fact, node, scope, problems, rule);
    return value === undefined ? undefined : { kind: 'literal', value };
  }
  const fields = new Fields(node, problems, rule);
  const parameter = parameterOf(fields, scope);
  fields.done();
  if (!parameter) return undefined;
  if (parameter.type !== fact.type) {
    return fields.fail(node.place, 'TYPE', `参数「${parameter.word}」和事实「${fact.word}」的类型不同`);
  }
  return { kind: 'parameter', id: parameter.id };
}

/** Reads 「参数: 名称」 of a map. */
export function parameterOf(fields: Fields, scope: Pick<Scope, 'vocabulary'>): ParameterWord | undefined {
  const word = fields.text('参数');
  if (word === undefined) return undefined;
  const parameter = scope.vocabulary.parameters.get(word) ?? scope.vocabulary.parametersById.get(word);
  return (
    parameter ??
    fields.fail(
      fields.placeOf('参数'),
      'PARAMETER_UNKNOWN',
      unknownWord('参数', word, scope.vocabulary.parameters.keys()),
    )
  );
}

/** Reads one value of the fact's type; a number is digits only, an amount yuan, a date ISO, a cause an official name. */
export function parseLiteral(
  fact: Fact,
  node: SourceNode,
  scope: Pick<Scope, 'causes'>,
  problems: Problems,
  rule?: string,
): Value | undefined {
  const fail = (message: string, code = 'TYPE'): undefined => {
    problems.add(node.place, code, message, rule);
    return undefined;
  };
  if (node.kind !== 'text') return fail(`「${fact.word}」的值应当是一个词或者一个数`);
  const { text } = node;
  switch (fact.type) {
    case 'boolean':
      return text === '是'
        ? true
        : text === '否'
          ? false
          : fail(`「${fact.word}」只能是「是」或者「否」,不是「${text}」`);
    case 'enum': {
      const term = fact.enumeration?.byWord.get(text);
      return term
        ? term.key
        : fail(unknownWord(`「${fact.word}」的取值`, text, fact.enumeration?.byWord.keys() ?? []), 'WORD_UNKNOWN');
    }
    case 'integer':
      return /^(0|-?[1-9]\d{0,8})$/.test(text) ? Number(text) : fail(`「${text}」不是整数:只写半角数字,不带单位和逗号`);
    case 'amount': {
      const fen = parseAmountFen(text);
      return fen ?? fail(`「${text}」不是金额:以元为单位,只写半角数字,最多两位小数,不写「万」「元」和逗号`);
    }
    case 'date':
      return parsePlainDate(text) ?? fail(`「${text}」不是日期,请写成 2026-01-01`);
    case 'cause':
      // Paths hold official names: one written with other spaces or width must not become a name that no path has.
      return (
        scope.causes.pathOf(text)?.at(-1) ?? fail(unknownWord('案由', text, scope.causes.near(text)), 'CAUSE_UNKNOWN')
      );
  }
}
