import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReducer, pixelsSource } from './luma.ts';
import type { LumaMode } from './luma.ts';
import { dice, grey, picture } from './pictures.fixture.ts';
import type { Pixels } from './raster.ts';
import { resample, rowsOf } from './resample.ts';

const side = fc.integer({ min: 1, max: 70 });
const limit = fc.integer({ min: 1, max: 40 });
const shade = fc.integer({ min: 0, max: 255 });

function grain(width: number, height: number, seed: number): Pixels['data'] {
  const roll = dice(seed);
  return picture(width, height, () => [roll() * 255, roll() * 255, roll() * 255, roll() < 0.7 ? 255 : roll() * 255])
    .data;
}

function reduce(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number, most: number, mode: LumaMode) {
  const reducer = createReducer(width, height, most, mode);
  reducer.addRows(rgba);
  return reducer.finish();
}

describe('reducing a picture', () => {
  it('makes of one brightness that brightness, at any size', () => {
    fc.assert(
      fc.property(side, side, limit, shade, (width, height, most, value) => {
        const { data } = reduce(picture(width, height, () => grey(value)).data, width, height, most, 'on-white');
        expect(data.every((one) => one === value)).toBe(true);
      }),
    );
  });

  it('gives the same however the rows arrive, and wherever they lie in memory', () => {
    fc.assert(
      fc.property(
        side,
        side,
        limit,
        fc.nat(1e6),
        fc.array(fc.integer({ min: 1, max: 9 })),
        fc.nat(7),
        (w, h, most, seed, chunks, shift) => {
          const rgba = grain(w, h, seed);
          for (const mode of ['on-white', 'opacity'] as const) {
            const whole = reduce(rgba, w, h, most, mode);
            const reducer = createReducer(w, h, most, mode);
            let row = 0;
            for (const rows of [...chunks, h]) {
              // A view that begins at an odd byte, as a part of a file may.
              const part = rgba.subarray(row * w * 4, (row + rows) * w * 4);
              const moved = new Uint8Array(part.length + shift).subarray(shift);
              moved.set(part);
              reducer.addRows(moved);
              row = Math.min(h, row + rows);
            }
            expect(reducer.finish()).toEqual(whole);
          }
        },
      ),
    );
  });

  it('is within one level of the exact mean over each area', () => {
    fc.assert(
      fc.property(side, side, limit, fc.nat(1e6), (width, height, most, seed) => {
        const rgba = grain(width, height, seed);
        const bright = reduce(rgba, width, height, 4096, 'on-white').data;
        const small = reduce(rgba, width, height, most, 'on-white');
        const overlap = (i: number, out: number, at: number, length: number): number =>
          Math.max(0, Math.min(i + 1, ((at + 1) * length) / out) - Math.max(i, (at * length) / out)) * (out / length);
        for (let oy = 0; oy < small.height; oy++) {
          for (let ox = 0; ox < small.width; ox++) {
            let exact = 0;
            for (let y = 0; y < height; y++) {
              const down = overlap(y, small.height, oy, height);
              if (down === 0) continue;
              for (let x = 0; x < width; x++)
                exact += bright[y * width + x]! * down * overlap(x, small.width, ox, width);
            }
            expect(Math.abs(small.data[oy * small.width + ox]! - exact)).toBeLessThanOrEqual(0.51);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is exact on a drawn sheet, which goes from run to run', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.array(fc.array(fc.tuple(shade, side)), { minLength: 1 }),
        (by, rows) => {
          const width = 24 * by;
          const runs = rows.flatMap((row) => Array.from({ length: by }, () => row));
          const line = (row: (typeof rows)[number]): readonly number[] => [
            ...row.flatMap(([value, run]) => Array.from({ length: run }, () => value)),
            ...Array.from({ length: width }, () => 255),
          ];
          const lines = runs.map(line);
          const { data } = picture(width, lines.length, (x, y) => grey(lines[y]![x]!));
          const exact = rows.flatMap((_, y) =>
            Array.from({ length: 24 }, (_none, x) => {
              const all = lines[y * by]!.slice(x * by, (x + 1) * by);
              return Math.floor(all.reduce((sum, value) => sum + value, 0) / by + 0.5);
            }),
          );
          fc.pre(lines.length <= width);
          expect([...reduce(data, width, lines.length, 24, 'on-white').data]).toEqual(exact);
        },
      ),
    );
  });

  it('knows whether the paper shows through', () => {
    expect(reduce(picture(3, 3, () => grey(9)).data, 3, 3, 2, 'on-white').translucent).toBe(false);
    expect(reduce(picture(3, 3, (x) => [9, 9, 9, x === 2 ? 254 : 255]).data, 3, 3, 2, 'on-white').translucent).toBe(
      true,
    );
    expect([...reduce(picture(2, 1, (x) => [0, 0, 0, x * 51]).data, 2, 1, 2, 'on-white').data]).toEqual([255, 204]);
    expect([...reduce(picture(2, 1, (x) => [255, 255, 255, x * 51]).data, 2, 1, 2, 'opacity').data]).toEqual([
      255, 204,
    ]);
  });

  it('refuses pixels that are not there', () => {
    expect(() => pixelsSource({ width: 4, height: 4, data: new Uint8Array(63) })).toThrow(RangeError);
    const reducer = createReducer(4, 4, 2, 'on-white');
    reducer.addRows(new Uint8Array(3 * 16));
    expect(() => reducer.finish()).toThrow('expected 4 rows, got 3');
  });

  it('gives of a box what a picture of that box alone gives', () => {
    const rgba = grain(40, 30, 3);
    const box = { left: 7, top: 5, right: 31, bottom: 24 };
    const alone = picture(
      24,
      19,
      (x, y) => [...rgba.subarray(((y + 5) * 40 + x + 7) * 4).subarray(0, 4)] as never,
    ).data;
    const source = pixelsSource({ width: 40, height: 30, data: rgba });
    expect(source.luma(box, 10, 'on-white')).toEqual(reduce(alone, 24, 19, 10, 'on-white'));
  });
});

describe('scaling the ink', () => {
  it('keeps the mean when shrinking, and one shade at any size', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 64 }),
        fc.nat(1e6),
        fc.constantFrom(1, 0.1, 0.01),
        (w, h, ow, oh, seed, inked) => {
          const roll = dice(seed);
          const ink = (): number => (roll() < inked ? roll() * 256 : 0);
          const source = { width: w, height: h, data: Uint8Array.from({ length: w * h }, ink) };
          const out = resample(rowsOf(source), ow, oh);
          const mean = (data: Uint8Array): number => data.reduce((sum, value) => sum + value, 0) / data.length;
          // Every target pixel rounds by at most half a level.
          expect(Math.abs(mean(out.data) - mean(source.data))).toBeLessThanOrEqual(0.51);
          const flat = resample(rowsOf({ width: w, height: h, data: new Uint8Array(w * h).fill(201) }), ow, oh);
          expect(flat.data.every((value) => value === 201)).toBe(true);
        },
      ),
    );
  });

  it('changes nothing at the same size but the softness of its own pixels', () => {
    const step = resample(rowsOf({ width: 6, height: 1, data: Uint8Array.of(0, 0, 0, 255, 255, 255) }), 3, 1);
    expect([...step.data]).toEqual([0, 128, 255]);
  });
});
