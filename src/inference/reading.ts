import type { GlyphResult } from '#glyph/glyph';
import { heightOf, widthOf } from '#glyph/ink';
import type { Box } from '#glyph/ink';
import { lookAtLater } from '#glyph/looking';
import { glyphFromPicture } from '#glyph/pixels';
import type { Raster } from '#glyph/raster';
import { LINE_CUE_LENGTH } from '#glyph/spec';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromInk } from '#glyph/strokes';
import { turned, turnedSize } from '#glyph/turned';
import type { ClassifyInput } from './answer.ts';
import { bitmapViews } from './bitmap-source.ts';
import { EngineError } from './engine-error.ts';
import { boxInBitmap, lineInPicture, wholePixels } from './picture-frame.ts';

/** A glyph, and where its ink was found in the units of the input; null when there was nothing to read. */
export type Reading = { readonly glyph: GlyphResult; readonly inkBox: Box | null };

/**
 * Raw input to the glyph that the model reads. Rejects with EngineError 'bad-input' for a crop outside the picture, and
 * for a raster that this model's preprocessing would not have made. worked: called again and again while a large picture is
 * read, each time for a part of it.
 */
export async function readInput(
  input: ClassifyInput,
  spec: PreprocessSpec,
  worked: () => void = () => undefined,
): Promise<Reading> {
  if (input.kind === 'ink') {
    const glyph = glyphFromInk(input.ink, input.line, spec);
    return { glyph, inkBox: glyph.kind === 'glyph' ? glyph.inkBox : null };
  }
  if (input.kind === 'raster') return glyphAsSeen(input.raster, input.cue, spec);
  const { bitmap, turns = 0 } = input;
  const crop = wholePixels(input.crop, bitmap);
  if (crop === null) throw new EngineError('bad-input', 'nothing of the picture lies inside the crop box');
  const size = { width: widthOf(crop), height: heightOf(crop) };
  const line = lineInPicture(input.line, crop, turns, bitmap);
  const reading = glyphFromPicture(turnedSize(size, turns), line, { invert: input.invert }, spec);
  const views = bitmapViews(bitmap, crop, worked);
  const glyph = await lookAtLater(views.show, turned(reading, size, turns)).finally(views.close);
  return { glyph, inkBox: glyph.kind === 'glyph' ? boxInBitmap(glyph.inkBox, crop, turns) : null };
}

/** What was cut out and scaled before: the ink is all of it. */
function glyphAsSeen(raster: Raster, cue: readonly number[], { size }: PreprocessSpec): Reading {
  const { width, height, data } = raster;
  if (width !== size || height !== size || data.length !== size * size || cue.length !== LINE_CUE_LENGTH) {
    throw new EngineError('bad-input', `the raster is ${width} × ${height}, this model reads ${size} × ${size}`);
  }
  const inkBox = { left: 0, top: 0, right: width, bottom: height };
  return { glyph: { kind: 'glyph', raster, cue: Float32Array.from(cue), inkBox, line: null }, inkBox };
}

/** Gives a picture's memory back; ink and rasters have none to give. */
export function release(input: ClassifyInput): void {
  if (input.kind === 'picture') input.bitmap.close();
}
