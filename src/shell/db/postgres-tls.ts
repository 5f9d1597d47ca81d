import { readFileSync } from 'node:fs';
import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';

/** How a connection is encrypted, by libpq's names. */
const MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
type Mode = (typeof MODES)[number];

/** What the address of a database says of encryption. */
export interface TlsSettings {
  readonly mode: Mode;
  /** Certificates that may vouch for the server; without them those that Node trusts. */
  readonly ca?: string;
}

/**
 * Parts an address into what it says of encryption and the rest of it.
 * @throws Error in Chinese that says what is wrong
 */
export function tlsOf(address: string): { readonly url: string; readonly tls: TlsSettings } {
  const url = new URL(address);
  const taken = (name: string): string | undefined => {
    const value = url.searchParams.get(name) ?? undefined;
    url.searchParams.delete(name);
    return value;
  };
  const root = taken('sslrootcert');
  // `ssl` is the driver's own name.
  const [short, long] = [taken('ssl'), taken('sslmode')];
  const given = long ?? short ?? (root === undefined ? 'disable' : 'verify-full');
  const mode = MODES.find((each) => each === given);
  if (mode === undefined) throw new Error(`数据库地址里的 sslmode=${given} 不认识，可以写 ${MODES.join('、')}`);
  return { url: url.href, tls: { mode, ...(root !== undefined && { ca: certificates(root) }) } };
}

function certificates(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`读不出数据库地址里 sslrootcert 指定的证书文件 ${path}，请核对路径和权限`);
  }
}

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const YES = 0x53;

/**
 * Encrypts a connection as the mode demands. The driver could, but keeps the encrypted socket to itself: when the one beneath it is
 * destroyed, an error comes that nobody can catch, and ends the process. It also checks certificates of addresses without a name
 * against `localhost`.
 *
 * @param onSocket told of the socket that is to be destroyed from now on
 * @returns the socket to go on with
 */
export async function encrypted(
  socket: Socket,
  host: string,
  { mode, ca }: TlsSettings,
  onSocket: (secure: Socket) => void,
): Promise<Socket> {
  if (mode === 'disable') return socket;
  if (!(await isWilling(socket))) {
    if (mode === 'prefer') return socket;
    throw new Error(`数据库没有开启加密连接（ssl = off），而数据库地址要求 sslmode=${mode}`);
  }
  const secure = connect({
    socket,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
    // As libpq has it: given certificates are used in every mode.
    rejectUnauthorized: ca !== undefined || mode.startsWith('verify'),
    ...(mode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  });
  onSocket(secure);
  return new Promise((resolve, reject) => {
    // Stays, for an error that comes while nobody else listens would end the process.
    secure.on('error', reject);
    secure.once('close', () => reject(new Error('没有建立起加密连接')));
    secure.once('secureConnect', () => resolve(secure));
  });
}

/** Whether the server takes up encryption. Its answer is one byte; more of it would be somebody else's between us and the server. */
function isWilling(socket: Socket): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('协商加密时连接断开了'));
    socket.once('close', gone).once('data', (answer) => {
      socket.off('close', gone);
      if (answer.length === 1) resolve(answer[0] === YES);
      else reject(new Error('对加密请求的答复不对'));
    });
    socket.write(SSL_REQUEST);
  });
}
