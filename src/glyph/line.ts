import { heightOf } from './ink.ts';
import type { Box, LineHeight, WritingLine } from './ink.ts';
import type { LineSpec } from './spec.ts';
import { LINE_CUE_LENGTH } from './spec.ts';

/**
 * Size and place of the ink against its writing line, for the model's second input:
 * [1 if the size is known, height of the ink, 1 if the place is known, how far the ink ends below the baseline], lengths
 * in heights of the line and clamped to ±limit. How far it stands above the headline follows from these: height − 1 −
 * below. What is not known is 0, which is how the model was trained to work without it.
 */
export function lineCue(box: Box, line: WritingLine | LineHeight | null, spec: LineSpec): Float32Array {
  const cue = new Float32Array(LINE_CUE_LENGTH);
  if (line === null) return cue;
  const lineHeight = 'lineHeight' in line ? line.lineHeight : line.baseline - line.headline;
  if (!(lineHeight > 0)) return cue;
  const bounded = (lengths: number): number => Math.max(-spec.limit, Math.min(spec.limit, lengths));
  cue[0] = 1;
  cue[1] = bounded(heightOf(box) / lineHeight);
  if ('lineHeight' in line) return cue;
  cue[2] = 1;
  cue[3] = bounded((box.bottom - line.baseline) / lineHeight);
  return cue;
}
