import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { openAdaptationStore } from '#feedback/adaptation-store';
import type { LearntSample } from '#feedback/adaptation-store';
import { createAdaptation } from './adaptation.ts';
import { changeBy } from './adaptation-answer.ts';
import { knownHands } from '#insight/known-hands';
import { deviceOf, labelOf, modelOf, settled, visit } from './adaptation.fixture.ts';

describe('while it is off', () => {
  it('answers are the model’s, and the records are not opened', async () => {
    const device = deviceOf();
    for (let i = 0; i < 3; i++) device.keep('alef');
    const { adaptation, read, recordsOpened } = visit(device);
    await adaptation.begin();
    const answer = await read();
    expect(labelOf(answer)).toBe('bet');
    expect(answer.byModel).toBeUndefined();
    expect(recordsOpened()).toBe(0);
  });
});

describe('while it is on', () => {
  it('a letter corrected a few times is read right, and what the model said stays with it', async () => {
    const device = deviceOf();
    const { adaptation, read } = visit(device);
    await adaptation.turn(true);
    expect(labelOf(await read())).toBe('bet');
    for (let i = 0; i < 3; i++) device.keep('alef');
    await settled();
    const answer = await read();
    expect(labelOf(answer)).toBe('alef');
    expect(answer.byModel).toMatchObject({ label: 'bet', probability: 0.6 });
    expect(changeBy(answer)).toEqual({ instead: 'bet' });
    expect(adaptation.store.getState().report).toMatchObject({ verified: 3, wrongBefore: 3 });
  });

  it('goes on with the next visit without asking the model again', async () => {
    const device = deviceOf();
    const first = visit(device);
    await first.adaptation.turn(true);
    for (let i = 0; i < 3; i++) device.keep('alef');
    await settled();
    const second = visit(device);
    await second.adaptation.begin();
    expect(second.asked).toEqual([]);
    expect(labelOf(await second.read())).toBe('alef');
  });

  it('what many letters teach is learnt in short tasks, between which the page is free', async () => {
    const device = deviceOf();
    const first = visit(device);
    await first.adaptation.turn(true);
    for (let i = 0; i < 60; i++) device.keep(['alef', 'bet', 'gimel'][i % 3]!);
    await vi.waitFor(() => expect(first.adaptation.store.getState().report?.verified).toBe(60));

    let turn = 0;
    const turning = setInterval(() => turn++, 0);
    const learntIn = new Map<number, number>();
    const { metric, ...hands } = knownHands();
    const noting: typeof metric = (shape) => {
      learntIn.set(turn, (learntIn.get(turn) ?? 0) + 1);
      return metric(shape);
    };
    const { adaptation } = visit(device, modelOf('1.0.0'), { ...hands, metric: noting });
    await adaptation.begin();
    await vi.waitFor(() => expect(adaptation.store.getState().report?.verified).toBe(60));
    clearInterval(turning);
    expect([...learntIn.values()].reduce((a, b) => a + b)).toBe(60);
    expect(Math.max(...learntIn.values())).toBeLessThan(30);
  });

  it('a new model version reads the kept rasters anew', async () => {
    const device = deviceOf();
    const { adaptation, asked, become } = visit(device);
    await adaptation.turn(true);
    device.keep('alef');
    device.keep('gimel');
    await settled();
    asked.length = 0;
    become('2.0.0');
    await settled();
    expect(asked).toEqual(['raster', 'raster']);
    expect(device.samples().map(({ model, label }) => [model, label])).toEqual([
      ['letters@2.0.0', 'gimel'],
      ['letters@2.0.0', 'alef'],
    ]);
  });

  it('samples that were kept before the pen was are read anew, once, and those of no record go', async () => {
    const device = { ...deviceOf(), store: await openAdaptationStore() };
    const before = visit(device);
    for (let i = 0; i < 3; i++) device.keep('alef');
    await before.adaptation.turn(true);
    const raw = await openDB('ktav-adaptation');
    const keptThen: LearntSample[] = await raw.getAll('samples');
    expect(keptThen).toHaveLength(3);
    for (const { pen: _none, ...old } of [...keptThen, { ...keptThen[0]!, id: 'withdrawn' }]) {
      await raw.put('samples', old);
    }

    const first = visit(device);
    await first.adaptation.begin();
    expect(first.asked).toEqual(['raster', 'raster', 'raster']);
    expect(first.adaptation.store.getState()).toMatchObject({ failed: false, report: { verified: 3 } });
    expect(labelOf(await first.read())).toBe('alef');
    expect(await raw.getAll('samples')).toEqual(keptThen);

    const second = visit(device);
    await second.adaptation.begin();
    expect(second.asked).toEqual([]);
    expect(labelOf(await second.read())).toBe('alef');
    raw.close();
  });

  it('a record that is withdrawn is no longer learnt from', async () => {
    const device = deviceOf();
    const { adaptation, read } = visit(device);
    await adaptation.turn(true);
    for (let i = 0; i < 3; i++) device.keep('alef');
    await settled();
    for (const id of ['r0', 'r1', 'r2']) device.withdraw(id);
    await settled();
    expect(labelOf(await read())).toBe('bet');
    expect(adaptation.store.getState().report?.verified).toBe(0);
  });

  it('what is unreadable, unseen or of another alphabet teaches nothing', async () => {
    const device = deviceOf();
    const { adaptation } = visit(device);
    await adaptation.turn(true);
    device.keep(null);
    device.keep('alef', { seen: null });
    device.keep('omega');
    await settled();
    expect(adaptation.store.getState().report?.verified).toBe(0);
  });
});

