import { type Command, Option } from 'commander';
import { ROLES } from '../../core/access/can.js';
import {
  type UserAddOptions,
  type UserGrantOptions,
  type UserOptions,
  type UserSubjectOptions,
  withService,
} from './service-options.js';

export function addUser(program: Command): void {
  const user = program
    .command('user')
    .summary('管理用户：添加、加角色、统一认证标识、列出、重置密码、停用 / users')
    .description(
      '管理一个法院的用户。密码随机生成，只显示一次。\nUsers of a court; passwords are generated and shown once.',
    )
    .addHelpText(
      'after',
      `
例 / Examples:
  shouze user add zhang --court 川1599 --name 张某 --role filing_clerk
  shouze user grant zhang --court 川1599 --role reviewer
  shouze user grant wang --court 川1599 --role judge --judge M1
  shouze user subject zhang 8f14e45f-ea3b-4c1d --court 川1599
  shouze user list --court 川1599
  shouze user reset zhang --court 川1599 --server`,
    );
  const court = () => new Option('--court <代字>', '法院代字 / code of the court').makeOptionMandatory();
  const role = () => new Option('--role <角色>', '角色 / role').choices(ROLES).makeOptionMandatory();
  const judge = () => new Option('--judge <编号>', '角色是法官时，案卷里的法官编号 / the judge of the docket');
  withService(user.command('add').argument('<登录名>', '登录名 / login'), { remote: true })
    .summary('添加用户 / add')
    .description('添加一个用户，给一个角色。/ Adds a user with a role.')
    .addOption(court())
    .requiredOption('--name <姓名>', '姓名 / name')
    .addOption(role())
    .addOption(judge())
    .action(async (login: string, options: UserAddOptions) => {
      const { runUserAdd } = await import('./run-user.js');
      await runUserAdd(login, options);
    });
  withService(user.command('grant').argument('<登录名>', '登录名 / login'), { remote: true })
    .summary('再给一个角色 / give another role')
    .description('再给一个用户一个角色，从今天起；已有的角色不变。/ Gives a user another role from today on.')
    .addOption(court())
    .addOption(role())
    .addOption(judge())
    .action(async (login: string, options: UserGrantOptions) => {
      const { runUserGrant } = await import('./run-user.js');
      await runUserGrant(login, options);
    });
  withService(
    user
      .command('subject')
      .argument('<登录名>', '登录名 / login')
      .argument('[标识]', '统一认证标识（sub） / subject at the sign-on'),
    { remote: true },
  )
    .summary('写明统一认证标识 / set the sign-on subject')
    .description(
      '写明（--clear 去掉）一个用户的统一认证标识（sub）；他现在的登录随即结束。\nSets or clears the subject of a user at the sign-on, and ends the user’s sessions.',
    )
    .addOption(court())
    .option('--clear', '去掉已有的标识 / clear it')
    .action(async (login: string, subject: string | undefined, options: UserSubjectOptions) => {
      const { runUserSubject } = await import('./run-user.js');
      await runUserSubject(login, subject, options);
    });
  withService(user.command('list'), { remote: true })
    .summary('列出用户 / list')
    .description('列出一个法院的用户和角色。/ Lists the users of a court.')
    .addOption(court())
    .action(async (options: UserOptions) => {
      const { runUserList } = await import('./run-user.js');
      await runUserList(options);
    });
  for (const [name, words, change] of [
    ['reset', '重置密码 / reset the password', { resetPassword: true }],
    ['disable', '停用 / disable', { disabled: true }],
    ['enable', '恢复 / enable', { disabled: false }],
    ['unlock', '解除锁定 / unlock', { unlock: true }],
  ] as const) {
    withService(user.command(name).argument('<登录名>', '登录名 / login'), { remote: true })
      .summary(words)
      .description(`${words}。`)
      .addOption(court())
      .action(async (login: string, options: UserOptions) => {
        const { runUserChange } = await import('./run-user.js');
        await runUserChange(login, options, change);
      });
  }
}
