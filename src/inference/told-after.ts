import type { WorkerLike } from './worker-link.ts';

/**
 * make, but what is said to the first worker reaches it, in the same order, when the time has come: its script is fetched
 * and run at once, and its work begins then. Later ones replace one that failed, and wait for nothing.
 */
export function firstToldAfter<T>(when: Promise<void>, make: (start: T) => WorkerLike): (start: T) => WorkerLike {
  let isFirst = true;
  return (start) => {
    const worker = make(start);
    if (!isFirst) return worker;
    isFirst = false;
    return toldAfter(when, worker);
  };
}

/** when: may not reject. */
function toldAfter(when: Promise<void>, worker: WorkerLike): WorkerLike {
  let waiting: unknown[] | null = [];
  const tell = async (): Promise<void> => {
    await when;
    for (const message of waiting ?? []) worker.postMessage(message, []);
    waiting = null;
  };
  void tell();
  return {
    postMessage(message, transfer) {
      if (waiting === null) worker.postMessage(message, transfer);
      // As if it had left: what cannot be sent is refused now, and what was transferred is gone from the page.
      else waiting.push(structuredClone(message, { transfer }));
    },
    addEventListener: (type, listener) => worker.addEventListener(type, listener),
    terminate: () => worker.terminate(),
  };
}
