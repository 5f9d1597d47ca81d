import type { Principal } from '../../app/accounts/principal.js';
import { signIn } from '../../app/accounts/sign-in.js';
import { signOut } from '../../app/accounts/sign-out.js';
import { couldEver } from '../../app/accounts/subject.js';
import { operatorIn } from '../../app/permit.js';
import type { Context } from '../../app/ports.js';
import { createDraft, discardDraft } from '../../app/releases/create-draft.js';
import {
  approveRelease,
  cancelRelease,
  rejectRelease,
  scheduleRelease,
  withdrawRelease,
} from '../../app/releases/decide-release.js';
import { proposeRelease } from '../../app/releases/propose-release.js';
import { rollBack } from '../../app/releases/roll-back.js';
import { saveFile } from '../../app/releases/save-file.js';
import { seeDraft } from '../../app/releases/see-drafts.js';
import { exportRelease, seeRelease, seeReleases } from '../../app/releases/see-releases.js';
import type { Action } from '../../core/access/can.js';
import { changesBetween, sourcesOf } from '../../core/releases/draft-files.js';
import type { RuleFile } from '../../core/rules/source.js';
import { readQuotedFiles, readRuleFiles } from '../files/rule-files.js';
import type { OpenService } from '../open-service.js';
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
  ownPassword,
  proposedText,
  releaseList,
  releaseNow,
  releasePage,
  rolledBackText,
  termsOf,
  writeRelease,
} from './release-page.js';
import type { ServiceOptions } from './service-options.js';
import { accountsOf, inInstallation } from './service-session.js';
import { showDiff } from './show-diff.js';

const LISTED = 200;
const HERE = '127.0.0.1';

const operatorOf = ({ service }: OpenService): Context => ({ subject: operatorIn(''), service });

/** Signs whoever acts in, by their own password. @throws CliFailure where none is given */
async function principalOf(open: OpenService, { as }: ActAsOptions): Promise<Principal> {
  const password = ownPassword();
  const accounts = accountsOf(open);
  const { token, current } = await signIn(accounts, { login: as, password, address: HERE });
  // Who they are is known now; nobody goes on with the session.
  await signOut(accounts, { token, address: HERE });
  return current.principal;
}

async function contextOf(open: OpenService, options: ActAsOptions, action: Action) {
  const postings = [...(await principalOf(open, options)).courts.values()];
  const subject = postings.find((each) => couldEver(each, action)) ?? postings[0];
  if (subject === undefined) throw new CliFailure(`${options.as} 现在没有任何职务；请系统管理员授权`);
  return { subject, service: open.service, postings };
}

export const runReleaseList = (options: ServiceOptions): Promise<void> =>
  inInstallation(options, async (open) => {
    const { items } = await seeReleases(operatorOf(open), { limit: LISTED });
    process.stdout.write(releaseList(items));
  });

export const runReleaseShow = (number: number, options: ShowOptions): Promise<void> =>
  inInstallation(options, async (open) => {
    const by = operatorOf(open);
    const release = await seeRelease(by, number);
    const { reports } = release;
    process.stdout.write(releasePage(release));
    if (reports.diff) process.stdout.write(showDiff(reports.diff));
    if (options.export !== undefined) writeRelease(options.export, await exportRelease(by, number));
  });

/** The files of a release, each compared with its digest. */
export const filesOfRelease = (number: number, options: ServiceOptions): Promise<readonly RuleFile[]> =>
  inInstallation(options, (open) => exportRelease(operatorOf(open), number));

export const runReleasePropose = (folder: string, options: ProposeOptions): Promise<void> =>
  inInstallation(options, async (open) => {
    const by = await contextOf(open, options, 'release.draft');
    const files = [...readRuleFiles(folder), ...readQuotedFiles(folder)];
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    const id = await createDraft(by, { title: options.title, note: options.reason });
    const { base } = await seeDraft(by, id);
    const before = sourcesOf(await exportRelease(by, base));
    const changes = changesBetween(before, sourcesOf(files));
    for (const path of changes.keys())
      await saveFile(by, id, { path, text: texts.get(path) ?? null, revision: 0, base });
    const terms = termsOf(options);
    const { revision, version } = await seeDraft(by, id);
    const number = await proposeRelease(by, id, { revision, ...terms }).catch(async (error: unknown) => {
      // Whoever works on files goes on there: a draft that nobody will open must not stay behind.
      await discardDraft(by, id, version);
      throw error;
    });
    const { reports } = await seeRelease(operatorOf(open), number);
    if (reports.diff) process.stdout.write(showDiff(reports.diff));
    process.stdout.write(proposedText(number, changes.size));
  });

const ACTIONS: Readonly<Record<Deciding, Action>> = {
  approve: 'release.decide',
  schedule: 'release.decide',
  reject: 'release.decide',
  withdraw: 'release.withdraw',
  cancel: 'release.cancel',
};

export const runReleaseDecide = (number: number, act: Deciding, options: DecideOptions): Promise<void> =>
  inInstallation(options, async (open) => {
    const by = await contextOf(open, options, ACTIONS[act]);
    const { version } = await seeRelease(operatorOf(open), number);
    const { reason, on: effectiveOn } = options;
    if (act === 'approve') await approveRelease(by, number, { version, reason, effectiveOn });
    else if (act === 'schedule' && effectiveOn) await scheduleRelease(by, number, { version, effectiveOn });
    else if (act === 'reject') await rejectRelease(by, number, { version, reason });
    else if (act === 'withdraw') await withdrawRelease(by, number, { version, reason });
    else await cancelRelease(by, number, { version, reason });
    process.stdout.write(releaseNow(await seeRelease(operatorOf(open), number)));
  });

export const runReleaseRollBack = (number: number, options: RollBackOptions): Promise<void> =>
  inInstallation(options, async (open) => {
    const by = await contextOf(open, options, 'release.draft');
    const next = await rollBack(by, number, termsOf(options));
    process.stdout.write(rolledBackText(next, number));
  });
