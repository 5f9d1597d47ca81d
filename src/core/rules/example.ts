import { factWords, parseLiteral, type Scope, type Value } from './condition.js';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import { parameterValue } from './parameters.js';
import type { Place, Problems, SourceNode } from './source.js';
import type { Outcome, Vocabulary } from './vocabulary.js';

/** 基准 and 基准参数 of a file: what its examples start from. */
export interface ExampleBase {
  readonly base: ReadonlyMap<string, Value>;
  /** Parameter values, by id, that the file's examples are read with. */
  readonly baseParameters: ReadonlyMap<string, bigint | number>;
}

/** 示例 of a card: facts given over the file's base case, and what must come of them. */
export interface Example {
  readonly name: string;
  readonly given: ReadonlyMap<string, Value>;
  readonly expected: { readonly kind: 'hit' | 'miss' } | { readonly kind: 'outcome'; readonly value: string };
  /** 被挡: exactly the blocking cards and inline exceptions that hold against this card on these facts. */
  readonly blockedBy?: readonly string[];
  /** 全层: exactly what the rules of the layer conclude together, see `LayerExample`. */
  readonly whole?: readonly string[];
  /** 待确认: written by the program; it runs, but counts for nothing until a person has looked at it. */
  readonly unconfirmed?: true;
  readonly place: Place;
}

/**
 * 示例 of a whole layer, in a file without 规则: facts, and in 全层 exactly what all rules of the layer conclude on them
 * together. Each is a word of the layer (「反诉」, or 「不得承办」 where the outcome is 是/否); for a deadline with how it
 * runs (「审限 6月 自立案日」, 「立案审查 7日 自收案日 顺延」). An empty list: no rule speaks.
 * So a card that somebody removes, or whose 期间 somebody changes, is missed by a file that still stands.
 */
export interface LayerExample extends ExampleBase {
  readonly name: string;
  readonly layer: string;
  readonly given: ReadonlyMap<string, Value>;
  readonly whole: readonly string[];
  readonly unconfirmed?: true;
  readonly place: Place;
}

/** Reads 「事实: 值」 of 基准 or 给. */
export function parseGiven(
  node: SourceNode,
  scope: Scope,
  problems: Problems,
  rule: string | undefined,
): ReadonlyMap<string, Value> {
  const given = new Map<string, Value>();
  if (node.kind !== 'map') {
    problems.add(node.place, 'FIELD_SHAPE', '这里应当写成「事实: 值」', rule);
    return given;
  }
  for (const [word, { keyPlace, value }] of node.entries) {
    const fact = scope.vocabulary.facts.get(word);
    if (!fact || !scope.groups.includes(fact.group)) {
      const isDerived = scope.vocabulary.derived.has(word);
      const message = fact
        ? `「${word}」在「${scope.layer}」这一步还不知道,不能写在这里`
        : isDerived
          ? `「${word}」是派生事实,由别的事实得出:写它用到的事实`
          : unknownWord('事实', word, factWords(scope));
      problems.add(keyPlace, fact ? 'FACT_LAYER' : isDerived ? 'FACT_DERIVED' : 'FACT_UNKNOWN', message, rule);
      continue;
    }
    const literal = parseLiteral(fact, value, scope, problems, rule);
    if (literal === undefined) continue;
    given.set(
      fact.key,
      fact.type === 'cause' ? (scope.causes.pathOf(literal as string) ?? [literal as string]) : literal,
    );
  }
  return given;
}

/** Reads 基准 and 基准参数 of a file. */
export function parseExampleBase(fields: Fields, scope: Scope, problems: Problems): ExampleBase {
  const baseNode = fields.get('基准');
  const base = baseNode === undefined ? new Map<string, Value>() : parseGiven(baseNode, scope, problems, undefined);
  return { base, baseParameters: parseParameterValues(fields, '基准参数', scope.vocabulary) };
}

/** Reads 「参数: 值」 under a key that may be missing; values by id. */
export function parseParameterValues(
  fields: Fields,
  key: string,
  { parameters }: Pick<Vocabulary, 'parameters'>,
): Map<string, bigint | number> {
  const values = new Map<string, bigint | number>();
  const node = fields.get(key);
  const map = node && fields.mapOf(node, key);
  for (const [word, { keyPlace, value }] of map?.entries ?? []) {
    const parameter = parameters.get(word);
    if (!parameter) {
      fields.fail(keyPlace, 'PARAMETER_UNKNOWN', unknownWord('参数', word, parameters.keys()));
      continue;
    }
    const parsed = value.kind === 'text' ? parameterValue(parameter, value.text) : undefined;
    if (parsed === undefined) fields.fail(value.place, 'TYPE', `「${word}」写半角数字,单位${parameter.unit}`);
    else values.set(parameter.id, parsed);
  }
  return values;
}

