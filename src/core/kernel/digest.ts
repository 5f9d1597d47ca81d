import { createHash, createHmac } from 'node:crypto';
import { canonicalJson } from './canonical.js';

/** A SHA-256 in lower-case hex, 64 characters. */
export type Digest = string;

/** SHA-256 of UTF-8 text. */
export const sha256Hex = (text: string): Digest => createHash('sha256').update(text, 'utf8').digest('hex');

/** SHA-256 of a value's canonical JSON (RFC 8785). Refuses what JSON cannot hold; see `canonicalJson`. */
export const digestOf = (value: unknown): Digest => sha256Hex(canonicalJson(value));

/** HMAC-SHA-256; `keyHex` is an even number of hex characters. */
export const hmacSha256 = (keyHex: string, message: string): Uint8Array =>
  createHmac('sha256', Buffer.from(keyHex, 'hex')).update(message, 'utf8').digest();
