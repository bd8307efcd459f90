import type { Order, Reply } from './orders.ts';

/** The worker's side: each order is carried out, and answered by what came of it or what went wrong. */
export function atWork(carryOut: (order: Order) => Promise<unknown>): void {
  self.addEventListener('message', (event: MessageEvent<Order>) => {
    const answer = (reply: Reply): void => self.postMessage(reply, { transfer: [] });
    carryOut(event.data).then(
      (out) => answer({ out }),
      (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}

/** Reads the package's files over HTTP, from the server that serves the page. */
export const fetchBytes =
  (models: string) =>
  async (path: string): Promise<Uint8Array> => {
    const response = await fetch(new URL(path, models));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
