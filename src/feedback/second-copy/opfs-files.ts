/** The journal's files in the browser's own file system, written by a thread. */
import type { JournalFiles } from './journal-files.ts';
// oxlint-disable-next-line import/default -- what Vite makes of it is an address, not the module.
import workerUrl from './opfs-worker.ts?worker&url';
import { replyIn } from './opfs-protocol.ts';
import type { Order, OrderResult } from './opfs-protocol.ts';

/** The address of the thread's script. */
export const copyScript = new URL(workerUrl, import.meta.url).href;

/** A disk that does not answer is not waited for: a save must not hang on its copy. */
const PATIENCE_MS = 10_000;

type Ask = Order extends infer One ? (One extends Order ? Omit<One, 'id' | 'folder'> : never) : never;

/** startWorker makes the thread of copyScript, when it is first needed; outboxName: of the outbox that this is a copy of. */
export function opfsFiles(outboxName: string, startWorker: () => Worker): JournalFiles {
  // A path would be a path of folders.
  const folder = encodeURIComponent(outboxName);
  const waiting = new Map<number, { resolve(result: OrderResult): void; reject(error: Error): void }>();
  let worker: Worker | null = null;
  let nextId = 0;

  function start(): Worker {
    const started = startWorker();
    started.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const reply = replyIn(data);
      if (reply === null) return;
      const asked = waiting.get(reply.id);
      if ('error' in reply) asked?.reject(new Error(reply.error));
      else asked?.resolve(reply.result);
    });
    started.addEventListener('error', () => {
      for (const { reject } of waiting.values()) reject(new Error('the thread of the second copy broke'));
    });
    return started;
  }

  function ask(order: Ask): Promise<OrderResult> {
    const id = nextId++;
    return new Promise<OrderResult>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the second copy does not answer')), PATIENCE_MS);
      const settled = (): void => {
        clearTimeout(late);
        waiting.delete(id);
      };
      waiting.set(id, {
        resolve: (result) => (settled(), resolve(result)),
        reject: (error) => (settled(), reject(error)),
      });
      worker ??= start();
      worker.postMessage({ ...order, id, folder }, []);
    });
  }

  return {
    async read(which) {
      const bytes = await ask({ do: 'read', which });
      if (!(bytes instanceof Uint8Array)) throw new Error('that is no answer to what was asked');
      return bytes;
    },
    async append(heads, which, bytes) {
      const size = await ask({ do: 'append', which, bytes: new Uint8Array(bytes), heads: [...heads] });
      if (size instanceof Uint8Array) throw new Error('that is no answer to what was asked');
      return size;
    },
    async write(which, bytes) {
      await ask({ do: 'write', which, bytes: new Uint8Array(bytes) });
    },
    close() {
      worker?.terminate();
      worker = null;
      for (const { reject } of waiting.values()) reject(new Error('the second copy was closed'));
    },
  };
}
