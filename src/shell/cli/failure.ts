import { formatInputError, type InputError } from '../files/input-error.js';

/** The input could not be read at all: the message names the place; the program ends with status 2. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
}

export const failInput = (error: InputError): never => {
  throw new CliFailure(formatInputError(error));
};

const SHOWN_MAX = 20;

/** The first twenty of many lines, and how many there are besides. */
export const firstOf = (lines: readonly string[]): string[] =>
  lines.length > SHOWN_MAX ? [...lines.slice(0, SHOWN_MAX), `……另有 ${lines.length - SHOWN_MAX} 处`] : [...lines];

export const EXIT = { ok: 0, invalid: 1, unreadable: 2 } as const;
