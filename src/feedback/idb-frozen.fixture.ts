/** A database as a release once left it, rebuilt by calls of its own: our code has no part in it. */
export type FrozenDatabase = {
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string | null;
    readonly autoIncrement: boolean;
    readonly indexes: readonly {
      readonly name: string;
      readonly keyPath: string | readonly string[];
      readonly unique: boolean;
    }[];
    readonly rows: readonly { readonly key?: IDBValidKey; readonly value: unknown }[];
  }[];
};

/** `{ $bytes }` is base64 of an ArrayBuffer. */
function thawed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(thawed);
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value) return Uint8Array.from(atob(String(value.$bytes)), (letter) => letter.charCodeAt(0)).buffer;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, thawed(part)]));
}

export function rebuild(name: string, { version, stores }: FrozenDatabase): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.addEventListener('upgradeneeded', () => {
      for (const { name, keyPath, autoIncrement, indexes, rows } of stores) {
        const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
        for (const { name, keyPath, unique } of indexes)
          store.createIndex(name, typeof keyPath === 'string' ? keyPath : [...keyPath], { unique });
        for (const { key, value } of rows) store.put(thawed(value), key);
      }
    });
    request.addEventListener('error', () => reject(request.error));
    request.addEventListener('success', () => {
      request.result.close();
      resolve();
    });
  });
}

/** Stores and indexes of a database as it is now, without its rows. */
export function shapeOf(name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener('error', () => reject(request.error));
    request.addEventListener('success', () => {
      const database = request.result;
      const stores = [...database.objectStoreNames].map((name) => {
        const store = database.transaction(name).objectStore(name);
        const indexes = [...store.indexNames].map((name) => {
          const { keyPath, unique } = store.index(name);
          return { name, keyPath, unique };
        });
        return { name, keyPath: store.keyPath, autoIncrement: store.autoIncrement, indexes };
      });
      resolve({ version: database.version, stores });
      database.close();
    });
  });
}
