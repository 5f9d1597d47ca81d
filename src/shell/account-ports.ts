import { setTimeout } from 'node:timers/promises';
import { FAILURE_FLOOR_MS } from '../app/accounts/limits.js';
import type { AccountPorts, AccountStore, Clock } from '../app/accounts/ports.js';
import { Strangers } from '../app/accounts/strangers.js';
import { systemClock } from './clock.js';
import { argon2Passwords } from './passwords.js';
import { systemRandom } from './random.js';

/** What the use cases of accounts work with, in earnest. One for the whole process: it remembers failures. */
export const accountPorts = (store: AccountStore, clock: Clock = systemClock): AccountPorts => ({
  store,
  clock,
  passwords: argon2Passwords(),
  random: systemRandom,
  strangers: new Strangers(),
  failureFloor: () => setTimeout(FAILURE_FLOOR_MS),
});
