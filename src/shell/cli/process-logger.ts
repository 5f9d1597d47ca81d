import pino, { type Logger } from 'pino';

/** One line of JSON each, on stderr. */
export const processLogger = (): Logger =>
  pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));
