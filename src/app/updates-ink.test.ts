import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKeptInk } from './updates-ink.ts';

const point = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
  t: fc.nat(),
});

test('ink comes back as it was kept', () => {
  fc.assert(
    fc.property(fc.array(fc.array(point, { minLength: 1 })), (ink) => {
      const kept: unknown = JSON.parse(JSON.stringify(ink));
      expect(readKeptInk(kept)).toEqual(kept);
    }),
  );
});

test.each([
  [null],
  ['ink'],
  [[[]]],
  [[[{ x: 1 }]]],
  [[[{ x: 0, y: 0, t: -1 }]]],
  [[[{ x: 1e9, y: 0, t: 0 }]]],
  [{ 0: [] }],
])('what is no ink is a clean sheet: %j', (stored) => {
  expect(readKeptInk(stored)).toEqual([]);
});
