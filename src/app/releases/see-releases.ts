import type { LawbookDiff } from '../../core/checking/diff-lawbooks.js';
import type { Digest } from '../../core/kernel/digest.js';
import { digestsOf, openBundle } from '../../core/releases/bundle.js';
import { changesBetween } from '../../core/releases/draft-files.js';
import type { Edition } from '../../core/releases/edition.js';
import type { RuleFile } from '../../core/rules/source.js';
import type { Page } from '../page.js';
import { permit } from '../permit.js';
import type { Context } from '../ports.js';
import { Refusal } from '../refusal.js';
import type { PageAsked, ReleaseReads, StoredRelease } from '../release-ports.js';
import { compareEditions } from './draft-checks.js';
import { sourcesOfRelease, textOf } from './draft-content.js';
import { editionOf } from './editions.js';
import { releaseFound } from './found.js';
import { type CheckSummary, peopleOf, type ReleaseDetail, type ReleaseRow, rowsOf } from './release-views.js';

/** Every release, the latest first. */
export async function seeReleases({ subject, service }: Context, asked: PageAsked): Promise<Page<ReleaseRow>> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async (tx) => {
    const { items, next } = await tx.releases.releases(asked);
    return { items: await rowsOf(tx.releases, items, { subject, today: tx.today }), next };
  });
}

/** One release with its steps, what it changes and what was reported of it. */
export async function seeRelease({ subject, service }: Context, number: number): Promise<ReleaseDetail> {
  permit(subject, 'release.read');
  const { detail, editions } = await service.store.read(subject.court, async ({ releases, today }) => {
    const release = await releaseFound(releases, number);
    const [row] = await rowsOf(releases, [release], { subject, today });
    if (row === undefined) throw new Error('a release is shown as one row');
    const { reports, sources } = await releases.manifest(release.bundle);
    const steps = await releases.stepsOf(number);
    const personOf = await peopleOf(
      releases,
      steps.map(({ actor }) => actor),
    );
    const before = release.base === null ? new Map<string, Digest>() : await sourcesOfRelease(releases, release.base);
    const changes = release.base === null ? [] : [...changesBetween(before, new Map(sources))];
    // What comes back has the bundle of the first time, whose report is of another change.
    const isOwn = release.origin !== 'rollback';
    const detail: ReleaseDetail = {
      ...row,
      steps: steps.map(({ actor, ...step }) => ({ ...step, by: personOf(actor) })),
      changes: changes.map(([path, change]) => ({ path, change })),
      reports: {
        check: (await reportOf(releases, reports.check)) as CheckSummary | null,
        diff: isOwn ? ((await reportOf(releases, reports.diff)) as LawbookDiff | null) : null,
      },
    };
    return { detail, editions: isOwn ? undefined : await editionsOf(releases, release) };
  });
  if (editions === undefined) return detail;
  const diff = await compareEditions(editions.before, editions.after);
  return { ...detail, reports: { ...detail.reports, diff } };
}

/** The rules of a release and of the one that it was made from; undefined of the first. */
async function editionsOf(
  releases: ReleaseReads,
  { base, bundle }: Pick<StoredRelease, 'base' | 'bundle'>,
): Promise<{ readonly before: Edition; readonly after: Edition } | undefined> {
  if (base === null) return undefined;
  const before = await editionOf(releases, (await releaseFound(releases, base)).bundle);
  return { before, after: await editionOf(releases, bundle) };
}

async function reportOf(releases: ReleaseReads, digest: Digest | null): Promise<unknown> {
  return digest === null ? null : JSON.parse(await textOf(releases, digest));
}

/** The files of a release, in order of their paths. */
export async function seeReleaseFiles(
  { subject, service }: Context,
  number: number,
): Promise<{ readonly path: string; readonly digest: Digest }[]> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async ({ releases }) =>
    [...(await sourcesOfRelease(releases, number))].map(([path, digest]) => ({ path, digest })),
  );
}

/** The text of one file of a release. */
export async function seeReleaseFile({ subject, service }: Context, number: number, path: string): Promise<string> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async ({ releases }) => {
    const digest = (await sourcesOfRelease(releases, number)).get(path);
    if (digest === undefined) throw new Refusal('NOT_FOUND', `第 ${number} 号发布里没有 ${path} 这个文件`);
    return textOf(releases, digest);
  });
}

/** All files of a release with their texts, each compared with its digest: what a replay of its decisions needs. */
export async function exportRelease({ subject, service }: Context, number: number): Promise<readonly RuleFile[]> {
  permit(subject, 'release.read');
  return service.store.read(subject.court, async ({ releases }) => {
    const { bundle } = await releaseFound(releases, number);
    const manifest = await releases.manifest(bundle);
    return openBundle(manifest, await releases.texts(digestsOf(manifest)));
  });
}
