/** Pure: rows of a picture as it is shown, out of rows as they are stored. */
import type { Box } from '#glyph/ink';
import { boxBeforeTurn } from '#glyph/turned';
import type { Turns } from '#glyph/turned';

type Size = { readonly width: number; readonly height: number };

/** Where a band of shown rows lies in the stored picture: size is that of the picture as it is stored. */
export const storedBox = (band: Box, size: Size, turns: Turns): Box => boxBeforeTurn(band, size, turns);

/**
 * Turns the pixels of a stored box (one word each, row by row) by quarter turns clockwise, into the rows that are
 * shown. Nothing is computed, only moved, so what is read of the rows does not depend on who turned them.
 */
export function turnRows(stored: Uint32Array, { width, height }: Size, turns: Turns, shown: Uint32Array): void {
  const shownWidth = turns % 2 === 0 ? width : height;
  const shownHeight = turns % 2 === 0 ? height : width;
  // Where the first shown pixel is stored, and how far it is from there to its right and its lower neighbour.
  const [first, right, down] = {
    0: [0, 1, width],
    1: [(height - 1) * width, -width, 1],
    2: [width * height - 1, -1, -width],
    3: [width - 1, width, -1],
  }[turns] as [number, number, number];
  for (let y = 0, to = 0; y < shownHeight; y++) {
    for (let x = 0, from = first + y * down; x < shownWidth; x++, from += right) shown[to++] = stored[from]!;
  }
}
