import { describe, expect, it } from 'vitest';
import { openModelStore } from './cache.ts';
import { ModelError } from './error.ts';
import type { ModelNote } from './loaded.ts';
import { beginReading, readAhead } from './read-ahead.ts';
import { storeContract } from './store-contract.fixture.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';
import { tolerant } from './tolerant.ts';

/** Every operation is refused, as a browser does whose storage was switched off or has filled up. */
function brokenStore(trouble: Error): ModelStore {
  const refuse = () => Promise.reject(trouble);
  return { persistent: true, read: refuse, write: refuse, remove: refuse, keys: refuse };
}

describe.each<[name: string, open: () => () => Promise<ModelStore>]>([
  [
    'in memory',
    () => {
      const store = memoryStore();
      return async () => store;
    },
  ],
  [
    'that is read ahead',
    () => {
      const store = memoryStore();
      return async () => readAhead(store, beginReading(store, ['catalog', 'file/a'])).store;
    },
  ],
  [
    'that tolerates a good one',
    () => {
      const store = memoryStore();
      return async () => tolerant(store, () => undefined);
    },
  ],
  [
    'that tolerates a broken one',
    () => {
      const store = tolerant(brokenStore(new Error('SecurityError')), () => undefined);
      return async () => store;
    },
  ],
])('a store %s', (name, create) => {
  // Parts are not worth memory where nothing can be kept.
  const cases = storeContract.filter(
    ({ situation }) => name !== 'that tolerates a broken one' || !/keys|same time/.test(situation),
  );
  it.each(cases)('keeps to the contract: $situation', async ({ run }) => {
    await run(create());
  });
});

describe('a browser without Cache Storage', () => {
  it('gets a store that says it forgets', async () => {
    expect((await openModelStore('https://example.org/ktav/')).persistent).toBe(false);
  });
});

describe('trouble with a store', () => {
  it('is noted once for a full disk, and the file stays at hand', async () => {
    const notes: ModelNote[] = [];
    const store = tolerant(brokenStore(new ModelError('quota-exceeded', 'file/a', 'full')), (note) => notes.push(note));
    await store.write('file/a', Uint8Array.of(1));
    await store.write('file/b', Uint8Array.of(2));
    expect(await store.read('file/b')).toEqual(Uint8Array.of(2));
    expect(notes.filter(({ code }) => code === 'quota-exceeded')).toHaveLength(1);
  });

  it('does not keep parts in memory', async () => {
    const store = tolerant(brokenStore(new ModelError('quota-exceeded', '', 'full')), () => undefined);
    await store.write('part/a/0', Uint8Array.of(1));
    expect(await store.read('part/a/0')).toBeNull();
  });

  it('is noted when the window forgets everything', () => {
    const notes: ModelNote[] = [];
    tolerant(memoryStore(), (note) => notes.push(note));
    expect(notes.map(({ code }) => code)).toEqual(['cache-unavailable']);
  });
});
