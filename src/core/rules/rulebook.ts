import { rulingKey } from '../documents/ruling.js';
import { sha256Hex } from '../kernel/digest.js';
import { byCodePoint } from '../kernel/order.js';
import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { type Card, type CardFile, parseCardFile, type Unruled } from './card.js';
import { parseMatrix } from './card-matrix.js';
import { checkNames } from './card-names.js';
import type { CauseNames } from './causes.js';
import { type Basis, parseBasis } from './citation.js';
import { resolveDerived } from './derived.js';
import type { LayerExample } from './example.js';
import { Fields } from './fields.js';
import { unknownWord } from './nearest.js';
import { type ParameterRow, parseParameters } from './parameters.js';
import { CONSTRAINTS_FILE, type Constraint, readConstraints } from './proof/constraint.js';
import { ReadCache } from './read-cache.js';
import { isRulingFile, parseRulingFile, type RulingFile } from './ruling-file.js';
import { type Problems, type RuleFile, readSource } from './source.js';
import {
  isMatrix,
  isTableExamples,
  type NatureExample,
  type ParameterExample,
  parseNatureExamples,
  parseParameterExamples,
  parseTriageExamples,
  type TriageExample,
  tableOf,
} from './table-examples.js';
import {
  type CauseNatureRow,
  type EvidenceWeights,
  parseCauseNature,
  parseEvidenceWeights,
  parseTriageTable,
  type TriageRow,
} from './tables.js';
import { isValidityFile, parseValidityExamples, type ValidityExample } from './validity-examples.js';
import { parseVocabulary, type Vocabulary } from './vocabulary.js';

/** A court's folder: which modules it adopts on what basis, its own cards, parameters and 繁简识别 table. */
export interface CourtBook {
  readonly code: string;
  readonly name: string;
  readonly province: string;
  readonly adoptions: readonly Adoption[];
  readonly cards: readonly Card[];
  readonly examples: readonly LayerExample[];
  readonly triage: readonly TriageRow[];
  readonly triageExamples: readonly TriageExample[];
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
  readonly causes: CauseNames;
  /** What is so in every case: proofs take it for granted, and routing holds filings to it. */
  readonly constraints: readonly Constraint[];
  /** Cases for which there is on purpose no rule. */
  readonly unruled: readonly Unruled[];
  readonly national: readonly Card[];
  readonly modules: ReadonlyMap<string, readonly Card[]>;
  readonly provinces: ReadonlyMap<string, readonly Card[]>;
  readonly courts: ReadonlyMap<string, CourtBook>;
  readonly parameters: readonly ParameterRow[];
  readonly parameterExamples: readonly ParameterExample[];
  readonly natures: ReadonlyMap<string, CauseNatureRow>;
  readonly natureExamples: readonly NatureExample[];
  /** Examples of whole layers that stand with the national cards and the modules. */
  readonly examples: readonly LayerExample[];
  /** What reviewers decided, as examples; they decide nothing themselves. */
  readonly rulings: readonly RulingFile[];
  /** The days of each rule, written down a second time; they decide nothing themselves. */
  readonly validity: readonly ValidityExample[];
  readonly weights: EvidenceWeights;
  /** Digest of every file that takes part, in path order. */
  readonly digest: string;
}

/** Every card of a book, wherever it stands. */
export const cardsOf = ({ national, modules, provinces, courts }: RuleBook): Card[] => [
  ...national,
  ...[...modules.values(), ...provinces.values()].flat(),
  ...[...courts.values()].flatMap((court) => court.cards),
];

/** The folder that serves a court without one of its own. */
export const DEFAULT_COURT = '未设';

/**
 * Reads the rules folder. `files` are its vocabulary, parameter, card and court files (not calendars and reference).
 * What is wrong is added to `problems`, each with file, line and column; a book with problems must not be used.
 */
