import { dbError } from './db/db.js';

/**
 * A failure as the log keeps it: what kind, where in the program, what the database calls it. Never its message: a failed statement's
 * holds the values, names of parties among them.
 */
export function errorForLog(error: unknown): Readonly<Record<string, unknown>> {
  const refusal = dbError(error);
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(refusal && { database: [refusal.code, refusal.constraint].filter(Boolean).join(' ') }),
    at: frames.map((line) => line.trim()),
  };
}
