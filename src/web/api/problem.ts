/** What is wrong with one field, placed by a JSON pointer. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What somebody else saved of a rule file meanwhile. */
export interface SavedMeanwhile {
  readonly path: string;
  readonly base: number;
  readonly revision: number;
  readonly by: { readonly name: string } | null;
  readonly at: string | null;
  /** Null: it was taken out. */
  readonly text: string | null;
}

/** RFC 9457, as far as the pages use it; the service's OpenAPI document describes answers that succeed. */
interface ErrorBody {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly correlation: string;
  readonly errors?: readonly FieldError[] | undefined;
  readonly saved?: SavedMeanwhile | undefined;
}

/** The service answered and refused; `message` is Chinese and says what to do. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  /** By which the administrator finds the request in the log. */
  readonly correlation: string;
  /** Of a rule file that somebody else saved first. */
  readonly saved: SavedMeanwhile | undefined;

  constructor(problem: ErrorBody) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
    this.correlation = problem.correlation;
    this.saved = problem.saved;
  }
}

/** No answer came: the service or the network is down. What was asked may be asked again with the same key. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('连不上服务器，请检查网络；填写的内容都还在，恢复后再提交一次即可', { cause });
  }
}

const isProblem = (body: unknown): body is ErrorBody =>
  typeof body === 'object' && body !== null && 'detail' in body && 'code' in body;

/** The refusal that an answer other than 2xx stands for, whatever its body is. */
export function refusalOf(status: number, body: unknown): Refusal {
  if (isProblem(body)) return new Refusal({ ...body, status });
  const detail = `服务器没有给出可读的答复（${status}），请稍后再试；一直这样时请告诉系统管理员`;
  return new Refusal({ status, code: 'UNREADABLE', detail, correlation: '' });
}

export const isVersionConflict = (error: unknown): boolean =>
  error instanceof Refusal && error.code === 'VERSION_CONFLICT';

/** Somebody else was first, in one way or another: what is shown is no longer how it is. */
export const isConflict = (error: unknown): boolean => error instanceof Refusal && error.status === 409;

/**
 * An error as it is shown: what happened, and the number to tell the administrator where it was the service's fault.
 */
export function messageOf(error: unknown): string {
  if (error instanceof Refusal) {
    const number = error.status >= 500 && error.correlation !== '' ? `（编号 ${error.correlation}）` : '';
    return `${error.message}${number}`;
  }
  if (error instanceof Unreachable) return error.message;
  return '页面出了差错，请刷新后再试；一直这样时请告诉系统管理员';
}