describe('undone by one button', () => {
  it('forgets, and does not learn from the same records again, but from new ones', async () => {
    const device = deviceOf();
    const { adaptation, read } = visit(device);
    await adaptation.turn(true);
    for (let i = 0; i < 3; i++) device.keep('alef');
    await settled();
    await adaptation.forget();
    await settled();
    expect(labelOf(await read())).toBe('bet');
    expect(device.samples()).toEqual([]);
    device.keep('alef', { time: new Date(Date.UTC(2026, 0, 3)).toISOString() });
    await settled();
    expect(adaptation.store.getState().report?.verified).toBe(1);
  });

  it('turned off, the model answers alone at once, and what was learnt waits', async () => {
    const device = deviceOf();
    const { adaptation, read } = visit(device);
    await adaptation.turn(true);
    for (let i = 0; i < 3; i++) device.keep('alef');
    await settled();
    await adaptation.turn(false);
    expect(labelOf(await read())).toBe('bet');
    expect(device.samples()).toHaveLength(3);
    await adaptation.turn(true);
    expect(labelOf(await read())).toBe('alef');
  });
});

describe('storage that cannot be had', () => {
  it('is said when it is turned on, and the model answers alone', async () => {
    const model = modelOf('1.0.0');
    const adaptation = createAdaptation({
      engine: model.engine,
      openStore: () => Promise.reject(new Error('private mode')),
      openRecords: () => Promise.reject(new Error('private mode')),
      loadHands: async () => knownHands(),
      now: () => new Date(0),
    });
    await adaptation.begin();
    expect(adaptation.store.getState()).toMatchObject({ on: false, failed: false });
    await adaptation.turn(true);
    expect(adaptation.store.getState()).toMatchObject({ on: false, failed: true });
  });

  it('is said too where the metric cannot be loaded, and what was learnt is there once it can', async () => {
    const device = deviceOf();
    for (let i = 0; i < 3; i++) device.keep('alef');
    let online = false;
    const adaptation = createAdaptation({
      engine: modelOf('1.0.0').engine,
      openStore: async () => device.store,
      openRecords: async () => device.records,
      loadHands: async () => {
        if (!online) throw new TypeError('Failed to fetch dynamically imported module');
        return knownHands();
      },
      now: () => new Date(0),
    });
    const read = () => adaptation.engine.classify(new AbortController().signal, { kind: 'ink', ink: [], line: null });
    await adaptation.turn(true);
    expect(adaptation.store.getState()).toMatchObject({ on: true, failed: true, report: null });
    expect(labelOf(await read())).toBe('bet');
    online = true;
    await adaptation.turn(true);
    expect(adaptation.store.getState()).toMatchObject({ failed: false, report: { verified: 3 } });
    expect(labelOf(await read())).toBe('alef');
  });
});
