import { createContext, useContext } from 'react';
import type { FilingState, Term, Vocabulary } from '../api/types.js';

/** The vocabulary's enumerations that the pages show, by what the interface calls them. */
const ENUMERATIONS = {
  matter: '案件类别',
  stage: '审级',
  role: '诉讼地位',
  partyKind: '当事人类型',
  whereabouts: '下落',
  originRelation: '来源关系',
  instrumentKind: '执行依据种类',
  closure: '结案方式',
  procedure: '程序',
  panel: '审判组织',
  track: '繁简',
  method: '承办方式',
  linkKind: '关联种类',
  deadlineKind: '期限种类',
  basisStatus: '依据效力',
  status: '决定状态',
  actor: '流程参与人',
  absenceReason: '缺席原因',
} as const;
export type EnumerationName = keyof typeof ENUMERATIONS;

/** The words of every enumeration, as the service's vocabulary has them. */
export interface Words {
  /** The Chinese word; the key itself where the vocabulary does not know it. */
  readonly word: (enumeration: EnumerationName, key: string | null | undefined) => string;
  readonly terms: (enumeration: EnumerationName) => readonly Term[];
  readonly vocabulary: Vocabulary;
}

export function wordsOf(vocabulary: Vocabulary): Words {
  const terms = (enumeration: EnumerationName): readonly Term[] =>
    vocabulary.enumerations[ENUMERATIONS[enumeration]] ?? [];
  return {
    vocabulary,
    terms,
    word: (enumeration, key) => {
      if (key === null || key === undefined) return '未定';
      return terms(enumeration).find((term) => term.key === key)?.word ?? key;
    },
  };
}

export const WordsContext = createContext<Words>(
  wordsOf({ enumerations: {}, answers: [], flows: [], grounds: { designate: [], reassign: [] } }),
);

export const useWords = (): Words => useContext(WordsContext);

/** States of a filing as the desk calls them. */
export const STATE_WORDS = {
  assigned: '已分',
  needs_review: '待人工',
  invalid: '有误',
  received: '待分',
  closed: '已结',
  replaced: '已另行更正',
} as const satisfies Readonly<Record<FilingState, string>>;

/** On what occasion a decision was made. */
export const OCCASION_WORDS: Readonly<Record<string, string>> = {
  filed: '收案分案',
  answered: '回答问题后重新分案',
  corrected: '更正后重新分案',
  designated: '指定分案',
  reassigned: '变更承办人',
  ruled: '复核、会商、回避、转换程序后重新确定',
};

/** Where a fact of a decision comes from. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  given: '收案填写',
  derived: '推导',
  presumed: '推定',
  unknown: '不知道',
  parameter: '参数',
};

export const HANDOVER_WORDS = { designate: '指定分案', reassign: '变更承办人' } as const;
export const OUTCOME_WORDS = { approved: '已批准', rejected: '未批准', withdrawn: '已撤回' } as const;
