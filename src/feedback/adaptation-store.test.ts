import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { openAdaptationStore } from './adaptation-store.ts';
import type { AdaptationStore, LearntSample } from './adaptation-store.ts';

let number = 0;
let name = '';
let store: AdaptationStore;
beforeEach(async () => {
  name = `adaptation-${number++}`;
  store = await openAdaptationStore(name);
});

const sample = (id: string, model = 'letters@1.0.0'): LearntSample => ({
  model,
  id,
  revision: 0,
  time: '2026-01-01T00:00:00.000Z',
  label: 'alef',
  embedding: Float32Array.of(1, 0),
  shape: Float32Array.of(0, 1),
  cue: Float32Array.of(1, 1, 1, 0),
  pen: 1.5,
  probabilities: Float32Array.of(0.5, 0.5),
});

describe('what adaptation keeps', () => {
  it('is off before anyone chose', async () => {
    expect(await store.wish()).toEqual({ on: false, since: '' });
    expect(await store.samples('letters@1.0.0')).toEqual([]);
  });

  it('is there after the database was opened anew', async () => {
    await store.decide({ on: true, since: '' }, false);
    await store.change('letters@1.0.0', [sample('a'), sample('b')], []);
    store.close();
    const again = await openAdaptationStore(name);
    expect(await again.wish()).toEqual({ on: true, since: '' });
    expect(await again.samples('letters@1.0.0')).toEqual([sample('a'), sample('b')]);
  });

  it('holds one model version: what another saw goes with the first change', async () => {
    await store.change('letters@1.0.0', [sample('a')], []);
    await store.change('letters@2.0.0', [sample('a', 'letters@2.0.0')], []);
    expect(await store.samples('letters@1.0.0')).toEqual([]);
    expect(await store.samples('letters@2.0.0')).toHaveLength(1);
  });

  it('loses what is taken away, and nothing else', async () => {
    await store.change('letters@1.0.0', [sample('a'), sample('b')], []);
    await store.change('letters@1.0.0', [], ['a']);
    expect((await store.samples('letters@1.0.0')).map(({ id }) => id)).toEqual(['b']);
  });

  it('forgets every sample with the wish that says so', async () => {
    await store.change('letters@1.0.0', [sample('a')], []);
    await store.decide({ on: true, since: '2026-02-01T00:00:00.000Z' }, true);
    expect(await store.samples('letters@1.0.0')).toEqual([]);
    expect(await store.wish()).toEqual({ on: true, since: '2026-02-01T00:00:00.000Z' });
  });

  it('leaves out a sample that is broken, and takes a broken wish for none', async () => {
    await store.change('letters@1.0.0', [sample('a'), sample('b')], []);
    const raw = await openDB(name);
    await raw.put('samples', { model: 'letters@1.0.0', id: 'a', embedding: 'lost' });
    await raw.put('wish', { on: 'perhaps' }, 'wish');
    raw.close();
    expect((await store.samples('letters@1.0.0')).map(({ id }) => id)).toEqual(['b']);
    expect(await store.wish()).toEqual({ on: false, since: '' });
  });

  it('leaves out what was kept before the pen was, and drops it with the next change unless it is made anew', async () => {
    const raw = await openDB(name);
    for (const id of ['a', 'b']) {
      const { pen: _none, ...old } = sample(id);
      await raw.put('samples', old);
    }
    expect(await store.samples('letters@1.0.0')).toEqual([]);
    await store.change('letters@1.0.0', [sample('a')], []);
    expect(await raw.getAllKeys('samples')).toEqual([['letters@1.0.0', 'a']]);
    expect(await store.samples('letters@1.0.0')).toEqual([sample('a')]);
    raw.close();
  });

  it('lets a newer page upgrade the database while this one is open', async () => {
    const newer = await openDB(name, 2);
    expect(newer.version).toBe(2);
    newer.close();
  });
});
