import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { firstPaint } from './first-paint-edge.ts';

const frames: (() => void)[] = [];
/** The browser comes to its next frame. */
const frame = (): void => frames.splice(0).forEach((callback) => callback());

function visit({ controller = null as object | null, hidden = false, paints = [] as readonly object[] } = {}) {
  vi.stubGlobal('navigator', { serviceWorker: { controller } });
  vi.stubGlobal('document', { hidden });
  vi.stubGlobal('performance', { getEntriesByType: () => paints });
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  const seen = { painted: false };
  void firstPaint().then(() => (seen.painted = true));
  return { seen, settled: () => vi.advanceTimersByTimeAsync(0) };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => {
  frames.length = 0;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('on a first visit the next frame is not yet painted when it is announced; the one after tells', async () => {
  const { seen, settled } = visit();
  frame();
  await settled();
  expect(seen.painted).toBe(false);
  frame();
  await settled();
  expect(seen.painted).toBe(true);
});

test.each([
  ['that the service worker brings', { controller: {} }],
  ['that nobody sees', { hidden: true }],
  ['that is painted already', { paints: [{ name: 'first-contentful-paint' }] }],
])('a page %s waits for no frame', async (_, how) => {
  const { seen, settled } = visit(how);
  await settled();
  expect(seen.painted).toBe(true);
});

test('a page that goes out of sight before its first frame starts all the same', async () => {
  const { seen } = visit();
  await vi.advanceTimersByTimeAsync(999);
  expect(seen.painted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(seen.painted).toBe(true);
});
