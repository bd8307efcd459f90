import { beforeEach, describe, expect, test } from 'vitest';
import { inkOf, liveSheet } from './live-reader.fixture.ts';
import { stateOf } from './reading.ts';

let sheet: ReturnType<typeof liveSheet>;
beforeEach(() => {
  sheet = liveSheet();
});

describe('while the pen writes', () => {
  test('many movements within a frame ask once, with the newest ink', () => {
    for (sheet.ink = 1; sheet.ink < 9; sheet.ink++) sheet.reader.glance();
    sheet.nextFrame();
    expect(sheet.requests).toHaveLength(1);
    expect(inkOf(sheet.requests[0]?.input)).toBe(9);
  });

  test('a slow engine is not asked again before it answered; then it gets the newest ink', async () => {
    sheet.ink = 1;
    sheet.reader.glance();
    sheet.nextFrame();
    for (sheet.ink = 2; sheet.ink < 6; sheet.ink++) {
      sheet.reader.glance();
      sheet.nextFrame();
    }
    expect(sheet.requests).toHaveLength(1);
    await sheet.requestAt(0).answer('vav');
    expect(stateOf(sheet.reading)).toBe('ready');
    sheet.nextFrame();
    expect(sheet.requests).toHaveLength(2);
    expect(inkOf(sheet.requests[1]?.input)).toBe(6);
    expect(sheet.requestAt(0).signal.aborted).toBe(false);
  });

  test('each answer has a larger number than the one before', async () => {
    const numbers: number[] = [];
    for (sheet.ink = 1; sheet.ink < 4; sheet.ink++) {
      sheet.reader.glance();
      sheet.nextFrame();
      await sheet.requestAt(-1).answer('vav');
      if (sheet.reading.kind === 'answered') numbers.push(sheet.reading.request);
    }
    expect(numbers).toEqual([1, 2, 3]);
  });
});

describe('when the pen is lifted', () => {
  test('the older request is aborted, and its late answer is not shown', async () => {
    sheet.ink = 1;
    sheet.reader.glance();
    sheet.nextFrame();
    sheet.ink = 2;
    sheet.reader.read();
    expect(sheet.requestAt(0).signal.aborted).toBe(true);
    expect(stateOf(sheet.reading)).toBe('loading');
    await sheet.requestAt(0).answer('yod');
    expect(stateOf(sheet.reading)).toBe('loading');
    await sheet.requestAt(1).answer('nun');
    expect(sheet.reading).toMatchObject({ kind: 'answered', answer: { prediction: { label: 'nun' } } });
  });

  test('a frame that comes only after its answer does not read the same ink again', async () => {
    sheet.ink = 5;
    sheet.reader.glance();
    sheet.reader.read();
    await sheet.requestAt(0).answer('bet');
    const answered = sheet.reading;
    sheet.nextFrame();
    expect(sheet.requests).toHaveLength(1);
    expect(sheet.reading).toBe(answered);
    // The next stroke is glanced at as ever.
    sheet.reader.glance();
    sheet.nextFrame();
    expect(sheet.requests).toHaveLength(2);
  });

  test('the answer before stays in sight until the new one comes', async () => {
    sheet.ink = 1;
    sheet.reader.read();
    await sheet.requestAt(0).answer('vav');
    sheet.ink = 2;
    sheet.reader.read();
    expect(sheet.reading).toMatchObject({ kind: 'loading', last: { request: 1 } });
  });

  test('an emptied sheet is idle, whatever answer still flies', async () => {
    sheet.ink = 1;
    sheet.reader.read();
    sheet.ink = 0;
    sheet.reader.read();
    await sheet.requestAt(0).answer('vav');
    expect(sheet.reading).toEqual({ kind: 'idle' });
  });
});
