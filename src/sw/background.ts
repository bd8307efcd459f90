/** Background Sync: sends what a page left to the service worker, once there is a network and no page to do it. */
import { runErrand } from '#feedback/errand-run';
import type { ErrandStore } from '#feedback/errand';
import { dueBatchIn, errandIn } from '#feedback/errand-row';
import { putLimits } from '#feedback/put';
import { systemClock } from '#feedback/sync-clock';
import { isMetered } from '#feedback/sync-parts';
import { outboxName, syncLock } from '#feedback/names';

/**
 * Rejects where something is left that may go later: the browser then tries again by itself, a few times, minutes apart.
 * isWatched: a page is in front, which sends by itself and keeps to its waits.
 */
export async function sendInBackground(scope: URL, isWatched: () => Promise<boolean>): Promise<void> {
  const store = await openErrand(outboxName(scope.href));
  if (store === null) return;
  try {
    if ((await store.read()) === null) return;
    if (await isWatched()) throw new Error('A page sends by itself.');
    // Under the lock of the pages: one of them sends, or we do.
    const outcome = await navigator.locks.request(syncLock(scope.href), { ifAvailable: true }, async (lock) => {
      if (lock === null || (await isSwitchedOff(scope))) return 'done';
      const parts = {
        fetch: (url: string, init: RequestInit) => fetch(url, init),
        clock: systemClock,
        limits: putLimits,
      };
      return runErrand(new AbortController().signal, store, parts, isMetered);
    });
    if (outcome === 'later') throw new Error('Not all of it could be sent yet.');
  } finally {
    store.close();
  }
}

/** The site may have switched feedback off since a page was here last. Rejects where it cannot be asked. */
async function isSwitchedOff(scope: URL): Promise<boolean> {
  const response = await fetch(new URL('config.json', scope), { cache: 'no-cache' });
  if (response.status === 404) return false;
  if (!response.ok) throw new Error(`config.json was answered with ${response.status}`);
  const config: unknown = await response.json();
  const features = typeof config === 'object' && config !== null && 'features' in config ? config.features : null;
  return typeof features === 'object' && features !== null && 'feedback' in features && features.feedback === false;
}

/** Of whatever version the database is: a page alone makes it, climbs its ladder and changes its records. Null: none. */
async function openErrand(name: string): Promise<(ErrandStore & { close(): void }) | null> {
  const database = await new Promise<IDBDatabase | null>((resolve, reject) => {
    const request = indexedDB.open(name);
    let isNew = false;
    request.addEventListener('upgradeneeded', () => {
      isNew = true;
      request.transaction?.abort();
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => (isNew ? resolve(null) : reject(request.error)));
  });
  if (database === null) return null;
  // A page that upgrades it is not kept waiting.
  database.addEventListener('versionchange', () => database.close());
  if (!['notes', 'batches', 'batch-bytes'].every((store) => database.objectStoreNames.contains(store))) {
    database.close();
    return null;
  }
  const errandOf = (notes: IDBObjectStore): Promise<unknown> => answerOf(notes.get('errand'));
  return {
    async read() {
      return errandIn(await errandOf(database.transaction('notes').objectStore('notes')));
    },
    async due(batch) {
      const stores = database.transaction(['batches', 'batch-bytes']);
      const [head, bytes] = await Promise.all([
        answerOf(stores.objectStore('batches').index('name').get(batch)),
        answerOf(stores.objectStore('batch-bytes').get(batch)),
      ]);
      return dueBatchIn(head, bytes);
    },
    async noteSent(delivery) {
      const notes = database.transaction('notes', 'readwrite').objectStore('notes');
      const errand = errandIn(await errandOf(notes));
      if (errand !== null) await answerOf(notes.put({ ...errand, sent: [...errand.sent, delivery] }, 'errand'));
    },
    close: () => database.close(),
  };
}

function answerOf(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
