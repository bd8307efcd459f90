import type { Darkening } from './darkening.ts';
import { foursOf } from './raster.ts';

/**
 * Darkening of this picture's own strokes, 0 to 255: the mean of all pixels over 0.6 of the darkest 3 × 3 patch.
 * A patch, so that one hot pixel does not set it; relative to ink alone, so that more empty paper does not change it.
 */
export function strokeLevel({ width, height, data }: Darkening): number {
  const counts = new Uint32Array(256);
  const fours = foursOf(data);
  let darkest = 0;
  for (let at = 0; at < data.length; at++) {
    // Paper, which is most of the picture and no part of any stroke.
    if ((at & 3) === 0) {
      while (fours[at >> 2] === 0) at += 4;
      if (at >= data.length) break;
    }
    const value = data[at]!;
    if (value === 0) continue;
    counts[value] = counts[value]! + 1;
    // The darkest patch has a dark middle: everything lighter than the best patch so far is passed over.
    if (value <= darkest) continue;
    const y = (at / width) | 0;
    const x = at - y * width;
    let sum = 0;
    let count = 0;
    for (let sy = Math.max(0, y - 1); sy <= Math.min(height - 1, y + 1); sy++) {
      for (let sx = Math.max(0, x - 1); sx <= Math.min(width - 1, x + 1); sx++) {
        sum += data[sy * width + sx]!;
        count++;
      }
    }
    if (sum / count > darkest) darkest = sum / count;
  }
  let sum = 0;
  let count = 0;
  for (let value = Math.floor(darkest * 0.6) + 1; value < 256; value++) {
    sum += value * counts[value]!;
    count += counts[value]!;
  }
  return count > 0 ? sum / count : 0;
}
