import { ModelError } from './error.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';

/**
 * The model store of a browser: Cache Storage, because it is there in workers and holds large bytes well. baseUrl is
 * the folder that the app is served from (its service worker's scope): two apps on one origin do not share entries.
 * Where the browser keeps nothing (blocked storage, some private windows, http://), a store in memory, not persistent.
 *
 * The service worker must leave caches alone whose names begin with MODEL_CACHE.
 */
export async function openModelStore(
  baseUrl: string,
  opening: Promise<Cache> = openModelCache(baseUrl),
): Promise<ModelStore> {
  try {
    return cacheStore(await opening, new URL('ktav-model/', baseUrl).href);
  } catch {
    // caches is not defined, or open() refuses: both say that nothing can be kept here, and persistent says it on.
    return memoryStore();
  }
}

/** Where that store lies. Rejects where the browser keeps nothing. */
export async function openModelCache(baseUrl: string): Promise<Cache> {
  return caches.open(`${MODEL_CACHE}-1 ${new URL('./', baseUrl).pathname}`);
}

/** The number behind it belongs to the keys of the store; 1: first release. */
const MODEL_CACHE = 'ktav-model';

function cacheStore(cache: Cache, prefix: string): ModelStore {
  return {
    persistent: true,
    async read(key) {
      const response = await cache.match(prefix + key);
      return response === undefined ? null : new Uint8Array(await response.arrayBuffer());
    },
    async write(key, bytes) {
      try {
        await cache.put(prefix + key, new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }));
      } catch (cause) {
        const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
        throw new ModelError(full ? 'quota-exceeded' : 'internal', key, 'the browser could not keep it', { cause });
      }
    },
    async remove(key) {
      await cache.delete(prefix + key);
    },
    async keys(start) {
      const requests = await cache.keys();
      return requests.filter(({ url }) => url.startsWith(prefix + start)).map(({ url }) => url.slice(prefix.length));
    },
  };
}
