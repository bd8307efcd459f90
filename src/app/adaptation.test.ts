import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { openAdaptationStore } from '#feedback/adaptation-store';
import type { AdaptationStore, AdaptationWish, LearntSample } from '#feedback/adaptation-store';
import type { FeedbackHead } from '#feedback/outbox';
import type { Answer, ClassifyInput, EngineClient, EngineStatus, Prediction } from '#inference/answer';
import { createAdaptation } from './adaptation.ts';
import type { RecordSource } from './adaptation.ts';
import { changeBy } from './adaptation-answer.ts';

const names = ['alef', 'bet', 'gimel'];
const side = 16;
const inkAt = (column: number) => {
  const data = new Uint8Array(side * side);
  for (let y = 2; y < 14; y++) data.fill(255, y * side + column, y * side + column + 3);
  return { width: side, height: side, data };
};
const cue = [1, 1, 1, 0];

/** A model that takes whatever it sees for bet, by a little; what it embeds is the version's own. */
function modelOf(version: string) {
  const asked: ClassifyInput['kind'][] = [];
  const listeners = new Set<(status: EngineStatus) => void>();
  const labels = names.map((name) => ({ name, letter: name, title: { en: name, he: name } }));
  let status: EngineStatus = { phase: 'ready', model: 'letters', version, labels, backend: 'wasm', reports: [] };
  const engine: EngineClient = {
    async classify(_signal, input): Promise<Answer> {
      asked.push(input.kind);
      const raster = input.kind === 'raster' ? input.raster : inkAt(4);
      const probabilities = [0.35, 0.6, 0.05];
      const candidates = names
        .map((label, i) => ({ label, probability: probabilities[i]! }))
        .toSorted((a, b) => b.probability - a.probability);
      const prediction: Prediction = { kind: 'letter', label: 'bet', probability: 0.6, candidates };
      const { version } = status as Extract<EngineStatus, { phase: 'ready' }>;
      const receipt = {
        model: 'letters',
        version,
        fileHash: '',
        backend: 'wasm',
        preprocess: 1,
        appBuild: '',
      } as const;
      const timing = { preprocess: 0, inference: 0, total: 0 };
      return { prediction, raster, cue, inkBox: null, receipt, embedding: Float32Array.of(1, 2), timing };
    },
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry: () => undefined,
    close: () => undefined,
  };
  const become = (next: string): void => {
    status = { ...(status as Extract<EngineStatus, { phase: 'ready' }>), version: next };
    for (const listener of listeners) listener(status);
  };
  return { engine, asked, become };
}

/** What is kept on the device, over several visits. */
function deviceOf() {
  let wish: AdaptationWish = { on: false, since: '' };
  let samples: LearntSample[] = [];
  const store: AdaptationStore = {
    wish: async () => wish,
    async decide(next, forgetting) {
      wish = next;
      if (forgetting) samples = [];
    },
    samples: async (model) => samples.filter((one) => one.model === model),
    async change(model, put, remove) {
      const replaced = new Set([...remove, ...put.map(({ id }) => id)]);
      samples = [...samples.filter((one) => one.model === model && !replaced.has(one.id)), ...put];
    },
    close: () => undefined,
  };
  let heads: FeedbackHead[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const records: RecordSource = {
    ids: async () => heads.map(({ id }) => id).toReversed(),
    heads: async (ids) => ids.flatMap((id) => heads.find((head) => head.id === id) ?? []),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const keep = (label: string | null, change: Partial<FeedbackHead> = {}): void => {
    const number = heads.length;
    const time = new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString();
    const seen = { raster: inkAt(4), cue };
    const verdict = label === null ? 'unreadable' : 'corrected';
    const said = {
      predicted: 'bet',
      certainty: 0.6,
      model: 'letters@1.0.0',
      state: 'waiting',
      source: 'draw',
    } as const;
    heads = [...heads, { id: `r${number}`, revision: 0, time, seen, verdict, label, ...said, ...change }];
    tell();
  };
  const withdraw = (id: string): void => {
    heads = heads.filter((head) => head.id !== id);
    tell();
  };
  return { store, records, keep, withdraw, samples: () => samples };
}

function visit(device: ReturnType<typeof deviceOf>, model = modelOf('1.0.0')) {
  let opened = 0;
  const adaptation = createAdaptation({
    engine: model.engine,
    openStore: async () => device.store,
    openRecords: async () => {
      opened++;
      return device.records;
    },
    now: () => new Date(Date.UTC(2026, 0, 2)),
  });
  const read = () => adaptation.engine.classify(new AbortController().signal, { kind: 'ink', ink: [], line: null });
  return { adaptation, read, ...model, recordsOpened: () => opened };
}
/** Rounds are chains of promises; nothing in them waits for time. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const labelOf = ({ prediction }: Answer) => (prediction.kind === 'letter' ? prediction.label : null);

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
      now: () => new Date(0),
    });
    await adaptation.begin();
    expect(adaptation.store.getState()).toMatchObject({ on: false, failed: false });
    await adaptation.turn(true);
    expect(adaptation.store.getState()).toMatchObject({ on: false, failed: true });
  });
});
