import { ModelError } from './error.ts';
import type { ModelStore } from './store.ts';

/**
 * What every ModelStore keeps to. Plain functions that throw, because one implementation lives in Node and another
 * in a browser, where no test library is. open() gives the same store each time, as a later visit would.
 */
export type StoreCase = { readonly situation: string; run(open: () => Promise<ModelStore>): Promise<void> };

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

function same(got: unknown, wanted: unknown): void {
  const plain = (value: unknown): string => JSON.stringify(value instanceof Uint8Array ? [...value] : value);
  if (plain(got) !== plain(wanted)) throw new Error(`got ${plain(got)}, wanted ${plain(wanted)}`);
}

export const storeContract: readonly StoreCase[] = [
  {
    situation: 'nothing was written',
    async run(open) {
      const store = await open();
      same(await store.read('file/a'), null);
      same(await store.keys(''), []);
      await store.remove('file/a');
    },
  },
  {
    situation: 'what was written is read, empty or not',
    async run(open) {
      const store = await open();
      await store.write('file/a', bytes(1, 0, 255));
      await store.write('file/empty', bytes());
      same(await store.read('file/a'), bytes(1, 0, 255));
      same(await store.read('file/empty'), bytes());
    },
  },
  {
    situation: 'the last write counts',
    async run(open) {
      const store = await open();
      await store.write('catalog', bytes(1, 2, 3));
      await store.write('catalog', bytes(4));
      same(await store.read('catalog'), bytes(4));
      same(await store.keys('catalog'), ['catalog']);
    },
  },
  {
    situation: 'a part of a larger buffer is written as the part',
    async run(open) {
      const store = await open();
      await store.write('file/a', bytes(1, 2, 3, 4, 5).subarray(1, 3));
      same(await store.read('file/a'), bytes(2, 3));
    },
  },
  {
    situation: 'neither side sees what the other does to its copy',
    async run(open) {
      const store = await open();
      const mine = bytes(1, 2, 3);
      await store.write('file/a', mine);
      mine[0] = 9;
      const theirs = await store.read('file/a');
      theirs?.fill(7);
      same(await store.read('file/a'), bytes(1, 2, 3));
    },
  },
  {
    situation: 'keys are found by how they begin, and no longer when removed',
    async run(open) {
      const store = await open();
      for (const key of ['part/a/0', 'part/a/65536', 'part/ab/0', 'file/a']) await store.write(key, bytes(1));
      same([...(await store.keys('part/a/'))].toSorted(), ['part/a/0', 'part/a/65536']);
      await store.remove('part/a/0');
      same(await store.keys('part/a/'), ['part/a/65536']);
      same(await store.read('part/a/0'), null);
      same(await store.read('part/ab/0'), bytes(1));
    },
  },
  {
    situation: 'a store opened again holds what the first one wrote',
    async run(open) {
      await (await open()).write('file/a', bytes(5));
      same(await (await open()).read('file/a'), bytes(5));
    },
  },
  {
    situation: 'writes at the same time do not mix',
    async run(open) {
      const store = await open();
      const numbers = Array.from({ length: 20 }, (_, index) => index);
      await Promise.all(numbers.map((n) => store.write(`part/x/${n}`, new Uint8Array(1000).fill(n))));
      const read = await Promise.all(numbers.map((n) => store.read(`part/x/${n}`)));
      same(
        read.map((value, n) => value?.length === 1000 && value.every((byte) => byte === n)),
        numbers.map(() => true),
      );
    },
  },
];

/** For a store that is full: it says so by our own error, and what was there before is still there. */
export async function fullStoreContract(store: ModelStore, fill: () => Promise<void>): Promise<void> {
  await store.write('file/old', bytes(1, 2, 3));
  await fill();
  const error: unknown = await store.write('file/large', new Uint8Array(8_000_000)).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ModelError) || error.code !== 'quota-exceeded') throw new Error(`got ${String(error)}`);
  same(await store.read('file/old'), bytes(1, 2, 3));
  same(await store.read('file/large'), null);
}
