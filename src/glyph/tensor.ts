import type { Glyph } from './glyph.ts';
import { LINE_CUE_LENGTH } from './spec.ts';
import type { PreprocessSpec } from './spec.ts';

/** What the model reads: picture is N × 1 × size × size with 0 = paper and 1 = ink, line is N × LINE_CUE_LENGTH. */
export type ModelInput = { readonly count: number; readonly picture: Float32Array; readonly line: Float32Array };

/** Lays glyphs one behind the other. Throws RangeError when a raster has not the size that the spec names. */
export function tensorOf(glyphs: readonly Glyph[], spec: PreprocessSpec): ModelInput {
  const area = spec.size * spec.size;
  const picture = new Float32Array(glyphs.length * area);
  const line = new Float32Array(glyphs.length * LINE_CUE_LENGTH);
  glyphs.forEach((glyph, n) => {
    const { data, width, height } = glyph.raster;
    if (width !== spec.size || height !== spec.size) {
      throw new RangeError(`raster is ${width} × ${height}, the preprocess spec says ${spec.size} × ${spec.size}`);
    }
    for (let i = 0; i < area; i++) picture[n * area + i] = (data[i] ?? 0) / 255;
    line.set(glyph.cue, n * LINE_CUE_LENGTH);
  });
  return { count: glyphs.length, picture, line };
}
