import type { FastifyInstance } from 'fastify';
import { noQuery } from './contract/query.js';

/** Has every route of a scope that declares no query refuse whatever is given in one, as bodies refuse unknown fields. */
export function refuseUnknownQueries(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.schema = { querystring: noQuery, ...route.schema };
  });
}
