import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OPERATOR } from '../../app/accounts/principal.js';
import { Refusal } from '../../app/refusal.js';
import { seeBookNow } from '../../app/releases/see-book.js';
import { FIRST_PAGE, renderBook } from '../../core/book/book.js';
import type { Desk } from './desk.js';
import './route-config.js';

/** Nothing but its own style sheet: the book has no script, no form and no style in its pages. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Pages = ReadonlyMap<string, string>;

/** The rules in force as a book, made again when they, the releases or the day change. */
class Binding {
  readonly #desk: Desk;
  #made: { readonly of: string; readonly pages: Promise<Pages> } | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async pages({ principal }: FastifyRequest): Promise<Pages> {
    const [subject] = principal === OPERATOR ? [] : [...principal.courts.values()];
    if (subject === undefined) throw new Refusal('FORBIDDEN', '您现在没有任何职务；请系统管理员授权');
    const { today: day, edition, history } = await seeBookNow(subject, this.#desk.service);
    const of = JSON.stringify([day, edition.book.digest, edition.release ?? null, history]);
    if (this.#made?.of === of) return this.#made.pages;
    const { files, articles } = edition;
    const make = async (): Promise<Pages> => renderBook({ lawbook: edition, files, articles, day, history });
    const pages = make();
    this.#made = { of, pages };
    pages.catch(() => {
      if (this.#made?.pages === pages) this.#made = undefined;
    });
    return pages;
  }
}

/** The rule book at `/book`, for whoever is signed in; others are shown the way in. */
export function serveBook(app: FastifyInstance, desk: Desk): void {
  const binding = new Binding(desk);
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
        const text = (await binding.pages(request)).get(page);
        if (text === undefined) throw new Refusal('NOT_FOUND', '规则书里没有这一页；请从 /book 的目录找');
        return reply
          .header('content-security-policy', POLICY)
          .type(`text/${page.endsWith('.css') ? 'css' : 'html'}; charset=utf-8`)
          .send(text);
      },
    );
  });
}
