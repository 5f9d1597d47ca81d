import type { PeriodUnit } from '../law/period.js';
import { type CardBasis, parseBasis } from '../rules/citation.js';
import { Fields } from '../rules/fields.js';
import { unknownWord } from '../rules/nearest.js';
import { type Problems, type RuleFile, readSource, type SourceNode } from '../rules/source.js';
import type { Vocabulary } from '../rules/vocabulary.js';
import type { AdjustmentRule } from './adjustment.js';
import type { Flow } from './flow.js';
import { FlowWords } from './flow-words.js';

const MOST = 9_999;

/** Reads `clocks/*.yaml`: what may be left out of clocks or added to them. What is wrong is a problem in its place. */
export function readAdjustments(
  files: readonly RuleFile[],
  flows: readonly Flow[],
  vocabulary: Vocabulary,
  problems: Problems,
): AdjustmentRule[] {
  const rules: AdjustmentRule[] = [];
  for (const file of files.filter(({ path }) => path.startsWith('clocks/') && path.endsWith('.yaml'))) {
    const root = readSource(file, problems);
    if (root === undefined) continue;
    const fields = root.kind === 'map' ? new Fields(root, problems, file.path) : undefined;
    if (!fields) problems.add(root.place, 'FIELD_SHAPE', '期限变更文件应当是「键: 值」:名称、编号、效力、变更');
    else
      for (const rule of new AdjustmentReader(flows, vocabulary, problems, file.path).read(fields)) {
        const other = rules.find(({ name, key }) => name === rule.name || key === rule.key);
        if (other) problems.add(rule.place, 'NAME_TWICE', `“${rule.name}”的名称或者代号已经用过`, file.path);
        else rules.push(rule);
      }
  }
  return rules;
}

class AdjustmentReader extends FlowWords {
  readonly #flows: ReadonlyMap<string, string>;

  constructor(flows: readonly Flow[], vocabulary: Vocabulary, problems: Problems, file: string) {
    super(vocabulary, problems, file);
    this.#flows = new Map(flows.map(({ name, key }) => [name, key]));
  }

  read(fields: Fields): AdjustmentRule[] {
    fields.text('名称');
    this.rule = fields.text('编号') ?? this.rule;
    fields.optionalText('说明');
    const [validFrom, validTo] = this.validity(fields);
    const nodes = fields.list('变更') ?? [];
    fields.done();
    if (!validFrom) return [];
    const read = nodes.flatMap((node) => {
      const rule = this.#rule(node, fields);
      return rule ? [{ ...rule, validFrom, validTo: validTo ?? null }] : [];
    });
    const keyOf = new Map(read.map(({ name, key }) => [name, key]));
    return read.map(({ after, ...rule }) => {
      if (after === undefined) return rule;
      const key = keyOf.get(after);
      if (!key) this.problems.add(rule.place, 'WORD_UNKNOWN', unknownWord('先有', after, keyOf.keys()), this.rule);
      return { ...rule, after: key ?? after };
    });
  }

  #rule(node: SourceNode, parent: Fields): Omit<AdjustmentRule, 'validFrom' | 'validTo'> | undefined {
    const fields = this.item(node, parent, '变更');
    if (!fields) return undefined;
    const name = fields.text('名称');
    const key = this.key(fields);
    const operation = this.term(fields, '操作', '期限操作') as AdjustmentRule['operation'] | undefined;
    const deadlines = this.#words(fields, '期限', this.vocabulary.enumerations.get('期限种类')?.byWord);
    const flows = this.#words(fields, '流程', new Map([...this.#flows].map(([word, flow]) => [word, { key: flow }])));
    const applies = this.guard(fields.get('适用'), fields);
    const by = this.actors(fields, '谁', true);
    const byWords = fields.textList('谁').map(({ text }) => text);
    const isExtension = operation === 'extend';
    const most = isExtension ? this.#count(fields, '至多', true) : undefined;
    const unit = isExtension ? (this.term(fields, '单位', '期间单位') as PeriodUnit | undefined) : undefined;
    const times = isExtension ? this.#count(fields, '次数', true) : undefined;
    const after = isExtension ? fields.optionalText('先有') : undefined;
    const appliedBeforeDays = isExtension ? this.#count(fields, '申请须在届满前', false) : undefined;
    const decidedBeforeDays = isExtension ? this.#count(fields, '决定须在届满前', false) : undefined;
    const basis = (fields.list('依据') ?? [])
      .map((each) => parseBasis(each, this.vocabulary, this.problems, this.rule))
      .filter((each): each is CardBasis => each !== undefined);
    fields.done();
    if (deadlines.length + flows.length === 0)
      fields.fail(node.place, 'FIELD_MISSING', '要写明变更哪些期限:「期限」或者「流程」');
    if (isExtension && (flows.length > 0 || by.includes('recipient')))
      fields.fail(node.place, 'FIELD_SHAPE', '「延长」只用于「期限」,并且不能由收案人自己批准');
    if (!name || !key || !operation) return undefined;
    return {
      name,
      key,
      operation,
      deadlines,
      flows,
      applies,
      by,
      byWords,
      basis,
      place: node.place,
      ...(most !== undefined && { most }),
      ...(unit !== undefined && { unit }),
      ...(times !== undefined && { times }),
      ...(after !== undefined && { after }),
      ...(appliedBeforeDays !== undefined && { appliedBeforeDays }),
      ...(decidedBeforeDays !== undefined && { decidedBeforeDays }),
    };
  }

  #words(
    fields: Fields,
    key: string,
    known: ReadonlyMap<string, { readonly key: string }> | undefined = new Map(),
  ): string[] {
    return fields.textList(key).flatMap(({ text, place }) => {
      const found = known.get(text)?.key;
      if (found === undefined) fields.fail(place, 'WORD_UNKNOWN', unknownWord(key, text, known.keys()));
      return found === undefined ? [] : [found];
    });
  }

  #count(fields: Fields, key: string, isNeeded: boolean): number | undefined {
    const text = isNeeded ? fields.text(key) : fields.optionalText(key);
    if (text === undefined) return undefined;
    const count = Number(text);
    if (/^[1-9]\d{0,3}$/.test(text) && count <= MOST) return count;
    return fields.fail(fields.placeOf(key), 'TYPE', `「${key}」写 1 到 ${MOST} 的半角数字`);
  }
}
