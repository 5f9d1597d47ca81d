import { changesBetween, sourcesOf } from '../../core/releases/draft-files.js';
import type { RuleFile } from '../../core/rules/source.js';
import { readQuotedFiles, readRuleFiles } from '../files/rule-files.js';
import { CliFailure } from './failure.js';
import type {
  ActAsOptions,
  DecideOptions,
  Deciding,
  ProposeOptions,
  RollBackOptions,
  ShowOptions,
} from './release-options.js';
import {
  type Listed,
  ownPassword,
  proposedText,
  releaseList,
  releaseNow,
  releasePage,
  rolledBackText,
  type Shown,
  termsOf,
  writeRelease,
} from './release-page.js';
import type { ServiceOptions } from './service-options.js';
import { RunningService } from './service-session.js';

const RELEASES = '/api/v1/rules/releases';
const DRAFTS = '/api/v1/rules/drafts';
const LISTED = 200;

type Release = Shown & { readonly version: number };

const releaseAt = (service: RunningService, number: number): Promise<Release> =>
  service.call('GET', `${RELEASES}/${number}`);

/** Lets a person who signs in with their own password do it. */
const acting = <T>(options: ActAsOptions, work: (service: RunningService) => Promise<T>): Promise<T> =>
  RunningService.of(options).signedIn(options.as, ownPassword(), work);

export async function runReleaseList(options: ServiceOptions): Promise<void> {
  const path = `${RELEASES}?limit=${LISTED}`;
  const { items } = await RunningService.of(options).call<{ items: Listed[] }>('GET', path);
  process.stdout.write(releaseList(items));
}

export async function runReleaseShow(number: number, options: ShowOptions): Promise<void> {
  const service = RunningService.of(options);
  process.stdout.write(releasePage(await releaseAt(service, number)));
  if (options.export !== undefined) writeRelease(options.export, await filesOf(service, number));
}

/** Every file, each as its digest says. */
async function filesOf(service: RunningService, number: number): Promise<RuleFile[]> {
  const files: RuleFile[] = [];
  const { items } = await service.call<{ items: { path: string; digest: string }[] }>(
    'GET',
    `${RELEASES}/${number}/files`,
  );
  for (const { path, digest } of items) {
    const query = new URLSearchParams({ path });
    const { text } = await service.call<{ text: string }>('GET', `${RELEASES}/${number}/file?${query}`);
    if (sourcesOf([{ path, text }]).get(path) !== digest)
      throw new CliFailure(`服务给出的 ${path} 与摘要不符；请核对数据库`);
    files.push({ path, text });
  }
  return files;
}

export const runReleasePropose = (folder: string, options: ProposeOptions): Promise<void> =>
  acting(options, async (service) => {
    const files = [...readRuleFiles(folder), ...readQuotedFiles(folder)];
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    const { id } = await service.call<{ id: string }>('POST', DRAFTS, { title: options.title, note: options.reason });
    const draft = `${DRAFTS}/${id}`;
    try {
      const { base } = await service.call<{ base: number }>('GET', draft);
      const { items } = await service.call<{ items: { path: string; digest: string }[] }>(
        'GET',
        `${RELEASES}/${base}/files`,
      );
      const before = new Map(items.map(({ path, digest }) => [path, digest]));
      const changes = changesBetween(before, sourcesOf(files));
      let revision = 0;
      for (const path of changes.keys()) {
        const text = texts.get(path);
        const [method, to, content] =
          text === undefined ? (['POST', 'file/removal', {}] as const) : (['PUT', 'file', { text }] as const);
        const saved = await service.call<{ revision: number }>(method, `${draft}/${to}`, {
          path,
          revision: 0,
          base,
          ...content,
        });
        revision = saved.revision;
      }
      if (revision === 0) throw new CliFailure('目录和最后一次发布没有差别，没有可以发布的内容');
      const { number } = await service.call<{ number: number }>('POST', `${draft}/proposal`, {
        revision,
        ...termsOf(options),
      });
      process.stdout.write(proposedText(number, changes.size));
    } catch (error) {
      // Whoever works on files goes on there: a draft that nobody will open must not stay behind.
      const { version } = await service.call<{ version: number }>('GET', draft);
      await service.call('POST', `${draft}/discard`, { version });
      throw error;
    }
  });

const PATHS: Readonly<Record<Deciding, string>> = {
  approve: 'approval',
  schedule: 'schedule',
  reject: 'rejection',
  withdraw: 'withdrawal',
  cancel: 'cancellation',
};

export const runReleaseDecide = (number: number, act: Deciding, options: DecideOptions): Promise<void> =>
  acting(options, async (service) => {
    const { version } = await releaseAt(service, number);
    const { reason, on: effectiveOn } = options;
    const day = effectiveOn !== undefined && { effectiveOn };
    const body = act === 'schedule' ? { version, ...day } : { version, reason, ...(act === 'approve' && day) };
    await service.call('POST', `${RELEASES}/${number}/${PATHS[act]}`, body);
    process.stdout.write(releaseNow(await releaseAt(service, number)));
  });

export const runReleaseRollBack = (number: number, options: RollBackOptions): Promise<void> =>
  acting(options, async (service) => {
    const path = `${RELEASES}/${number}/rollback`;
    const { number: next } = await service.call<{ number: number }>('POST', path, termsOf(options));
    process.stdout.write(rolledBackText(next, number));
  });
