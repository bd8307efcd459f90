import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A way to a server that can be shut and opened again, at the same address all the time. */
export type Gate = {
  readonly url: string;
  /** From now on nobody is there: connections are refused, and those that stand are cut. */
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
};

/** to: the server's address, `http://127.0.0.1:port`. */
export async function openGate(to: string): Promise<Gate> {
  const target = Number(new URL(to).port);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      // A browser drops connections as it likes; the other half goes with this one.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    open: () => listen(port),
    async shut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
