import type { CourtRulings, Ruling, RulingOught, RulingOwner } from '../documents/ruling.js';
import { factMap, flowList, flowMap, scalar } from '../rules/rule-text.js';
import { RULING_SOURCE } from '../rules/ruling-file.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';

/** A new file of rulings, as `parseRulingFile` reads it. */
export const rulingsFile = ({ court, province, rulings }: CourtRulings, vocabulary: Vocabulary): string =>
  [
    `名称: ${scalar(`${court}的复核认定`)}`,
    '说明: 由 shouze rulings export 写出;只记规则看得到的情形和认定的结论,不记姓名、案号。新的认定加在最后。',
    `来源: ${RULING_SOURCE}`,
    `法院: ${scalar(court)}`,
    `省: ${scalar(province)}`,
    ...(rulings.length === 0 ? ['认定: []'] : ['认定:']),
    ...rulings.map((ruling) => rulingText(ruling, vocabulary)),
  ].join('\n');

/** A file with these rulings after those that it holds. */
export function withRulings(text: string, rulings: readonly Ruling[], vocabulary: Vocabulary): string {
  if (rulings.length === 0) return text;
  const open = text.replace(/^认定: *\[ *\]$/m, '认定:').replace(/\n*$/, '\n');
  return open + rulings.map((ruling) => rulingText(ruling, vocabulary)).join('\n');
}

/** One ruling as an item of 认定, with its last line's end. */
function rulingText(ruling: Ruling, vocabulary: Vocabulary): string {
  const { decision, flow, run, on, ground, outcome, facts, parameters, earlier, ought, before, after, differs } =
    ruling;
  const wordOf = (enumeration: string, key: string): string => scalar(labelOf(vocabulary, enumeration, key));
  const owner = ({ method, case: place, rules }: RulingOwner): string =>
    flowMap([
      ['承办', wordOf('承办方式', method)],
      ...(place === undefined ? [] : [['前案', String(place)] as const]),
      ...(rules.length === 0 ? [] : [['依据', flowList(rules.map(scalar))] as const]),
    ]);
  const lines = [
    `决定摘要: ${scalar(decision)}`,
    `流程: ${scalar(flow)}`,
    `第几次: ${run}`,
    `日期: ${on}`,
    ...(ground === undefined ? [] : [`事由: ${scalar(ground)}`]),
    `结果: ${wordOf('流程结果', outcome)}`,
    `收案: ${factMap(Object.entries(facts), vocabulary)}`,
    ...(Object.keys(parameters).length === 0
      ? []
      : [
          `案卷参数: ${flowMap(Object.entries(parameters).map(([id, text]) => [vocabulary.parametersById.get(id)?.word ?? id, text]))}`,
        ]),
    earlier.length === 0 ? '前案: []' : '前案:',
    ...earlier.map(({ pair, handler, disclaimed }) => {
      const parts = [
        ['两案', factMap(Object.entries(pair), vocabulary)] as const,
        ...(Object.keys(handler).length === 0
          ? []
          : [['承办人', factMap(Object.entries(handler), vocabulary)] as const]),
        ...(disclaimed ? [['已被否定', '是'] as const] : []),
      ];
      return `  - ${flowMap(parts)}`;
    }),
    oughtLine(ought, wordOf),
    `原分案: ${owner(before)}`,
    ...(after ? [`复核后: ${owner(after)}`] : []),
    `与规则不一致: ${differs ? '是' : '否'}`,
  ];
  return `${lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`).join('\n')}\n`;
}

function oughtLine(ought: RulingOught, wordOf: (enumeration: string, key: string) => string): string {
  switch (ought.kind) {
    case 'draw':
      return `应当: ${flowMap([['承办', wordOf('承办方式', 'random')]])}`;
    case 'owner':
      return `应当: ${flowMap([
        ['承办', wordOf('承办方式', ought.method)],
        ['前案', flowList(ought.cases.map(String))],
      ])}`;
    case 'not':
      return `不应当: ${flowMap([['前案', flowList(ought.cases.map(String))]])}`;
  }
}
