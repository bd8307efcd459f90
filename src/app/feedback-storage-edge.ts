import type { StorageNumbers } from './feedback-room.ts';

/** Browsers tell nothing of this on an insecure origin, and some do not in private windows. */
const storageOf = (): StorageManager | null => (navigator as { readonly storage?: StorageManager }).storage ?? null;

/** Bytes of everything that this site keeps; the browser rounds them. */
export async function storageNumbers(): Promise<StorageNumbers> {
  const storage = storageOf();
  try {
    const [persisted, estimate] = await Promise.all([storage?.persisted(), storage?.estimate()]);
    const used = estimate?.usage ?? null;
    const quota = estimate?.quota ?? null;
    const left = used === null || quota === null ? null : Math.max(0, quota - used);
    return { persisted: persisted ?? null, used, left };
  } catch {
    return { persisted: null, used: null, left: null };
  }
}

/** Asks that records are not cleared away when room gets scarce. Some browsers ask the person, most decide by themselves. */
export async function persistStorage(): Promise<void> {
  try {
    if ((await storageOf()?.persisted()) === false) await storageOf()?.persist();
  } catch {
    // Not to be had here. The feedback screen says that nothing was promised.
  }
}
