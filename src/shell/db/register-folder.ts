import { sql } from 'drizzle-orm';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { bundleOf, readManifest, sourceList } from '../../core/releases/bundle.js';
import { compiledOf } from '../../core/releases/compiled.js';
import { sourcesOf } from '../../core/releases/draft-files.js';
import { sameSources } from '../../core/releases/line.js';
import type { RuleBook } from '../../core/rules/rulebook.js';
import type { RuleFile } from '../../core/rules/source.js';
import { type Db, rows, schema } from './db.js';
import { addStep, lockReleases, nextNumber, releaseInForce, replaceRelease, saveBundle } from './release-line.js';

/** What came of the rules folder that a process was started with. */
export type Registered = 'in_force' | 'registered' | 'overruled';

/**
 * Makes the rules folder the release in force, where nobody has published rules in the system: the first one, or the next after a folder
 * that said something else. Once somebody has, what they published decides and a folder changes nothing.
 *
 * @param files all of the folder, with what is quoted
 * @param onlyFirst a command that works on an installation once brings rules of its own only where there are none yet
 */
export async function registerFolder(
  db: Db,
  book: RuleBook,
  files: readonly RuleFile[],
  { now, today, onlyFirst = false }: { readonly now: string; readonly today: PlainDate; readonly onlyFirst?: boolean },
): Promise<Registered> {
  return db.transaction(async (tx) => {
    await lockReleases(tx);
    const inForce = await releaseInForce(tx, today);
    if (inForce && onlyFirst) return 'in_force';
    if (inForce) {
      const [bundle] = await rows<{ manifest: string }>(
        tx,
        sql`select manifest from rule_bundles where digest = ${inForce.bundle}`,
      );
      const { sources } = readManifest(inForce.bundle, bundle?.manifest ?? '');
      if (sameSources(sources, sourceList([...sourcesOf(files)]))) return 'in_force';
      const [published] = await rows<{ number: number }>(
        tx,
        sql`select number from rule_releases where origin <> 'folder' and state = 'scheduled' limit 1`,
      );
      if (published) return 'overruled';
    }
    const bundle = bundleOf(files, compiledOf(book), { check: null, diff: null });
    await saveBundle(tx, bundle);
    const number = await nextNumber(tx);
    // A clock that was put back must not make two of one day.
    const day = inForce?.effectiveOn && inForce.effectiveOn > today ? inForce.effectiveOn : today;
    if (inForce?.effectiveOn === day) await replaceRelease(tx, inForce.number, number);
    await tx.insert(schema.ruleReleases).values({
      number,
      bundle: bundle.digest,
      title: number === 1 ? '规则目录' : `规则目录（第 ${number} 号）`,
      note: '启动服务时登记的规则目录',
      origin: 'folder',
      base: inForce?.number ?? null,
      urgency: 'ordinary',
      state: 'scheduled',
      proposedAt: now,
      effectiveOn: day,
    });
    const document = { effectiveOn: day };
    await addStep(tx, { release: number, action: 'registered', actor: null, madeAt: now, reason: '', document });
    return 'registered';
  });
}
