import { openedModel, openedUrl } from 'virtual:trimmed-runtime';
import { openModelCache, openModelStore } from '#model/cache';
import { CATALOG_KEY, fileKey, HISTORY_KEY, PASSED_TESTS_KEY, REFUSED_KEY } from '#model/keys';
import { beginReading } from '#model/read-ahead';
import type { Reads } from '#model/read-ahead';
import type { Backend } from './answer.ts';

/** The runtime that has the served model open, as this device keeps it. url: absolute; bytes: on their way, unchecked. */
type KeptRuntime = { readonly url: string; readonly bytes: Promise<ArrayBuffer> };

/** What the start of an engine reads of this device first, whatever comes of it. */
export type Begun = {
  /** Rejects where the browser keeps nothing. */
  readonly cache: Promise<Cache>;
  readonly reads: Promise<Reads>;
  /** Null where this device does not keep it, or another backend was wished for. */
  readonly opened: Promise<KeptRuntime | null>;
};

/** The event by which later-worker.ts hands over what it began, as its detail: in a build the two scripts share no code. */
export const BEGUN = 'ktav-begun';

type Place = {
  readonly baseUrl: string;
  readonly preference: Backend | null;
  /** The name of the cache that runtimes lie in. */
  readonly runtimes: string;
};

/** Small, and without the code that understands what it reads: later-worker.ts begins by it, before that is there. */
export function begin({ baseUrl, preference, runtimes }: Place): Begun {
  const opened = preference === null || preference === 'wasm' ? keptRuntime(runtimes) : Promise.resolve(null);
  const cache = openModelCache(baseUrl);
  const wanted = [HISTORY_KEY, REFUSED_KEY, CATALOG_KEY, PASSED_TESTS_KEY];
  if (openedUrl !== null) wanted.push(fileKey(openedModel));
  const reads = openModelStore(baseUrl, cache).then((store) => beginReading(store, wanted));
  return { cache, reads, opened };
}

async function keptRuntime(cacheName: string): Promise<KeptRuntime | null> {
  if (openedUrl === null) return null;
  const url = new URL(openedUrl, self.location.href).href;
  try {
    // Not opened: that would make a cache where there is none.
    const kept = await caches.match(url, { cacheName, ignoreVary: true });
    if (kept === undefined) return null;
    const bytes = kept.arrayBuffer();
    // How it ends is told where it is compiled.
    bytes.catch(() => undefined);
    return { url, bytes };
  } catch {
    // Nothing can be kept here.
    return null;
  }
}
