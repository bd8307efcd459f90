import { expect, test } from 'vitest';
import { beginReading, readAhead } from './read-ahead.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

/** A store that notes what it is asked for. */
async function noting() {
  const inner = memoryStore();
  await inner.write('catalog', bytes(1));
  await inner.write('file/a', bytes(2, 3));
  const asked: string[] = [];
  const store: ModelStore = {
    ...inner,
    read: (key) => (asked.push(key), inner.read(key)),
    keys: (prefix) => (asked.push(`list ${prefix}`), inner.keys(prefix)),
  };
  return { inner, asked, store };
}

test('what is wanted in any case is asked for at once, and once, however often it is read', async () => {
  const { asked, store } = await noting();
  const ahead = readAhead(store, beginReading(store, ['catalog', 'history']));
  expect(asked).toEqual(['catalog', 'history', 'list ']);
  const [one, other] = [await ahead.store.read('catalog'), await ahead.store.read('catalog')];
  expect([one, other]).toEqual([bytes(1), bytes(1)]);
  expect(await ahead.store.read('history')).toBeNull();
  expect(await ahead.store.keys('file/')).toEqual(['file/a']);
  expect(asked).toHaveLength(3);
  // Each reader has a copy of its own.
  one?.fill(9);
  expect(await ahead.store.read('catalog')).toEqual(bytes(1));
});

test('the rest is read when it is asked for', async () => {
  const { asked, store } = await noting();
  expect(await readAhead(store, beginReading(store, [])).store.read('file/a')).toEqual(bytes(2, 3));
  expect(asked).toEqual(['list ', 'file/a']);
});

test('what is written or removed here is seen from then on', async () => {
  const { store } = await noting();
  const ahead = readAhead(store, beginReading(store, ['catalog', 'file/a']));
  await ahead.store.write('catalog', bytes(4));
  await ahead.store.remove('file/a');
  expect(await ahead.store.read('catalog')).toEqual(bytes(4));
  expect(await ahead.store.read('file/a')).toBeNull();
  expect(await ahead.store.keys('')).toEqual(['catalog']);
});

test('what another tab wrote is seen once it is settled', async () => {
  const { inner, store } = await noting();
  const ahead = readAhead(store, beginReading(store, ['catalog']));
  await ahead.store.read('catalog');
  await inner.write('catalog', bytes(5));
  await inner.write('file/b', bytes(6));
  expect(await ahead.store.read('catalog')).toEqual(bytes(1));
  ahead.settle();
  expect(await ahead.store.read('catalog')).toEqual(bytes(5));
  expect(await ahead.store.keys('file/')).toEqual(['file/a', 'file/b']);
});

test('a store that fails says so to whoever reads, and to nobody else', async () => {
  const { store } = await noting();
  const broken = { ...store, read: () => Promise.reject(new Error('no disk')) };
  await expect(readAhead(broken, beginReading(broken, ['catalog'])).store.read('catalog')).rejects.toThrow('no disk');
});
