import { forgetGood, readHistory } from './history.ts';
import { fileKey } from './keys.ts';
import type { ModelStore } from './store.ts';

/** A version whose files are on this device. bytes: as they lie there; what two versions share counts for both. */
export type KeptVersion = {
  readonly model: string;
  readonly version: string;
  readonly manifestSha256: string;
  readonly bytes: number;
};

/** The versions that answered here and are kept, newest first. */
export async function keptVersions(store: ModelStore): Promise<readonly KeptVersion[]> {
  const { good } = await readHistory(store);
  const kept: KeptVersion[] = [];
  for (const { model, version, manifestSha256, keeps } of good) {
    let bytes = 0;
    for (const hash of new Set(keeps)) bytes += (await store.read(fileKey(hash)))?.length ?? 0;
    kept.push({ model, version, manifestSha256, bytes });
  }
  return kept;
}

/** Bytes of downloads that are not finished, and of versions that were only tried: the next new version sweeps them away. */
export async function looseBytes(store: ModelStore): Promise<number> {
  const { good } = await readHistory(store);
  const owned = new Set(good.flatMap(({ keeps }) => keeps.map(fileKey)));
  let bytes = 0;
  for (const key of [...(await store.keys(fileKey(''))), ...(await store.keys('part/'))]) {
    if (!owned.has(key)) bytes += (await store.read(key))?.length ?? 0;
  }
  return bytes;
}

/** Takes one version off this device. What other versions share with it stays. */
export async function removeVersion(store: ModelStore, manifestSha256: string): Promise<void> {
  await forgetGood(store, manifestSha256);
}
