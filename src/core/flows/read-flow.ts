import { CONVERSION_TARGETS } from '../documents/conversion.js';
import type { PeriodUnit } from '../law/period.js';
import { type CardBasis, parseBasis } from '../rules/citation.js';
import { Fields } from '../rules/fields.js';
import { unknownWord } from '../rules/nearest.js';
import { type Place, type Problems, type RuleFile, readSource, type SourceNode } from '../rules/source.js';
import type { Vocabulary } from '../rules/vocabulary.js';
import {
  type Demand,
  EFFECTS,
  type Effect,
  type EffectKind,
  type Flow,
  type FlowAction,
  type FlowClock,
  type FlowState,
  type Ground,
} from './flow.js';
import { FlowWords } from './flow-words.js';

/** What happens without anybody doing it. */
const AUTOMATIC = new Map([
  ['时钟', 'clock'],
  ['分案', 'routing'],
] as const) as ReadonlyMap<string, 'clock' | 'routing'>;
const ID = /^[A-Z0-9]+(?:-[A-Z0-9]+)+$/;

/** Reads one flow file; undefined, with every problem in its place, where it cannot be played. */
export function readFlow(file: RuleFile, vocabulary: Vocabulary, problems: Problems): Flow | undefined {
  const root = readSource(file, problems);
  if (root === undefined) return undefined;
  if (root.kind !== 'map') {
    problems.add(
      root.place,
      'FIELD_SHAPE',
      '流程文件应当是「键: 值」:名称、编号、代号、依据、效力、事由、期限、状态、动作',
    );
    return undefined;
  }
  const before = problems.list.length;
  const flow = new FlowReader(new Fields(root, problems, file.path), vocabulary, problems, file.path).read(root.place);
  return problems.list.length > before ? undefined : flow;
}

class FlowReader extends FlowWords {
  readonly #fields: Fields;
  readonly #file: string;
  readonly #grounds = new Map<string, Ground>();
  readonly #clocks = new Map<string, FlowClock>();
  readonly #states = new Map<string, FlowState>();

  constructor(fields: Fields, vocabulary: Vocabulary, problems: Problems, file: string) {
    super(vocabulary, problems, file);
    this.#fields = fields;
    this.#file = file;
  }

