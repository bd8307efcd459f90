/** What tells the sender, in a page, that it is worth a try. */
import { backgroundTag } from './errand.ts';
import type { SyncParts, Wake } from './sync.ts';
import { connectionOf } from './sync-parts.ts';

export const pageSide: Pick<SyncParts, 'onWake' | 'askBackground'> = {
  onWake(listener: (why: Wake) => void) {
    const online = (): void => listener('online');
    const visible = (): void => {
      if (document.visibilityState === 'visible') listener('visible');
    };
    const connection = (): void => listener('connection');
    window.addEventListener('online', online);
    document.addEventListener('visibilitychange', visible);
    connectionOf()?.addEventListener('change', connection);
    return () => {
      window.removeEventListener('online', online);
      document.removeEventListener('visibilitychange', visible);
      connectionOf()?.removeEventListener('change', connection);
    };
  },

  async askBackground(leave) {
    const sync = await backgroundSync();
    if (sync === null) return;
    // The service worker may be woken at once.
    await leave();
    await sync.register();
  },
};

/** Chromium alone has it; elsewhere the next visit sends. A refusal (private mode, by setting) means the same. */
async function backgroundSync(): Promise<{ register(): Promise<void> } | null> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const sync: unknown = registration === undefined ? undefined : Reflect.get(registration, 'sync');
  if (typeof sync !== 'object' || sync === null) return null;
  const ask: unknown = Reflect.get(sync, 'register');
  if (typeof ask !== 'function') return null;
  return {
    register: () => Promise.resolve(Reflect.apply(ask, sync, [backgroundTag])).catch(() => undefined),
  };
}
