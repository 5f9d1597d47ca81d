/** The service cannot start as it is set up; the message says what to do. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
