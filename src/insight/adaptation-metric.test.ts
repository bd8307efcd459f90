import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handMetric, metricOf } from './adaptation-metric.ts';
import { offsets, rows } from './hand-metric.ts';
import { shapeOf } from './adaptation-shape.ts';

const side = 64;
/** A standing stroke that leans by so many pixels from its head to its foot. */
function stroke(left: number, top: number, foot: number, lean = 0) {
  const data = new Uint8Array(side * side);
  for (let y = top; y < foot; y++) {
    const from = y * side + left + Math.round((lean * (y - top)) / (foot - top));
    data.fill(255, from, from + 6);
  }
  return { width: side, height: side, data };
}
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('a metric', () => {
  const number = fc.integer({ min: -24, max: 24 });
  const written = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 })).chain(([places, numbers]) =>
    fc.record({
      factors: fc.array(fc.array(number, { minLength: numbers, maxLength: numbers }), {
        minLength: places,
        maxLength: places,
      }),
      means: fc.array(number, { minLength: places, maxLength: places }),
      shape: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: numbers, maxLength: numbers }),
    }),
  );

  it('reads its characters as factors, and points from the mean shape to this one', () => {
    fc.assert(
      fc.property(written, ({ factors, means, shape }) => {
        const metric = metricOf({
          rows: factors.map((row) => String.fromCharCode(...row.map((factor) => factor + 66))),
          offsets: means.join(' '),
        });
        const wanted = factors.map((row, k) => dot(row, shape) - means[k]!);
        const long = Math.hypot(...wanted);
        const place = metric(shape);
        wanted.forEach((value, k) => expect(place[k]).toBeCloseTo(long > 0 ? value / long : 0, 5));
      }),
    );
  });
});

describe('the metric for hands', () => {
  const place = (raster: Parameters<typeof shapeOf>[0]) => handMetric()(shapeOf(raster));

  it('is whole: a row of 512 characters and an offset for each of 64 numbers', () => {
    expect(rows).toHaveLength(64);
    expect(rows.filter((row) => !/^[*-Z]{512}$/.test(row))).toEqual([]);
    expect(offsets.split(' ').map(Number).filter(Number.isFinite)).toHaveLength(64);
  });
  it('lets a stroke that leans a little be the same', () => {
    const once = place(stroke(28, 6, 58));
    expect(dot(once, once)).toBeCloseTo(1);
    expect(dot(once, place(stroke(28, 6, 58, 3)))).toBeGreaterThan(0.6);
  });
  it('tells a lying stroke from a standing one', () => {
    const standing = stroke(28, 6, 58);
    const lying = {
      ...standing,
      data: standing.data.map((_, i, all) => all[(i % side) * side + Math.floor(i / side)]!),
    };
    expect(dot(place(standing), place(lying))).toBeLessThan(0.3);
  });
});
