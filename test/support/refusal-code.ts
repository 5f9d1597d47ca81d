import { Refusal } from '../../src/app/refusal.js';

/** The flow's own code of a refusal, else the registry's; undefined where it was done. @throws what is no refusal */
export const codeOf = (act: Promise<unknown>): Promise<string | undefined> =>
  act.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return error.code === 'FLOW_REFUSED' ? error.errors[0]?.code : error.code;
    },
  );
