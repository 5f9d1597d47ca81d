import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { mayDo, type Principal } from '../../../app/accounts/principal.js';
import { permit } from '../../../app/permit.js';
import type { Told } from '../../db/changes.js';
import { courtParams } from '../contract/common.js';
import { contextOf, type Desk } from '../desk.js';

const BEAT_MS = 15_000;
/** A stream is opened anew after a while, whatever becomes of it. */
const LIFE_MS = 10 * 60_000;
const BACKLOG_BYTES = 256 * 1024;

/** What changes, as it changes: ids and states alone, so that whoever listens reads the rest under their own rights. */
export const eventRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    '/api/v1/courts/:court/events',
    {
      // Nothing to be told about a stream that never ends.
      exposeHeadRoute: false,
      config: { action: 'events.read', passive: true },
      schema: { params: courtParams, produces: ['text/event-stream'] },
    },
    async (request, reply) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'events.read');
      reply.hijack();
      const stream = reply.raw;
      stream.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'keep-alive',
        'x-accel-buffering': 'no',
      });
      const write = (text: string): void => {
        // A reader that has stopped reading is cut off: it reads everything anew when it comes back.
        if (stream.writableLength > BACKLOG_BYTES) stream.destroy();
        else stream.write(text);
      };
      const tell = ({ court: of, kind, ...rest }: Told): void => {
        if (of === court) write(`event: ${kind}\ndata: ${JSON.stringify(rest)}\n\n`);
      };
      const stop = desk.changes.listen(tell, () => stream.destroy());
      write('retry: 2000\n\n');
      const beat = setInterval(() => write(': beat\n\n'), BEAT_MS);
      const life = setTimeout(() => stream.end(), LIFE_MS);
      const mayStill = (principal: Principal): boolean => mayDo(principal, 'events.read', court);
      const unwatch = app.sessionWatch.watch(request.session, mayStill, () => stream.end());
      stream.on('close', () => {
        clearInterval(beat);
        clearTimeout(life);
        unwatch();
        stop();
      });
    },
  );
};