  read(place: Place): Flow | undefined {
    const fields = this.#fields;
    const name = fields.text('名称');
    const id = fields.text('编号');
    if (id !== undefined && !ID.test(id))
      fields.fail(fields.placeOf('编号'), 'FLOW_ID', `「${id}」不是编号,例如 SZ-LC-SSYY`);
    this.rule = id ?? this.#file;
    const key = this.key(fields);
    fields.optionalText('说明');
    const basis = (fields.list('依据') ?? [])
      .map((node) => parseBasis(node, this.vocabulary, this.problems, this.rule))
      .filter((each): each is CardBasis => each !== undefined);
    const [validFrom, validTo] = this.validity(fields);
    const applies = this.guard(fields.get('适用'), fields);
    const groundOnce = this.yes(fields, '每事由一次');
    for (const node of fields.optionalList('事由')) this.#ground(node, fields);
    for (const node of fields.optionalList('期限')) this.#clock(node, fields);
    for (const node of fields.list('状态') ?? []) this.#state(node, fields);
    const actions: FlowAction[] = [];
    for (const node of fields.list('动作') ?? []) {
      const action = this.#action(node, fields);
      if (action) actions.push(action);
    }
    fields.done();
    if (!name || !id || !key || !validFrom) return undefined;
    return {
      name,
      id,
      key,
      basis,
      validFrom,
      validTo: validTo ?? null,
      applies,
      groundOnce,
      grounds: [...this.#grounds.values()].map((ground) => ({ ...ground, alsoEnds: this.#groundKeys(ground) })),
      clocks: [...this.#clocks.values()],
      states: [...this.#states.values()],
      actions,
      file: this.#file,
      place,
    };
  }

  #ground(node: SourceNode, parent: Fields): void {
    const fields = this.item(node, parent, '事由');
    if (!fields) return;
    const name = fields.text('名称');
    const key = this.key(fields);
    const when = this.guard(fields.get('适用'), fields);
    const claimedOwner = this.term(fields, '被主张人', '要求') as Demand | undefined;
    const evidence = this.term(fields, '证据', '要求') as Demand | undefined;
    const alsoEnds = fields.textList('一并终结').map(({ text }) => text);
    fields.done();
    if (!name || !key || !claimedOwner || !evidence) return;
    this.#put(this.#grounds, name, { name, key, when, claimedOwner, evidence, alsoEnds, place: node.place }, '事由');
  }

  /** The keys of the grounds that a ground names; read once all grounds are known. */
  #groundKeys({ alsoEnds, place }: Ground): string[] {
    return alsoEnds.flatMap((name) => {
      const found = this.#grounds.get(name);
      if (!found) this.problems.add(place, 'WORD_UNKNOWN', unknownWord('事由', name, this.#grounds.keys()), this.rule);
      return found ? [found.key] : [];
    });
  }

  #clock(node: SourceNode, parent: Fields): void {
    const fields = this.item(node, parent, '期限');
    if (!fields) return;
    const name = fields.text('名称');
    const key = this.key(fields);
    const from = this.term(fields, '自', '流程期限起点') as FlowClock['from'] | undefined;
    const unit = this.term(fields, '单位', '期间单位') as PeriodUnit | undefined;
    const length = this.length(fields, '长度');
    const rolls = this.yes(fields, '顺延');
    const expiry = fields.text('届满');
    fields.done();
    if (!name || !key || !from || !unit || length === undefined || expiry === undefined) return;
    const after: FlowClock['expiry'] = expiry === '督促' ? { kind: 'urge' } : { kind: 'action', action: expiry };
    this.#put(this.#clocks, name, { name, key, from, unit, length, rolls, expiry: after, place: node.place }, '期限');
  }

  #state(node: SourceNode, parent: Fields): void {
    const fields = this.item(node, parent, '状态');
    if (!fields) return;
    const name = fields.text('名称');
    const key = this.key(fields);
    const isStart = this.yes(fields, '起点', false);
    const outcome = fields.get('结果') === undefined ? undefined : this.term(fields, '结果', '流程结果');
    const waitsFor = this.actors(fields, '等谁');
    const clockName = fields.optionalText('期限');
    const clock = clockName === undefined ? undefined : this.#clocks.get(clockName);
    if (clockName !== undefined && !clock)
      fields.fail(fields.placeOf('期限'), 'WORD_UNKNOWN', unknownWord('期限', clockName, this.#clocks.keys()));
    fields.done();
    if (!name || !key) return;
    const state: FlowState = {
      name,
      key,
      isStart,
      isFinal: outcome !== undefined,
      waitsFor,
      ...(outcome !== undefined && { outcome }),
      ...(clock && { clock: clock.key }),
      place: node.place,
    };
    this.#put(this.#states, name, state, '状态');
  }

  #action(node: SourceNode, parent: Fields): FlowAction | undefined {
    const fields = this.item(node, parent, '动作');
    if (!fields) return undefined;
    const name = fields.text('名称');
    const key = this.key(fields);
    const state = (at: string): string | undefined => {
      const word = fields.text(at);
      if (word === undefined) return undefined;
      const found = this.#states.get(word);
      return (
        found?.key ?? fields.fail(fields.placeOf(at), 'WORD_UNKNOWN', unknownWord('状态', word, this.#states.keys()))
      );
    };
    const from = state('自');
    const to = state('至');
    const itself = fields.optionalText('由');
    const automatic = itself === undefined ? undefined : AUTOMATIC.get(itself);
    if (itself !== undefined && !automatic)
      fields.fail(fields.placeOf('由'), 'WORD_UNKNOWN', unknownWord('由', itself, AUTOMATIC.keys()));
    const by = automatic ?? this.actors(fields, '谁', true);
    const byWords = automatic ? [] : fields.textList('谁').map(({ text }) => text);
    const when = this.guard(fields.get('当'), fields, this.#grounds);
    const decides = this.yes(fields, '决定', false);
    const needsReason = this.yes(fields, '须说明理由', false);
    const within = fields.get('期限内') === undefined ? undefined : this.term(fields, '期限内', '期限种类');
    const effects = fields.optionalList('后果').flatMap((each) => this.#effect(each, fields));
    fields.done();
    if (!name || !key || !from || !to) return undefined;
    return {
      name,
      key,
      from,
      to,
      by,
      byWords,
      when,
      decides,
      needsReason,
      effects,
      place: node.place,
      ...(within && { within }),
    };
  }

  #effect(node: SourceNode, parent: Fields): Effect[] {
    const terms = this.vocabulary.enumerations.get('流程后果')?.byKey;
    // The vocabulary has words for effects that nothing carries out yet: a flow with one would promise what does not happen.
    const known = new Map(EFFECTS.map((kind) => [terms?.get(kind)?.word ?? kind, kind]));
    const kindOf = (word: string, place: Place): EffectKind | undefined => {
      const found = known.get(word);
      if (!found) parent.fail(place, 'EFFECT_UNKNOWN', unknownWord('流程后果', word, known.keys()));
      return found;
    };
    if (node.kind === 'text') {
      const kind = kindOf(node.text, node.place);
      return kind ? [{ kind, to: [] }] : [];
    }
    const map = parent.mapOf(node, '后果');
    const [entry, more] = map ? [...map.entries] : [];
    if (!entry) return [];
    if (more) parent.fail(node.place, 'FIELD_SHAPE', '一项后果只写一个键;几项后果各写一行');
    const [word, { value, keyPlace }] = entry;
    const kind = kindOf(word, keyPlace);
    if (kind === 'convert') return this.#conversion(value, parent, word);
    const given = value.kind === 'list' ? value.items : [value];
    const values = this.vocabulary.enumerations.get('流程参与人');
    const to = given.flatMap((each) => {
      const text = parent.textOf(each, word);
      const found = text === undefined ? undefined : values?.byWord.get(text)?.key;
      if (text !== undefined && found === undefined)
        parent.fail(each.place, 'WORD_UNKNOWN', unknownWord('流程参与人', text, values?.byWord.keys() ?? []));
      return found === undefined ? [] : [found];
    });
    return kind ? [{ kind, to }] : [];
  }

  #conversion(value: SourceNode, parent: Fields, word: string): Effect[] {
    const text = parent.textOf(value, word);
    if (text === undefined) return [];
    const terms = this.vocabulary.enumerations.get('转换去向');
    const targets = new Map(CONVERSION_TARGETS.map((key) => [terms?.byKey.get(key)?.word ?? key, key]));
    const target = targets.get(text);
    if (target !== undefined) return [{ kind: 'convert', to: [], target }];
    parent.fail(value.place, 'WORD_UNKNOWN', unknownWord('转换去向', text, targets.keys()));
    return [];
  }

  #put<T extends { readonly key: string; readonly place: Place }>(
    into: Map<string, T>,
    name: string,
    item: T,
    what: string,
  ): void {
    const other = [...into].find(([word, { key }]) => word === name || key === item.key);
    if (other) {
      const message = `${what}「${name}」的名称或者代号在第 ${other[1].place.line} 行已经用过`;
      this.problems.add(item.place, 'NAME_TWICE', message, this.rule);
    } else into.set(name, item);
  }
}
