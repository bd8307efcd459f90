import { glyphFromPixels } from '#glyph/pixels';
import type { Box, LineHeight, WritingLine } from '#glyph/ink';
import type { Pixels, Raster } from '#glyph/raster';
import type { PreprocessSpec } from '#glyph/spec';

/** Grey to RGBA, as an image decoder would give it. */
export function pixelsOf({ width, height, data }: Raster): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < data.length; i++) rgba[i * 4] = rgba[i * 4 + 1] = rgba[i * 4 + 2] = data[i]!;
  return { width, height, data: rgba };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Fewer neighbours than this say nothing about a line. */
const FEWEST = 12;

/**
 * The line that a writer keeps in the boxes of a form, where none is printed: most letters fill the space between
 * headline and baseline, so the medians of their tops and bottoms are those two. It uses no labels, only neighbours, as
 * a page would.
 */
export function lineOfNeighbours(boxes: readonly Box[]): WritingLine | null {
  if (boxes.length < FEWEST) return null;
  const headline = median(boxes.map(({ top }) => top));
  const baseline = median(boxes.map(({ bottom }) => bottom));
  return baseline > headline ? { headline, baseline } : null;
}

/** Letters cut out one by one keep their size, as long as one scanner saw them all, but not their place. */
export function heightOfNeighbours(boxes: readonly Box[]): LineHeight | null {
  if (boxes.length < FEWEST) return null;
  return { lineHeight: median(boxes.map(({ top, bottom }) => bottom - top)) };
}

/** Where the ink of a scan lies, in its pixels; null when nothing was found. */
export function inkBoxOf(brightness: Raster, spec: PreprocessSpec): Box | null {
  const found = glyphFromPixels(pixelsOf(brightness), null, { invert: false }, spec);
  return found.kind === 'glyph' ? found.inkBox : null;
}
