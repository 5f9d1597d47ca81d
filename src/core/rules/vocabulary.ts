import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { type CaseDay, CHOSEN_BY, readCaseDay } from './case-days.js';
import type { Condition } from './condition-tree.js';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import { type Problems, type RuleFile, readSource, type SourceNode } from './source.js';

export type FactType = 'boolean' | 'enum' | 'integer' | 'amount' | 'date' | 'cause';

/** What an absent answer means: asked about, presumed false, or derived. `null` is unknown in every case. */
export type Absence = 'unknown' | 'presumed_false' | 'triage_table' | 'from_cause' | 'from_parties' | 'from_origin';

export interface Term {
  readonly word: string;
  readonly key: string;
  readonly meaning?: string;
}

export interface Enumeration {
  readonly word: string;
  readonly key: string;
  readonly terms: readonly Term[];
  readonly byWord: ReadonlyMap<string, Term>;
  readonly byKey: ReadonlyMap<string, Term>;
}

export interface Fact {
  readonly word: string;
  readonly key: string;
  readonly group: string;
  readonly type: FactType;
  readonly enumeration?: Enumeration;
  readonly unit?: string;
  readonly absence?: Absence;
  readonly meaning?: string;
  /** JSON pointer by which an unknown value is asked for, where it is not the fact's own key. */
  readonly pointer?: string;
}

/**
 * 派生事实: a word for a condition over facts of its groups. A rule that uses it reads those facts; nobody is asked for it,
 * and it is known where they are.
 */
export interface DerivedFact {
  readonly word: string;
  readonly key: string;
  readonly groups: readonly string[];
  readonly meaning?: string;
  /** 当, as it was written. */
  readonly when: SourceNode;
  /** 当, read; absent until it is, and where it cannot be. */
  readonly condition?: Condition;
}

export interface Outcome {
  readonly word: string;
  readonly key: string;
  readonly enumeration?: Enumeration;
  readonly layer: string;
  /** One answer only: two rules that conclude differently are a conflict. */
  readonly single: boolean;
  /** From this day of receipt every case must have an answer: one without is a gap. */
  readonly completeFrom?: PlainDate;
}

export interface ParameterWord {
  readonly word: string;
  /** Its number is the one in force on the case's day of this kind, whichever rule reads it. */
  readonly chosenBy: CaseDay;
  readonly id: string;
  readonly type: 'amount' | 'integer';
  readonly unit: string;
}

/** The words that rule files may use, with their English keys. */
export interface Vocabulary {
  readonly enumerations: ReadonlyMap<string, Enumeration>;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly factsByKey: ReadonlyMap<string, Fact>;
  /** By word; they are not among `facts`, since nobody gives them. */
  readonly derived: ReadonlyMap<string, DerivedFact>;
  readonly layers: ReadonlyMap<string, readonly string[]>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly parameters: ReadonlyMap<string, ParameterWord>;
  readonly parametersById: ReadonlyMap<string, ParameterWord>;
}

const FACT_TYPES: Readonly<Record<string, FactType>> = {
  是否: 'boolean',
  枚举: 'enum',
  整数: 'integer',
  金额: 'amount',
  日期: 'date',
  案由: 'cause',
};

const ABSENCES: Readonly<Record<string, Absence>> = {
  未知: 'unknown',
  推定否: 'presumed_false',
  识别表: 'triage_table',
  案由推导: 'from_cause',
  当事人推导: 'from_parties',
  来源推导: 'from_origin',
};

const SECTIONS = ['枚举', '层', '结论', '事实', '参数'];

/** The Chinese label of an enumeration's key, or the key itself when the vocabulary has none. */
export function labelOf(vocabulary: Vocabulary, enumeration: string, key: string): string {
  return vocabulary.enumerations.get(enumeration)?.byKey.get(key)?.word ?? key;
}

