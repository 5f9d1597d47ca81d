import { sha256Hex } from '../kernel/digest.js';
import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { type Card, parseCardFile } from './card.js';
import type { CauseNames } from './causes.js';
import { type Basis, parseBasis } from './citation.js';
import { Fields } from './fields.js';
import { type ParameterRow, parseParameters } from './parameters.js';
import { Problems, type RuleFile, readSource, unknownWord } from './source.js';
import {
  type CauseNatureRow,
  type EvidenceWeights,
  parseCauseNature,
  parseEvidenceWeights,
  parseTriageTable,
  type TriageRow,
} from './tables.js';
import { parseVocabulary, type Vocabulary } from './vocabulary.js';

/** A court's folder: which modules it adopts on what basis, its own cards, parameters and 繁简识别 table. */
export interface CourtBook {
  readonly code: string;
  readonly name: string;
  readonly province: string;
  readonly adoptions: readonly Adoption[];
  readonly cards: readonly Card[];
  readonly triage: readonly TriageRow[];
  readonly file: string;
}

export interface Adoption {
  readonly module: string;
  readonly validFrom: PlainDate;
  readonly bases: ReadonlyMap<string, Basis>;
}

/** Everything that was read from the rules folder, before it is flattened for one court and day. */
export interface RuleBook {
  readonly vocabulary: Vocabulary;
  readonly national: readonly Card[];
  readonly modules: ReadonlyMap<string, readonly Card[]>;
  readonly provinces: ReadonlyMap<string, readonly Card[]>;
  readonly courts: ReadonlyMap<string, CourtBook>;
  readonly parameters: readonly ParameterRow[];
  readonly natures: ReadonlyMap<string, CauseNatureRow>;
  readonly weights: EvidenceWeights;
  /** Digest of every file that takes part, in path order. */
  readonly digest: string;
}

/** The folder that serves a court without one of its own. */
export const DEFAULT_COURT = '未设';

/**
 * Reads the rules folder. `files` are its vocabulary, parameter, card and court files (not calendars and reference).
 * What is wrong is added to `problems`, each with file, line and column; a book with problems must not be used.
 */
export function parseRuleBook(files: readonly RuleFile[], causes: CauseNames, problems: Problems): RuleBook {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const inFolder = (folder: string, ending: string): RuleFile[] =>
    sorted.filter((file) => file.path.startsWith(`${folder}/`) && file.path.endsWith(ending));
  const vocabulary = parseVocabulary(inFolder('vocabulary', '.yaml'), problems);
  const cardsOf = (file: RuleFile): Card[] => {
    const root = readSource(file, problems);
    return root === undefined ? [] : parseCardFile(root, vocabulary, causes, problems);
  };

  const national: Card[] = [];
  for (const file of [...inFolder('national', '.yaml'), ...inFolder('links', '.yaml')]) {
    if (!file.path.endsWith('/evidence-weights.yaml')) national.push(...cardsOf(file));
  }
  const modules = byFolder(inFolder('modules', '.yaml'), cardsOf);
  const provinces = byFolder(inFolder('provinces', '.yaml'), cardsOf);
  const courts = new Map<string, CourtBook>();
  for (const file of inFolder('courts', '/court.yaml')) {
    const folder = file.path.slice(0, -'/court.yaml'.length);
    const own = inFolder(folder, '.yaml').filter((each) => each !== file);
    const triageFile = sorted.find((each) => each.path === `${folder}/triage.csv`);
    const court = parseCourt(file, vocabulary, [...modules.keys()], problems);
    if (!court) continue;
    if (courts.has(court.code)) {
      problems.add({ file: file.path, line: 1, column: 1 }, 'COURT_TWICE', `法院代字「${court.code}」有两个目录`);
    }
    courts.set(court.code, {
      ...court,
      cards: own.flatMap(cardsOf),
      triage: triageFile ? parseTriageTable(triageFile, causes, problems) : [],
    });
  }
  const parameterFiles = sorted.filter((file) => file.path.endsWith('.csv') && /(^parameters\/|\/parameters\.csv$)/.test(file.path));
  const natures = new Map<string, CauseNatureRow>();
  for (const file of sorted.filter((each) => each.path === 'national/cause-nature.csv')) {
    for (const row of parseCauseNature(file, causes, problems)) natures.set(row.cause, row);
  }
  const weightsFile = sorted.find((file) => file.path === 'links/evidence-weights.yaml');
  const book: RuleBook = {
    vocabulary,
    national,
    modules,
    provinces,
    courts,
    parameters: parseParameters(parameterFiles, vocabulary, problems),
    natures,
    weights: parseEvidenceWeights(weightsFile, problems),
    digest: sha256Hex(sorted.map((file) => `${file.path}\u0000${sha256Hex(file.text)}\n`).join('')),
  };
  checkNames(book, problems);
  return book;
}

