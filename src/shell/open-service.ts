import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'drizzle-orm/logger';
import { v7 } from 'uuid';
import type { Bench, Editions, Service } from '../app/ports.js';
import type { Views } from '../app/views.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import { BundleRefused } from '../core/releases/bundle.js';
import { buildEdition, type Edition } from '../core/releases/edition.js';
import { jsonRulesEngine } from '../core/rules/engine.js';
import { Evaluator } from '../core/rules/evaluate.js';
import { Problems, type RuleFile } from '../core/rules/source.js';
import { systemClock } from './clock.js';
import { Changes } from './db/changes.js';
import { type Db, DRIZZLE } from './db/db.js';
import { EMBEDDED_BANNER, openEmbedded } from './db/embedded.js';
import type { Holder } from './db/folder-lock.js';
import { checkKeys } from './db/key-check.js';
import { KeyRing } from './db/key-ring.js';
import { migrateEmbedded, migrateServer } from './db/migrate.js';
import { openPostgres } from './db/postgres.js';
import { listenPostgres } from './db/postgres-listen.js';
import { registerFolder } from './db/register-folder.js';
import { releaseLine } from './db/release-line.js';
import { registerRules } from './db/rule-versions.js';
import { CHANNEL, DbStore } from './db/store.js';
import { editionsNow, type RulesInUse, StoredEditions } from './db/stored-editions.js';
import { DbViews } from './db/views.js';
import { readQuotedFiles, readRuleFiles } from './files/rule-files.js';
import { systemRandom } from './random.js';
import { SetupError } from './setup-error.js';

export interface ServiceSettings {
  /** A PostgreSQL; without one, the embedded database in `folder`. */
  readonly databaseUrl?: string | undefined;
  readonly folder: string;
  readonly rules: string;
  /** False: a folder that says something else than the rules in force is not taken for the next ones. */
  readonly takesFolder?: boolean;
  /** Master keys as text (see KeyRing); the embedded database makes one up and keeps it in its folder. */
  readonly keys?: string | undefined;
  readonly holder?: Omit<Holder, 'pid'>;
  readonly clock?: Pick<Service, 'now' | 'today'>;
  readonly poolMax?: number;
  /** Is told what whoever runs the service has to see to at once; on standard error where nobody says otherwise. */
  readonly alarm?: (message: string) => void;
  /** Is told of every statement; for measurements. */
  readonly logger?: Logger;
}

/** Everything that the process holds open. */
export interface OpenService {
  readonly service: Service;
  readonly views: Views;
  readonly changes: Changes;
  readonly db: Db;
  readonly keys: KeyRing;
  /** By which release this process decides, as the last act or read found it; with `ask`, as the database says now. */
  readonly rulesInUse: RulesNow;
  /** Notes down which texts of rules are in force, once another release has come into force. */
  readonly registerInForce: () => Promise<void>;
  /** What whoever starts it should read. */
  readonly notes: readonly string[];
  readonly isEmbedded: boolean;
  close(): Promise<void>;
}

export interface RulesNow {
  /** Undefined before the first act or read. */
  last(): RulesInUse | undefined;
  ask(): Promise<RulesInUse>;
}

/** A new embedded database starts from here; made by the build. */
const SNAPSHOT = fileURLToPath(new URL('../snapshot.tar.gz', import.meta.url));
const SEED_BYTES = 32;
const HOUR_MS = 3_600_000;

const OVERRULED =
  '规则已经在系统里发布，以系统里有效的发布为准；--rules 目录与它不同，没有使用。要采用目录里的规则，请用 shouze rules release propose <目录> 提出发布';

/** Opens database, rules and keys, migrates, and makes the rules folder a release where nobody has published another. */
export async function openService(settings: ServiceSettings): Promise<OpenService> {
  const { databaseUrl, folder, rules, clock = systemClock, alarm = toStandardError } = settings;
  const keys = new KeyRing(settings.keys ?? keysOf(databaseUrl, folder));
  const files = [...readRuleFiles(rules), ...readQuotedFiles(rules)];
  const edition = editionIn(rules, files);
  const changes = new Changes();
  const opened =
    databaseUrl === undefined ? await embedded(settings, changes) : await server(databaseUrl, settings, changes);
  const { db } = opened;
  const stored = new StoredEditions(alarm);
  const editions = editionsNow(db, stored, clock.now);
  const notes = [...opened.notes];
  const rulesInUse: RulesNow = {
    last: () => stored.inUse,
    ask: async () => {
      await editions.now();
      if (stored.inUse === undefined) throw new Error('rules were asked for, and are in use');
      return stored.inUse;
    },
  };
  let registered: Edition | undefined;
  const registerInForce = async (): Promise<void> => {
    const inForce = await editions.now();
    if (inForce === registered) return;
    await registerRules(db, inForce.book, inForce.files, clock.now());
    registered = inForce;
  };
  try {
    await checkKeys(db, keys);
    const fate = await registerFolder(db, edition.book, files, {
      now: clock.now(),
      today: clock.today(),
      onlyFirst: settings.takesFolder === false,
    });
    if (fate === 'overruled') notes.push(OVERRULED);
    await registerInForce();
    notes.push(await lineNote(db, clock.today()));
  } catch (error) {
    await opened.close();
    if (!(error instanceof BundleRefused)) throw error;
    throw new SetupError(
      `有效的规则发布不能使用，服务没有启动：${error.message}。请从备份恢复数据库，或者用原来的程序版本启动`,
    );
  }
  const benches = new Map<string, Bench>();
  const parts = { keys, editions: stored, benches, newId: () => v7(), now: clock.now };
  return {
    ...opened,
    notes,
    service: serviceOf(new DbStore(db, parts), editions, clock),
    views: new DbViews(db, parts),
    changes,
    keys,
    registerInForce,
    rulesInUse,
  };
}

