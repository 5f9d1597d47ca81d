import type { Comparison, Condition, Test, Value } from '../rules/condition.js';
import { showFen, showValue } from '../rules/explain.js';
import type { Fact, Vocabulary } from '../rules/vocabulary.js';

/** A condition as a person reads it: a statement, or some under a heading. */
export type ConditionLine =
  | {
      readonly kind: 'statement';
      readonly text: string;
      /** The parameter, by id, whose value ends the statement. */
      readonly parameter?: string;
    }
  | { readonly kind: 'group'; readonly heading: string; readonly members: readonly ConditionLine[] };

const ORDER_WORDS: Readonly<Partial<Record<Comparison, string>>> = {
  atMost: '不超过',
  above: '超过',
  below: '低于',
  atLeast: '不低于',
};
const DAY_WORDS: Readonly<Partial<Record<Comparison, string>>> = {
  atMost: '不晚于',
  above: '晚于',
  below: '早于',
  atLeast: '不早于',
};

/** What has to hold, line by line; empty where nothing has to. */
export function conditionLines(condition: Condition, vocabulary: Vocabulary): ConditionLine[] {
  return condition.kind === 'all'
    ? condition.members.map((member) => line(member, vocabulary))
    : [line(condition, vocabulary)];
}

function line(condition: Condition, vocabulary: Vocabulary): ConditionLine {
  const group = (heading: string, members: readonly Condition[]): ConditionLine => ({
    kind: 'group',
    heading,
    members: members.map((member) => line(member, vocabulary)),
  });
  switch (condition.kind) {
    case 'test': {
      const said = statement(condition, vocabulary);
      // The word that the rule itself uses, where the test only stands in its place.
      if (condition.derived === undefined || said.kind !== 'statement') return said;
      return { ...said, text: `${condition.derived}——${said.text}` };
    }
    case 'not':
      return group('以下不成立', condition.member.kind === 'all' ? condition.member.members : [condition.member]);
    case 'all':
      return group('以下全部成立', condition.members);
    case 'any':
      return group('以下至少一项成立', condition.members);
  }
}

function statement({ fact: key, comparison, operand }: Test, vocabulary: Vocabulary): ConditionLine {
  const fact = vocabulary.factsByKey.get(key);
  const word = fact?.word ?? key;
  const relation = (fact?.type === 'date' ? DAY_WORDS : ORDER_WORDS)[comparison] ?? '是';
  if (operand.kind === 'parameter') {
    const parameter = vocabulary.parametersById.get(operand.id)?.word ?? operand.id;
    return { kind: 'statement', text: `${word}${relation}${parameter}`, parameter: operand.id };
  }
  const words = wordsOf(operand.value, key, fact, vocabulary);
  const said = (text: string): ConditionLine => ({ kind: 'statement', text });
  switch (comparison) {
    case 'is':
      return said(`${word}：${words.join('、')}`);
    case 'isNot':
      return said(`${word}不是${words.join('、')}`);
    case 'oneOf':
      return said(fact?.type === 'cause' ? `${word}属于${words.join('、')}` : `${word}：${words.join('或者')}`);
    case 'noneOf':
      return said(fact?.type === 'cause' ? `${word}不属于${words.join('、')}` : `${word}不是${words.join('、')}`);
    default:
      return said(`${word}${relation} ${words.join('、')}${unitOf(fact)}`);
  }
}

const unitOf = (fact: Fact | undefined): string => (fact?.unit === undefined ? '' : ` ${fact.unit}`);

const wordsOf = (value: Value, key: string, fact: Fact | undefined, vocabulary: Vocabulary): string[] =>
  typeof value === 'object'
    ? value.map((each) => (fact?.type === 'cause' ? each : showValue(vocabulary, key, each)))
    : [showValue(vocabulary, key, value)];

/** A parameter's value as a person reads it. */
export const showNumber = (value: bigint | number): string =>
  typeof value === 'bigint' ? showFen(value) : String(value);

/** A line with how deep it stands. */
export interface FlatLine {
  readonly depth: number;
  readonly text: string;
  readonly isHeading: boolean;
}

/** Lines one after the other, for whoever cannot take a tree. */
export const flatLines = (lines: readonly ConditionLine[], depth = 0): FlatLine[] =>
  lines.flatMap((line) =>
    line.kind === 'group'
      ? [{ depth, text: line.heading, isHeading: true }, ...flatLines(line.members, depth + 1)]
      : [{ depth, text: line.text, isHeading: false }],
  );