function byFolder(files: readonly RuleFile[], cardsOf: (file: RuleFile) => Card[]): Map<string, Card[]> {
  const folders = new Map<string, Card[]>();
  for (const file of files) {
    const folder = file.path.split('/')[1] ?? '';
    const cards = folders.get(folder) ?? [];
    folders.set(folder, cards);
    cards.push(...cardsOf(file));
  }
  return folders;
}

function parseCourt(
  file: RuleFile,
  vocabulary: Vocabulary,
  modules: readonly string[],
  problems: Problems,
): Omit<CourtBook, 'cards' | 'triage'> | undefined {
  const root = readSource(file, problems);
  if (root?.kind !== 'map') return undefined;
  const fields = new Fields(root, problems);
  const name = fields.text('名称');
  const code = fields.text('代字');
  const province = fields.text('省');
  fields.optionalText('说明');
  const adoptions: Adoption[] = [];
  for (const node of fields.optionalList('采用')) {
    const map = fields.mapOf(node, '采用');
    if (!map) continue;
    const inner = new Fields(map, problems);
    const module = inner.text('模块');
    const from = inner.text('施行');
    inner.optionalText('说明');
    const basisNode = inner.need('依据');
    const basisMap = basisNode && inner.mapOf(basisNode, '依据');
    const bases = new Map<string, Basis>();
    for (const [key, { value }] of basisMap?.entries ?? []) {
      const basis = parseBasis(value, vocabulary, problems, `采用 ${module ?? ''}`);
      if (basis && 'law' in basis) bases.set(key, basis);
    }
    inner.done();
    const validFrom = from === undefined ? undefined : parsePlainDate(from);
    if (from !== undefined && !validFrom) inner.fail(map.place, 'TYPE', `「${from}」不是日期,请写成 2026-01-01`);
    if (module !== undefined && !modules.includes(module)) {
      inner.fail(map.place, 'MODULE_UNKNOWN', unknownWord('模块', module, modules));
    }
    if (module !== undefined && validFrom) adoptions.push({ module, validFrom, bases });
  }
  fields.done();
  if (name === undefined || code === undefined || province === undefined) return undefined;
  return { name, code, province, adoptions, file: file.path };
}

/** Names across files: ids are unique, exceptions point at something, nothing is an exception to itself, overlays keep to what was delegated. */
function checkNames(book: RuleBook, problems: Problems): void {
  const ids = new Map<string, Card>();
  const groups = new Set<string>();
  const overlays = [...[...book.provinces.values()].flat(), ...[...book.courts.values()].flatMap((court) => court.cards)];
  const all = [...book.national, ...[...book.modules.values()].flat(), ...overlays];
  for (const card of all) {
    for (const each of [card, ...card.exceptions]) {
      const before = ids.get(each.id);
      if (before) {
        problems.add(each.place, 'RULE_TWICE', `编号「${each.id}」已经用在 ${before.file}:${before.place.line}`, card.id);
      }
      ids.set(each.id, card);
    }
    for (const group of card.groups) groups.add(group);
  }
  for (const card of all) {
    for (const { name, place } of card.exceptionTo) {
      const target = ids.get(name);
      if (!target && !groups.has(name)) {
        problems.add(place, 'EXCEPTION_TARGET', unknownWord('规则或者组', name, [...ids.keys(), ...groups]), card.id);
      }
      const targets = all.filter((each) => each.id === name || each.groups.includes(name));
      for (const each of targets) {
        if (each.layer !== card.layer) {
          problems.add(place, 'EXCEPTION_TARGET', `「${each.id}」属于「${each.layer}」层,不能由「${card.layer}」层的规则作例外`, card.id);
        }
        if (overlays.includes(card) && !overlays.includes(each) && !each.delegates.includes('例外')) {
          problems.add(place, 'NOT_DELEGATED', `「${each.id}」(${each.file})没有在「下级可细化」里允许「例外」`, card.id);
        }
      }
    }
    if (overlays.includes(card) && card.exceptionTo.length === 0) {
      problems.add(card.place, 'NOT_DELEGATED', '省、法院的规则只能是上级规则的例外,或者参数', card.id);
    }
  }
  const visiting = new Set<string>();
  const done = new Set<string>();
  const visit = (card: Card): void => {
    if (done.has(card.id)) return;
    if (visiting.has(card.id)) {
      problems.add(card.place, 'EXCEPTION_CYCLE', '例外互相指向,成了一个圈', card.id);
      return;
    }
    visiting.add(card.id);
    for (const each of all) {
      if (each.exceptionTo.some(({ name }) => name === card.id || card.groups.includes(name))) visit(each);
    }
    visiting.delete(card.id);
    done.add(card.id);
  };
  for (const card of all) visit(card);
}
