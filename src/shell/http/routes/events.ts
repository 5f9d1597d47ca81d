import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { mayDo, type Principal } from '../../../app/accounts/principal.js';
import { judgesSeen, permit } from '../../../app/permit.js';
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
      const { subject } = contextOf(desk, request, court);
      permit(subject, 'events.read');
      // A judge hears of what concerns them, whoever else of everything in the court.
      let judges = judgesSeen(subject, 'events.read');
      const isHeard = (told: Told): boolean =>
        judges === undefined ||
        told.kind === 'docket' ||
        (told.kind === 'filing' && told.judges.some((judge) => judges?.includes(judge)));
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
      const tell = (told: Told): void => {
        const { court: of, kind, ...rest } = { ...told, judges: undefined };
        if (of === court && isHeard(told)) write(`event: ${kind}\ndata: ${JSON.stringify(rest)}\n\n`);
      };
      const stop = desk.changes.listen(tell, () => stream.destroy());
      write('retry: 2000\n\n');
      const beat = setInterval(() => write(': beat\n\n'), BEAT_MS);
      const life = setTimeout(() => stream.end(), LIFE_MS);
      const mayStill = (principal: Principal): boolean => {
        const now = principal.courts.get(court);
        if (now !== undefined) judges = judgesSeen(now, 'events.read');
        return mayDo(principal, 'events.read', court);
      };
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
