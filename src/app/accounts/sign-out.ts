import { sha256Hex } from '../../core/kernel/digest.js';
import { keepEverywhere } from './acts.js';
import type { AccountPorts } from './ports.js';

/** Ends the session of a token; one that has ended, or that never was, stays as it is. */
export const signOut = (
  ports: AccountPorts,
  { token, address }: { readonly token: string; readonly address: string },
): Promise<void> =>
  ports.store.atomically(async (store) => {
    const tokenHash = sha256Hex(token);
    const holder = await store.session(tokenHash);
    if (holder === undefined || holder.session.endedAt !== null) return;
    const { id: user } = holder.account;
    await store.endSession(tokenHash, ports.clock.now());
    await keepEverywhere({ ...ports, store }, user, { actor: user, action: 'session.end', body: { address } });
  });
