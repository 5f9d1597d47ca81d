import { z } from 'zod';
import { canonicalJson } from '../kernel/canonical.js';
import { type Digest, sha256Hex } from '../kernel/digest.js';
import { byCodePoint } from '../kernel/order.js';
import type { RuleFile } from '../rules/source.js';

/** What is said of the rules in a bundle besides their sources, each a JSON value under its own digest. */
export interface BundleReports {
  /** Counts of what was checked, and on which day; null for a folder that was registered as it was. */
  readonly check: unknown;
  /** What changes against the release before; null where nobody compared. */
  readonly diff: unknown;
}

/** Rules as they are kept: content-addressed texts, and the manifest that names them all. Its digest is the bundle's. */
export interface Bundle {
  readonly digest: Digest;
  readonly manifest: string;
  readonly blobs: ReadonlyMap<Digest, string>;
}

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const manifestSchema = z.strictObject({
  format: z.literal(1),
  sources: z.array(z.tuple([z.string(), digest])),
  compiled: digest,
  reports: z.strictObject({ check: digest.nullable(), diff: digest.nullable() }),
});
export type Manifest = z.output<typeof manifestSchema>;

/** Bundles sources (in any order), what they compile to and what is reported of them. */
export function bundleOf(files: readonly RuleFile[], compiled: unknown, reports: BundleReports): Bundle {
  const blobs = new Map<Digest, string>();
  const kept = (text: string): Digest => {
    const digest = sha256Hex(text);
    blobs.set(digest, text);
    return digest;
  };
  const report = (value: unknown): Digest | null => (value === null ? null : kept(canonicalJson(value)));
  const manifest = canonicalJson({
    format: 1,
    sources: sourceList(files.map(({ path, text }) => [path, kept(text)])),
    compiled: kept(canonicalJson(compiled)),
    reports: { check: report(reports.check), diff: report(reports.diff) },
  } satisfies Manifest);
  return { digest: sha256Hex(manifest), manifest, blobs };
}

/** Which file has which text, in code-point order: what two sets of rules are compared by. */
export const sourceList = (sources: readonly (readonly [string, Digest])[]): [string, Digest][] =>
  [...sources].sort(([a], [b]) => byCodePoint(a, b)).map(([path, digest]) => [path, digest]);

/** A bundle whose content is not what its digest says. */
export class BundleRefused extends Error {
  override readonly name = 'BundleRefused';
}

/** Reads a manifest. @throws BundleRefused where it does not fit its digest or is none */
export function readManifest(digest: Digest, text: string): Manifest {
  if (sha256Hex(text) !== digest) throw new BundleRefused(`规则发布包 ${digest} 的清单与摘要不符`);
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new BundleRefused(`规则发布包 ${digest} 的清单不是本程序认识的格式`);
  return parsed.data;
}

/** Every text that a manifest names. */
export const digestsOf = ({ sources, compiled, reports }: Manifest): Digest[] => [
  ...sources.map(([, digest]) => digest),
  compiled,
  ...[reports.check, reports.diff].filter((each) => each !== null),
];

/** The rule files of a bundle. @throws BundleRefused where any of its texts is missing or is not what its digest says */
export function openBundle(manifest: Manifest, blobs: ReadonlyMap<Digest, string>): RuleFile[] {
  const nameOf = new Map(manifest.sources.map(([path, digest]) => [digest, path]));
  for (const digest of digestsOf(manifest)) {
    const text = blobs.get(digest);
    const name = nameOf.get(digest) ?? digest;
    if (text === undefined) throw new BundleRefused(`规则发布包里缺少 ${name}`);
    if (sha256Hex(text) !== digest) throw new BundleRefused(`规则发布包里的 ${name} 与摘要不符：内容被改动过`);
  }
  return manifest.sources.map(([path, digest]) => ({ path, text: blobs.get(digest) ?? '' }));
}
