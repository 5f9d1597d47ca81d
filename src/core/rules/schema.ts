import { CASE_DAY_WORDS, CHOSEN_BY } from './case-days.js';
import { ORDER_WORDS } from './condition.js';
import type { Fact, Outcome, ParameterWord, Vocabulary } from './vocabulary.js';

/** A JSON Schema (draft-07), or a part of one. */
type Schema = { readonly [keyword: string]: unknown };

/** A key with what it holds and what an editor says of it. */
type Keys = Readonly<Record<string, readonly [schema: Schema, description: string]>>;

/**
 * The JSON Schema of rule files (cards, examples of layers, headers of tables), for editors: keys, words and operators as
 * the vocabulary has them, each layer with its own facts and conclusions. What only the reader can tell (causes, names of
 * other rules, dates that exist) it leaves to the reader. Holds for YAML read with or without numbers.
 */
export function ruleFileSchema(vocabulary: Vocabulary): Schema {
  const layers = [...vocabulary.layers.keys()];
  const definitions: Record<string, Schema> = {
    依据: basisSchema(vocabulary),
    效力: validitySchema(),
    期间: periodSchema(vocabulary),
    例外于: oneOrMore(TEXT),
  };
  for (const [layer, groups] of vocabulary.layers) {
    for (const [name, schema] of Object.entries(layerSchemas(layer, groups, vocabulary)))
      definitions[`${name}/${layer}`] = schema;
  }
  const file = object(
    {
      名称: [TEXT, '这个文件回答什么问题'],
      说明: [TEXT, '给人看的说明'],
      层: [{ enum: layers }, '在哪一步得出结论,决定能用哪些事实'],
      基准: [{}, '示例的底:示例里没写的事实取这里的值'],
      基准参数: [parameterValues(vocabulary), '示例用的参数值'],
      规则: [{ type: 'array' }, '这个文件的规则'],
      示例: [{ type: 'array' }, '一层合在一起的示例,写「全层」'],
      不设规则: [{ type: 'array' }, '有意不设规则的案件,不算缺口'],
    },
    ['名称', '层'],
    { anyOf: [{ required: ['规则'] }, { required: ['示例'] }] },
  );
  const table = object(
    {
      名称: [TEXT, '这个表回答什么问题'],
      说明: [TEXT, '给人看的说明'],
      层: [{ enum: layers }, '在哪一步得出结论,决定能用哪些事实'],
      表: [TEXT, '同名的 .csv 文件'],
      命中: [{ enum: ['唯一', '一致', '收集'] }, '各行能不能同时成立'],
      编号: [TEXT, '各行的编号是「编号-行号」'],
      列: [{ type: 'object', additionalProperties: columnSchema(vocabulary) }, '每一列是哪个事实、怎样比较'],
      结果: [{ type: 'object', minProperties: 1, maxProperties: 1, additionalProperties: TEXT }, '结论: 哪一列'],
      组: [oneOrMore(TEXT), '标签,别的规则可以一次针对一组'],
      例外于: [ref('例外于'), '比它更特殊的规则编号或者组'],
      适用: [{}, '各行都要符合的范围'],
      依据: [basesSchema(), '各行共同的依据'],
      效力: [ref('效力'), '施行、失效'],
      下级可细化: [delegates, '省、法院可以改什么'],
      说明模板: [TEXT, '对人怎样说明'],
      重合: [TEXT, '为什么别的规则已经说了还要写'],
      复核: [TEXT, '谁写的、谁复核的'],
      基准: [{}, '示例的底'],
      基准参数: [parameterValues(vocabulary), '示例用的参数值'],
      示例: [{ type: 'array' }, '各行的示例写「行」,一层合在一起的写「全层」'],
    },
    ['名称', '层', '表', '命中', '编号', '列', '结果', '依据', '效力', '说明模板'],
  );
  const ofLayer = (layer: string, properties: Schema): Schema => ({
    if: { properties: { 层: { const: layer } }, required: ['层'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties },
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: '首责规则文件',
    description: '由词汇表生成(shouze rules schema);编辑器用它提示和检查,最后以 shouze rules check 为准。',
    type: 'object',
    if: { required: ['表'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      ...table,
      allOf: layers.map((layer) =>
        ofLayer(layer, {
          适用: ref(`条件/${layer}`),
          基准: ref(`事实值/${layer}`),
          示例: { items: ref(`表示例/${layer}`) },
        }),
      ),
    },
    else: {
      ...file,
      allOf: layers.map((layer) =>
        ofLayer(layer, {
          基准: ref(`事实值/${layer}`),
          规则: { items: ref(`规则/${layer}`) },
          示例: { items: ref(`全层示例/${layer}`) },
          不设规则: { items: ref(`不设规则/${layer}`) },
        }),
      ),
    },
    definitions,
  };
}

function layerSchemas(
  layer: string,
  groups: readonly string[],
  vocabulary: Vocabulary,
): Readonly<Record<string, Schema>> {
  const facts = [...vocabulary.facts.values()].filter(({ group }) => groups.includes(group));
  const derived = [...vocabulary.derived.values()].filter((each) =>
    each.groups.every((group) => groups.includes(group)),
  );
  const outcomes = [...vocabulary.outcomes.values()].filter((each) => each.layer === layer);
  const condition = ref(`条件/${layer}`);
  const given = ref(`事实值/${layer}`);
  const tests: Keys = {
    全部: [{ type: 'array', items: condition, minItems: 1 }, '都成立'],
    任一: [{ type: 'array', items: condition, minItems: 1 }, '至少一个成立'],
    非: [condition, '不成立'],
    ...Object.fromEntries(facts.map((fact) => [fact.word, [testSchema(fact, vocabulary), describe(fact)]])),
    ...Object.fromEntries(derived.map(({ word, meaning }) => [word, [YES_NO, meaning ?? '派生事实']])),
  };
  const single = outcomes.find((each) => each.single);
  const expected = {
    enum: ['命中', '不命中', ...(single ? ['无规则', ...(single.enumeration?.byWord.keys() ?? [])] : [])],
  };
  const whole = {
    anyOf: [saidSchema(outcomes, vocabulary), { type: 'array', items: saidSchema(outcomes, vocabulary) }],
  };
  const example: Keys = {
    名: [TEXT, '这个示例说的是什么'],
    给: [given, '在「基准」之上给出的事实'],
    得: [expected, '命中、不命中,或者这一层合在一起的结果'],
    全层: [whole, '这一层全部规则合在一起的结论'],
    被挡: [oneOrMore(TEXT), '恰好是哪几条规则挡住了它'],
    待确认: [YES_NO, '程序写的,人看过以后删去才算数'],
  };
  const { 全层: all, 待确认: waiting, 名: name, 给: facts_ } = example;
  const exception = object(
    {
      编号: [ID, '全库唯一'],
      名称: [TEXT, '例外的名称'],
      条件: [condition, '成立时本条不适用'],
      依据: [basesSchema(), '例外自己的依据'],
      说明模板: [TEXT, '对人怎样说明'],
    },
    ['编号', '名称', '条件', '依据', '说明模板'],
  );
  return {
    条件: { anyOf: [{ type: 'array', items: condition, minItems: 1 }, object(tests, [], { minProperties: 1 })] },
    事实值: object(Object.fromEntries(facts.map((fact) => [fact.word, [valueSchema(fact), describe(fact)]]))),
    全层示例: object({ 名: name, 给: facts_, 全层: all, 待确认: waiting } as Keys, ['名', '全层']),
    表示例: {
      anyOf: [
        object({ 行: [TEXT, '哪一行的示例'], ...example }, ['行', '名', '得']),
        object({ 名: name, 给: facts_, 全层: all, 待确认: waiting } as Keys, ['名', '全层']),
      ],
    },
    不设规则: object(
      {
        名称: [TEXT, '哪些案件'],
        条件: [condition, '这些案件有意不设规则'],
        说明: [TEXT, '为什么不设'],
      },
      ['名称', '条件', '说明'],
    ),
    规则: object(
      {
        编号: [ID, '大写字母开头,短横线分段,全库唯一'],
        名称: [TEXT, '规则的名称'],
        组: [oneOrMore(TEXT), '标签,别的规则可以一次针对一组'],
        例外于: [ref('例外于'), '规则编号或者组:两者都成立时由本条说话'],
        适用: [condition, '案件类别、审级这样的范围'],
        条件: [condition, '都成立才成立'],
        结果: [conclusionSchema(outcomes), '一条规则一个结论;只挡住别的规则时写「不适用」'],
        期间: [ref('期间'), '期限怎样计算'],
        例外: [{ type: 'array', items: exception }, '成立时本条不适用'],
        依据: [basesSchema(), '法规、版本、条、款、项、原文、效力'],
        效力: [ref('效力'), '施行(含)、失效(不含当日)'],
        下级可细化: [delegates, '省、法院可以改什么'],
        说明模板: [TEXT, '只能用本条用到的事实和参数'],
        示例: [{ type: 'array', items: object(example, ['名', '得']) }, '至少一个命中、一个不命中,每条界线一对'],
        重合: [TEXT, '为什么别的规则已经说了还要写'],
        复核: [TEXT, '谁写的、谁复核的'],
      },
      ['编号', '名称', '结果', '依据', '效力', '说明模板'],
      { anyOf: [{ required: ['适用'] }, { required: ['条件'] }] },
    ),
  };
}

const TEXT: Schema = { type: ['string', 'number'], minLength: 1 };
const ID: Schema = { type: 'string', pattern: '^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$' };
const YES_NO: Schema = { enum: ['是', '否'] };
const DATE: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
/** A number as it is read: text in the strict reader, a number in an editor. */
const numeric = (pattern: string): Schema => ({ anyOf: [{ type: 'string', pattern }, { type: 'number' }] });
const COUNT = numeric('^[1-9]\\d{0,4}$');
const delegates: Schema = { anyOf: [{ enum: ['参数', '例外'] }, { type: 'array', items: { enum: ['参数', '例外'] } }] };

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` });
const oneOrMore = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'array', items: schema }] });
const basesSchema = (): Schema => ({ type: 'array', items: ref('依据'), minItems: 1 });

function object(keys: Keys, required: readonly string[] = [], more: Schema = {}): Schema {
  const properties = Object.fromEntries(
    Object.entries(keys).map(([key, [schema, description]]) => [key, { ...schema, description }]),
  );
  return { type: 'object', properties, required, additionalProperties: false, ...more };
}

const describe = ({ meaning, unit, group }: Fact): string =>
  [meaning ?? `${group}的事实`, ...(unit === undefined ? [] : [`单位${unit}`])].join(';');

const wordsOf = (fact: Fact): Schema => ({ enum: [...(fact.enumeration?.byWord.keys() ?? [])] });

function valueSchema(fact: Fact): Schema {
  switch (fact.type) {
    case 'boolean':
      return YES_NO;
    case 'enum':
      return wordsOf(fact);
    case 'integer':
      return numeric('^(0|-?[1-9]\\d{0,8})$');
    case 'amount':
      return numeric('^(0|[1-9]\\d{0,14})(\\.\\d{1,2})?$');
    case 'date':
      return DATE;
    case 'cause':
      return { type: 'string', minLength: 1 };
  }
}

/** What may stand behind a fact in a condition: a value, a list, operators with theirs. */
function testSchema(fact: Fact, { parameters }: Vocabulary): Schema {
  const value = valueSchema(fact);
  const list = { type: 'array', items: value, minItems: 1 };
  const operators = (words: readonly string[], operand: Schema): Schema => ({
    type: 'object',
    properties: Object.fromEntries(words.map((word) => [word, operand])),
    additionalProperties: false,
    minProperties: 1,
  });
  const among = { anyOf: [value, list] };
  switch (fact.type) {
    case 'boolean':
      return value;
    case 'enum':
      return {
        anyOf: [
          value,
          list,
          {
            type: 'object',
            properties: { 属于: among, 不属于: among, 不是: value },
            additionalProperties: false,
            minProperties: 1,
          },
        ],
      };
    case 'cause':
      return operators(['属于', '不属于'], among);
    default: {
      const same = [...parameters.values()].filter(({ type }) => type === fact.type);
      const operand = same.length === 0 ? value : { anyOf: [value, parameterSchema(same)] };
      return { anyOf: [value, operators(Object.keys(ORDER_WORDS), operand)] };
    }
  }
}

const parameterSchema = (parameters: readonly ParameterWord[]): Schema => ({
  type: 'object',
  properties: { 参数: { enum: parameters.flatMap(({ word, id }) => [word, id]) } },
  required: ['参数'],
  additionalProperties: false,
});

const parameterValues = ({ parameters }: Vocabulary): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    [...parameters.values()].map(({ word, unit }) => [
      word,
      { ...numeric('^\\d+(\\.\\d{1,2})?$'), description: `单位${unit}` },
    ]),
  ),
  additionalProperties: false,
});

const conclusionSchema = (outcomes: readonly Outcome[]): Schema => ({
  anyOf: [
    { const: '不适用' },
    {
      type: 'object',
      properties: Object.fromEntries(
        outcomes.map(({ word, enumeration }) => [
          word,
          { enum: enumeration ? [...enumeration.byWord.keys()] : ['是'] },
        ]),
      ),
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    },
  ],
});

/** A conclusion as 全层 writes it: the word, and for a deadline how it runs. */
function saidSchema(outcomes: readonly Outcome[], { enumerations }: Vocabulary): Schema {
  const words = outcomes.flatMap((each) => [...(each.enumeration?.byWord.keys() ?? [each.word])]);
  if (!outcomes.some(({ key }) => key === 'deadline')) return { enum: words };
  const among = (name: string): string => [...(enumerations.get(name)?.byWord.keys() ?? [])].join('|');
  const period = ` +\\d{1,5}(${among('期间单位')}) +自(${among('期间起点')})( +顺延)?`;
  return {
    type: 'string',
    pattern: `^(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(${period})?$`,
  };
}

const columnSchema = ({ facts }: Vocabulary): Schema =>
  object(
    {
      事实: [{ enum: [...facts.keys()] }, '这一列是哪个事实'],
      运算: [{ enum: [...Object.keys(ORDER_WORDS), '属于', '不属于', '不是'] }, '不写的,格子里可以写运算'],
      填: [{ enum: ['值', '参数'] }, '格子里填值还是参数的名称'],
    },
    ['事实'],
  );

function basisSchema({ enumerations }: Vocabulary): Schema {
  const number = numeric('^[1-9]\\d{0,3}$');
  return {
    anyOf: [
      object({ 采用: [TEXT, '由采用模块的法院给出的依据'] }, ['采用']),
      object(
        {
          法规: [TEXT, '法规的全称'],
          版本: [TEXT, '哪一个版本,按日期认'],
          条: [number, '第几条,只写数字'],
          款: [number, '第几款'],
          项: [number, '第几项'],
          原文: [TEXT, '条文里的原话'],
          来源: [TEXT, '从哪里得来'],
          效力: [{ enum: [...(enumerations.get('依据效力')?.byWord.keys() ?? [])] }, '核实到什么程度'],
        },
        ['法规', '效力'],
        {
          if: { properties: { 效力: { const: '国家' } }, required: ['效力'] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { required: ['条', '原文'] },
        },
      ),
    ],
  };
}

const validitySchema = (): Schema =>
  object(
    {
      施行: [DATE, '第一天(含)'],
      失效: [{ anyOf: [DATE, { const: '无' }] }, '不再有效的第一天;没有写「无」'],
      [CHOSEN_BY]: [{ enum: CASE_DAY_WORDS }, '按案件的哪一天选版本'],
      说明: [TEXT, '给人看的说明'],
    },
    ['施行', CHOSEN_BY],
  );

function periodSchema({ enumerations, parameters }: Vocabulary): Schema {
  const words = (name: string): Schema => ({ enum: [...(enumerations.get(name)?.byWord.keys() ?? [])] });
  const counts = [...parameters.values()].filter(({ type }) => type === 'integer');
  return object(
    {
      自: [words('期间起点'), '从哪一天起算'],
      长度: [{ anyOf: [COUNT, parameterSchema(counts)] }, '数字,或者「{ 参数: 名称 }」'],
      单位: [words('期间单位'), '日、工作日、月'],
      顺延: [YES_NO, '届满日是休假日时是否顺延'],
    },
    ['自', '长度', '单位', '顺延'],
  );
}
