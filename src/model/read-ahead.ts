import type { ModelStore } from './store.ts';

export type ReadAhead = {
  readonly store: ModelStore;
  /** From now on the store is asked anew each time: other tabs write to it, too. */
  readonly settle: () => void;
};

/**
 * A store that is about to be read from end to end, one small document leading to the next: each of those reads is a trip to
 * the browser's own process and back, ten of them before the first answer. What will be wanted in any case is read at
 * once, and what there is is listed once. keys: those of the documents; one that is not there costs nothing.
 */
export function readAhead(store: ModelStore, keys: readonly string[]): ReadAhead {
  const reads = new Map(keys.map((key) => [key, store.read(key)]));
  let listed: Promise<readonly string[]> | null = store.keys('');
  // What went wrong is told to whoever asks for it.
  for (const early of [...reads.values(), listed]) early.catch(() => undefined);

  const change = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    reads.delete(key);
    listed = null;
    return work();
  };
  return {
    store: {
      persistent: store.persistent,
      async read(key) {
        const early = reads.get(key);
        return early === undefined ? store.read(key) : ((await early)?.slice() ?? null);
      },
      write: (key, bytes) => change(key, () => store.write(key, bytes)),
      remove: (key) => change(key, () => store.remove(key)),
      keys: async (prefix) =>
        listed === null ? store.keys(prefix) : (await listed).filter((key) => key.startsWith(prefix)),
    },
    settle() {
      reads.clear();
      listed = null;
    },
  };
}
