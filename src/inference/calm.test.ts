import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCalm } from './calm.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Milliseconds until it comes, when answers are given at those times. */
async function comesAfter(...answers: readonly number[]): Promise<number> {
  const calm = createCalm();
  let hasCome = false;
  void calm.come.then(() => (hasCome = true));
  for (let ms = 0; ; ms += 100) {
    if (answers.includes(ms)) calm.answered();
    await vi.advanceTimersByTimeAsync(0);
    if (hasCome) return ms;
    await vi.advanceTimersByTimeAsync(100);
  }
}

it('comes a second after the first answer', async () => {
  expect(await comesAfter(400)).toBe(1400);
});

it('is put off while answers follow each other, as they do under the pen', async () => {
  expect(await comesAfter(400, 500, 900)).toBe(1900);
});

it('comes three seconds after the start, whether nothing is asked or all the time', async () => {
  expect(await comesAfter()).toBe(3000);
  expect(await comesAfter(500, 1400, 2300, 2900)).toBe(3000);
});
