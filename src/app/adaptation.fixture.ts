import type { AdaptationStore, AdaptationWish, LearntSample } from '#feedback/adaptation-store';
import type { FeedbackHead } from '#feedback/outbox';
import type { Answer, ClassifyInput, EngineClient, EngineStatus, Prediction } from '#inference/answer';
import { knownHands } from '#insight/known-hands';
import { createAdaptation } from './adaptation.ts';
import type { RecordSource } from './adaptation.ts';

const names = ['alef', 'bet', 'gimel'];
const side = 16;
const inkAt = (column: number) => {
  const data = new Uint8Array(side * side);
  for (let y = 2; y < 14; y++) data.fill(255, y * side + column, y * side + column + 3);
  return { width: side, height: side, data };
};
const cue = [1, 1, 1, 0];

/** A model that takes whatever it sees for bet, by a little; what it embeds is the version's own. */
export function modelOf(version: string) {
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
export function deviceOf() {
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

export function visit(device: ReturnType<typeof deviceOf>, model = modelOf('1.0.0'), hands = knownHands()) {
  let opened = 0;
  const adaptation = createAdaptation({
    engine: model.engine,
    openStore: async () => device.store,
    openRecords: async () => {
      opened++;
      return device.records;
    },
    loadHands: async () => hands,
    now: () => new Date(Date.UTC(2026, 0, 2)),
  });
  const read = () => adaptation.engine.classify(new AbortController().signal, { kind: 'ink', ink: [], line: null });
  return { adaptation, read, ...model, recordsOpened: () => opened };
}
/** Rounds are chains of promises; nothing in them waits for time. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
export const labelOf = ({ prediction }: Answer) => (prediction.kind === 'letter' ? prediction.label : null);
