import { heightOf } from './ink.ts';
import type { Box, WritingLine } from './ink.ts';
import type { LineSpec } from './spec.ts';
import { LINE_CUE_LENGTH } from './spec.ts';

/**
 * Size and place of the ink against its writing line, for the model's second input:
 * [known (0 or 1), height, top above the headline, bottom below the baseline], the last three in heights of the line
 * and clamped to ±limit. All zeros when no line is known, which is how the model was trained to work without it.
 */
export function lineCue(box: Box, line: WritingLine | null, spec: LineSpec): Float32Array {
  const cue = new Float32Array(LINE_CUE_LENGTH);
  if (line === null) return cue;
  const lineHeight = line.baseline - line.headline;
  if (!(lineHeight > 0)) return cue;
  const bounded = (lengths: number): number => Math.max(-spec.limit, Math.min(spec.limit, lengths));
  cue[0] = 1;
  cue[1] = bounded(heightOf(box) / lineHeight);
  cue[2] = bounded((line.headline - box.top) / lineHeight);
  cue[3] = bounded((box.bottom - line.baseline) / lineHeight);
  return cue;
}
