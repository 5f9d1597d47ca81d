import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../app/refusal.js';
import { type BookInput, FIRST_PAGE, renderBook } from '../../core/book/book.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import './route-config.js';

/** The rules as they stand now, for the book. */
export type BookSource = () => Promise<BookInput>;

/** Nothing but its own style sheet: the book has no script, no form and no style in its pages. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Made {
  readonly digest: string;
  readonly day: PlainDate;
  readonly releases: string;
  readonly pages: ReadonlyMap<string, string>;
}

/** The rule book at `/book`, for whoever is signed in; others are shown the way in. Made again when the rules, the releases or the day change. */
export function serveBook(app: FastifyInstance, source: BookSource): void {
  let made: Made | undefined;
  const pagesNow = async (): Promise<Made['pages']> => {
    const input = await source();
    const { day, lawbook, history } = input;
    const { digest } = lawbook.book;
    const releases = JSON.stringify(history);
    if (made?.digest !== digest || made.day !== day || made.releases !== releases)
      made = { digest, day, releases, pages: renderBook(input) };
    return made.pages;
  };
  app.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => {
      if (error instanceof Refusal && error.code === 'SESSION_MISSING') return reply.redirect('/sign-in', 302);
      throw error;
    });
    scope.get('/book', { config: { signedIn: true }, schema: { hide: true } }, async (_request, reply) =>
      reply.redirect(`/book/${FIRST_PAGE}`, 302),
    );
    scope.get<{ Params: { page: string } }>(
      '/book/:page',
      { config: { signedIn: true }, schema: { hide: true } },
      async (request, reply) => {
        const { page } = request.params;
        const text = (await pagesNow()).get(page);
        if (text === undefined) throw new Refusal('NOT_FOUND', '规则书里没有这一页；请从 /book 的目录找');
        return reply
          .header('content-security-policy', POLICY)
          .type(`text/${page.endsWith('.css') ? 'css' : 'html'}; charset=utf-8`)
          .send(text);
      },
    );
  });
}
