import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import './route-config.js';

const NONCE_MARK = '__CSP_NONCE__';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * The pages, as the build left them in a folder. Every other address of the same site gives the first page, which knows what to show;
 * each answer carries a nonce of its own, for the styles that the components write (no script ever stands in a page).
 */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return;
  const page = readFileSync(index, 'utf8');
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    maxAge: YEAR_SECONDS * 1000,
    immutable: true,
  });
  for (const path of [
    '/',
    '/desk',
    '/desk/*',
    '/review',
    '/review/*',
    '/rules/*',
    '/filing/*',
    '/mine/*',
    '/sign-in',
    '/queue',
    '/queue/*',
    '/account',
    '/account/*',
  ]) {
    app.get(path, { config: { public: true }, schema: { hide: true } }, async (_request, reply) => {
      const nonce = randomBytes(16).toString('base64');
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-security-policy', policyOf(nonce))
        .send(page.replaceAll(NONCE_MARK, nonce));
    });
  }
}

const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
