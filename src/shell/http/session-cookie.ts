import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-`: browsers take it only as `Secure`, from this very host and for all of it. */
const NAME = '__Host-shouze';
const ATTRIBUTES = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

/** Gone when the browser is closed; the service ends the session by itself long before. */
export const setSessionCookie = (reply: FastifyReply, token: string): FastifyReply =>
  reply.setCookie(NAME, token, ATTRIBUTES);

export const clearSessionCookie = (reply: FastifyReply): FastifyReply => reply.clearCookie(NAME, ATTRIBUTES);

/** The token that the browser brought. */
export const sessionToken = (request: FastifyRequest): string | undefined => request.cookies[NAME];
