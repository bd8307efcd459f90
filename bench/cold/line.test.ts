import { expect, test } from 'vitest';
import { Line } from './line.ts';

const fast = { roundTrip: 30, bytesPerSecond: 500_000 };
const took = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const never = () => false;

test('an answer takes one round trip and its bytes, and arrives whole and in order', async () => {
  const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => i % 251);
  const got: number[] = [];
  const ms = await took(() => new Line(fast).send(bytes, (piece) => got.push(...piece), never));
  expect(Uint8Array.from(got)).toEqual(bytes);
  expect(ms).toBeGreaterThan(30 + 90);
});

test('two answers share the line: together they take as long as one after the other', async () => {
  const line = new Line(fast);
  const bytes = new Uint8Array(40_000);
  const ms = await took(() =>
    Promise.all([line.send(bytes, () => undefined, never), line.send(bytes, () => undefined, never)]),
  );
  expect(ms).toBeGreaterThan(30 + 150);
});

test('what nobody listens to any more does not hold up what comes next', async () => {
  const line = new Line(fast);
  let gone = false;
  const first = line.send(
    new Uint8Array(5_000_000),
    () => (gone = true),
    () => gone,
  );
  await first;
  expect(await took(() => line.send(new Uint8Array(1000), () => undefined, never))).toBeLessThan(8000);
});
