import type { WorkerLike } from './worker-link.ts';

/**
 * A worker that is made when the time has come; what is said to it until then is told it in the same order. Where it
 * cannot be made, its listeners hear of an error, as of one whose script cannot be loaded. Ended before, it is never made.
 * when: may not reject.
 */
function workerAfter(when: Promise<void>, make: () => WorkerLike): WorkerLike {
  const waiting: ((worker: WorkerLike) => void)[] = [];
  const onError: ((event: Event) => void)[] = [];
  let worker: WorkerLike | null = null;
  let ended = false;

  const tell = (what: (worker: WorkerLike) => void): void => {
    if (worker === null) waiting.push(what);
    else what(worker);
  };
  const start = async (): Promise<void> => {
    await when;
    if (ended) return;
    try {
      worker = make();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      for (const listener of onError) listener(Object.assign(new Event('error'), { message }));
      return;
    }
    for (const what of waiting) what(worker);
  };
  void start();

  return {
    postMessage: (message, transfer) => tell((made) => made.postMessage(message, transfer)),
    addEventListener(type, listener) {
      if (type === 'error') onError.push(listener);
      tell((made) => made.addEventListener(type, listener));
    },
    terminate() {
      ended = true;
      worker?.terminate();
    },
  };
}

/** make, but the first worker is made when the time has come: later ones replace one that failed, and wait for nothing. */
export function firstAfter<T>(when: Promise<void>, make: (start: T) => WorkerLike): (start: T) => WorkerLike {
  let isFirst = true;
  return (start) => {
    if (!isFirst) return make(start);
    isFirst = false;
    return workerAfter(when, () => make(start));
  };
}
