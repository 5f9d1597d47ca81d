import { randomBytes, randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { Random } from '../app/accounts/ports.js';

/** Without letters and digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

const group = (): string => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Chance from the system's generator. A password has 79 bits, in groups so that it can be read out. */
export const systemRandom: Random & { bytes(count: number): Uint8Array } = {
  bytes: (count) => randomBytes(count),
  token: () => randomBytes(32).toString('base64url'),
  password: () => Array.from({ length: GROUPS }, group).join('-'),
  id: () => v7(),
};
