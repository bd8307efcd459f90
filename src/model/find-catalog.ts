import { throwIfAborted } from './abort.ts';
import { readCatalog } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { fetchDocument } from './download.ts';
import { ModelError } from './error.ts';
import type { LoadOptions, ModelNote } from './loaded.ts';
import type { ModelStore } from './store.ts';

const KEY = 'catalog';
const MAX_BYTES = 1024 * 1024;
/** A device that has a catalog waits no longer than this for a newer one; it comes in time for the next visit. */
const PATIENCE_MS = 1000;

/**
 * The catalog: the server's if it answers soon, else the one of the last visit, else the server's whenever it comes.
 * Trouble with the server's is a note where an older one serves, and an error where there is none:
 * 'aborted', 'offline', 'file-missing', 'catalog-invalid'.
 */
export async function findCatalog(
  signal: AbortSignal,
  { catalogUrl, fetch }: Pick<LoadOptions, 'catalogUrl' | 'fetch'>,
  store: ModelStore,
  note: (note: ModelNote) => void,
): Promise<Catalog> {
  const fresh = freshCatalog(signal, catalogUrl, fetch, store);
  // It may fail while the store is still being read, before anyone waits for it.
  fresh.catch(() => undefined);
  const kept = await keptCatalog(store);
  if (kept === null) return fresh;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<Catalog>((resolve) => {
    timer = setTimeout(() => resolve(kept), PATIENCE_MS);
  });
  try {
    // When patience wins, fresh goes on and writes itself down for the next visit.
    return await Promise.race([fresh, patience]);
  } catch (error) {
    throwIfAborted(signal);
    if (!(error instanceof ModelError)) throw error;
    note({ code: error.code, message: `The catalog of the last visit serves: ${error.message}` });
    return kept;
  } finally {
    clearTimeout(timer);
  }
}

async function freshCatalog(
  signal: AbortSignal,
  url: string,
  fetch: LoadOptions['fetch'],
  store: ModelStore,
): Promise<Catalog> {
  const bytes = await fetchDocument(signal, { fetch, url, cache: 'no-cache' }, MAX_BYTES);
  const catalog = readCatalog(jsonOf(bytes, 'catalog-invalid', url));
  await store.write(KEY, bytes);
  return catalog;
}

async function keptCatalog(store: ModelStore): Promise<Catalog | null> {
  const bytes = await store.read(KEY);
  if (bytes === null) return null;
  try {
    return readCatalog(jsonOf(bytes, 'catalog-invalid', KEY));
  } catch (error) {
    // Written by another version of the app: it does not count, and the server's takes its place.
    if (error instanceof ModelError) return null;
    throw error;
  }
}

/** Parses UTF-8 JSON. Throws ModelError with the given code; a page of HTML under a wrong address is the usual cause. */
export function jsonOf(bytes: Uint8Array, code: 'catalog-invalid' | 'manifest-invalid', where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ModelError(code, where, 'is no JSON', { cause });
  }
}
