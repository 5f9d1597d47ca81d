import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Of `localhost`, signed by itself, until 2120; for tests alone. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBYDCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAPZslJsLYYseIpB
gDC4N9Z1sRoODQIFj3th3ebC5dXd39wxcK++vsdCp4+txe0GoN2Ln2aSYkh9AvTk
l3WB7mmjSDBGMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/
MB0GA1UdDgQWBBQHjRkfS/lw/7dfnjWyTVKzd0AxujAKBggqhkjOPQQDAgNHADBE
AiAi2SLY6le1oQUUuK963RCKpu1cPNAbHfEjbLclLJdNlgIgOKoWVydBP5PYTH6v
5cwW02/gN1deW7tj5qtjmabKorU=
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgD1FkUYm+5A32RV9Y
ksUAQ4RvnvaI97wuVhv2IXiT6h+hRANCAAQD2bJSbC2GLHiKQYAwuDfWdbEaDg0C
BY97Yd3mwuXV3d/cMXCvvr7HQqePrcXtBqDdi59mkmJIfQL05Jd1ge5p
-----END PRIVATE KEY-----
`;

/** The two answers that a server gives. */
export const YES = 'S';
export const NO = 'N';

/** A way to a PostgreSQL on this machine that takes up encryption, or refuses to. */
export interface TlsProxy {
  readonly port: number;
  /** How many connections were encrypted. */
  readonly encrypted: number;
  /** What it answers to the request for encryption. */
  answer: string;
  /** Takes nothing more from those that are connected, as a network does that has gone silent. */
  hush(): void;
  close(): void;
}

/** Opens a way to a port on this machine. */
export async function tlsProxy(to: number): Promise<TlsProxy> {
  const sockets = new Set<Socket>();
  let encrypted = 0;
  const keep = (socket: Socket) => sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
  const join = (near: Socket, first?: Buffer): void => {
    const far = connect(to, '127.0.0.1');
    keep(far);
    if (first) far.write(first);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  };
  const listener = createServer((near) => {
    keep(near);
    near.once('data', (request) => {
      // A start-up message is longer than the eight bytes of the request.
      if (request.length !== 8) return join(near, request);
      near.write(proxy.answer);
      if (proxy.answer !== YES) return join(near);
      const secure = new TLSSocket(near, { isServer: true, key: KEY, cert: CERTIFICATE });
      keep(secure);
      secure.once('secure', () => {
        encrypted += 1;
      });
      join(secure);
    });
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const close = () => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  };
  const proxy = {
    port: (listener.address() as AddressInfo).port,
    get encrypted() {
      return encrypted;
    },
    answer: YES,
    hush: () => {
      for (const socket of sockets) socket.pause();
    },
    close,
  };
  return proxy;
}
