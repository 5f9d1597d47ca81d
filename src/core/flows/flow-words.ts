import { parsePlainDate } from '../kernel/plain-date.js';
import { Fields } from '../rules/fields.js';
import { unknownWord } from '../rules/nearest.js';
import type { Problems, SourceNode } from '../rules/source.js';
import type { Vocabulary } from '../rules/vocabulary.js';
import { type ActorKind, type FlowClock, GROUND_FACT, GUARD_FACTS, type Guard } from './flow.js';

const KEY = /^[a-z][a-z_]{0,39}$/;

/** Reads what the files about flows and clocks have in common: keys, terms of the vocabulary, actors, guards, days of validity. */
export class FlowWords {
  protected readonly vocabulary: Vocabulary;
  protected readonly problems: Problems;
  /** Under which number problems are reported. */
  protected rule: string;

  constructor(vocabulary: Vocabulary, problems: Problems, rule: string) {
    this.vocabulary = vocabulary;
    this.problems = problems;
    this.rule = rule;
  }

  /** `grounds`: the flow's own, by name, where a guard may name them. */
  protected guard(
    node: SourceNode | undefined,
    parent: Fields,
    grounds?: ReadonlyMap<string, { readonly key: string }>,
  ): Guard {
    const guard = new Map<string, string[]>();
    const map = node && parent.mapOf(node, '当');
    for (const [word, { value, keyPlace }] of map?.entries ?? []) {
      const isGround = grounds !== undefined && word === '事由';
      const fact = GUARD_FACTS[word];
      if (!fact && !isGround) {
        const known = [...Object.keys(GUARD_FACTS), ...(grounds ? ['事由'] : [])];
        parent.fail(keyPlace, 'WORD_UNKNOWN', unknownWord('流程事实', word, known));
        continue;
      }
      const terms = fact && this.vocabulary.enumerations.get(fact.enumeration);
      const keys = (value.kind === 'list' ? value.items : [value]).flatMap((each) => {
        const text = parent.textOf(each, word);
        if (text === undefined) return [];
        const found = isGround ? grounds.get(text)?.key : terms?.byWord.get(text)?.key;
        const known = isGround ? grounds.keys() : (terms?.byWord.keys() ?? []);
        if (found === undefined) parent.fail(each.place, 'WORD_UNKNOWN', unknownWord(word, text, known));
        return found === undefined ? [] : [found];
      });
      guard.set(isGround ? GROUND_FACT : (fact?.key ?? ''), keys);
    }
    return guard;
  }

  protected actors(fields: Fields, key: string, isNeeded = false): ActorKind[] {
    const terms = this.vocabulary.enumerations.get('流程参与人');
    if (isNeeded && fields.get(key) === undefined) {
      fields.fail(fields.map.place, 'FIELD_MISSING', `缺少「${key}」;自动办理的写「由: 时钟」或者「由: 分案」`);
    }
    return fields.textList(key).flatMap(({ text, place }) => {
      const found = terms?.byWord.get(text)?.key as ActorKind | undefined;
      if (!found) fields.fail(place, 'WORD_UNKNOWN', unknownWord('流程参与人', text, terms?.byWord.keys() ?? []));
      return found ? [found] : [];
    });
  }

  protected item(node: SourceNode, parent: Fields, what: string): Fields | undefined {
    const map = parent.mapOf(node, what);
    return map && new Fields(map, this.problems, this.rule);
  }

  protected key(fields: Fields): string | undefined {
    const key = fields.text('代号');
    if (key === undefined || KEY.test(key)) return key;
    return fields.fail(
      fields.placeOf('代号'),
      'FLOW_KEY',
      `「${key}」不是代号:用小写英文字母和下划线,例如 first_trial_objection`,
    );
  }

  protected term(fields: Fields, key: string, enumeration: string): string | undefined {
    return fields.term(key, this.vocabulary.enumerations.get(enumeration)?.byWord);
  }

  /** A number of units, or the parameter that holds it; the units stand under `单位` beside it. */
  protected length(fields: Fields, key: string): FlowClock['length'] | undefined {
    const node = fields.need(key);
    if (node === undefined) return undefined;
    if (node.kind === 'text') {
      if (/^[1-9]\d{0,3}$/.test(node.text)) return Number(node.text);
      return fields.fail(
        node.place,
        'TYPE',
        `「${node.text}」不是期间长度:写 1 到 9999 的半角数字,或者「{ 参数: 名称 }」`,
      );
    }
    const map = fields.mapOf(node, key);
    if (!map) return undefined;
    const inner = new Fields(map, this.problems, this.rule);
    const word = inner.text('参数');
    inner.done();
    if (word === undefined) return undefined;
    const parameter = this.vocabulary.parameters.get(word);
    if (!parameter) {
      return fields.fail(node.place, 'WORD_UNKNOWN', unknownWord('参数', word, this.vocabulary.parameters.keys()));
    }
    const unit = fields.optionalText('单位');
    if (parameter.type !== 'integer' || (unit !== undefined && parameter.unit !== unit)) {
      return fields.fail(node.place, 'UNIT', `「${word}」以${parameter.unit}计，不能作以${unit ?? '?'}计的期间的长度`);
    }
    return { parameter: parameter.id };
  }

  protected yes(fields: Fields, key: string, isNeeded = true): boolean {
    return (isNeeded || fields.get(key) !== undefined) && fields.flag(key) === true;
  }

  protected validity(parent: Fields) {
    const node = parent.need('效力');
    const map = node && parent.mapOf(node, '效力');
    if (!map) return [undefined, undefined] as const;
    const fields = new Fields(map, this.problems, this.rule);
    const day = (key: string) => {
      const text = fields.text(key);
      if (text === undefined || text === '无') return undefined;
      return parsePlainDate(text) ?? fields.fail(fields.placeOf(key), 'TYPE', `「${text}」不是日期,请写成 2026-01-01`);
    };
    const from = day('施行');
    const to = day('失效');
    fields.done();
    return [from, to] as const;
  }
}
