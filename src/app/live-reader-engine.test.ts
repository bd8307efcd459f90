import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineStatus } from '#inference/answer';
import { ready } from '#inference/client.fixture';
import { EngineError } from '#inference/engine-error';
import { inkOf, liveSheet } from './live-reader.fixture.ts';
import { stateOf } from './reading.ts';

const down: EngineStatus = { phase: 'failed', code: 'offline', detail: '', reports: [] };
const starting: EngineStatus = { phase: 'starting' };

let sheet: ReturnType<typeof liveSheet>;
beforeEach(() => {
  sheet = liveSheet();
});

describe('before the model is there', () => {
  test('ink waits, and is read as soon as the engine is ready', async () => {
    sheet.status = starting;
    sheet.ink = 3;
    sheet.reader.glance();
    sheet.nextFrame();
    sheet.reader.read();
    expect(sheet.requests).toHaveLength(0);
    expect(stateOf(sheet.reading)).toBe('loading');
    sheet.become({ phase: 'testing' });
    expect(sheet.requests).toHaveLength(0);
    sheet.become(ready);
    expect(inkOf(sheet.requests[0]?.input)).toBe(3);
    await sheet.requestAt(0).answer('gimel');
    expect(stateOf(sheet.reading)).toBe('ready');
  });

  test('an engine that cannot start says so also over an empty sheet, and the ink is read after a retry', () => {
    sheet.become(down);
    expect(sheet.reading).toEqual({ kind: 'failed', code: 'offline' });
    sheet.ink = 2;
    sheet.reader.read();
    expect(sheet.reading).toEqual({ kind: 'failed', code: 'offline' });
    sheet.become(starting);
    expect(stateOf(sheet.reading)).toBe('loading');
    sheet.become(ready);
    expect(sheet.requests).toHaveLength(1);
  });
});

describe('when the worker dies', () => {
  test('the ink is asked for once more by the fresh worker, without a button', async () => {
    sheet.ink = 4;
    sheet.reader.read();
    sheet.status = starting;
    await sheet.requestAt(0).fail(new EngineError('worker-crashed', 'gone'));
    expect(stateOf(sheet.reading)).toBe('loading');
    sheet.become(ready);
    expect(sheet.requests).toHaveLength(2);
    await sheet.requestAt(1).answer('bet');
    expect(stateOf(sheet.reading)).toBe('ready');
  });

  test('ink that kills two workers is not given to a third', async () => {
    sheet.ink = 4;
    sheet.reader.read();
    await sheet.requestAt(0).fail(new EngineError('worker-crashed', 'gone'));
    await sheet.requestAt(1).fail(new EngineError('worker-crashed', 'gone again'));
    expect(sheet.reading).toEqual({ kind: 'failed', code: 'worker-crashed' });
    sheet.become(starting);
    sheet.become(ready);
    expect(sheet.requests).toHaveLength(2);
  });

  test('also when each fresh worker has to start first', async () => {
    sheet.ink = 4;
    sheet.reader.read();
    for (const _ of [1, 2]) {
      sheet.status = starting;
      await sheet.requestAt(-1).fail(new EngineError('worker-crashed', 'gone'));
      sheet.become(ready);
    }
    expect(sheet.requests).toHaveLength(2);
    expect(sheet.reading).toEqual({ kind: 'failed', code: 'worker-crashed' });
  });

  test('the next stroke is a new beginning', async () => {
    sheet.ink = 4;
    sheet.reader.read();
    await sheet.requestAt(0).fail(new EngineError('bad-input', 'no'));
    expect(stateOf(sheet.reading)).toBe('error');
    sheet.ink = 5;
    sheet.reader.read();
    expect(stateOf(sheet.reading)).toBe('loading');
  });
});
