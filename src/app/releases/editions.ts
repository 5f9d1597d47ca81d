import type { Digest } from '../../core/kernel/digest.js';
import { BundleRefused, digestsOf, openBundle } from '../../core/releases/bundle.js';
import { buildEdition, type Edition } from '../../core/releases/edition.js';
import { Problems } from '../../core/rules/source.js';
import type { ReleaseReads } from '../release-ports.js';

/** So many are kept: the one in force, the one before and after it, what is compared with them. */
const KEPT = 6;
const kept = new Map<Digest, Promise<Edition>>();

/**
 * The rules of a bundle, each of its texts compared with its digest; the last few are kept.
 *
 * @throws BundleRefused where the bundle is not what its digest says, or this program cannot read its rules
 */
export function editionOf(reads: Pick<ReleaseReads, 'manifest' | 'texts'>, bundle: Digest): Promise<Edition> {
  const known = kept.get(bundle);
  kept.delete(bundle);
  const edition = known ?? load(reads, bundle);
  kept.set(bundle, edition);
  edition.catch(() => kept.delete(bundle));
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return edition;
}

async function load(reads: Pick<ReleaseReads, 'manifest' | 'texts'>, bundle: Digest): Promise<Edition> {
  const manifest = await reads.manifest(bundle);
  const files = openBundle(manifest, await reads.texts(digestsOf(manifest)));
  const problems = new Problems();
  const edition = buildEdition(files, problems);
  const [first] = problems.list;
  if (edition === undefined || first !== undefined) {
    const where = first === undefined ? '' : `：${first.file}:${first.line}:${first.column} ${first.message}`;
    throw new BundleRefused(`规则发布包 ${bundle} 里的规则，本程序有 ${problems.list.length} 处不能用${where}`);
  }
  return { ...edition, release: bundle };
}