/** Reads `rules/vocabulary/*.yaml`. What is wrong is added to `problems`; the rest is still returned. */
export function parseVocabulary(files: readonly RuleFile[], problems: Problems): Vocabulary {
  const enumerations = new Map<string, Enumeration>();
  const facts = new Map<string, Fact>();
  const factsByKey = new Map<string, Fact>();
  const derived = new Map<string, DerivedFact>();
  const layers = new Map<string, readonly string[]>();
  const outcomes = new Map<string, Outcome>();
  const parameters = new Map<string, ParameterWord>();

  const sections = new Map<string, SourceNode[]>(SECTIONS.map((name) => [name, []]));
  for (const file of files) {
    const root = readSource(file, problems);
    if (root === undefined) continue;
    if (root.kind !== 'map') {
      problems.add(root.place, 'FIELD_SHAPE', '词表文件应当是「键: 列表」');
      continue;
    }
    for (const [name, entry] of root.entries) {
      const section = sections.get(name);
      if (!section) problems.add(entry.keyPlace, 'FIELD_UNKNOWN', unknownWord('这一栏', name, SECTIONS));
      else if (entry.value.kind === 'list') section.push(...entry.value.items);
      else problems.add(entry.value.place, 'FIELD_SHAPE', `「${name}」应当是一个列表`);
    }
  }

  const each = (section: string, read: (fields: Fields) => void): void => {
    for (const node of sections.get(section) ?? []) {
      if (node.kind !== 'map') {
        problems.add(node.place, 'FIELD_SHAPE', `「${section}」的每一项应当是一组「键: 值」`);
        continue;
      }
      const fields = new Fields(node, problems);
      read(fields);
      fields.done();
    }
  };
  const enumerationOf = (fields: Fields): Enumeration | undefined => {
    const word = fields.optionalText('枚举');
    if (word === undefined) return undefined;
    const found = enumerations.get(word);
    if (!found) fields.fail(fields.map.place, 'WORD_UNKNOWN', unknownWord('枚举', word, enumerations.keys()));
    return found;
  };

  each('枚举', (fields) => {
    const word = fields.text('词');
    const key = fields.text('键');
    const terms: Term[] = [];
    for (const item of fields.list('值') ?? []) {
      const map = fields.mapOf(item, '值');
      if (!map) continue;
      const termFields = new Fields(map, problems);
      const termWord = termFields.text('词');
      const termKey = termFields.text('键');
      const meaning = termFields.optionalText('释');
      termFields.done();
      if (termWord === undefined || termKey === undefined) continue;
      if (terms.some((term) => term.word === termWord || term.key === termKey)) {
        fields.fail(map.place, 'WORD_TWICE', `「${termWord}」在这个枚举里重复`);
        continue;
      }
      terms.push(meaning === undefined ? { word: termWord, key: termKey } : { word: termWord, key: termKey, meaning });
    }
    if (word === undefined || key === undefined) return;
    if (enumerations.has(word)) return void fields.fail(fields.map.place, 'WORD_TWICE', `枚举「${word}」重复`);
    enumerations.set(word, {
      word,
      key,
      terms,
      byWord: new Map(terms.map((term) => [term.word, term])),
      byKey: new Map(terms.map((term) => [term.key, term])),
    });
  });

  each('层', (fields) => {
    const word = fields.text('词');
    const groups = fields.textList('用').map((text) => text.text);
    if (word !== undefined) layers.set(word, groups);
  });

  const isTaken = (word: string, key: string): boolean =>
    facts.has(word) ||
    factsByKey.has(key) ||
    [...derived.values()].some((each) => each.word === word || each.key === key);

  const readDerived = (fields: Fields, word: string | undefined, key: string | undefined, when: SourceNode): void => {
    const groups = fields.textList('组').map(({ text }) => text);
    const type = fields.text('类型');
    const meaning = fields.optionalText('释');
    if (type !== undefined && type !== '是否') {
      fields.fail(fields.placeOf('类型'), 'TYPE', '派生事实(写了「当」的)的类型只能是「是否」');
    }
    if (groups.length === 0) fields.fail(fields.map.place, 'FIELD_MISSING', '缺少「组」:派生事实由哪几组事实得出');
    if (word === undefined || key === undefined) return;
    if (isTaken(word, key)) return void fields.fail(fields.map.place, 'WORD_TWICE', `事实「${word}」重复`);
    derived.set(word, { word, key, groups, when, ...(meaning !== undefined && { meaning }) });
  };

  each('事实', (fields) => {
    const word = fields.text('词');
    const key = fields.text('键');
    const when = fields.get('当');
    if (when) return readDerived(fields, word, key, when);
    const group = fields.text('组');
    const typeWord = fields.text('类型');
    const enumeration = enumerationOf(fields);
    const unit = fields.optionalText('单位');
    const absenceWord = fields.optionalText('缺失');
    const meaning = fields.optionalText('释');
    const pointer = fields.optionalText('指针');
    if (word === undefined || key === undefined || group === undefined || typeWord === undefined) return;
    const type = Object.hasOwn(FACT_TYPES, typeWord) ? FACT_TYPES[typeWord] : undefined;
    if (!type) {
      fields.fail(fields.map.place, 'WORD_UNKNOWN', unknownWord('事实类型', typeWord, Object.keys(FACT_TYPES)));
      return;
    }
    if (type === 'enum' && !enumeration) {
      fields.fail(fields.map.place, 'FIELD_MISSING', `枚举类型的事实「${word}」要写明「枚举」`);
      return;
    }
    const absence =
      absenceWord !== undefined && Object.hasOwn(ABSENCES, absenceWord) ? ABSENCES[absenceWord] : undefined;
    if (absenceWord !== undefined && absence === undefined) {
      fields.fail(fields.map.place, 'WORD_UNKNOWN', unknownWord('缺失方式', absenceWord, Object.keys(ABSENCES)));
    }
    if (isTaken(word, key)) {
      fields.fail(fields.map.place, 'WORD_TWICE', `事实「${word}」重复`);
      return;
    }
    const fact: Fact = {
      word,
      key,
      group,
      type,
      ...(enumeration && { enumeration }),
      ...(unit !== undefined && { unit }),
      ...(absence && { absence }),
      ...(meaning !== undefined && { meaning }),
      ...(pointer !== undefined && { pointer }),
    };
    facts.set(word, fact);
    factsByKey.set(key, fact);
  });

  each('结论', (fields) => {
    const word = fields.text('词');
    const key = fields.text('键');
    const layer = fields.text('层');
    const hit = fields.text('命中');
    const completeText = fields.optionalText('必有自');
    const enumeration = enumerationOf(fields);
    if (word === undefined || key === undefined || layer === undefined) return;
    const completeFrom = completeText === undefined ? undefined : parsePlainDate(completeText);
    if (completeText !== undefined && completeFrom === undefined)
      fields.fail(fields.placeOf('必有自'), 'TYPE', `「${completeText}」不是日期,请写成 2026-01-01`);
    if (!layers.has(layer)) fields.fail(fields.map.place, 'WORD_UNKNOWN', unknownWord('层', layer, layers.keys()));
    if (hit !== '唯一' && hit !== '收集')
      fields.fail(fields.map.place, 'WORD_UNKNOWN', '「命中」只能是「唯一」或者「收集」');
    outcomes.set(word, {
      word,
      key,
      layer,
      single: hit === '唯一',
      ...(completeFrom && { completeFrom }),
      ...(enumeration && { enumeration }),
    });
  });

  each('参数', (fields) => {
    const word = fields.text('词');
    const id = fields.text('键');
    const type = fields.text('类型');
    const unit = fields.text('单位');
    const chosenBy = readCaseDay(fields, fields.optionalText(CHOSEN_BY));
    if (word === undefined || id === undefined || unit === undefined) return;
    if (type !== '金额' && type !== '整数') {
      fields.fail(fields.map.place, 'WORD_UNKNOWN', '参数的「类型」只能是「金额」或者「整数」');
      return;
    }
    parameters.set(word, { word, id, type: type === '金额' ? 'amount' : 'integer', unit, chosenBy });
  });

  return {
    enumerations,
    facts,
    factsByKey,
    derived,
    layers,
    outcomes,
    parameters,
    parametersById: new Map([...parameters.values()].map((parameter) => [parameter.id, parameter])),
  };
}
