/** Pure: between the pixels of a bitmap as it came and the cropped, turned picture that is read. */
import type { Box, WritingLine } from '#glyph/ink';
import { heightOf, widthOf } from '#glyph/ink';
import { boxBeforeTurn } from '#glyph/turned';
import type { Turns } from '#glyph/turned';

type Size = { readonly width: number; readonly height: number };

/**
 * The crop in whole pixels of the bitmap, its edges moved outwards and never past the bitmap's; the whole bitmap for
 * null. Null when nothing of the bitmap is left inside.
 */
export function wholePixels(crop: Box | null, { width, height }: Size): Box | null {
  const box = {
    left: Math.max(0, Math.floor(crop?.left ?? 0)),
    top: Math.max(0, Math.floor(crop?.top ?? 0)),
    right: Math.min(width, Math.ceil(crop?.right ?? width)),
    bottom: Math.min(height, Math.ceil(crop?.bottom ?? height)),
  };
  return box.right > box.left && box.bottom > box.top ? box : null;
}

/** A box found in the cropped, turned picture, in pixels of the bitmap. */
export function boxInBitmap(box: Box, crop: Box, turns: Turns): Box {
  const { left, top, right, bottom } = boxBeforeTurn(box, { width: widthOf(crop), height: heightOf(crop) }, turns);
  return {
    left: left + crop.left,
    top: top + crop.top,
    right: right + crop.left,
    bottom: bottom + crop.top,
  };
}

/** A writing line of the turned, uncropped bitmap, as it lies in the cropped, turned picture. */
export function lineInPicture(line: WritingLine | null, crop: Box, turns: Turns, bitmap: Size): WritingLine | null {
  if (line === null) return null;
  const top = { 0: crop.top, 1: crop.left, 2: bitmap.height - crop.bottom, 3: bitmap.width - crop.right }[turns];
  return { headline: line.headline - top, baseline: line.baseline - top };
}
