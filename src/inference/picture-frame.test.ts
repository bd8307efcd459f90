import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAt } from '#glyph/looking';
import type { Looking } from '#glyph/looking';
import type { Luma } from '#glyph/luma';
import { blankRaster } from '#glyph/raster';
import { turned, turnedSize } from '#glyph/turned';
import type { Turns } from '#glyph/turned';
import { boxInBitmap, lineInPicture, wholePixels } from './picture-frame.ts';

describe('a crop', () => {
  it('is the whole bitmap when there is none', () => {
    expect(wholePixels(null, { width: 30, height: 20 })).toEqual({ left: 0, top: 0, right: 30, bottom: 20 });
  });

  it('moves outwards to whole pixels and ends at the edge', () => {
    const crop = wholePixels({ left: -4, top: 1.9, right: 7.1, bottom: 400 }, { width: 30, height: 20 });
    expect(crop).toEqual({ left: 0, top: 1, right: 8, bottom: 20 });
  });

  it.each([
    { left: 40, top: 0, right: 50, bottom: 10 },
    { left: 5, top: 5, right: 5, bottom: 9 },
    { left: 9, top: 0, right: 2, bottom: 10 },
  ])('with nothing inside is refused: %j', (crop) => {
    expect(wholePixels(crop, { width: 30, height: 20 })).toBeNull();
  });
});

describe('a dot found in the cropped, turned picture', () => {
  it('is where it was in the bitmap, and a line through it still goes through it', () => {
    const turnsOf = fc.constantFrom<Turns>(0, 1, 2, 3);
    fc.assert(
      fc.property(fc.nat(11), fc.nat(8), turnsOf, (x, y, turns) => {
        const bitmap = { width: 12, height: 9 };
        const crop = { left: Math.min(x, 2), top: Math.min(y, 3), right: 12, bottom: 9 };
        const raster = blankRaster(12 - crop.left, 9 - crop.top);
        raster.data[(y - crop.top) * raster.width + x - crop.left] = 255;
        const { width, height } = turnedSize(raster, turns);
        const whole = (function* (): Looking<Luma> {
          return yield {
            box: { left: 0, top: 0, right: width, bottom: height },
            maxSide: 99,
            mode: 'on-white',
          } as const;
        })();
        const source = { ...raster, luma: () => ({ ...raster, translucent: false }) };
        const seen = lookAt(source, turned(whole, raster, turns));
        const at = seen.data.indexOf(255);
        const found = { left: at % seen.width, top: Math.floor(at / seen.width), right: 0, bottom: 0 };
        const box = { ...found, right: found.left + 1, bottom: found.top + 1 };
        expect(boxInBitmap(box, crop, turns)).toEqual({ left: x, top: y, right: x + 1, bottom: y + 1 });
        // The dot's upper edge in the bitmap as turned, without any crop.
        const turnedTop = { 0: y, 1: x, 2: bitmap.height - 1 - y, 3: bitmap.width - 1 - x }[turns];
        const line = lineInPicture({ headline: turnedTop, baseline: turnedTop + 1 }, crop, turns, bitmap);
        expect(line).toEqual({ headline: box.top, baseline: box.bottom });
      }),
    );
  });
});
