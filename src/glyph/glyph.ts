import type { Box, LineHeight, WritingLine } from './ink.ts';
import type { Raster } from './raster.ts';

/** Why there is nothing to read. */
export type EmptyReason =
  /** No ink at all: an untouched sheet, a white or evenly coloured picture. */
  | 'blank'
  /** Marks, but none that could be a letter: scattered specks. */
  | 'noise'
  /** Nearly everything is dark: a photograph of something else, a black picture. */
  | 'solid';

/**
 * What one input became. raster is size × size, what the model sees. cue is the size and place of the ink against
 * its writing line (see lineCue), all zeros where no line is known. inkBox is where the ink was found, in the units of
 * the input, and line repeats what was known of the writing line.
 */
export type Glyph = {
  readonly kind: 'glyph';
  readonly raster: Raster;
  readonly cue: Float32Array;
  readonly inkBox: Box;
  readonly line: WritingLine | LineHeight | null;
};

export type EmptyGlyph = { readonly kind: 'empty'; readonly reason: EmptyReason };
export type GlyphResult = Glyph | EmptyGlyph;
