import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { against, againstFlat } from './darkening.ts';

const luma = (width: number, data: Uint8Array) => ({ width, height: data.length / width, data, translucent: false });

describe('what is darker than its paper', () => {
  it('is the same for paper of one level, whether it is read from a table or between pixels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.nat(255)),
        fc.float({ min: 0, max: 255, noNaN: true }),
        fc.boolean(),
        (width, height, shades, level, inverted) => {
          // Half of it is paper, as most of a sheet is.
          const data = Uint8Array.from({ length: width * height }, (_, at) =>
            at % 16 < 8 ? level : Number(shades.next().value),
          );
          const paper = { width: 2, height: 3, data: new Float32Array(6).fill(level) };
          expect(againstFlat(luma(width, data), level, inverted)).toEqual(against(luma(width, data), paper, inverted));
        },
      ),
    );
  });

  it('counts from the paper to black, and the other way round for light ink', () => {
    const shades = luma(5, Uint8Array.of(255, 200, 150, 100, 0));
    expect([...againstFlat(shades, 200, false).data]).toEqual([0, 0, 64, 128, 255]);
    expect([...againstFlat(shades, 200, true).data]).toEqual([255, 185, 121, 57, 0]);
  });
});
