/** What the browser gives the sender. */
import { backoffLimits } from './backoff.ts';
import type { Hash } from './batch.ts';
import type { Outbox } from './outbox.ts';
import { syncLock } from './names.ts';
import { policyFetch } from './policy.ts';
import { putLimits } from './put.ts';
import type { OnlyOne, SyncParts, SyncTimings } from './sync.ts';
import { systemClock } from './sync-clock.ts';

export const syncTimings: SyncTimings = { afterSave: 3000, elsewhere: 15_000, put: putLimits, backoff: backoffLimits };

/**
 * scope tells apart the senders of two apps on one origin: the address of the folder that the app is served from.
 * where: from pageSide.
 */
export function syncParts(
  outbox: Outbox,
  hash: Hash,
  scope: string,
  where: Pick<SyncParts, 'onWake' | 'askBackground'>,
  timings: SyncTimings = syncTimings,
): SyncParts {
  return {
    outbox,
    hash,
    fetch: policyFetch((url, init) => fetch(url, init), globalThis),
    onlyOne: onlyOneOf(syncLock(scope)),
    clock: systemClock,
    random: Math.random,
    isOnline: () => navigator.onLine,
    isMetered,
    timings,
    ...where,
  };
}

/**
 * By a Web Lock: it ends with the page that has it, however that ends. On plain http other than localhost there is
 * none; then every tab sends, which costs time and doubles nothing, since a batch sent twice is one object.
 */
function onlyOneOf(name: string): OnlyOne {
  return async (task) => {
    const locks: LockManager | undefined = navigator.locks;
    if (locks === undefined) {
      await task();
      return true;
    }
    return locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await task();
      return lock !== null;
    });
  };
}

/** Chromium says of phones what they are on. Where a browser says nothing, nothing is held back. */
export function isMetered(): boolean {
  const connection = connectionOf();
  if (connection === null) return false;
  const type: unknown = Reflect.get(connection, 'type');
  return (
    Reflect.get(connection, 'saveData') === true || type === 'cellular' || type === 'bluetooth' || type === 'wimax'
  );
}

export function connectionOf(): EventTarget | null {
  const connection: unknown = Reflect.get(navigator, 'connection');
  return connection instanceof EventTarget ? connection : null;
}
