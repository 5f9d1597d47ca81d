import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Principal } from '../../app/accounts/principal.js';
import { signIn } from '../../app/accounts/sign-in.js';
import { signOut } from '../../app/accounts/sign-out.js';
import { couldEver } from '../../app/accounts/subject.js';
import { operatorIn } from '../../app/permit.js';
import type { Context } from '../../app/ports.js';
import { type StepAction, URGENCIES, type Urgency } from '../../app/release-ports.js';
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
import { changesBetween, type FileChange, sourcesOf } from '../../core/releases/draft-files.js';
import type { Standing } from '../../core/releases/line.js';
import type { RuleFile } from '../../core/rules/source.js';
import { readQuotedFiles, readRuleFiles } from '../files/rule-files.js';
import type { OpenService } from '../open-service.js';
import { CliFailure } from './failure.js';
import type { ActAsOptions, DecideOptions, ProposeOptions, RollBackOptions, ShowOptions } from './release-options.js';
import type { ServiceOptions } from './service-options.js';
import { accountsOf, inInstallation } from './service-session.js';
import { showDiff } from './show-diff.js';

const WORDS: Readonly<Record<Standing, string>> = {
  proposed: '已提出',
  approved: '已批准',
  scheduled: '已排期',
  in_force: '有效',
  superseded: '已被取代',
  rejected: '已退回',
  withdrawn: '已撤回',
  cancelled: '已取消',
};
const STEPS: Readonly<Record<StepAction, string>> = {
  registered: '登记规则目录',
  proposed: '提出',
  approved: '批准',
  scheduled: '排期',
  rejected: '退回',
  withdrawn: '撤回',
  cancelled: '取消',
  reviewed: '事后复核',
};
const CHANGES: Readonly<Record<FileChange, string>> = { added: '新增', changed: '改动', removed: '删去' };
const MINUTE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
const courtTime = (instant: string): string => MINUTE.format(new Date(instant));
const LISTED = 200;
const HERE = '127.0.0.1';

const urgencyOf = (ground: string | undefined): Urgency => URGENCIES[ground === undefined ? 0 : 1];

const operatorOf = ({ service }: OpenService): Context => ({ subject: operatorIn(''), service });

/** Signs whoever acts in, by their own password. @throws CliFailure where none is given */
async function principalOf(open: OpenService, { as }: ActAsOptions): Promise<Principal> {
  const password = process.env.SHOUZE_PASSWORD;
  if (password === undefined || password === '')
    throw new CliFailure('请把本人的密码放在环境变量 SHOUZE_PASSWORD 里；规则发布由本人办理，不能代签');
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
    for (const { number, standing, effectiveOn, title, proposedBy, approvedBy, digest } of items) {
      const who = [proposedBy?.name ?? '规则目录', approvedBy?.name].filter(Boolean).join('、');
      process.stdout.write(
        `${number}\t${WORDS[standing]}\t${effectiveOn ?? '-'}\t${title}\t${who}\t${digest.slice(0, 12)}\n`,
      );
    }
  });

export const runReleaseShow = (number: number, options: ShowOptions): Promise<void> =>
  inInstallation(options, async (open) => {
    const by = operatorOf(open);
    const { standing, title, note, digest, effectiveOn, steps, changes, reports } = await seeRelease(by, number);
    process.stdout.write(
      `第 ${number} 号  ${title}  ${WORDS[standing]}  施行 ${effectiveOn ?? '未定'}\n${note}\n摘要 ${digest}\n`,
    );
    for (const { action, by: who, at, reason } of steps)
      process.stdout.write(`${courtTime(at)}\t${STEPS[action]}\t${who?.name ?? '系统'}\t${reason}\n`);
    for (const { path, change } of changes) process.stdout.write(`${CHANGES[change]}\t${path}\n`);
    if (reports.diff) process.stdout.write(showDiff(reports.diff));
    if (options.export !== undefined) await exportTo(by, number, options.export);
  });

/** The files of a release, each compared with its digest. */
export const filesOfRelease = (number: number, options: ServiceOptions): Promise<readonly RuleFile[]> =>
  inInstallation(options, (open) => exportRelease(operatorOf(open), number));

async function exportTo(by: Context, number: number, folder: string): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new CliFailure(`目录 ${folder} 不是空的；请换一个`);
  const files = await exportRelease(by, number);
  for (const { path, text } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  process.stderr.write(`已把 ${files.length} 个规则文件写到 ${folder}\n`);
}

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
    const { ground, reason } = options;
    const terms = { urgency: urgencyOf(ground), reason, ...(ground !== undefined && { ground }) };
    const { revision, version } = await seeDraft(by, id);
    const number = await proposeRelease(by, id, { revision, ...terms }).catch(async (error: unknown) => {
      // Whoever works on files goes on there: a draft that nobody will open must not stay behind.
      await discardDraft(by, id, version);
      throw error;
    });
    const { reports } = await seeRelease(operatorOf(open), number);
    if (reports.diff) process.stdout.write(showDiff(reports.diff));
    process.stdout.write(`已提出第 ${number} 号发布，改动 ${changes.size} 个文件；请另一名规则审批人批准\n`);
  });

type Deciding = 'approve' | 'schedule' | 'reject' | 'withdraw' | 'cancel';

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
    const { standing, effectiveOn: day } = await seeRelease(operatorOf(open), number);
    process.stdout.write(`第 ${number} 号发布现在是“${WORDS[standing]}”${day ? `，施行 ${day}` : ''}\n`);
  });

export const runReleaseRollBack = (number: number, options: RollBackOptions): Promise<void> =>
  inInstallation(options, async (open) => {
    const by = await contextOf(open, options, 'release.draft');
    const { ground, reason } = options;
    const next = await rollBack(by, number, {
      urgency: urgencyOf(ground),
      reason,
      ...(ground !== undefined && { ground }),
    });
    process.stdout.write(`已提出第 ${next} 号发布：回退到第 ${number} 号；请另一名规则审批人批准\n`);
  });
