import * as z from 'zod/mini';
import { SchemaVersion, whole } from './schema.ts';
import type { Read } from './schema.ts';
import type { ModelStore } from './store.ts';
import { untrusted } from './trust.ts';
import type { Standing } from './trust.ts';

const KEY = 'catalog-seen';

/**
 * The largest revision that this device saw of each key. By key, so that whoever sets a new key begins anew, and a stolen
 * one that signed an absurd number is forgotten with it.
 * schemaVersion 1: first release.
 */
const Seen = z.strictObject({
  schemaVersion: SchemaVersion,
  revisions: z.record(z.string(), whole(1, Number.MAX_SAFE_INTEGER)),
});
type Revisions = Read<typeof Seen>['revisions'];

/** Throws ModelError 'catalog-untrusted' for a catalog that is older than one that this device has seen. */
export async function refuseOlder(
  store: ModelStore,
  { revision }: Standing,
  keys: readonly string[],
  where: string,
): Promise<void> {
  const seen = await readSeen(store);
  const newest = Math.max(0, ...keys.map((key) => seen[key] ?? 0));
  if (revision < newest) {
    throw untrusted(
      where,
      `is revision ${revision}, and this device has seen ${newest}: older ones are not taken back`,
    );
  }
}

/** Never lets a number fall, whatever came in between. */
export async function rememberSeen(store: ModelStore, { revision, signers }: Standing): Promise<void> {
  const before = await readSeen(store);
  if (signers.every((key) => (before[key] ?? 0) >= revision)) return;
  const raised = signers.map((key) => [key, Math.max(revision, before[key] ?? 0)] as const);
  const seen: Read<typeof Seen> = { schemaVersion: 1, revisions: { ...before, ...Object.fromEntries(raised) } };
  await store.write(KEY, new TextEncoder().encode(JSON.stringify(seen)));
}

/** What cannot be read is forgotten: then the next catalog that is signed counts as the first. */
async function readSeen(store: ModelStore): Promise<Revisions> {
  const bytes = await store.read(KEY);
  if (bytes === null) return {};
  try {
    const read = z.safeParse(Seen, JSON.parse(new TextDecoder().decode(bytes)));
    return read.success ? read.data.revisions : {};
  } catch {
    return {};
  }
}
