import { throwIfAborted } from './abort.ts';
import type { Catalog } from './catalog.ts';
import { ModelError } from './error.ts';
import type { LoadOptions, ModelNote } from './loaded.ts';
import type { ModelStore } from './store.ts';
import { catalogOfLastVisit, catalogOfServer, isOver } from './trusted-catalog.ts';
import type { HeldCatalog } from './trusted-catalog.ts';
import { untrusted } from './trust.ts';

/** A device that has a catalog waits no longer than this for a newer one; it comes in time for the next visit. */
const PATIENCE_MS = 1000;

/**
 * The catalog: the server's if it answers soon, else the one of the last visit, else the server's whenever it comes.
 * Trouble with the server's is a note where an older one serves, and an error where there is none:
 * 'aborted', 'offline', 'file-missing', 'catalog-invalid', 'catalog-untrusted'.
 *
 * Time alone never takes an answer from anyone: a device may be offline for a year, and its clock may be wrong. A catalog
 * past its date serves and is noted; it only cannot take the place of one that is still good.
 */
export async function findCatalog(
  signal: AbortSignal,
  options: Pick<LoadOptions, 'catalogUrl' | 'fetch' | 'modelKeys' | 'now' | 'unhurried'>,
  store: ModelStore,
  note: (note: ModelNote) => void,
): Promise<Catalog> {
  const { now = Date.now } = options;
  const last = catalogOfLastVisit(store, options);
  const fresh = freshCatalog();
  // It may fail while the store is still being read, before anyone waits for it.
  fresh.catch(() => undefined);
  const found = await firstOf(await last);
  if (isOver(found, now())) {
    const day = new Date(found.standing?.expires ?? 0).toISOString().slice(0, 10);
    note({ code: 'catalog-expired', message: `The list of models was good until ${day}: newer ones may be held back` });
  }
  return found.catalog;

  async function freshCatalog(): Promise<HeldCatalog> {
    const { keep, ...served } = await catalogOfServer(signal, options, store);
    const kept = await last;
    if (kept !== null && isOver(served, now()) && !isOver(kept, now())) {
      throw untrusted(options.catalogUrl, 'is past its date, and the one of the last visit is not');
    }
    await keep();
    return served;
  }

  async function firstOf(kept: HeldCatalog | null): Promise<HeldCatalog> {
    if (kept === null) return fresh;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<HeldCatalog>((resolve) => {
      timer = setTimeout(() => {
        resolve(kept);
        // Whatever is wrong with the server's is worth a word also when it shows late.
        fresh.catch(noteWhy);
      }, PATIENCE_MS);
    });
    try {
      // When patience wins, fresh goes on and writes itself down for the next visit.
      return await (options.unhurried === true ? fresh : Promise.race([fresh, patience]));
    } catch (error) {
      throwIfAborted(signal);
      if (!(error instanceof ModelError)) throw error;
      noteWhy(error);
      return kept;
    } finally {
      clearTimeout(timer);
    }
  }

  function noteWhy(error: unknown): void {
    if (!(error instanceof ModelError) || error.code === 'aborted') return;
    note({ code: error.code, message: `The catalog of the last visit serves: ${error.message}` });
  }
}
