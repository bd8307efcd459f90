import { afterEach, expect, test, vi } from 'vitest';
import { breathe } from './breath.ts';

afterEach(() => void vi.unstubAllGlobals());

test('what waited for its turn has it before the work goes on', async () => {
  const order: string[] = [];
  setTimeout(() => order.push('waited'), 0);
  await breathe();
  order.push('went on');
  expect(order).toEqual(['waited', 'went on']);
});

test('a browser that lets work go on before less urgent work is asked to', async () => {
  const asked = vi.fn<() => Promise<void>>(() => Promise.resolve());
  vi.stubGlobal('scheduler', { yield: asked });
  await breathe();
  expect(asked).toHaveBeenCalledOnce();
});
