import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { REFUSALS, Refusal, type RefusalCode, type RefusalKind } from '../../app/refusal.js';
import type { FieldError } from '../../core/documents/field-errors.js';
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

/** What goes wrong on the way in, before any use case is asked. */
const TRANSPORT: Readonly<Record<string, readonly [number, string, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'BODY_TOO_LARGE', '内容太大，请分几次提交'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'MEDIA_TYPE',
    '不认识这种内容；请用 application/json，文件用 multipart/form-data',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'BODY_INVALID', '内容是空的，应当是 JSON'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'BODY_INVALID', '内容不是正确的 JSON'],
  FST_ERR_BAD_URL: [400, 'URL_INVALID', '地址写得不对'],
  FST_REQ_FILE_TOO_LARGE: [413, 'BODY_TOO_LARGE', '文件太大，请拆成几个文件分别上传'],
  FST_FILES_LIMIT: [413, 'BODY_TOO_LARGE', '一次只能上传一个文件'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [415, 'MEDIA_TYPE', '上传文件请用 multipart/form-data'],
};

/** lock_not_available, query_canceled, serialization_failure, deadlock_detected: nothing was done, and it may be tried again. */
const SQLSTATES_BUSY: ReadonlySet<string> = new Set(['55P03', '57014', '40001', '40P01']);

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

/** Answers every failure as RFC 9457; what is our own defect says no more than its correlation id, and is logged. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error({ err: toldOf(error) }, 'request failed');
    return send(reply, request, problem);
  });
  app.setNotFoundHandler((request, reply) =>
    send(reply, request, { status: 404, code: 'NOT_FOUND', title: '没有这个地址', detail: '没有这个地址；请核对' }),
  );
}

export const statusOf = (code: RefusalCode): number => STATUS[REFUSALS[code].kind];

/** A response that does not fit its schema is a defect of ours: the log names the places, not the values. */
function toldOf(error: FastifyError): Readonly<Record<string, unknown>> {
  if (!isResponseSerializationError(error)) return errorForLog(error);
  const places = error.cause.issues.map(({ path, code }) => `${path.join('/')} ${code}`);
  return { ...errorForLog(error), places };
}

function problemOf(error: FastifyError): Problem {
  if (error instanceof Refusal) {
    const { title } = REFUSALS[error.code];
    const { code, message: detail, errors } = error;
    return { status: statusOf(code), code, title, detail, ...(errors.length > 0 && { errors }) };
  }
  if (error instanceof InputFault) {
    return { status: 400, code: 'FILE_UNREADABLE', title: REFUSALS.FILE_UNREADABLE.title, detail: error.message };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message = '' }) => ({
      path: instancePath,
      code: 'INVALID',
      message,
    }));
    const detail = `请求里有 ${errors.length} 处不合要求：${errors.map(({ path, message }) => `${path || '/'} ${message}`).join('；')}`;
    return { status: 400, code: 'BODY_INVALID', title: REFUSALS.BODY_INVALID.title, detail, errors };
  }
  const known = TRANSPORT[error.code ?? ''];
  if (known) return { status: known[0], code: known[1], title: known[2], detail: known[2] };
  if (SQLSTATES_BUSY.has(dbError(error)?.code ?? '')) {
    const detail = '本院正在办理一项较长的工作（例如导入案卷），刚才的内容没有保存；请稍等片刻再试';
    return { status: 503, code: 'COURT_BUSY', title: '暂时忙', detail };
  }
  if (unavailable(error)) {
    const detail = '数据库暂时连接不上，刚才的内容没有保存；请稍后用同一份内容重试';
    return { status: 503, code: 'DATABASE_UNAVAILABLE', title: '数据库暂时不可用', detail };
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500)
    return { status, code: 'REQUEST_INVALID', title: '请求不合要求', detail: '请求不合要求' };
  const detail = '服务内部出错，刚才的操作没有办成；请稍后重试，仍不行时把编号告诉系统管理员';
  return { status: 500, code: 'INTERNAL', title: '服务内部出错', detail };
}

const send = (reply: FastifyReply, request: FastifyRequest, { status, title, detail, code, errors }: Problem) =>
  reply
    .code(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:shouze:problem:${code}`,
        title,
        status,
        detail,
        code,
        correlation: request.id,
        ...(errors && { errors }),
      }),
    );
