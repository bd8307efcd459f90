import { join } from 'node:path';
import { LINE_CUE_LENGTH } from '#glyph/spec';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromPixels } from '#glyph/pixels';
import { readBrightness } from '../rasters/labelled-pictures.ts';
import { photograph } from '../rasters/photographing.ts';
import { seeded, seedOf } from '../rasters/random.ts';
import { randomWarp } from '../rasters/warping.ts';
import type { RasterRow } from './raster-rows.ts';

/** As far as a camera is held askew. Photographs for training are warped by more: those imitate other hands besides. */
const ASKEW = 0.25;

/**
 * The same letters as a phone might have taken them: of any size in the frame, blurred, unevenly lit, the ink now and
 * then a pixel thicker or thinner. Each letter is a photograph of its own, which is worse than a page photographed once.
 * No line is known of them. What is not found on its photograph is left out. pictures: the folder that make.ts read.
 */
export function photographedRows(rows: readonly RasterRow[], pictures: string, spec: PreprocessSpec): RasterRow[] {
  return rows.flatMap((row) => {
    const random = seeded(seedOf(`photographed/${row.path}`));
    const brightness = readBrightness(join(pictures, row.path));
    const { width, height } = brightness;
    const warp = randomWarp(random, width / 2, height / 2, Math.max(width, height) / 2, ASKEW);
    const glyph = glyphFromPixels(photograph(brightness, null, warp, random).pixels, null, { invert: false }, spec);
    if (glyph.kind === 'empty') return [];
    return [{ ...row, raster: glyph.raster.data, cue: new Float32Array(LINE_CUE_LENGTH) }];
  });
}
