/**
 * What a pen leaves behind. Coordinates are CSS pixels of the drawing surface, x to the right and y down;
 * t is milliseconds since the first point of the ink. Nothing here depends on the screen: the preprocessing
 * divides every length by the size of the ink itself.
 */
export type Point = { readonly x: number; readonly y: number; readonly t: number };

/** One pen-down to pen-up. */
export type Stroke = readonly Point[];

/** All strokes of one glyph, in the order in which they were written. */
export type Ink = readonly Stroke[];

/**
 * The ruled line that a glyph stands on, in the units and origin of the ink or picture it goes with.
 * headline is the y of the upper rule and baseline the y of the lower one; baseline > headline.
 */
export type WritingLine = { readonly headline: number; readonly baseline: number };

/**
 * All that is known of the line where a letter was cut out of its page: its height, from the letters beside it, in the
 * units of the ink or picture.
 */
export type LineHeight = { readonly lineHeight: number };

/** Half-open box: right and bottom are the first coordinates outside. */
export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

export const widthOf = (box: Box): number => box.right - box.left;
export const heightOf = (box: Box): number => box.bottom - box.top;

/** The smallest box around both. */
export const unionOf = (a: Box, b: Box): Box => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/** The smallest box around all points of the ink, or null when there is no point (or none with finite numbers). */
export function boxOfInk(ink: Ink): Box | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const stroke of ink) {
    for (const { x, y } of stroke) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return right >= left ? { left, top, right, bottom } : null;
}
