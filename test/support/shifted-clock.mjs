/**
 * Shows a program another day: `NODE_OPTIONS=--import=…/shifted-clock.mjs CLOCK_AHEAD_MS=…`. Time goes on from there, so that what is
 * started one after the other sees it go on.
 */

/** Whatever the time is for everybody else, here it is so much later. Stands alone, so that a page can be given it as well. */
export function goAhead(ms) {
  const Machine = Date;
  const now = () => Machine.now() + ms;
  globalThis.Date = new Proxy(Machine, {
    construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
    apply: () => new Machine(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}

const ahead = globalThis.process?.env.CLOCK_AHEAD_MS;
if (ahead !== undefined) goAhead(Number(ahead));
