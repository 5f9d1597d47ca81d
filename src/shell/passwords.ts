import { hash, verify } from '@node-rs/argon2';
import type { Passwords } from '../app/accounts/ports.js';

/** OWASP's first choice: argon2id, 19 MiB, two passes, one lane; 23 to 29 ms measured. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A password typed with another keyboard is the same password. */
const normal = (password: string): string => password.normalize('NFKC');

/** Argon2id. Where there is no hash, the password is compared with one that nothing matches. */
export function argon2Passwords(): Passwords {
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => hash(normal(password), PARAMETERS),
    verify: async (stored, password) => {
      decoy ??= hash('', PARAMETERS);
      const matches = await verify(stored ?? (await decoy), normal(password));
      return matches && stored !== null;
    },
  };
}
