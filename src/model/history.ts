import * as z from 'zod/mini';
import { fileKey, HISTORY_KEY } from './keys.ts';
import { SchemaVersion, Semver, Sha256, Slug, Text, whole } from './schema.ts';
import type { Read } from './schema.ts';
import type { ModelStore } from './store.ts';

const Good = z.strictObject({
  model: Slug,
  version: Semver,
  /** Absolute. */
  manifestUrl: z.string().check(z.maxLength(2000)),
  manifestSha256: Sha256,
  manifestBytes: whole(1, 2 ** 26),
  /** Hashes of its manifest, files and goldens: what must not be swept away. */
  keeps: z.array(Sha256),
});

/** A version that passed no self-test here is left alone until the app changes: a new app may bring a new runtime. */
const Failed = z.strictObject({ manifestSha256: Sha256, appVersion: Text });

/**
 * What this device remembers of versions, newest first.
 * schemaVersion 1: first release.
 */
const History = z.strictObject({ schemaVersion: SchemaVersion, good: z.array(Good), failed: z.array(Failed) });

export type GoodVersion = Read<typeof Good>;
export type FailedVersion = Read<typeof Failed>;
export type History = Read<typeof History>;

const NOTHING: History = { schemaVersion: 1, good: [], failed: [] };
/** The one that answers and the one before it, for the day the newer turns out badly. */
const GOOD_PER_MODEL = 2;
const MAX_FAILED = 16;

/** What cannot be read is forgotten: all of it can be found out again. */
export async function readHistory(store: ModelStore): Promise<History> {
  const bytes = await store.read(HISTORY_KEY);
  if (bytes === null) return NOTHING;
  try {
    const result = z.safeParse(History, JSON.parse(new TextDecoder().decode(bytes)));
    return result.success ? result.data : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** Puts a version first among the good ones, and sweeps away what no good version keeps. */
export async function rememberGood(store: ModelStore, version: GoodVersion): Promise<void> {
  const before = await readHistory(store);
  const [current] = before.good;
  const failedSince = before.failed.some(({ manifestSha256 }) => manifestSha256 === version.manifestSha256);
  if (current?.manifestSha256 === version.manifestSha256 && !failedSince) return;
  await writeAndSweep(store, withGood(before, version));
}

/**
 * Forgets one version and removes its files, but for those that another good version keeps. Only its own: another tab
 * may be bringing a version that no one keeps yet. What is needed again is downloaded again.
 */
export async function forgetGood(store: ModelStore, manifestSha256: string): Promise<void> {
  const { good, ...rest } = await readHistory(store);
  const others = good.filter((version) => version.manifestSha256 !== manifestSha256);
  await write(store, { ...rest, good: others });
  const kept = new Set(others.flatMap(({ keeps }) => keeps));
  const gone = good.filter((version) => version.manifestSha256 === manifestSha256).flatMap(({ keeps }) => keeps);
  for (const hash of gone.filter((hash) => !kept.has(hash))) {
    await store.remove(fileKey(hash));
    for (const key of await store.keys(`part/${hash}/`)) await store.remove(key);
  }
}

async function writeAndSweep(store: ModelStore, history: History): Promise<void> {
  await write(store, history);
  const kept = new Set(history.good.flatMap(({ keeps }) => keeps));
  for (const key of await store.keys('file/')) {
    if (!kept.has(key.slice(fileKey('').length))) await store.remove(key);
  }
  for (const key of await store.keys('part/')) {
    const [, hash = ''] = key.split('/');
    if (!kept.has(hash)) await store.remove(key);
  }
}

export async function rememberFailed(store: ModelStore, version: FailedVersion): Promise<void> {
  await write(store, withFailed(await readHistory(store), version));
}

function withGood({ good, failed }: History, version: GoodVersion): History {
  const older = good.filter(({ manifestSha256 }) => manifestSha256 !== version.manifestSha256);
  const sameModel = older.filter(({ model }) => model === version.model).slice(0, GOOD_PER_MODEL - 1);
  const otherModels = older.filter(({ model }) => model !== version.model);
  return {
    schemaVersion: 1,
    good: [version, ...sameModel, ...otherModels],
    failed: failed.filter(({ manifestSha256 }) => manifestSha256 !== version.manifestSha256),
  };
}

/** A version that fails is no good one any more: the runtime or the device changed under it. */
function withFailed({ good, failed }: History, version: FailedVersion): History {
  const others = failed.filter(({ manifestSha256 }) => manifestSha256 !== version.manifestSha256);
  return {
    schemaVersion: 1,
    good: good.filter(({ manifestSha256 }) => manifestSha256 !== version.manifestSha256),
    failed: [version, ...others].slice(0, MAX_FAILED),
  };
}

async function write(store: ModelStore, history: History): Promise<void> {
  await store.write(HISTORY_KEY, new TextEncoder().encode(JSON.stringify(history)));
}
