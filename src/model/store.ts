/**
 * Where bytes of models are kept between visits. Keys are short ASCII paths: "file/<sha256>", "part/<sha256>/<offset>",
 * "catalog". One contract suite (store-contract.fixture.ts) runs against every implementation.
 */
export interface ModelStore {
  /** A copy of what was written last under the key, or null. */
  read(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** All or nothing. Throws ModelError 'quota-exceeded' when the device has no room, 'internal' for other refusals. */
  write(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Does nothing where there is nothing. */
  remove(key: string): Promise<void>;
  /** All keys that begin with the prefix, in no particular order. */
  keys(prefix: string): Promise<readonly string[]>;
  /** False where all is forgotten with the page: private mode, blocked storage. */
  readonly persistent: boolean;
}

/** Keeps everything in memory: for tests, and for browsers that refuse to keep anything. */
export function memoryStore(): ModelStore {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    persistent: false,
    read: async (key) => kept.get(key)?.slice() ?? null,
    write: async (key, bytes) => void kept.set(key, bytes.slice()),
    remove: async (key) => void kept.delete(key),
    keys: async (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
  };
}
