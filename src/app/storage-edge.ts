import { openModelStore } from '#model/cache';
import { keptVersions, looseBytes, removeVersion } from '#model/kept';
import type { KeptVersion } from '#model/kept';
import { modelLock, runtimeOf, shellsOf } from './install-caches.ts';

export type Amount = { readonly bytes: number; readonly files: number };

/** isInUse: this page or another reads with it, so it stays. */
export type ListedVersion = KeptVersion & { readonly isInUse: boolean };

/** What is kept on this device, in bytes as they lie there. */
export type StorageReport = {
  /** The app itself; builds is 2 while a newer one waits or an older one is still open, 0 without a service worker. */
  readonly shell: Amount & { readonly builds: number };
  readonly runtime: Amount;
  readonly models: readonly ListedVersion[];
  /** Of models: downloads under way, and versions that were only tried. */
  readonly looseBytes: number;
  /** All that this site keeps, feedback too, and what the browser would allow; null where it does not say. */
  readonly whole: { readonly usage: number; readonly quota: number } | null;
  /** The browser promised not to clear it by itself. */
  readonly persisted: boolean;
};

/** Reads the caches. Rejects where the browser keeps nothing. */
export async function readStorage(): Promise<StorageReport> {
  const base = baseOfPage();
  const scope = base.pathname;
  const shells = (await caches.keys()).filter((name) => name.startsWith(shellsOf(scope)));
  const store = await openModelStore(base.href);
  const used = new Set(((await navigator.locks.query()).held ?? []).map(({ name }) => name));
  const amounts = await Promise.all(shells.map(amountOf));
  return {
    shell: { ...amounts.reduce(sum, nothing), builds: shells.length },
    runtime: (await caches.has(runtimeOf(scope))) ? await amountOf(runtimeOf(scope)) : nothing,
    models: (await keptVersions(store)).map((kept) => ({ ...kept, isInUse: used.has(modelLock(scope, kept)) })),
    looseBytes: await looseBytes(store),
    whole: await estimate(),
    persisted: (await navigator.storage?.persisted?.()) ?? false,
  };
}

/** Takes a version off this device, unless a page has begun to read with it meanwhile. Rejects where storage fails. */
export async function removeModel(kept: KeptVersion): Promise<'removed' | 'in-use'> {
  const { href, pathname } = baseOfPage();
  // Who begins to read with it now waits with saying so until it is gone, and downloads it again when it is needed.
  return navigator.locks.request(modelLock(pathname, kept), { ifAvailable: true }, async (lock) => {
    if (lock === null) return 'in-use';
    await removeVersion(await openModelStore(href), kept.manifestSha256);
    return 'removed';
  });
}

const baseOfPage = (): URL => new URL('.', document.baseURI);

const nothing: Amount = { bytes: 0, files: 0 };
const sum = (a: Amount, b: Amount): Amount => ({ bytes: a.bytes + b.bytes, files: a.files + b.files });

async function amountOf(name: string): Promise<Amount> {
  const cache = await caches.open(name);
  let bytes = 0;
  const requests = await cache.keys();
  for (const request of requests) {
    const response = await cache.match(request, { ignoreVary: true });
    bytes += (await response?.blob())?.size ?? 0;
  }
  return { bytes, files: requests.length };
}

async function estimate(): Promise<StorageReport['whole']> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? null : { usage, quota };
}