export function parseRuleBook(
  files: readonly RuleFile[],
  causes: CauseNames,
  problems: Problems,
  cache = new ReadCache(),
): RuleBook {
  const all = [...files].sort((a, b) => byCodePoint(a.path, b.path));
  const sorted = all.filter((file) => !isRulingFile(file) && !isValidityFile(file));
  const paths = new Set(sorted.map((file) => file.path));
  const inFolder = (folder: string, ending: string): RuleFile[] =>
    sorted.filter((file) => file.path.startsWith(`${folder}/`) && file.path.endsWith(ending));
  const words = inFolder('vocabulary', '.yaml').filter(({ path }) => path !== CONSTRAINTS_FILE);
  const constraintFiles = sorted.filter(({ path }) => path === CONSTRAINTS_FILE);
  const vocabulary = cache.read('vocabulary', words, problems, (into) =>
    resolveDerived(parseVocabulary(words, into), causes, into),
  );
  const isCardFile = (file: RuleFile): boolean =>
    file.path !== WEIGHTS && !file.path.endsWith('/court.yaml') && !isTableExamples(file.path, paths);
  const tables = new Map(sorted.filter(({ path }) => isMatrix(path)).map((file) => [file.path, file]));
  const read = (file: RuleFile): CardFile => {
    const table = tables.get(tableOf(file.path));
    return cache.read('cards', [file, ...(table ? [table] : []), ...words], problems, (into) => {
      const root = readSource(file, into);
      if (root === undefined) return { cards: [], examples: [], refused: [], unruled: [] };
      return table ? parseMatrix(root, table, vocabulary, causes, into) : parseCardFile(root, vocabulary, causes, into);
    });
  };
  for (const path of tables.keys()) {
    if (paths.has(path.replace(/\.csv$/, '.yaml'))) continue;
    const message = '规则表要有同名的 .yaml 表头文件,写明每一列是什么';
    problems.add({ file: path, line: 1, column: 1 }, 'MATRIX', message);
  }
  const examples: LayerExample[] = [];
  const unruled: Unruled[] = [];
  const refused = new Set<string>();
  const cardsOf = (file: RuleFile): readonly Card[] => {
    if (!isCardFile(file)) return [];
    const { cards, examples: own, refused: unread, unruled: none } = read(file);
    examples.push(...own);
    unruled.push(...none);
    for (const name of unread) refused.add(name);
    return cards;
  };
  const national = [...inFolder('national', '.yaml'), ...inFolder('links', '.yaml')].flatMap(cardsOf);
  const modules = byFolder(inFolder('modules', '.yaml'), cardsOf);
  const provinces = byFolder(inFolder('provinces', '.yaml'), cardsOf);
  const courts = new Map<string, CourtBook>();
  for (const file of inFolder('courts', '/court.yaml')) {
    const folder = file.path.slice(0, -'/court.yaml'.length);
    const own = inFolder(folder, '.yaml').filter(isCardFile).map(read);
    const court = cache.read(`court ${[...modules.keys()].join(' ')}`, [file, ...words], problems, (into) =>
      parseCourt(file, vocabulary, [...modules.keys()], into),
    );
    if (!court) continue;
    for (const name of own.flatMap((each) => each.refused)) refused.add(name);
    unruled.push(...own.flatMap((each) => each.unruled));
    if (courts.has(court.code)) {
      problems.add({ file: file.path, line: 1, column: 1 }, 'COURT_TWICE', `法院代字「${court.code}」有两个目录`);
    }
    const named = (name: string): RuleFile[] => sorted.filter((each) => each.path === `${folder}/${name}`);
    courts.set(court.code, {
      ...court,
      cards: own.flatMap(({ cards }) => cards),
      examples: own.flatMap((each) => each.examples),
      triage: named('triage.csv').flatMap((each) =>
        cache.read('triage', [each], problems, (into) => parseTriageTable(each, causes, into)),
      ),
      triageExamples: paths.has(`${folder}/triage.csv`)
        ? named('triage.yaml').flatMap((each) =>
            cache.read('triage examples', [each], problems, (into) => parseTriageExamples(each, causes, into)),
          )
        : [],
    });
  }
  const isParameters = (path: string): boolean => /(^parameters\/[^/]+|\/parameters)\.(csv|yaml)$/.test(path);
  const parameterFiles = sorted.filter((file) => file.path.endsWith('.csv') && isParameters(file.path));
  const ofParameters = sorted.filter((file) => isParameters(file.path) && isTableExamples(file.path, paths));
  const natureFiles = sorted.filter((file) => file.path === 'national/cause-nature.csv');
  const ofNatures = sorted.filter(
    (file) => file.path === 'national/cause-nature.yaml' && isTableExamples(file.path, paths),
  );
  const natures = new Map<string, CauseNatureRow>();
  for (const row of cache.read('natures', natureFiles, problems, (into) =>
    natureFiles.flatMap((file) => parseCauseNature(file, causes, into)),
  )) {
    const before = natures.get(row.cause);
    if (before)
      problems.add(row.place, 'ROW_TWICE', `「${row.cause}」在第 ${before.place.line} 行已经写过;请合并成一行`);
    natures.set(row.cause, row);
  }
  const weightsFile = sorted.find((file) => file.path === WEIGHTS);
  const rulings = all.filter(isRulingFile).flatMap((file) => {
    const read = cache.read('rulings', [file, ...words], problems, (into) =>
      parseRulingFile(file, vocabulary, causes, into),
    );
    return read ? [read] : [];
  });
  checkRulingCourts(rulings, courts, problems);
  const book: RuleBook = {
    vocabulary,
    causes,
    constraints: cache.read('constraints', [...constraintFiles, ...words], problems, (into) =>
      readConstraints(constraintFiles[0], vocabulary, causes, into),
    ),
    unruled,
    national,
    modules,
    provinces,
    courts,
    examples,
    rulings,
    validity: all
      .filter(isValidityFile)
      .flatMap((file) => cache.read('validity', [file], problems, (into) => parseValidityExamples(file, into))),
    parameters: cache.read('parameters', [...parameterFiles, ...words], problems, (into) =>
      parseParameters(parameterFiles, vocabulary, into),
    ),
    parameterExamples: cache.read('parameter examples', [...ofParameters, ...words], problems, (into) =>
      ofParameters.flatMap((file) => parseParameterExamples(file, vocabulary, into)),
    ),
    natures,
    natureExamples: cache.read('nature examples', ofNatures, problems, (into) =>
      ofNatures.flatMap((file) => parseNatureExamples(file, causes, into)),
    ),
    weights: cache.read('weights', weightsFile ? [weightsFile] : [], problems, (into) =>
      parseEvidenceWeights(weightsFile, into),
    ),
    digest: sha256Hex(
      sorted
        .map((file) => `${file.path}\u0000${cache.read('digest', [file], problems, () => sha256Hex(file.text))}\n`)
        .join(''),
    ),
  };
  checkNames(
    [...national, ...[...modules.values()].flat()],
    [
      ...[...provinces].map(([province, cards]) => ({ province, cards })),
      ...[...courts.values()].map(({ province, code, cards }) => ({ province, court: code, cards })),
    ],
    refused,
    problems,
  );
  return book;
}

