import { type CardBasis, parseBasis } from '../rules/citation.js';
import { Fields } from '../rules/fields.js';
import { unknownWord } from '../rules/nearest.js';
import { type Place, type Problems, type RuleFile, readSource, type SourceNode } from '../rules/source.js';
import type { Vocabulary } from '../rules/vocabulary.js';
import type { Ladder, LadderLevel, LadderScope, UrgedActor } from './escalation.js';
import type { Flow, Level } from './flow.js';
import { FlowWords } from './flow-words.js';

const ID = /^[A-Z0-9]+(?:-[A-Z0-9]+)+$/;
/** 等谁 of the state, as 送 and 抄送 may say. */
const WAITED_FOR = '等谁';
const EVERYTHING = '全部';

/** Reads `escalation/*.yaml`: by which papers late work is urged. What is wrong is a problem in its place. */
export function readLadders(
  files: readonly RuleFile[],
  flows: readonly Flow[],
  vocabulary: Vocabulary,
  problems: Problems,
): Ladder[] {
  const ladders: Ladder[] = [];
  for (const file of files.filter(({ path }) => path.startsWith('escalation/') && path.endsWith('.yaml'))) {
    const root = readSource(file, problems);
    if (root === undefined) continue;
    if (root.kind !== 'map') {
      const message = '催办文件应当是「键: 值」:名称、编号、依据、效力、适用、报、级别';
      problems.add(root.place, 'FIELD_SHAPE', message);
      continue;
    }
    const before = problems.list.length;
    const reader = new LadderReader(flows, vocabulary, problems, file.path);
    const ladder = reader.read(new Fields(root, problems, file.path), root.place);
    if (!ladder || problems.list.length > before) continue;
    const other = ladders.find(({ id }) => id === ladder.id);
    if (other) problems.add(ladder.place, 'NAME_TWICE', `编号和 ${other.file} 里的一样`, ladder.id);
    else ladders.push(ladder);
  }
  return ladders;
}

class LadderReader extends FlowWords {
  readonly #flows: readonly Flow[];
  readonly #file: string;

  constructor(flows: readonly Flow[], vocabulary: Vocabulary, problems: Problems, file: string) {
    super(vocabulary, problems, file);
    this.#flows = flows;
    this.#file = file;
  }

  read(fields: Fields, place: Place): Ladder | undefined {
    const name = fields.text('名称');
    const id = fields.text('编号');
    if (id !== undefined && !ID.test(id))
      fields.fail(fields.placeOf('编号'), 'FLOW_ID', `「${id}」不是编号,例如 GJ-CB-LC`);
    this.rule = id ?? this.rule;
    fields.optionalText('说明');
    const basis = (fields.list('依据') ?? [])
      .map((node) => parseBasis(node, this.vocabulary, this.problems, this.rule))
      .filter((each): each is CardBasis => each !== undefined);
    const [validFrom, validTo] = this.validity(fields);
    const scopes = this.#scopes(fields);
    const answerTo = this.actors(fields, '报');
    if (answerTo.length === 0)
      fields.fail(fields.placeOf('报'), 'FIELD_MISSING', '要写明向谁报告办理情况:「报: 院庭长」');
    const levels = (fields.list('级别') ?? []).flatMap((node) => this.#level(node, fields) ?? []);
    fields.done();
    if (!name || !id || !validFrom) return undefined;
    const validity = { validFrom, validTo: validTo ?? null };
    return { name, id, basis, ...validity, scopes, answerTo, levels, file: this.#file, place };
  }

  /** Empty: everything. */
  #scopes(fields: Fields): LadderScope[] {
    const node = fields.need('适用');
    if (node === undefined) return [];
    if (node.kind === 'text') {
      if (node.text === EVERYTHING) return [];
      fields.fail(node.place, 'FIELD_SHAPE', '「适用」写「全部」,或者逐个写「{ 流程: 名称, 期限: 名称 }」');
      return [];
    }
    return (fields.listOf(node, '适用') ?? []).flatMap((each) => this.#scope(each, fields) ?? []);
  }

  #scope(node: SourceNode, parent: Fields): LadderScope | undefined {
    const fields = this.item(node, parent, '适用');
    if (!fields) return undefined;
    const flowName = fields.text('流程');
    const clockName = fields.optionalText('期限');
    fields.done();
    if (flowName === undefined) return undefined;
    const flow = this.#flows.find(({ name }) => name === flowName);
    if (!flow) {
      const known = this.#flows.map(({ name }) => name);
      return fields.fail(fields.placeOf('流程'), 'WORD_UNKNOWN', unknownWord('流程', flowName, known));
    }
    if (clockName === undefined) return { flow: flow.key, place: node.place };
    const clock = flow.clocks.find(({ name }) => name === clockName);
    if (clock) return { flow: flow.key, clock: clock.key, place: node.place };
    const known = flow.clocks.map(({ name }) => name);
    return fields.fail(fields.placeOf('期限'), 'WORD_UNKNOWN', unknownWord('期限', clockName, known));
  }

  #level(node: SourceNode, parent: Fields): LadderLevel | undefined {
    const fields = this.item(node, parent, '级别');
    if (!fields) return undefined;
    const level = this.term(fields, '级别', '催办级别') as Level | undefined;
    const side = this.term(fields, '时点', '催办时点') as LadderLevel['side'] | undefined;
    const days = this.length(fields, '天数');
    const unit = this.term(fields, '单位', '期间单位');
    if (unit === 'month') fields.fail(fields.placeOf('单位'), 'UNIT', '催办的天数只以日或者工作日计');
    const to = this.#urged(fields, '送');
    if (fields.textList('送').length === 0)
      fields.fail(fields.placeOf('送'), 'ESCALATION_NOBODY', '这一级没有写送给谁;请写「送」');
    const copies = this.#urged(fields, '抄送');
    fields.done();
    if (!level || !side || days === undefined || (unit !== 'day' && unit !== 'working_day')) return undefined;
    return { level, side, days, unit, to, copies, place: node.place };
  }

  #urged(fields: Fields, key: string): UrgedActor[] {
    const terms = this.vocabulary.enumerations.get('流程参与人');
    return fields.textList(key).flatMap(({ text, place }): UrgedActor[] => {
      if (text === WAITED_FOR) return ['waited_for'];
      const found = terms?.byWord.get(text)?.key as UrgedActor | undefined;
      const known = [WAITED_FOR, ...(terms?.byWord.keys() ?? [])];
      if (!found) fields.fail(place, 'WORD_UNKNOWN', unknownWord('流程参与人', text, known));
      return found ? [found] : [];
    });
  }
}