/** Reads 示例 of a card. */
export function parseExamples(fields: Fields, scope: Scope, problems: Problems, rule: string): Example[] {
  const outcome = singleOutcome(scope);
  const examples: Example[] = [];
  for (const node of fields.optionalList('示例')) {
    const map = fields.mapOf(node, '示例');
    if (!map) continue;
    const inner = new Fields(map, problems, rule);
    const name = inner.text('名');
    const givenNode = inner.get('给');
    const given = givenNode === undefined ? new Map<string, Value>() : parseGiven(givenNode, scope, problems, rule);
    const word = inner.text('得');
    const expected = word === undefined ? undefined : parseExpected(word, outcome, inner);
    const whole = parseWhole(inner, scope);
    const blockedBy = inner.get('被挡') === undefined ? undefined : inner.textList('被挡').map(({ text }) => text);
    const unconfirmed = parseUnconfirmed(inner);
    inner.done();
    if (name === undefined || expected === undefined) continue;
    examples.push({
      name,
      given,
      expected,
      place: map.place,
      ...(whole && { whole }),
      ...(blockedBy && { blockedBy }),
      ...unconfirmed,
    });
  }
  return examples;
}

const parseUnconfirmed = (fields: Fields): { unconfirmed?: true } =>
  fields.get('待确认') !== undefined && fields.flag('待确认') === true ? { unconfirmed: true } : {};

const singleOutcome = (scope: Scope): Outcome | undefined =>
  [...scope.vocabulary.outcomes.values()].find((each) => each.layer === scope.layer && each.single);

function parseExpected(word: string, outcome: Outcome | undefined, fields: Fields): Example['expected'] | undefined {
  if (word === '命中' || word === '不命中') return { kind: word === '命中' ? 'hit' : 'miss' };
  const value = word === '无规则' ? '' : outcome?.enumeration?.byWord.get(word)?.key;
  if (value !== undefined && outcome) return { kind: 'outcome', value };
  const words = ['命中', '不命中', ...(outcome ? ['无规则', ...(outcome.enumeration?.byWord.keys() ?? [])] : [])];
  return fields.fail(fields.placeOf('得'), 'EXAMPLE', unknownWord('「得」的写法', word, words));
}

/** Reads 示例 of a file: each names facts and what the whole layer concludes on them. */
export function parseLayerExamples(
  fields: Fields,
  scope: Scope,
  base: ExampleBase,
  problems: Problems,
): LayerExample[] {
  const examples: LayerExample[] = [];
  for (const node of fields.optionalList('示例')) {
    const map = fields.mapOf(node, '示例');
    if (!map) continue;
    const inner = new Fields(map, problems);
    const name = inner.text('名');
    const givenNode = inner.get('给');
    const given =
      givenNode === undefined ? new Map<string, Value>() : parseGiven(givenNode, scope, problems, undefined);
    inner.need('全层');
    const whole = parseWhole(inner, scope);
    const unconfirmed = parseUnconfirmed(inner);
    inner.done();
    if (name !== undefined && whole)
      examples.push({ ...base, name, layer: scope.layer, given, whole, ...unconfirmed, place: map.place });
  }
  return examples;
}

function parseWhole(fields: Fields, scope: Scope): readonly string[] | undefined {
  if (fields.get('全层') === undefined) return undefined;
  const words = new Map<string, Outcome>();
  for (const outcome of scope.vocabulary.outcomes.values()) {
    if (outcome.layer !== scope.layer) continue;
    for (const word of outcome.enumeration?.byWord.keys() ?? [outcome.word]) words.set(word, outcome);
  }
  const whole: string[] = [];
  for (const { text, place } of fields.textList('全层')) {
    const [word = '', ...period] = text.split(/ +/);
    const outcome = words.get(word);
    const said = [word, ...period].join(' ');
    if (!outcome) fields.fail(place, 'WORD_UNKNOWN', unknownWord(`「${scope.layer}」层的结论`, word, words.keys()));
    else if (outcome.key === 'deadline' && !isPeriod(period.join(' '), scope.vocabulary)) {
      fields.fail(
        place,
        'EXAMPLE',
        `「${text}」要写明怎样计算,例如「${word} 6月 自立案日」「${word} 7日 自收案日 顺延」`,
      );
    } else if (outcome.key !== 'deadline' && period.length > 0) {
      fields.fail(place, 'EXAMPLE', `「${word}」后面不该有「${period.join(' ')}」`);
    } else if (whole.includes(said)) fields.fail(place, 'EXAMPLE', `「${said}」写了两次`);
    else whole.push(said);
  }
  return whole.sort();
}

function isPeriod(text: string, vocabulary: Vocabulary): boolean {
  const match = /^\d{1,5}([^\d ]+) 自([^ ]+)( 顺延)?$/.exec(text);
  const has = (enumeration: string, word: string | undefined): boolean =>
    word !== undefined && vocabulary.enumerations.get(enumeration)?.byWord.has(word) === true;
  return has('期间单位', match?.[1]) && has('期间起点', match?.[2]);
}
