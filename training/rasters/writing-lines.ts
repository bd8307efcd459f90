import { glyphFromPixels } from '#glyph/pixels';
import type { Box, WritingLine } from '#glyph/ink';
import type { Pixels, Raster } from '#glyph/raster';
import type { PreprocessSpec } from '#glyph/spec';

/** Grey to RGBA, as an image decoder would give it. */
export function pixelsOf({ width, height, data }: Raster): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < data.length; i++) rgba[i * 4] = rgba[i * 4 + 1] = rgba[i * 4 + 2] = data[i]!;
  return { width, height, data: rgba };
}

/**
 * The line that a writer keeps in the boxes of a form, where none is printed: most letters fill the space between
 * headline and baseline, so the medians of their tops and bottoms are those two. It uses no labels, only neighbours, as
 * a page would. null when fewer than 12 boxes hold ink.
 */
export function lineOfNeighbours(boxes: readonly Box[]): WritingLine | null {
  if (boxes.length < 12) return null;
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
  const headline = median(boxes.map(({ top }) => top));
  const baseline = median(boxes.map(({ bottom }) => bottom));
  return baseline > headline ? { headline, baseline } : null;
}

/** Where the ink of a scan lies, in its pixels; null when nothing was found. */
export function inkBoxOf(brightness: Raster, spec: PreprocessSpec): Box | null {
  const found = glyphFromPixels(pixelsOf(brightness), null, { invert: false }, spec);
  return found.kind === 'glyph' ? found.inkBox : null;
}
