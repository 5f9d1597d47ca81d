import type { Card, CardException } from '../rules/card.js';
import { caseDayWord } from '../rules/case-days.js';
import type { Example } from '../rules/example.js';
import { showValue } from '../rules/explain.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';
import { type ArticleLibrary, type ReadableBasis, readableBasis } from './cited-text.js';
import { type ConditionLine, conditionLines } from './condition-lines.js';

/** A rule card as a person reads it; plain data, for the book and for the desk of the rules' authors alike. */
export interface ReadableCard {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly groups: readonly string[];
  /** 程序：简易程序; for a card that only blocks others, that. */
  readonly conclusion: string;
  readonly period: string | null;
  readonly conditions: readonly ConditionLine[];
  readonly exceptions: readonly ReadableException[];
  /** Cards or groups that it is an exception to, as the file names them. */
  readonly exceptionTo: readonly string[];
  readonly delegates: readonly string[];
  readonly basis: readonly ReadableBasis[];
  readonly validFrom: string;
  /** The first day on which it is no longer in force. */
  readonly validTo: string | null;
  /** 分案日期: by which day of a case it is chosen, where not by that of receipt. */
  readonly chosenBy: string | null;
  readonly template: string;
  readonly examples: readonly ReadableExample[];
  readonly file: string;
  readonly line: number;
}

export interface ReadableException {
  readonly id: string;
  readonly name: string;
  readonly conditions: readonly ConditionLine[];
  readonly basis: readonly ReadableBasis[];
  readonly template: string;
}

export interface ReadableExample {
  readonly name: string;
  /** What is given beyond the file's base case. */
  readonly given: readonly string[];
  readonly expected: string;
  readonly line: number;
}

/** A card in the words of the vocabulary. */
export function readableCard(card: Card, vocabulary: Vocabulary, library: ArticleLibrary): ReadableCard {
  const { conclusion, period } = card;
  const basis = (bases: CardException['basis']): ReadableBasis[] =>
    bases.map((each) => readableBasis(each, vocabulary, library));
  return {
    id: card.id,
    name: card.name,
    layer: card.layer,
    groups: card.groups,
    conclusion: conclusion ? conclusionText(conclusion, vocabulary) : '不适用（挡住它所例外的规则）',
    period: period ? periodText(period, vocabulary) : null,
    conditions: conditionLines(card.condition, vocabulary),
    exceptions: card.exceptions.map((each) => ({
      id: each.id,
      name: each.name,
      conditions: conditionLines(each.condition, vocabulary),
      basis: basis(each.basis),
      template: each.template,
    })),
    exceptionTo: card.exceptionTo.map(({ name }) => name),
    delegates: card.delegates,
    basis: basis(card.basis),
    validFrom: card.validFrom,
    validTo: card.validTo ?? null,
    chosenBy: card.chosenBy === 'received' ? null : caseDayWord(card.chosenBy),
    template: card.template,
    examples: card.examples.map((example) => readableExample(card, example, vocabulary)),
    file: card.file,
    line: card.place.line,
  };
}

const conclusionText = ({ outcome, value }: NonNullable<Card['conclusion']>, vocabulary: Vocabulary): string =>
  outcome.enumeration ? `${outcome.word}：${labelOf(vocabulary, outcome.enumeration.word, value)}` : outcome.word;

/** 自收案日起 7 日，末日顺延. */
function periodText({ from, length, unit, rolls }: NonNullable<Card['period']>, vocabulary: Vocabulary): string {
  const long =
    typeof length === 'number' ? String(length) : (vocabulary.parametersById.get(length.parameter)?.word ?? '');
  const start = labelOf(vocabulary, '期间起点', from);
  return `自${start}起 ${long} ${labelOf(vocabulary, '期间单位', unit)}，末日逢休息日${rolls ? '顺延' : '不顺延'}`;
}

function readableExample(card: Card, example: Example, vocabulary: Vocabulary): ReadableExample {
  const { name, given, expected, blockedBy, whole, place } = example;
  const more = [
    ...(blockedBy ? [`被 ${blockedBy.join('、')} 挡住`] : []),
    ...(whole ? [`全层：${whole.length === 0 ? '没有' : whole.join('、')}`] : []),
  ];
  return {
    name,
    given: givenWords(given, vocabulary),
    expected: [expectedWord(expected, card.layer, vocabulary), ...more].join('；'),
    line: place.line,
  };
}

function expectedWord(expected: Example['expected'], layer: string, vocabulary: Vocabulary): string {
  if (expected.kind !== 'outcome') return expected.kind === 'hit' ? '命中' : '不命中';
  if (expected.value === '') return '没有规则适用';
  return labelOf(vocabulary, layerOutcome(layer, vocabulary) ?? '', expected.value);
}

const layerOutcome = (layer: string, vocabulary: Vocabulary): string | undefined =>
  [...vocabulary.outcomes.values()].find((each) => each.layer === layer && each.single)?.enumeration?.word;

/** Facts as 「事实：值」. */
export const givenWords = (given: Example['given'], vocabulary: Vocabulary): string[] =>
  [...given].map(
    ([key, value]) => `${vocabulary.factsByKey.get(key)?.word ?? key}：${showValue(vocabulary, key, value)}`,
  );
