import { type Command, InvalidArgumentError, Option } from 'commander';
import { portArgument } from './arguments.js';
import { type RunServeOptions, withService } from './service-options.js';

function countArgument(text: string): number {
  if (/^\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError('应当是 0 到 9 的整数');
}

export function addServe(program: Command, version: string): void {
  withService(program.command('serve'), { remote: false })
    .summary('启动服务和立案分流台 / serve the desk and the API')
    .description(
      '启动服务：立案分流台、HTTP 接口 /api/v1、接口文档 /docs。没有设置 DATABASE_URL 时用内置数据库（试用）。\nServes the filing desk and the API; with DATABASE_URL on PostgreSQL, else on the embedded database.',
    )
    .addOption(new Option('--host <地址>', '监听的地址 / address').default('127.0.0.1').env('SHOUZE_HOST'))
    .addOption(new Option('--port <端口>', '端口 / port').default(8080).argParser(portArgument).env('PORT'))
    .addOption(
      new Option('--proxies <层数>', '服务前面有几层反向代理 / proxies in front')
        .argParser(countArgument)
        .env('SHOUZE_PROXIES'),
    )
    .addOption(new Option('--sample', '第一次启动时装入示例法院和示例账号 / load the sample court once').default(false))
    .addOption(new Option('--no-sample', '不装入示例法院 / without it'))
    .addOption(
      new Option(
        '--no-jobs',
        '只答复请求；分案和期限由 shouze worker 办理（只用于 PostgreSQL）/ leave the jobs to workers',
      ),
    )
    .addHelpText(
      'after',
      `
环境变量 / environment:
  DATABASE_URL          postgres://用户:密码@主机:端口/库名，PostgreSQL 15 以上
  SHOUZE_KEY            证件号码的加密密钥，名字:64个十六进制字符；使用 PostgreSQL 时必填
  SHOUZE_URL            浏览器访问的地址（https），接统一登录时必填
  SHOUZE_OIDC_ISSUER、SHOUZE_OIDC_CLIENT_ID、SHOUZE_OIDC_CLIENT_SECRET   统一登录（OpenID Connect）
例 / Examples:
  shouze serve --sample
  DATABASE_URL=postgres://shouze@db/shouze SHOUZE_KEY=k1:… shouze serve --host 0.0.0.0 --proxies 1`,
    )
    .action(async (options: RunServeOptions) => {
      const { runServe } = await import('./run-serve.js');
      await runServe(options, version);
    });
}
