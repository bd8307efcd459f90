import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { penLikeness, penOf } from './adaptation-pen.ts';

const side = 64;
/** A standing bar of ink, of this thickness in pixels. */
function bar(thickness: number, left = 20) {
  const data = new Uint8Array(side * side);
  for (let y = 4; y < 60; y++) data.fill(255, y * side + left, y * side + left + thickness);
  return { width: side, height: side, data };
}

describe('how thick the pen is', () => {
  it('is near the thickness of a long bar, wherever it stands', () => {
    for (const thickness of [4, 6, 12]) {
      expect(Math.exp(penOf(bar(thickness)))).toBeGreaterThan(0.75 * thickness);
      expect(Math.exp(penOf(bar(thickness)))).toBeLessThan(1.1 * thickness);
    }
    expect(penOf(bar(6, 30))).toBeCloseTo(penOf(bar(6)));
  });
  it('is 0 for a raster without ink', () => {
    expect(penOf({ width: side, height: side, data: new Uint8Array(side * side) })).toBe(0);
  });
  it('is the more alike the nearer, and the same both ways', () => {
    expect(penLikeness(1, 1)).toBe(1);
    const pens = fc.double({ min: -1, max: 4, noNaN: true });
    fc.assert(
      fc.property(pens, pens, (a, b) => {
        expect(penLikeness(a, b)).toBe(penLikeness(b, a));
        expect(penLikeness(a, a + (b - a) / 2)).toBeGreaterThanOrEqual(penLikeness(a, b));
      }),
    );
  });
});
