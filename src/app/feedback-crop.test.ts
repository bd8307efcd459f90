import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Box } from '#glyph/ink';
import type { Turns } from '#glyph/turned';
import { recordCrop } from './feedback-crop.ts';

const photo = { width: 4000, height: 3000 };

test('of a photo of a desk only the letter and a little paper are kept', () => {
  const { box, drawn } = recordCrop(photo, null, { left: 1000, top: 800, right: 1200, bottom: 900 }, 0);
  expect(box).toEqual({ left: 950, top: 750, right: 1250, bottom: 950 });
  expect(drawn).toEqual({ width: 256, height: 170 });
});

test('where no letter was found, it is what was read', () => {
  const crop = { left: 10, top: 20, right: 110, bottom: 70 };
  expect(recordCrop(photo, crop, null, 0)).toMatchObject({ box: crop, drawn: { width: 100, height: 50 } });
  expect(recordCrop(photo, null, null, 0)).toMatchObject({ drawn: { width: 256, height: 192 } });
});

test('a small picture is not blown up', () => {
  expect(recordCrop({ width: 30, height: 8 }, null, null, 1).drawn).toEqual({ width: 30, height: 8 });
});

test('whatever is asked, it is bounded, not empty, and nothing beyond the crop', () => {
  const span = (length: number) =>
    fc.tuple(fc.nat(length - 1), fc.nat(length - 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
  const boxIn = (width: number, height: number) =>
    fc.tuple(span(width), span(height)).map(([[left, right], [top, bottom]]): Box => ({ left, top, right, bottom }));
  const sizes = fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) });
  const cases = sizes.chain((size) =>
    fc.record({
      size: fc.constant(size),
      crop: fc.option(boxIn(size.width, size.height)),
      ink: fc.option(boxIn(size.width, size.height)),
      turns: fc.constantFrom<Turns>(0, 1, 2, 3),
    }),
  );
  fc.assert(
    fc.property(cases, ({ size, crop, ink, turns }) => {
      const { box, drawn } = recordCrop(size, crop, ink, turns);
      const limit = crop ?? { left: 0, top: 0, right: size.width, bottom: size.height };
      expect(box.left).toBeGreaterThanOrEqual(limit.left);
      expect(box.top).toBeGreaterThanOrEqual(limit.top);
      expect(box.right).toBeLessThanOrEqual(limit.right);
      expect(box.bottom).toBeLessThanOrEqual(limit.bottom);
      expect(box.right).toBeGreaterThan(box.left);
      expect(box.bottom).toBeGreaterThan(box.top);
      for (const side of [drawn.width, drawn.height]) {
        expect(side).toBeGreaterThanOrEqual(1);
        expect(side).toBeLessThanOrEqual(256);
      }
    }),
  );
});
