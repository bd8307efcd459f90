import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer, ClassifyInput, EngineStatus } from '#inference/answer';
import { EngineError } from '#inference/engine-error';
import { createLiveReader } from './live-reader.ts';
import type { LiveReader } from './live-reader.ts';
import { stateOf } from './reading.ts';
import type { Reading } from './reading.ts';

type Request = {
  readonly input: ClassifyInput;
  readonly signal: AbortSignal;
  readonly answer: (label: string) => Promise<void>;
  readonly fail: (error: unknown) => Promise<void>;
};

const ready: EngineStatus = { phase: 'ready', model: 'm', version: '1', labels: [], backend: 'wasm', reports: [] };
const down: EngineStatus = { phase: 'failed', code: 'offline', detail: '', reports: [] };
const starting: EngineStatus = { phase: 'starting' };

let status: EngineStatus;
let requests: Request[];
let frames: (() => void)[];
let ink: number;
let reading: Reading;
let reader: LiveReader;

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const nextFrame = (): void => {
  const due = frames;
  frames = [];
  for (const callback of due) callback();
};
const inkOf = (input: ClassifyInput | undefined): number =>
  input?.kind === 'ink' ? (input.ink[0]?.length ?? 0) : Number.NaN;
const strokeOf = (length: number) => Array.from({ length }, (_, x) => ({ x, y: 0, t: x }));
const requestAt = (index: number): Request => {
  const request = requests.at(index);
  if (request === undefined) throw new Error(`no request ${index}`);
  return request;
};
const become = (next: EngineStatus): void => {
  status = next;
  reader.engineChanged(next);
};

function answerOf(label: string): Answer {
  const candidates = [{ label, probability: 0.9 }];
  return {
    prediction: { kind: 'letter', label, probability: 0.9, candidates },
    raster: null,
    cue: null,
    inkBox: null,
    receipt: { model: 'm', version: '1', fileHash: '', backend: 'wasm', preprocess: 1, appBuild: 'test' },
    embedding: null,
    timing: { preprocess: 0, inference: 0, total: 0 },
  };
}

beforeEach(() => {
  status = ready;
  requests = [];
  frames = [];
  ink = 0;
  reading = { kind: 'idle' };
  let number = 0;
  reader = createLiveReader({
    engine: {
      status: () => status,
      classify: (signal, input) =>
        new Promise((resolve, reject) => {
          const then = (settle: () => void): Promise<void> => {
            settle();
            return settled();
          };
          requests.push({
            input,
            signal,
            answer: (label) => then(() => resolve(answerOf(label))),
            fail: (error) => then(() => reject(error)),
          });
        }),
    },
    nextFrame: (callback) => frames.push(callback),
    nextRequest: () => ++number,
    input: () => (ink === 0 ? null : { kind: 'ink', ink: [strokeOf(ink)], line: null }),
    reading: () => reading,
    show: (next) => {
      reading = next;
    },
  });
});

describe('while the pen writes', () => {
  test('many movements within a frame ask once, with the newest ink', () => {
    for (ink = 1; ink < 9; ink++) reader.glance();
    nextFrame();
    expect(requests).toHaveLength(1);
    expect(inkOf(requests[0]?.input)).toBe(9);
  });

  test('a slow engine is not asked again before it answered; then it gets the newest ink', async () => {
    ink = 1;
    reader.glance();
    nextFrame();
    for (ink = 2; ink < 6; ink++) {
      reader.glance();
      nextFrame();
    }
    expect(requests).toHaveLength(1);
    await requestAt(0).answer('vav');
    expect(stateOf(reading)).toBe('ready');
    nextFrame();
    expect(requests).toHaveLength(2);
    expect(inkOf(requests[1]?.input)).toBe(6);
    expect(requestAt(0).signal.aborted).toBe(false);
  });

  test('each answer has a larger number than the one before', async () => {
    const numbers: number[] = [];
    for (ink = 1; ink < 4; ink++) {
      reader.glance();
      nextFrame();
      await requestAt(-1).answer('vav');
      if (reading.kind === 'answered') numbers.push(reading.request);
    }
    expect(numbers).toEqual([1, 2, 3]);
  });
});

