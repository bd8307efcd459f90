import type { ModelStore } from './store.ts';

export type ReadAhead = {
  readonly store: ModelStore;
  /** From now on the store is asked anew each time: other tabs write to it, too. */
  readonly settle: () => void;
};

/** What was asked of a store already: documents by their keys, and which keys there are. */
export type Reads = {
  readonly documents: ReadonlyMap<string, Promise<Uint8Array<ArrayBuffer> | null>>;
  readonly listed: Promise<readonly string[]>;
};

/** keys: those of the documents that will be wanted in any case; one that is not there costs nothing. */
export function beginReading(store: Pick<ModelStore, 'read' | 'keys'>, keys: readonly string[]): Reads {
  const documents = new Map(keys.map((key) => [key, store.read(key)]));
  const listed = store.keys('');
  // What went wrong is told to whoever asks for it.
  for (const early of [...documents.values(), listed]) early.catch(() => undefined);
  return { documents, listed };
}

/**
 * A store that is about to be read from end to end, one small document leading to the next: each of those reads is a trip to
 * the browser's own process and back, ten of them before the first answer. What will be wanted in any case is read at
 * once, and what there is is listed once. begun: of this store.
 */
export function readAhead(store: ModelStore, begun: Reads): ReadAhead {
  const reads = new Map(begun.documents);
  let listed: Promise<readonly string[]> | null = begun.listed;

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
