import { describe, expect, it } from 'vitest';
import type { Glyph } from './glyph.ts';
import { blankRaster } from './raster.ts';
import { spec } from './spec.fixture.ts';
import { tensorOf } from './tensor.ts';

function glyph(side: number, shade: number, cue: readonly number[]): Glyph {
  const raster = blankRaster(side, side);
  raster.data.fill(shade);
  const inkBox = { left: 0, top: 0, right: 1, bottom: 1 };
  return { kind: 'glyph', raster, cue: Float32Array.from(cue), inkBox, line: null };
}

describe('glyphs on their way to the model', () => {
  it('lie one behind the other, paper 0 and ink 1, each with its own line', () => {
    const first = glyph(spec.size, 0, [0, 0, 0, 0]);
    const second = glyph(spec.size, 255, [1, 0.5, -0.25, 0.125]);
    const { count, picture, line } = tensorOf([first, second], spec);
    const area = spec.size * spec.size;
    expect(count).toBe(2);
    expect(picture).toHaveLength(2 * area);
    expect([picture[0], picture[area - 1], picture[area], picture[2 * area - 1]]).toEqual([0, 0, 1, 1]);
    expect([...line]).toEqual([0, 0, 0, 0, 1, 0.5, -0.25, 0.125]);
  });

  it('are refused when they have not the size that the model reads', () => {
    expect(() => tensorOf([glyph(spec.size - 1, 0, [0, 0, 0, 0])], spec)).toThrow(RangeError);
  });
});
