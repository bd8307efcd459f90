import { expect, test } from 'vitest';
import { rememberGood } from './history.ts';
import type { GoodVersion } from './history.ts';
import { keptVersions, looseBytes, removeVersion } from './kept.ts';
import { fileKey } from './keys.ts';
import { memoryStore } from './store.ts';

const hash = (digit: string): string => digit.repeat(64);

/** Two versions: one file is shared, one is each version's own. */
async function twoVersions() {
  const store = memoryStore();
  await store.write(fileKey(hash('a')), new Uint8Array(10));
  await store.write(fileKey(hash('b')), new Uint8Array(200));
  await store.write(fileKey(hash('c')), new Uint8Array(3000));
  const good = (version: string, own: string): GoodVersion => ({
    model: 'letters',
    version,
    manifestUrl: `https://example.org/${version}/manifest.json`,
    manifestSha256: hash(own === 'b' ? '1' : '2'),
    manifestBytes: 100,
    keeps: [hash('a'), hash(own)],
  });
  const [older, newer] = [good('1.0.0', 'b'), good('2.0.0', 'c')];
  await rememberGood(store, older);
  // Remembering the older one swept the newer one's file away, which had no owner yet.
  await store.write(fileKey(hash('c')), new Uint8Array(3000));
  await rememberGood(store, newer);
  return { store, older, newer };
}

test('versions are listed with what they take, newest first', async () => {
  const { store } = await twoVersions();
  expect((await keptVersions(store)).map(({ version, bytes }) => [version, bytes])).toEqual([
    ['2.0.0', 3010],
    ['1.0.0', 210],
  ]);
});

test('a version that is removed takes its own files along, and leaves what others share', async () => {
  const { store, older } = await twoVersions();
  await removeVersion(store, older.manifestSha256);
  expect((await keptVersions(store)).map(({ version, bytes }) => [version, bytes])).toEqual([['2.0.0', 3010]]);
  expect((await store.keys('file/')).toSorted()).toEqual([fileKey(hash('a')), fileKey(hash('c'))]);
});

test('a version that another tab is bringing meanwhile loses nothing', async () => {
  const { store, older } = await twoVersions();
  await store.write(fileKey(hash('d')), new Uint8Array(40_000));
  await store.write(`part/${hash('e')}/0`, new Uint8Array(500));
  await store.write(`part/${hash('b')}/0`, new Uint8Array(7));
  expect(await looseBytes(store)).toBe(40_507);
  await removeVersion(store, older.manifestSha256);
  expect((await store.keys('')).filter((key) => key !== 'history').toSorted()).toEqual(
    [fileKey(hash('a')), fileKey(hash('c')), fileKey(hash('d')), `part/${hash('e')}/0`].toSorted(),
  );
  expect(await looseBytes(store)).toBe(40_500);
});

test('removing what is not there changes nothing', async () => {
  const { store } = await twoVersions();
  const before = (await store.keys('')).toSorted();
  await removeVersion(store, hash('9'));
  expect((await store.keys('')).toSorted()).toEqual(before);
});
