import type { FactRecord } from '../documents/dossier.js';
import {
  type CourtRulings,
  type Ruling,
  type RulingCase,
  type RulingOught,
  type RulingOwner,
  rulingKey,
} from '../documents/ruling.js';
import { parsePlainDate } from '../kernel/plain-date.js';
import { formatFen } from '../law/money.js';
import type { CauseNames } from './causes.js';
import type { Scope } from './condition.js';
import { parseGiven, parseParameterValues } from './example.js';
import { Fields } from './fields.js';
import { type Place, type Problems, type RuleFile, readSource, type SourceNode } from './source.js';
import type { Vocabulary } from './vocabulary.js';

/** A ruling with where it stands. */
export interface PlacedRuling {
  readonly ruling: Ruling;
  readonly place: Place;
  /** Where 「与规则不一致」 stands. */
  readonly differsPlace: Place;
}

/** The rulings of one file. */
export interface RulingFile extends Omit<CourtRulings, 'rulings'> {
  readonly rulings: readonly PlacedRuling[];
  readonly file: string;
}

/** What marks the rulings of reviews among the rule files: no other file may say it. */
export const RULING_SOURCE = '复核认定';

const PATH = /^courts\/[^/]+\/examples\/rulings\/[^/]+\.yaml$/;

/** Whether a file of the rules folder holds rulings. Such a file decides nothing, so that it is no part of the rules' digest. */
export const isRulingFile = ({ path }: Pick<RuleFile, 'path'>): boolean => PATH.test(path);

const DIGEST = /^[0-9a-f]{16}$/;
const WORD_MAX = 60;
const EARLIER_MAX = 2000;

/** Reads one file of rulings; undefined, with every problem in its place, where it cannot be read as one at all. */
export function parseRulingFile(
  file: RuleFile,
  vocabulary: Vocabulary,
  causes: CauseNames,
  problems: Problems,
): RulingFile | undefined {
  const root = readSource(file, problems);
  if (root === undefined) return undefined;
  if (root.kind !== 'map') {
    problems.add(root.place, 'FIELD_SHAPE', '复核认定文件应当是「键: 值」:名称、来源、法院、省、认定');
    return undefined;
  }
  const fields = new Fields(root, problems);
  fields.text('名称');
  fields.optionalText('说明');
  const source = fields.text('来源');
  if (source !== undefined && source !== RULING_SOURCE)
    fields.fail(fields.placeOf('来源'), 'WORD_UNKNOWN', `「来源」只能是「${RULING_SOURCE}」`);
  const court = fields.text('法院');
  const province = fields.text('省');
  const reader = new RulingReader(vocabulary, causes, problems);
  const rulings = (fields.list('认定') ?? []).flatMap((node) => reader.read(node, fields) ?? []);
  fields.done();
  if (court === undefined || province === undefined) return undefined;
  return { court, province, rulings, file: file.path };
}

class RulingReader {
  readonly #vocabulary: Vocabulary;
  readonly #causes: CauseNames;
  readonly #problems: Problems;
  readonly #seen = new Map<string, Place>();

  constructor(vocabulary: Vocabulary, causes: CauseNames, problems: Problems) {
    this.#vocabulary = vocabulary;
    this.#causes = causes;
    this.#problems = problems;
  }

