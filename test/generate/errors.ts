import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { PROBLEMS, type ProblemCode } from '../../src/shell/http/problems.js';

/** What whoever gets the code does about it. The answer's own `detail` says it for the case at hand. */
const CURES: Readonly<Record<ProblemCode, string>> = {
  BODY_INVALID: '按 `detail` 和 `errors` 改正后重新提交',
  FILE_UNREADABLE: '核对文件是否选错、是否完整，按提示另存后重新上传',
  DOCKET_INVALID: '按 `errors` 改正案卷后重新导入；没有任何内容被导入',
  ANSWER_INVALID: '刷新后只回答现在问到的事项，按 `errors` 改正',
  JUDGE_UNKNOWN: '从本院法官名册中选择；新来的法官先随案卷导入',
  JUDGE_UNABLE: '另选一名法官；`detail` 说明为什么不能承办',
  GROUND_UNKNOWN: '从 `detail` 列出的事由中选择',
  CLOSURE_INVALID: '核对结案日期：不早于收案，不晚于今天',
  ABSENCE_INVALID: '按 `errors` 改正：不早于今天，结束不早于开始，不和已有的请假重叠',
  RULE_FILE_INVALID: '按 `errors` 改正路径或者内容：已有的目录、.yaml/.csv/.jsonl、不超过 4 MiB',
  RULES_UNSOUND: '先检查草稿，按 `errors` 里的文件、行、列改正，全部示例通过后再提出',
  RELEASE_DAY_INVALID: '另选一天：晚于今天，也晚于前一次发布的施行日',
  USER_INVALID: '按 `errors` 改正用户信息',
  PASSWORD_WEAK: '换一个更长、不含登录名和常见词的密码',
  PASSWORD_WRONG: '核对现在的密码；连续输错会锁定账号',
  SIGN_IN_FAILED: '核对登录名和密码，或者请系统管理员重置密码',
  SESSION_MISSING: '登录后重新提交同一请求',
  ORIGIN_INSECURE: '改用 https 地址；本机试用时用 http://localhost',
  CSRF_FAILED: '刷新页面取得新的校验码（`x-csrf-token`）后重试',
  FORBIDDEN: '请有所需角色的同事办理，或者请系统管理员授权；重试没有用',
  NOT_FOUND: '核对地址和编号；没有职务的法院也是这个答复',
  VERSION_CONFLICT: '重新读取，核对别人的改动，再用新的 `version` 提交',
  DRAFT_CONFLICT: '`saved` 里有别人保存的内容、时间和修改人；合并后用它的 `revision` 和 `base` 再保存',
  DRAFT_BEHIND: '把草稿并到最新的规则上（`rebase`），重新检查后再提出',
  MERGE_CONFLICT: '`errors` 列出两边都改过的文件；合并好后连同内容再提交',
  FLOW_REFUSED: '`errors` 里有流程自己的代码（例如 `OUT_OF_TIME`、`OWN_MATTER`），`detail` 说明为什么和怎么办',
  STATE_CONFLICT: '重新读取；按现在的状态决定怎么办',
  REQUEST_IN_PROGRESS: '等几秒，用同一个 `idempotency-key` 和同一份内容重试',
  LOGIN_TAKEN: '换一个登录名',
  KEY_REUSED: '内容不同的请求换一个新的 `idempotency-key`',
  ACCOUNT_LOCKED: '等到 `detail` 说的时间，或者请系统管理员解锁',
  TOO_MANY: '等一分钟再试',
  REQUEST_INVALID: '核对请求的写法；重试没有用',
  URL_INVALID: '核对地址的写法和百分号编码',
  BODY_TOO_LARGE: '分成几次提交，或者把文件拆开',
  MEDIA_TYPE: '用 `application/json`；文件用 `multipart/form-data`',
  INTERNAL: '稍后用同一份内容、同一个 `idempotency-key` 重试；仍不行时把 `correlation` 告诉系统管理员',
  COURT_BUSY: '稍等片刻，用同一份内容重试；什么都没有保存',
  DATABASE_UNAVAILABLE: '稍后用同一份内容、同一个 `idempotency-key` 重试',
};

/** `docs/errors.md`: every code that an answer may carry. */
export function renderErrors(): string {
  const codes = (Object.keys(PROBLEMS) as ProblemCode[]).sort(
    (a, b) => PROBLEMS[a].status - PROBLEMS[b].status || (a < b ? -1 : 1),
  );
  return [
    '# 错误码 / Error codes',
    '',
    '由程序里的登记表生成（`npm run errors`），不要手改。失败一律以 RFC 9457（`application/problem+json`）答复：',
    'Generated from the registry in the program; do not edit by hand. Every failure is answered as RFC 9457:',
    '',
    '```json',
    JSON.stringify(
      {
        type: 'urn:shouze:problem:VERSION_CONFLICT',
        title: PROBLEMS.VERSION_CONFLICT.title,
        status: PROBLEMS.VERSION_CONFLICT.status,
        detail: '您打开以后，别人改过本件；您填写的内容没有保存，请刷新后核对再提交',
        code: 'VERSION_CONFLICT',
        correlation: '0f8fad5b-d9cb-469f-a165-70867728950e',
      },
      undefined,
      2,
    ),
    '```',
    '',
    '- `code` 是下表之一，程序按它判断；`detail` 是给人看的中文，说明这一次怎么办，措辞可能变化。',
    '- `correlation` 与答复头 `x-correlation-id` 相同，系统管理员凭它在日志里找到这次请求。',
    '- `errors` 只在逐处有错时出现：`path`（JSON 指针）、`code`、`message`。',
    '- 4xx 和 `COURT_BUSY` 时什么都没有改变。其他 5xx 和断线时不一定知道办成没有：用同一个 `idempotency-key` 重试，不会办两次。',
    '',
    '| 错误码 | HTTP | 意思 | 怎么办 |',
    '| --- | --- | --- | --- |',
    ...codes.map((code) => `| \`${code}\` | ${PROBLEMS[code].status} | ${PROBLEMS[code].title} | ${CURES[code]} |`),
    '',
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(new URL('../../docs/errors.md', import.meta.url), renderErrors());
}
