import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dice, grey, he, lamed, mapPixels, padded, picture, written } from './pictures.fixture.ts';
import { glyphFromPixels } from './pixels.ts';
import { apart, glyphOf, rasterOf, read } from './seen.fixture.ts';
import { spec } from './spec.fixture.ts';

const letterOf = fc.constantFrom(he, lamed);
const margin = fc.integer({ min: 0, max: 60 });
const someRuns = { numRuns: 30 };

describe('a picture on its way to the raster', () => {
  it('may be moved and given more paper around: the same bytes', () => {
    fc.assert(
      fc.property(letterOf, margin, margin, margin, margin, (letter, left, top, right, bottom) => {
        const cut = written(116, 116, letter(8, 8));
        const much = padded(cut, left, top, right, bottom, 235);
        expect(rasterOf(much).data).toEqual(rasterOf(cut).data);
      }),
      someRuns,
    );
  });

  it('may be enlarged by whole pixels: softer rims, hardly another letter', () => {
    fc.assert(
      fc.property(letterOf, fc.integer({ min: 2, max: 9 }), (letter, factor) => {
        const small = written(120, 120, letter(10, 10));
        const large = picture(120 * factor, 120 * factor, (x, y) =>
          grey(small.data[(Math.floor(y / factor) * 120 + Math.floor(x / factor)) * 4]!),
        );
        expect(apart(rasterOf(large), rasterOf(small)).mean).toBeLessThan(3);
      }),
      { numRuns: 12 },
    );
  });

  it('may be a negative: the same bytes', () => {
    fc.assert(
      fc.property(
        letterOf,
        margin,
        fc.integer({ min: 4, max: 14 }),
        fc.integer({ min: 0, max: 120 }),
        (letter, edge, pen, ink) => {
          const positive = written(120 + edge, 120 + edge, letter(10 + edge / 2, 10 + edge / 2), { pen, ink });
          const negative = mapPixels(positive, (value) => 255 - value);
          expect(rasterOf(negative).data).toEqual(rasterOf(positive).data);
        },
      ),
      someRuns,
    );
  });

  it('tells where the ink is, in pixels of the picture, and repeats the line', () => {
    const pixels = written(400, 300, he(120, 90), { pen: 8 });
    const line = { headline: 80, baseline: 180 };
    const glyph = glyphOf(glyphFromPixels(pixels, line, { invert: false }, spec));
    const wanted = { left: 116, top: 86, right: 224, bottom: 194 };
    for (const side of ['left', 'top', 'right', 'bottom'] as const) {
      expect(Math.abs(glyph.inkBox[side] - wanted[side])).toBeLessThanOrEqual(3);
    }
    expect(glyph.line).toBe(line);
    expect(glyph.cue[0]).toBe(1);
    expect(glyph.cue[1]).toBeCloseTo(1.08, 1);
  });

  it('is read the other way round when it is told to', () => {
    const pixels = written(120, 120, he(10, 10));
    const other = read(pixels, true);
    expect(other.kind === 'empty' || apart(other.raster, rasterOf(pixels)).mean > 20).toBe(true);
  });

  it('takes the heavier of two letters that stand far apart, or none', () => {
    const both = written(420, 160, [...he(20, 30), ...lamed(330, 50, 60)]);
    expect(apart(rasterOf(both), rasterOf(written(420, 160, he(20, 30)))).mean).toBeLessThan(3);
  });

  it('never throws, whatever the pixels and the size', () => {
    const sizes = fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })),
      fc.constantFrom<[number, number]>([1, 1], [1, 300], [300, 1], [3, 4000], [4000, 3], [257, 255]),
    );
    const kind = fc.constantFrom('noise', 'sparse', 'black', 'white', 'clear', 'checks', 'ramp');
    fc.assert(
      fc.property(sizes, kind, fc.nat(1e6), fc.boolean(), ([width, height], what, seed, invert) => {
        const roll = dice(seed);
        const pixels = picture(width, height, (x, y) => {
          switch (what) {
            case 'noise':
              return [roll() * 256, roll() * 256, roll() * 256, roll() * 256];
            case 'sparse':
              return grey(roll() < 0.05 ? 0 : 255);
            case 'black':
              return grey(0);
            case 'white':
              return grey(255);
            case 'clear':
              return [roll() * 256, 0, 0, 0];
            case 'checks':
              return grey(((x >> 2) + (y >> 2)) % 2 === 0 ? 0 : 255);
            default:
              return grey((255 * (x + y)) / (width + height));
          }
        });
        const result = read(pixels, invert);
        if (result.kind === 'empty') return;
        expect(result.raster.data).toHaveLength(spec.size * spec.size);
        expect(result.inkBox.left).toBeGreaterThanOrEqual(0);
        expect(result.inkBox.right).toBeLessThanOrEqual(width + 1e-6);
        expect(result.inkBox.bottom).toBeLessThanOrEqual(height + 1e-6);
        for (const value of result.cue) expect(value).not.toBeNaN();
      }),
      { numRuns: 150 },
    );
  });
});
