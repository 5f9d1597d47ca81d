import nzh from 'nzh/cn';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import type { Place, Problems, SourceNode } from './source.js';
import type { Vocabulary } from './vocabulary.js';

export type BasisStatus = 'national' | 'policy' | 'local' | 'unverified';

/** What a rule rests on: the instrument, where in it, the quoted words and how far they have been checked. */
export interface Basis {
  readonly law: string;
  readonly status: BasisStatus;
  readonly version?: string;
  /** 第一百六十五条第一款第三项 */
  readonly article?: string;
  readonly articleNumber?: number;
  readonly quote?: string;
  readonly source?: string;
  readonly place: Place;
}

/** A basis that the adopting court supplies for a module's rule; named by a key of its 采用 entry. */
export interface AdoptedBasis {
  readonly adopted: string;
  readonly place: Place;
}

/** 依据 of a card: written out, or supplied by the court that adopts the module. */
export type CardBasis = Basis | AdoptedBasis;

const ordinal = (number: number): string => nzh.encodeS(String(number));

/** Reads one entry of 依据. A national basis must carry a quote; every basis says how far it is verified. */
export function parseBasis(
  node: SourceNode,
  vocabulary: Vocabulary,
  problems: Problems,
  rule: string,
): CardBasis | undefined {
  if (node.kind !== 'map') {
    problems.add(node.place, 'FIELD_SHAPE', '「依据」的每一项应当是一组「键: 值」', rule);
    return undefined;
  }
  const fields = new Fields(node, problems, rule);
  const adopted = fields.optionalText('采用');
  if (adopted !== undefined) {
    fields.done();
    return { adopted, place: node.place };
  }
  const law = fields.text('法规');
  const version = fields.optionalText('版本');
  const source = fields.optionalText('来源');
  const quote = fields.optionalText('原文');
  const statusWord = fields.text('效力');
  const number = (key: string): number | undefined => {
    const text = fields.optionalText(key);
    if (text === undefined) return undefined;
    if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
    return fields.fail(fields.placeOf(key), 'TYPE', `「${key}」只写数字,例如 ${key}: 165`);
  };
  const article = number('条');
  const paragraph = number('款');
  const item = number('项');
  fields.done();
  const terms = vocabulary.enumerations.get('依据效力');
  const status = statusWord === undefined ? undefined : terms?.byWord.get(statusWord)?.key;
  if (statusWord !== undefined && status === undefined) {
    fields.fail(
      fields.placeOf('效力'),
      'WORD_UNKNOWN',
      unknownWord('依据效力', statusWord, terms?.byWord.keys() ?? []),
    );
  }
  if (status === 'national' && (article === undefined || quote === undefined)) {
    fields.fail(node.place, 'BASIS_QUOTE', '国家依据要写明「条」和「原文」');
  }
  if (law === undefined || status === undefined) return undefined;
  const label =
    article === undefined
      ? undefined
      : `第${ordinal(article)}条${paragraph ? `第${ordinal(paragraph)}款` : ''}${item ? `第${ordinal(item)}项` : ''}`;
  return {
    law,
    status: status as BasisStatus,
    place: node.place,
    ...(version !== undefined && { version }),
    ...(label !== undefined && { article: label }),
    ...(article !== undefined && { articleNumber: article }),
    ...(quote !== undefined && { quote }),
    ...(source !== undefined && { source }),
  };
}
