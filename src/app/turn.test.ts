import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTurn } from './turn.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function hasCome(turn: Promise<void>): Promise<boolean> {
  let come = false;
  void (async () => {
    await turn;
    come = true;
  })();
  await vi.advanceTimersByTimeAsync(0);
  return come;
}

it('a turn comes when it is said', async () => {
  const turn = createTurn(300);
  await vi.advanceTimersByTimeAsync(299);
  expect(await hasCome(turn.come)).toBe(false);
  turn.now();
  expect(await hasCome(turn.come)).toBe(true);
});

it('a turn that nobody gives comes by itself', async () => {
  const turn = createTurn(300);
  await vi.advanceTimersByTimeAsync(300);
  expect(await hasCome(turn.come)).toBe(true);
});
