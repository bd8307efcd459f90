/** How thick the pen is against the letter: what a picture says of a letter's size where no writing line is known. */

/** As Raster of #glyph/raster: one byte a pixel, 255 = ink. */
type InkRaster = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/**
 * The logarithm of the ink's thickness in pixels: twice its area by the length of its edges. A raster holds every letter
 * equally large, so of letters that one pen wrote the small ones are the thick ones, and a י is told from a ו or a ן that
 * looks the same. 0 for an empty raster.
 */
export function penOf({ width, height, data }: InkRaster): number {
  let area = 0;
  let edges = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      area += data[at] ?? 0;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) continue;
      const across = (data[at + 1] ?? 0) - (data[at - 1] ?? 0);
      const down = (data[at + width] ?? 0) - (data[at - width] ?? 0);
      edges += Math.sqrt(across * across + down * down) / 2;
    }
  }
  return edges > 0 ? Math.log((2 * area) / edges) : 0;
}

/** How far two thicknesses may lie apart, as logarithms, and still be one letter's. */
const WIDTH = 0.3;

/** 1 for the same thickness, towards 0 for others. */
export const penLikeness = (a: number, b: number): number => Math.exp(-((a - b) ** 2) / (2 * WIDTH * WIDTH));
