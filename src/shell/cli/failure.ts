import { formatInputError, type InputError } from '../files/input-error.js';

/** The input could not be read at all: the message names the place; the program ends with status 2. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
}

export const failInput = (error: InputError): never => {
  throw new CliFailure(formatInputError(error));
};

export const EXIT = { ok: 0, invalid: 1, unreadable: 2 } as const;