/** A court's own folder holds its own rulings, and no ruling is told twice. */
function checkRulingCourts(
  files: readonly RulingFile[],
  courts: ReadonlyMap<string, CourtBook>,
  problems: Problems,
): void {
  const seen = new Map<string, string>();
  for (const { file, court, rulings } of files) {
    const owner = [...courts.values()].find((each) => file.startsWith(each.file.replace(/court\.yaml$/, '')));
    if (owner && owner.code !== DEFAULT_COURT && owner.code !== court) {
      const message = `这个目录是「${owner.code}」的,不能放「${court}」的认定`;
      problems.add({ file, line: 1, column: 1 }, 'RULING_COURT', message);
    }
    for (const { ruling, place } of rulings) {
      const key = `${court} ${rulingKey(ruling)}`;
      const other = seen.get(key);
      if (other !== undefined && other !== file)
        problems.add(place, 'RULING_TWICE', `这一认定在 ${other} 里已经写过;请删去一个`);
      seen.set(key, file);
    }
  }
}

const WEIGHTS = 'links/evidence-weights.yaml';

function byFolder(files: readonly RuleFile[], cardsOf: (file: RuleFile) => readonly Card[]): Map<string, Card[]> {
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
): Pick<CourtBook, 'name' | 'code' | 'province' | 'adoptions' | 'file'> | undefined {
  const root = readSource(file, problems);
  if (root === undefined) return undefined;
  if (root.kind !== 'map') {
    problems.add(root.place, 'FIELD_SHAPE', '法院文件应当是「键: 值」:名称、代字、省、采用');
    return undefined;
  }
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
    if (from !== undefined && !validFrom)
      inner.fail(inner.placeOf('施行'), 'TYPE', `「${from}」不是日期,请写成 2026-01-01`);
    if (module !== undefined && !modules.includes(module)) {
      inner.fail(inner.placeOf('模块'), 'MODULE_UNKNOWN', unknownWord('模块', module, modules));
    }
    if (module !== undefined && validFrom) adoptions.push({ module, validFrom, bases });
  }
  fields.done();
  if (name === undefined || code === undefined || province === undefined) return undefined;
  return { name, code, province, adoptions, file: file.path };
}
