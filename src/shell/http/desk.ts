import type { FastifyRequest } from 'fastify';
import { OPERATOR, subjectIn } from '../../app/accounts/principal.js';
import { couldEver } from '../../app/accounts/subject.js';
import { operatorIn } from '../../app/permit.js';
import type { Context, RequestKey, Service } from '../../app/ports.js';
import { Refusal } from '../../app/refusal.js';
import type { Approver } from '../../app/releases/seats.js';
import type { Views } from '../../app/views.js';
import type { Action } from '../../core/access/can.js';
import { invariant } from '../../core/kernel/result.js';
import type { Changes } from '../db/changes.js';
import './route-config.js';

/** What the routes of a court work with. */
export interface Desk {
  readonly service: Service;
  readonly views: Views;
  readonly changes: Changes;
}

/** Who asks, in the court of the path. @throws Refusal NOT_FOUND where they have no role in it, as if there were no such court */
export function contextOf({ service }: Desk, { principal }: FastifyRequest, court: string): Context {
  if (principal === OPERATOR) return { subject: operatorIn(court), service };
  return { subject: subjectIn(principal, court), service };
}

/**
 * Who asks for something that is no court's own: in the first court, by its code, in which they may do it, or where they may not in the
 * first of theirs, which refuses it in its words. What they do is recorded there.
 */
export function contextAnywhere(
  { service }: Desk,
  { principal }: FastifyRequest,
  ...actions: readonly [Action, ...Action[]]
): Context {
  if (principal === OPERATOR) return { subject: operatorIn(''), service };
  const subjects = [...principal.courts.values()];
  const able = actions.flatMap((action) => subjects.find((each) => couldEver(each, action)) ?? []);
  const subject = able[0] ?? subjects[0];
  if (subject === undefined) throw new Refusal('FORBIDDEN', '您现在没有任何职务；请系统管理员授权');
  return { subject, service };
}

/** Who decides on a release: their benches count wherever they sit. */
export const approverOf = (desk: Desk, request: FastifyRequest): Approver => ({
  ...contextAnywhere(desk, request, 'release.decide'),
  postings: [...request.principal.courts.values()],
});

export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,200}$/;

/** The request as it is told from its repetitions; undefined where it carries no `idempotency-key`. */
export function requestKeyOf(
  { service }: Desk,
  request: FastifyRequest,
  content: unknown = request.body,
): RequestKey | undefined {
  invariant(request.routeOptions.config.idempotency !== undefined, 'a route that reads the key says so');
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) {
    throw new Refusal('BODY_INVALID', '请求头 idempotency-key 应当是 8 到 200 个可见的 ASCII 字符，例如一个 UUID');
  }
  const digest = service.store.contentDigest({ method: request.method, url: request.url, content: content ?? null });
  return { principal: request.principal.user, key, digest };
}

/** As `requestKeyOf`, for acts that must not happen twice by a repetition. */
export function demandedKeyOf(desk: Desk, request: FastifyRequest, content?: unknown): RequestKey {
  const key = requestKeyOf(desk, request, content);
  if (key === undefined) {
    throw new Refusal('BODY_INVALID', '缺少请求头 idempotency-key：请为每次提交生成一个 UUID，重试时用同一个');
  }
  return key;
}
