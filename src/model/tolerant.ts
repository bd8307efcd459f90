import { ModelError } from './error.ts';
import type { ModelNote } from './loaded.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';

/**
 * A store that never stands in the way of an answer: what the device will not keep is kept in memory while the page
 * lives, what it cannot read counts as not there, and each kind of trouble is noted once.
 */
export function tolerant(store: ModelStore, note: (note: ModelNote) => void): ModelStore {
  const overlay = memoryStore();
  const noted = new Set<string>();
  const noteOnce = (error: unknown): void => {
    const full = error instanceof ModelError && error.code === 'quota-exceeded';
    const code = full ? 'quota-exceeded' : 'cache-unavailable';
    if (noted.has(code)) return;
    noted.add(code);
    const why = error instanceof Error ? error.message : String(error);
    note({ code, message: `The model is not kept for the next visit: ${why}` });
  };
  if (!store.persistent) noteOnce(new ModelError('internal', '', 'this browser window keeps nothing'));

  const orElse = async <T>(attempt: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await attempt;
    } catch (error) {
      noteOnce(error);
      return otherwise;
    }
  };
  return {
    persistent: store.persistent,
    read: async (key) => (await overlay.read(key)) ?? (await orElse(store.read(key), null)),
    async write(key, bytes) {
      try {
        await store.write(key, bytes);
        await overlay.remove(key);
      } catch (error) {
        noteOnce(error);
        // Parts serve the next visit alone; in memory they would only double what is being downloaded.
        if (!key.startsWith('part/')) await overlay.write(key, bytes);
      }
    },
    async remove(key) {
      await overlay.remove(key);
      await orElse(store.remove(key), undefined);
    },
    keys: async (prefix) => [...new Set([...(await overlay.keys(prefix)), ...(await orElse(store.keys(prefix), []))])],
  };
}
