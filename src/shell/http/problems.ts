import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { REFUSALS, Refusal, type RefusalCode, type RefusalKind, type SavedMeanwhile } from '../../app/refusal.js';
import type { FieldError } from '../../core/documents/field-errors.js';
import { withoutNumbersIn } from '../../core/law/number-masking.js';
import { dbError } from '../db/db.js';
import { unavailable } from '../db/postgres-connection.js';
import { errorForLog } from '../error-for-log.js';
import { InputFault } from '../files/input-error.js';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  mismatch: 422,
  too_many: 429,
};

/** What goes wrong before a use case is asked, or beneath it. */
const OUTSIDE = {
  REQUEST_INVALID: { status: 400, title: '请求不合要求' },
  URL_INVALID: { status: 400, title: '地址写得不对' },
  BODY_TOO_LARGE: { status: 413, title: '内容太大' },
  MEDIA_TYPE: { status: 415, title: '不认识这种内容' },
  INTERNAL: { status: 500, title: '服务内部出错' },
  COURT_BUSY: { status: 503, title: '暂时忙' },
  DATABASE_UNAVAILABLE: { status: 503, title: '数据库暂时不可用' },
} as const;

export type ProblemCode = RefusalCode | keyof typeof OUTSIDE;

/** Every code that an answer may carry, with its one status; docs/errors.md is made from it. */
export const PROBLEMS: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  ...(Object.fromEntries(
    Object.entries(REFUSALS).map(([code, { kind, title }]) => [code, { status: STATUS[kind], title }]),
  ) as Record<RefusalCode, { status: number; title: string }>),
  ...OUTSIDE,
};

/** Failures of the framework and its plugins, by their codes. */
const TRANSPORT: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', '内容太大，请分几次提交'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['MEDIA_TYPE', '不认识这种内容；请用 application/json，文件用 multipart/form-data'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['BODY_INVALID', '内容是空的，应当是 JSON'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['BODY_INVALID', '内容不是正确的 JSON'],
  FST_ERR_BAD_URL: ['URL_INVALID', '地址写得不对；请核对'],
  FST_ERR_MAX_PARAM_LENGTH: ['URL_INVALID', '地址里有一段太长；请核对'],
  FST_REQ_FILE_TOO_LARGE: ['BODY_TOO_LARGE', '文件太大，请拆成几个文件分别上传'],
  FST_FILES_LIMIT: ['BODY_TOO_LARGE', '一次只能上传一个文件'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ['MEDIA_TYPE', '上传文件请用 multipart/form-data'],
};

/** lock_not_available, query_canceled, serialization_failure, deadlock_detected: nothing was done, and it may be tried again. */
const SQLSTATES_BUSY: ReadonlySet<string> = new Set(['55P03', '57014', '40001', '40P01']);

interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly saved?: SavedMeanwhile;
}

/** Answers every failure as RFC 9457; what is our own defect says no more than its correlation id, and is logged. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(answerFailure);
  app.setNotFoundHandler((request, reply) =>
    send(reply, request, { code: 'NOT_FOUND', detail: '没有这个地址；请核对' }),
  );
}

/** Answers one failure; also those of addresses that lead to no route, which no error handler sees. */
export function answerFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  if (PROBLEMS[problem.code].status >= 500) request.log.error({ err: toldOf(error) }, 'request failed');
  return send(reply, request, problem);
}

/** A response that does not fit its schema is a defect of ours: the log names the places, not the values. */
function toldOf(error: FastifyError): Readonly<Record<string, unknown>> {
  if (!isResponseSerializationError(error)) return errorForLog(error);
  const places = error.cause.issues.map(({ path, code }) => `${path.join('/')} ${code}`);
  return { ...errorForLog(error), places };
}

function problemOf(error: FastifyError): Problem {
  if (error instanceof Refusal) {
    const { code, message: detail, errors, saved } = error;
    return { code, detail, ...(errors.length > 0 && { errors }), ...(saved && { saved }) };
  }
  if (error instanceof InputFault) {
    return { code: 'FILE_UNREADABLE', detail: error.message };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message = '' }) => ({
      path: instancePath,
      code: 'INVALID',
      message,
    }));
    const detail = `请求里有 ${errors.length} 处不合要求：${errors.map(({ path, message }) => `${path || '/'} ${message}`).join('；')}`;
    return { code: 'BODY_INVALID', detail, errors };
  }
  const known = TRANSPORT[error.code ?? ''];
  if (known) return { code: known[0], detail: known[1] };
  if (SQLSTATES_BUSY.has(dbError(error)?.code ?? '')) {
    const detail = '本院正在办理一项较长的工作（例如导入案卷），刚才的内容没有保存；请稍等片刻再试';
    return { code: 'COURT_BUSY', detail };
  }
  if (unavailable(error)) {
    const detail = '数据库暂时连接不上，刚才的内容是否保存无法确定；请稍后用同一个幂等键、同一份内容重试，不会重复办理';
    return { code: 'DATABASE_UNAVAILABLE', detail };
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { code: 'REQUEST_INVALID', detail: '请求不合要求，请核对后再试' };
  const detail = '服务内部出错，刚才的操作没有办成；请稍后重试，仍不行时把编号告诉系统管理员';
  return { code: 'INTERNAL', detail };
}

function send(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  const { saved, ...told } = problem;
  const { code, detail, errors } = withoutNumbersIn(told);
  const { status, title } = PROBLEMS[code];
  const { id: correlation } = request;
  const type = `urn:shouze:problem:${code}`;
  return (
    reply
      .code(status)
      // Addresses that lead to no route are answered before any hook.
      .header('x-correlation-id', correlation)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type,
          title,
          status,
          detail,
          code,
          correlation,
          ...(errors && { errors }),
          ...(saved && { saved }),
        }),
      )
  );
}
