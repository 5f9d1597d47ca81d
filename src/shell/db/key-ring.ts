import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_HEX = /^[0-9a-f]{64}$/;
const KEY_NAME = /^[a-z0-9]{1,20}$/;

interface NamedKey {
  readonly name: string;
  readonly field: Uint8Array;
}

/** Master keys that are not written as they should be, or are not the ones that are needed. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';
}

/**
 * The keys of an installation, derived from its master keys. Fields are sealed with the newest and opened with whichever sealed
 * them; search keys go by the oldest, so that a new master key leaves every stored key findable.
 */
export class KeyRing {
  readonly #keys: readonly NamedKey[];
  readonly #search: Uint8Array;
  readonly #sessions: Uint8Array;

  /**
   * @param text master keys, newest first: `name:64 hex digits`, separated by commas
   * @throws KeyRefused which says what is wrong, without the key
   */
  constructor(text: string) {
    const masters = text.split(',').map((entry) => {
      const [name = '', hex = '', more] = entry.trim().split(':');
      if (more !== undefined || !KEY_NAME.test(name) || !KEY_HEX.test(hex)) {
        throw new KeyRefused(
          'SHOUZE_KEY 的写法不对：应当是“名字:64个十六进制字符”，名字用小写字母和数字，几把密钥之间用逗号隔开，最新的写在最前',
        );
      }
      return { name, master: Buffer.from(hex, 'hex') };
    });
    if (new Set(masters.map(({ name }) => name)).size < masters.length)
      throw new KeyRefused('SHOUZE_KEY 里有两把密钥同名');
    const oldest = masters.at(-1)?.master ?? Buffer.alloc(0);
    this.#keys = masters.map(({ name, master }) => ({ name, field: derived(master, 'field') }));
    this.#search = derived(oldest, 'search');
    this.#sessions = derived(oldest, 'session');
  }

  /** A master key made up now, as text. */
  static generate = (): string => `k1:${randomBytes(32).toString('hex')}`;

  /** Seals a text for one place (court, table, row, field): put anywhere else, it does not open. */
  seal(text: string, place: string): string {
    const [newest] = this.#keys;
    if (newest === undefined) throw new Error('a key ring has at least one key');
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, newest.field, iv).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${newest.name}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** @throws Error where the key is missing, the text was changed, or it was sealed for another place */
  open(sealed: string, place: string): string {
    const [name, body = ''] = sealed.split('.');
    const key = this.#keys.find((each) => each.name === name);
    if (key === undefined) throw new KeyRefused(`没有名为“${name}”的密钥：请把它补进 SHOUZE_KEY`);
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv(CIPHER, key.field, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  }

  /** A keyed digest of 128 bits in the form of a UUID: what may be searched for, and not read back. */
  searchKey(text: string): string {
    const hex = createHmac('sha256', this.#search).update(text, 'utf8').digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  }

  /** A keyed digest in hex, for comparing contents. */
  contentDigest(text: string): string {
    return createHmac('sha256', this.#search).update(text, 'utf8').digest('hex');
  }

  /** The key by which session tokens and CSRF tokens hang together. */
  get sessionKey(): Uint8Array {
    return this.#sessions;
  }
}

const derived = (master: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', master, 'shouze', purpose, 32));
