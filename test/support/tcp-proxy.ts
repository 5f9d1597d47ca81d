import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What a network does to connections: passes everything on, swallows everything, hangs up at once, or hangs up when the
 * first message after the greeting comes.
 */
export type Weather = 'clear' | 'silent' | 'refusing' | 'dropping';

/** A way to a server that can be made to fail without the server's knowledge. */
export interface TcpProxy {
  readonly port: number;
  weather: Weather;
  close(): void;
}

/** Opens a way to a port on this machine. */
export async function tcpProxy(to: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
  const pass = (from: Socket, onto: Socket) => {
    from.on('data', (bytes) => proxy.weather !== 'silent' && onto.write(bytes)).on('close', () => onto.destroy());
  };
  const listener = createServer((near) => {
    keep(near);
    if (proxy.weather === 'refusing') return void near.end();
    const far = connect(to, '127.0.0.1');
    keep(far);
    pass(near, far);
    pass(far, near);
    let messages = 0;
    near.on('data', () => {
      messages += 1;
      if (proxy.weather === 'dropping' && messages === 2) near.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const close = () => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  };
  const proxy: TcpProxy = { port: (listener.address() as AddressInfo).port, weather: 'clear', close };
  return proxy;
}
