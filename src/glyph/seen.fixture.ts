import { createHash } from 'node:crypto';
import type { Glyph, GlyphResult } from './glyph.ts';
import { glyphFromPixels } from './pixels.ts';
import type { Pixels, Raster } from './raster.ts';
import { resample, rowsOf } from './resample.ts';
import { spec } from './spec.fixture.ts';

/** A raster as a person can read it: 16 × 16, from paper (.) to ink (@), then the hash of its very bytes. */
export function seen(raster: Raster): string {
  const small = resample(rowsOf(raster), 16, 16);
  const rows: string[] = [];
  for (let y = 0; y < 16; y++) {
    let row = '';
    for (const value of small.data.subarray(y * 16, (y + 1) * 16)) row += '.:-=+*#%@'[Math.floor((value * 9) / 256)]!;
    rows.push(row);
  }
  const hash = createHash('sha256').update(raster.data).digest('hex').slice(0, 16);
  return `${rows.join('\n')}\n${hash}`;
}

export function glyphOf(result: GlyphResult): Glyph {
  if (result.kind === 'empty') throw new Error(`nothing to read: ${result.reason}`);
  return result;
}

export const read = (pixels: Pixels, invert = false): GlyphResult => glyphFromPixels(pixels, null, { invert }, spec);

/** What the model sees of a picture in which a letter is found. */
export const rasterOf = (pixels: Pixels): Raster => glyphOf(read(pixels)).raster;

/** Largest and mean difference of two rasters of one size, in levels of 255. */
export function apart(a: Raster, b: Raster): { readonly most: number; readonly mean: number } {
  let most = 0;
  let sum = 0;
  a.data.forEach((value, at) => {
    const difference = Math.abs(value - b.data[at]!);
    most = Math.max(most, difference);
    sum += difference;
  });
  return { most, mean: sum / a.data.length };
}