/** Which release decides today, and which one is the next. */
async function lineNote(db: Db, today: PlainDate): Promise<string> {
  const line = await releaseLine(db, today);
  const told = line.map(
    ({ number, effectiveOn, bundle }) => `第 ${number} 号发布（${effectiveOn} 施行，摘要 ${bundle.slice(0, 12)}）`,
  );
  return `有效的规则：${told.join('；下一次：')}`;
}

const toStandardError = (message: string): void => void process.stderr.write(`${message}\n`);

function editionIn(folder: string, files: readonly RuleFile[]): Edition {
  const problems = new Problems();
  const edition = buildEdition(files, problems);
  const [first] = problems.list;
  if (edition !== undefined && first === undefined) return edition;
  const where = first === undefined ? '' : `：${first.file}:${first.line}:${first.column} ${first.message}`;
  throw new SetupError(`规则目录 ${folder} 有 ${problems.list.length} 处不能用${where}；用 shouze rules check 看全部`);
}

const serviceOf = (store: DbStore, editions: Editions, clock: Pick<Service, 'now' | 'today'>): Service => ({
  store,
  editions,
  evaluator: new Evaluator(jsonRulesEngine),
  now: clock.now,
  today: clock.today,
  newId: () => v7(),
  newSeed: () => Buffer.from(systemRandom.bytes(SEED_BYTES)).toString('hex'),
});

type Opened = Pick<OpenService, 'db' | 'notes' | 'isEmbedded' | 'close'>;

async function embedded({ folder, holder }: ServiceSettings, changes: Changes): Promise<Opened> {
  const { db, pglite, close } = await openEmbedded(folder, { snapshot: SNAPSHOT, ...(holder && { holder }) });
  try {
    await migrateEmbedded(pglite);
    await pglite.listen(CHANNEL, (payload) => changes.hear(payload));
  } catch (error) {
    await close();
    throw error;
  }
  return { db, notes: [EMBEDDED_BANNER], isEmbedded: true, close };
}

/** Over connections of its own: a migration of a large table, and an instance that waits for another's, take longer than any request may. */
async function migrate(url: string): Promise<void> {
  const limits = {
    statementTimeoutMs: HOUR_MS,
    lockTimeoutMs: HOUR_MS,
    idleInTransactionTimeoutMs: HOUR_MS,
    transactionTimeoutMs: HOUR_MS,
  };
  const { db, close } = await openPostgres(url, { drizzle: DRIZZLE, max: 2, ...limits });
  try {
    await migrateServer(db);
  } finally {
    await close();
  }
}

async function server(url: string, { poolMax, logger }: ServiceSettings, changes: Changes): Promise<Opened> {
  const drizzle = { ...DRIZZLE, ...(logger && { logger }) };
  await migrate(url);
  const postgres = await openPostgres(url, { drizzle, ...(poolMax !== undefined && { max: poolMax }) });
  const stopListening = listenPostgres(url, CHANNEL, {
    hear: (payload) => changes.hear(payload),
    missed: () => changes.missed(),
  });
  const close = async () => {
    await stopListening();
    await postgres.close();
  };
  return { db: postgres.db, notes: postgres.notes, isEmbedded: false, close };
}

/** The master keys of an embedded database; made up at its first start. Without them its identity numbers cannot be read any more. */
function keysOf(databaseUrl: string | undefined, folder: string): string {
  if (databaseUrl !== undefined) {
    throw new SetupError(
      '使用 PostgreSQL 时要设置 SHOUZE_KEY（证件号码的加密密钥）。可以这样生成：echo "k1:$(openssl rand -hex 32)"；请另行备份，丢失后号码无法恢复',
    );
  }
  const path = join(folder, 'key');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  if (existsSync(join(folder, 'pg'))) {
    throw new SetupError(
      `数据目录 ${folder} 里有数据库却没有密钥文件 key；请从备份恢复它，或者用 SHOUZE_KEY 给出原来的密钥`,
    );
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const made = KeyRing.generate();
  writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}
