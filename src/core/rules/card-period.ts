import type { CaseDay } from './case-days.js';
import { parameterOf, type Scope } from './condition.js';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import type { Problems, SourceNode } from './source.js';
import { labelOf, type Vocabulary } from './vocabulary.js';

/** How a deadline is counted: from which day, how long, rolled past rest days or not. */
export interface PeriodSpec {
  readonly from: CaseDay;
  readonly length: number | { readonly parameter: string };
  readonly unit: 'day' | 'working_day' | 'month';
  readonly rolls: boolean;
}

/** Reads 期间 of a card. */
export function parsePeriod(
  node: SourceNode,
  scope: Scope,
  parent: Fields,
  problems: Problems,
  rule: string,
): PeriodSpec | undefined {
  const map = parent.mapOf(node, '期间');
  if (!map) return undefined;
  const fields = new Fields(map, problems, rule);
  const term = (key: string, enumeration: string): string | undefined => {
    const text = fields.text(key);
    if (text === undefined) return undefined;
    const found = scope.vocabulary.enumerations.get(enumeration);
    return (
      found?.byWord.get(text)?.key ??
      fields.fail(fields.placeOf(key), 'WORD_UNKNOWN', unknownWord(key, text, found?.byWord.keys() ?? []))
    );
  };
  const from = term('自', '期间起点');
  const unit = term('单位', '期间单位');
  const rolls = fields.text('顺延');
  if (rolls !== undefined && rolls !== '是' && rolls !== '否') {
    fields.fail(fields.placeOf('顺延'), 'TYPE', '「顺延」只能是「是」或者「否」');
  }
  const lengthNode = fields.need('长度');
  let length: PeriodSpec['length'] | undefined;
  if (lengthNode?.kind === 'text') {
    if (/^[1-9]\d{0,4}$/.test(lengthNode.text)) length = Number(lengthNode.text);
    else fields.fail(lengthNode.place, 'TYPE', `「${lengthNode.text}」不是期间长度:写 1 到 99999 的半角数字`);
  } else if (lengthNode?.kind === 'map') {
    const inner = new Fields(lengthNode, problems, rule);
    const parameter = parameterOf(inner, scope);
    inner.done();
    if (parameter && parameter.type !== 'integer') {
      fields.fail(lengthNode.place, 'TYPE', `「${parameter.word}」是金额,不能作期间的长度`);
    } else if (parameter && parameter.unit !== fields.text('单位')) {
      const message = `「${parameter.word}」以${parameter.unit}计，不能作以${fields.text('单位') ?? '?'}计的期间的长度`;
      fields.fail(lengthNode.place, 'UNIT', message);
    } else if (parameter) length = { parameter: parameter.id };
  } else if (lengthNode) fields.fail(lengthNode.place, 'TYPE', '「长度」写一个数字,或者「{ 参数: 名称 }」');
  fields.done();
  if (from === undefined || unit === undefined || length === undefined || rolls === undefined) return undefined;
  return { from: from as PeriodSpec['from'], unit: unit as PeriodSpec['unit'], length, rolls: rolls === '是' };
}

/** A period as 全层 of an example writes it: 「6月 自立案日」「15日 自收案日 顺延」. `length` is the number that applies. */
export function showPeriod(vocabulary: Vocabulary, period: PeriodSpec, length: number | undefined): string {
  const unit = labelOf(vocabulary, '期间单位', period.unit);
  const from = labelOf(vocabulary, '期间起点', period.from);
  return `${length ?? '未查明'}${unit} 自${from}${period.rolls ? ' 顺延' : ''}`;
}