describe('when the pen is lifted', () => {
  test('the older request is aborted, and its late answer is not shown', async () => {
    ink = 1;
    reader.glance();
    nextFrame();
    ink = 2;
    reader.read();
    expect(requestAt(0).signal.aborted).toBe(true);
    expect(stateOf(reading)).toBe('loading');
    await requestAt(0).answer('yod');
    expect(stateOf(reading)).toBe('loading');
    await requestAt(1).answer('nun');
    expect(reading).toMatchObject({ kind: 'answered', answer: { prediction: { label: 'nun' } } });
  });

  test('a frame that comes only after its answer does not read the same ink again', async () => {
    ink = 5;
    reader.glance();
    reader.read();
    await requestAt(0).answer('bet');
    const answered = reading;
    nextFrame();
    expect(requests).toHaveLength(1);
    expect(reading).toBe(answered);
    // The next stroke is glanced at as ever.
    reader.glance();
    nextFrame();
    expect(requests).toHaveLength(2);
  });

  test('the answer before stays in sight until the new one comes', async () => {
    ink = 1;
    reader.read();
    await requestAt(0).answer('vav');
    ink = 2;
    reader.read();
    expect(reading).toMatchObject({ kind: 'loading', last: { request: 1 } });
  });

  test('an emptied sheet is idle, whatever answer still flies', async () => {
    ink = 1;
    reader.read();
    ink = 0;
    reader.read();
    await requestAt(0).answer('vav');
    expect(reading).toEqual({ kind: 'idle' });
  });
});

describe('before the model is there', () => {
  test('ink waits, and is read as soon as the engine is ready', async () => {
    status = starting;
    ink = 3;
    reader.glance();
    nextFrame();
    reader.read();
    expect(requests).toHaveLength(0);
    expect(stateOf(reading)).toBe('loading');
    become({ phase: 'testing' });
    expect(requests).toHaveLength(0);
    become(ready);
    expect(inkOf(requests[0]?.input)).toBe(3);
    await requestAt(0).answer('gimel');
    expect(stateOf(reading)).toBe('ready');
  });

  test('an engine that cannot start says so also over an empty sheet, and the ink is read after a retry', () => {
    become(down);
    expect(reading).toEqual({ kind: 'failed', code: 'offline' });
    ink = 2;
    reader.read();
    expect(reading).toEqual({ kind: 'failed', code: 'offline' });
    become(starting);
    expect(stateOf(reading)).toBe('loading');
    become(ready);
    expect(requests).toHaveLength(1);
  });
});

describe('when the worker dies', () => {
  test('the ink is asked for once more by the fresh worker, without a button', async () => {
    ink = 4;
    reader.read();
    status = starting;
    await requestAt(0).fail(new EngineError('worker-crashed', 'gone'));
    expect(stateOf(reading)).toBe('loading');
    become(ready);
    expect(requests).toHaveLength(2);
    await requestAt(1).answer('bet');
    expect(stateOf(reading)).toBe('ready');
  });

  test('ink that kills two workers is not given to a third', async () => {
    ink = 4;
    reader.read();
    await requestAt(0).fail(new EngineError('worker-crashed', 'gone'));
    await requestAt(1).fail(new EngineError('worker-crashed', 'gone again'));
    expect(reading).toEqual({ kind: 'failed', code: 'worker-crashed' });
    become(starting);
    become(ready);
    expect(requests).toHaveLength(2);
  });

  test('also when each fresh worker has to start first', async () => {
    ink = 4;
    reader.read();
    for (const _ of [1, 2]) {
      status = starting;
      await requestAt(-1).fail(new EngineError('worker-crashed', 'gone'));
      become(ready);
    }
    expect(requests).toHaveLength(2);
    expect(reading).toEqual({ kind: 'failed', code: 'worker-crashed' });
  });

  test('the next stroke is a new beginning', async () => {
    ink = 4;
    reader.read();
    await requestAt(0).fail(new EngineError('bad-input', 'no'));
    expect(stateOf(reading)).toBe('error');
    ink = 5;
    reader.read();
    expect(stateOf(reading)).toBe('loading');
  });
});
