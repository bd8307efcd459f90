import { centred, cutOut } from './cut-out.ts';
import { findInk } from './finding.ts';
import type { Found, PictureOptions } from './finding.ts';
import type { GlyphResult } from './glyph.ts';
import { heightOf, widthOf } from './ink.ts';
import type { Box, LineHeight, WritingLine } from './ink.ts';
import { lineCue } from './line.ts';
import { lookAt } from './looking.ts';
import type { Looking } from './looking.ts';
import { pixelsSource } from './luma.ts';
import type { Pixels } from './raster.ts';
import { resample } from './resample.ts';
import type { PictureSpec, PreprocessSpec } from './spec.ts';

type Size = { readonly width: number; readonly height: number };

/**
 * A picture in memory to the raster that the model reads. line is in pixels of the picture.
 * Throws RangeError when the pixels are fewer than width × height says.
 */
export function glyphFromPixels(
  pixels: Pixels,
  line: WritingLine | LineHeight | null,
  options: PictureOptions,
  spec: PreprocessSpec,
): GlyphResult {
  return lookAt(pixelsSource(pixels), glyphFromPicture(pixels, line, options, spec));
}

/**
 * The same for a picture of this size that is seen in parts: paper, shadow, specks and frames are taken away, what is left of the
 * ink is cut out, scaled to spec.inkSize with its aspect kept, and centred.
 */
export function* glyphFromPicture(
  size: Size,
  line: WritingLine | LineHeight | null,
  options: PictureOptions,
  spec: PreprocessSpec,
): Looking<GlyphResult> {
  const whole = { left: 0, top: 0, right: size.width, bottom: size.height };
  if (size.width < 1 || size.height < 1) return { kind: 'empty', reason: 'blank' };
  let found = yield* findInk(whole, options, spec.picture);
  if (found.kind === 'empty') return found;
  const closer = closerBox(found, size, spec.picture);
  if (closer !== null) {
    const again = yield* findInk(closer, options, spec.picture);
    if (again.kind === 'found') found = again;
  }
  const cut = cutOut(found, spec.picture.fullInk * found.level);
  const scale = spec.inkSize / Math.max(cut.width, cut.height);
  const inkWidth = Math.max(1, Math.round(cut.width * scale));
  const inkHeight = Math.max(1, Math.round(cut.height * scale));
  const raster = centred(resample(cut, inkWidth, inkHeight), spec.size);
  return { kind: 'glyph', raster, cue: lineCue(found.inkBox, line, spec.line), inkBox: found.inkBox, line };
}

/** Where to look again when the letter is small in a picture that had to be reduced; null when once is enough. */
function closerBox(found: Found, size: Size, spec: PictureSpec): Box | null {
  if (found.reduction <= 1) return null;
  const side = Math.max(widthOf(found.inkBox), heightOf(found.inkBox));
  if (side / found.reduction >= spec.closerLook * spec.workingSize) return null;
  const margin = side / 2 + found.reduction;
  const box = {
    left: Math.max(0, Math.floor(found.inkBox.left - margin)),
    top: Math.max(0, Math.floor(found.inkBox.top - margin)),
    right: Math.min(size.width, Math.ceil(found.inkBox.right + margin)),
    bottom: Math.min(size.height, Math.ceil(found.inkBox.bottom + margin)),
  };
  return box;
}