  read(node: SourceNode, parent: Fields): PlacedRuling | undefined {
    const map = parent.mapOf(node, '认定');
    if (!map) return undefined;
    const fields = new Fields(map, this.#problems);
    const decision = fields.text('决定摘要');
    if (decision !== undefined && !DIGEST.test(decision))
      fields.fail(fields.placeOf('决定摘要'), 'TYPE', `「${decision}」不是决定摘要的前 16 位(0-9、a-f)`);
    const flow = this.#name(fields, '流程');
    const ground = fields.get('事由') === undefined ? undefined : this.#name(fields, '事由');
    const run = this.#count(fields, '第几次');
    const day = fields.text('日期');
    const on = day === undefined ? undefined : parsePlainDate(day);
    if (day !== undefined && !on) fields.fail(fields.placeOf('日期'), 'TYPE', `「${day}」不是日期,请写成 2026-01-01`);
    const outcome = this.#term(fields, '结果', '流程结果');
    // Free text is for whoever keeps the file; nothing is written into it, so that no name gets into the rules.
    fields.optionalText('说明');
    const facts = this.#facts(fields, '收案', ['收案']);
    const parameters = parseParameterValues(fields, '案卷参数', this.#vocabulary);
    const earlier = fields.optionalList('前案').flatMap((each) => this.#case(each, fields) ?? []);
    if (earlier.length > EARLIER_MAX) fields.fail(fields.placeOf('前案'), 'TOO_MANY', `前案超过 ${EARLIER_MAX} 件`);
    const ought = this.#ought(fields, earlier.length);
    const before = this.#owner(fields, '原分案', earlier.length);
    const after = fields.get('复核后') === undefined ? undefined : this.#owner(fields, '复核后', earlier.length);
    const differs = fields.flag('与规则不一致');
    const differsPlace = fields.placeOf('与规则不一致');
    fields.done();
    if (!decision || !flow || !run || !on || !outcome || !facts || !ought || !before || differs === undefined)
      return undefined;
    const texts = [...parameters].map(([id, value]) => [id, typeof value === 'bigint' ? formatFen(value) : `${value}`]);
    const ruling: Ruling = {
      decision,
      flow,
      ...(ground !== undefined && { ground }),
      run,
      on,
      outcome,
      facts,
      parameters: Object.fromEntries(texts),
      earlier,
      ought,
      before,
      ...(after && { after }),
      differs,
    };
    const other = this.#seen.get(rulingKey(ruling));
    if (other) return fields.fail(map.place, 'RULING_TWICE', `这一认定在第 ${other.line} 行已经写过;请删去一个`);
    this.#seen.set(rulingKey(ruling), map.place);
    return { ruling, place: map.place, differsPlace };
  }

  #case(node: SourceNode, parent: Fields): RulingCase | undefined {
    const map = parent.mapOf(node, '前案');
    if (!map) return undefined;
    const fields = new Fields(map, this.#problems);
    const pair = this.#facts(fields, '两案', ['前案']);
    const handler = fields.get('承办人') === undefined ? {} : this.#facts(fields, '承办人', ['承办']);
    if (handler && 'linkKind' in handler)
      fields.fail(fields.placeOf('承办人'), 'FACT_LAYER', '「关联种类」由规则得出,不能写在这里');
    const disclaimed = fields.get('已被否定') === undefined ? false : fields.flag('已被否定');
    fields.done();
    return pair && handler && { pair, handler, disclaimed: disclaimed === true };
  }

  #ought(parent: Fields, count: number): RulingOught | undefined {
    const isNegative = parent.get('不应当') !== undefined;
    const key = isNegative ? '不应当' : '应当';
    if (isNegative && parent.get('应当') !== undefined)
      return parent.fail(parent.placeOf('应当'), 'RULING_OUGHT', '「应当」和「不应当」只写一个');
    const fields = this.#map(parent, key);
    if (!fields) return undefined;
    const cases = this.#cases(fields, count);
    const method = isNegative ? undefined : this.#term(fields, '承办', '承办方式');
    fields.done();
    if (isNegative) {
      if (cases.length > 0) return { kind: 'not', cases };
      return fields.fail(fields.map.place, 'RULING_OUGHT', '「不应当」要写明不应当由第几件前案的承办人办理');
    }
    if (method === undefined) return undefined;
    if (method === RANDOM) {
      return cases.length === 0
        ? { kind: 'draw' }
        : fields.fail(fields.map.place, 'RULING_OUGHT', '随机分案的不写「前案」');
    }
    if (FIRST.has(method)) return { kind: 'owner', method, cases };
    return fields.fail(fields.placeOf('承办'), 'RULING_OUGHT', '「承办」只能是首审负责、首执负责、系列集中、随机分案');
  }

  #owner(parent: Fields, key: string, count: number): RulingOwner | undefined {
    const fields = this.#map(parent, key);
    if (!fields) return undefined;
    const method = this.#term(fields, '承办', '承办方式');
    const [place] = this.#cases(fields, count);
    const rules = fields.textList('依据').map(({ text }) => text);
    fields.done();
    return method === undefined ? undefined : { method, ...(place !== undefined && { case: place }), rules };
  }

  #map(parent: Fields, key: string): Fields | undefined {
    const node = parent.need(key);
    const map = node && parent.mapOf(node, key);
    return map && new Fields(map, this.#problems);
  }

  /** Places among the earlier cases. */
  #cases(fields: Fields, count: number): number[] {
    return fields.textList('前案').flatMap(({ text, place }) => {
      if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= count) return [Number(text)];
      fields.fail(place, 'RULING_CASE', `「${text}」不是前案的序号:写 1 到 ${count}`);
      return [];
    });
  }

  #facts(parent: Fields, key: string, groups: readonly string[]): FactRecord | undefined {
    const node = parent.need(key);
    if (node === undefined) return undefined;
    const scope: Scope = { vocabulary: this.#vocabulary, causes: this.#causes, groups, layer: key };
    const record: Record<string, boolean | string | number> = {};
    for (const [fact, value] of parseGiven(node, scope, this.#problems, undefined)) {
      if (typeof value === 'bigint') parent.fail(node.place, 'TYPE', '认定里不能写金额');
      else record[fact] = typeof value === 'object' ? (value.at(-1) ?? '') : value;
    }
    return record;
  }

  #name(fields: Fields, key: string): string | undefined {
    const text = fields.text(key);
    if (text === undefined || text.length <= WORD_MAX) return text;
    return fields.fail(fields.placeOf(key), 'TYPE', `「${key}」太长,最多 ${WORD_MAX} 个字`);
  }

  #count(fields: Fields, key: string): number | undefined {
    const text = fields.text(key);
    if (text === undefined || /^[1-9]\d{0,5}$/.test(text)) return text === undefined ? undefined : Number(text);
    return fields.fail(fields.placeOf(key), 'TYPE', `「${key}」写半角数字,从 1 起`);
  }

  #term(fields: Fields, key: string, enumeration: string): string | undefined {
    return fields.term(key, this.#vocabulary.enumerations.get(enumeration)?.byWord);
  }
}

const RANDOM = 'random';
/** The ways in which an earlier handler takes a filing. */
const FIRST: ReadonlySet<string> = new Set(['first_trial', 'first_enforcement', 'series']);
