import { ModelError } from './error.ts';

/** The error that an aborted signal asks for. */
export function abortedError(signal: AbortSignal): ModelError {
  return new ModelError('aborted', '', 'Loading was cancelled.', { cause: signal.reason });
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortedError(signal);
}

/** What the promise gives, for whoever waits no longer than the signal says. It goes on all the same. */
export function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(abortedError(signal));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * One running task for all who ask for the same key at the same time. Each waits under a signal of its own; the task
 * is aborted when the last one has left. What has ended, well or badly, is forgotten, so the next asker begins anew.
 */
export class SharedTasks<T> {
  readonly #running = new Map<string, { promise: Promise<T>; waiting: number; abort: AbortController }>();

  async run(signal: AbortSignal, key: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    throwIfAborted(signal);
    const shared = this.#running.get(key) ?? this.#begin(key, task);
    shared.waiting++;
    let stopListening = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      const leave = (): void => reject(abortedError(signal));
      signal.addEventListener('abort', leave, { once: true });
      stopListening = () => signal.removeEventListener('abort', leave);
    });
    try {
      return await Promise.race([shared.promise, left]);
    } finally {
      stopListening();
      shared.waiting--;
      if (shared.waiting === 0) {
        shared.abort.abort(signal.reason);
        if (this.#running.get(key) === shared) this.#running.delete(key);
      }
    }
  }

  #begin(key: string, task: (signal: AbortSignal) => Promise<T>) {
    const abort = new AbortController();
    const shared = { promise: task(abort.signal), waiting: 0, abort };
    this.#running.set(key, shared);
    return shared;
  }
}
