/** The outbox of a page, with its second copy where the browser can keep one. */
import { idbOutbox } from '../idb-outbox.ts';
import type { Alone } from './copy-keeper.ts';
import { guardedOutbox } from './guarded-outbox.ts';
import type { Guarded } from './guarded-outbox.ts';
import { opfsFiles } from './opfs-files.ts';

/** Longer than any save takes: who waits so long waits for a page that does not answer any more. */
const LOCK_PATIENCE_MS = 30_000;

/** name: outboxName(…). startWorker: makes the thread of copyScript. Rejects with OutboxError. */
export async function openOutbox(name: string, startWorker: () => Worker): Promise<Guarded> {
  const outbox = idbOutbox(name);
  try {
    if (canCopy())
      return await guardedOutbox({
        outbox,
        files: opfsFiles(name, startWorker),
        alone: aloneBy(`${name} second copy`),
        newStamp: () => crypto.randomUUID(),
      });
    // Opens the database: what is wrong with it is to be known before anything is shown of it.
    await outbox.counts();
    return { outbox, restored: 0 };
  } catch (error) {
    outbox.close();
    throw error;
  }
}

/** Neither on plain http; some browsers have no files of an origin in private windows, and say so only when asked. */
function canCopy(): boolean {
  const { locks, storage } = navigator as { readonly locks?: LockManager; readonly storage?: Partial<StorageManager> };
  return locks !== undefined && storage?.getDirectory !== undefined;
}

/** By a Web Lock: it ends with the page that has it, however that ends. */
function aloneBy(name: string): Alone {
  return async (task) => {
    const patience = new AbortController();
    const late = setTimeout(() => patience.abort(), LOCK_PATIENCE_MS);
    let got = false;
    try {
      return await navigator.locks.request(name, { signal: patience.signal }, async () => {
        clearTimeout(late);
        got = true;
        return task(true);
      });
    } catch (error) {
      if (got || !patience.signal.aborted) throw error;
      return await task(false);
    } finally {
      clearTimeout(late);
    }
  };
}
