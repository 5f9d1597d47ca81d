import type { FieldError } from '../core/documents/field-errors.js';

/** How a refusal is answered over HTTP. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'mismatch'
  | 'too_many';

/**
 * Everything that a use case may refuse: one registry, which the HTTP problems, the command line and docs/errors.md go by. `title` is what it
 * is; what to do about it goes into the refusal's own text.
 */
export const REFUSALS = {
  BODY_INVALID: { kind: 'invalid', title: '请求的内容不合要求' },
  FILE_UNREADABLE: { kind: 'invalid', title: '文件读不出来' },
  DOCKET_INVALID: { kind: 'invalid', title: '案卷不合格式' },
  ANSWER_INVALID: { kind: 'invalid', title: '答复不合要求' },
  JUDGE_UNKNOWN: { kind: 'invalid', title: '没有这名法官' },
  JUDGE_UNABLE: { kind: 'invalid', title: '这名法官不能承办本案' },
  GROUND_UNKNOWN: { kind: 'invalid', title: '不是规定的事由' },
  CLOSURE_INVALID: { kind: 'invalid', title: '结案信息不合要求' },
  ABSENCE_INVALID: { kind: 'invalid', title: '请假信息不合要求' },
  RULE_FILE_INVALID: { kind: 'invalid', title: '规则文件不合要求' },
  RULES_UNSOUND: { kind: 'invalid', title: '规则没有通过检查' },
  RELEASE_DAY_INVALID: { kind: 'invalid', title: '施行日期不合要求' },
  USER_INVALID: { kind: 'invalid', title: '用户信息不合要求' },
  PASSWORD_WEAK: { kind: 'invalid', title: '密码太弱' },
  PASSWORD_WRONG: { kind: 'invalid', title: '现在的密码不对' },
  SIGN_IN_FAILED: { kind: 'unauthenticated', title: '登录失败' },
  SESSION_MISSING: { kind: 'unauthenticated', title: '没有登录或者登录已经失效' },
  ORIGIN_INSECURE: { kind: 'forbidden', title: '访问地址不安全' },
  CSRF_FAILED: { kind: 'forbidden', title: '请求的来源不对' },
  FORBIDDEN: { kind: 'forbidden', title: '没有权限' },
  NOT_FOUND: { kind: 'not_found', title: '没有找到' },
  VERSION_CONFLICT: { kind: 'conflict', title: '已经被别人改过' },
  DRAFT_CONFLICT: { kind: 'conflict', title: '别人先保存了这个文件' },
  DRAFT_BEHIND: { kind: 'conflict', title: '草稿依据的规则已经不是最新' },
  MERGE_CONFLICT: { kind: 'conflict', title: '有文件要由人合并' },
  FLOW_REFUSED: { kind: 'conflict', title: '流程不允许这样办' },
  STATE_CONFLICT: { kind: 'conflict', title: '现在的状态不能这样办' },
  REQUEST_IN_PROGRESS: { kind: 'conflict', title: '同一请求正在办理' },
  LOGIN_TAKEN: { kind: 'conflict', title: '登录名已经有人使用' },
  KEY_REUSED: { kind: 'mismatch', title: '同一幂等键的内容不同' },
  ACCOUNT_LOCKED: { kind: 'too_many', title: '账号暂时锁定' },
  TOO_MANY: { kind: 'too_many', title: '请求太多' },
} as const satisfies Readonly<Record<string, { readonly kind: RefusalKind; readonly title: string }>>;

export type RefusalCode = keyof typeof REFUSALS;

/** What somebody else saved of a file meanwhile: enough to put both together, so that nothing is lost. */
export interface SavedMeanwhile {
  readonly path: string;
  readonly base: number;
  readonly revision: number;
  /** Null: nobody saved it; the rules beneath the draft changed. */
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly at: string | null;
  /** Null: it was taken out. */
  readonly text: string | null;
}

/** A use case declines, with nothing changed. `message` is Chinese and says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly errors: readonly FieldError[];
  /** Of DRAFT_CONFLICT. */
  readonly saved: SavedMeanwhile | undefined;

  constructor(code: RefusalCode, message: string, errors: readonly FieldError[] = [], saved?: SavedMeanwhile) {
    super(message);
    this.code = code;
    this.errors = errors;
    this.saved = saved;
  }
}
