import type { Plane } from './extremes.ts';

/**
 * The level of a drawn sheet's paper, found without looking around every pixel: the brightest value of the plane, where
 * every square window of 2 × radius + 1 is sure to see it, and where light ink on dark is sure to be the wrong reading.
 * Null where either takes a closer look; what that would say is what is said here.
 *
 * Blocks of radius + 1 pixels stand for the windows: each window holds a block whole, and a pixel's own block lies within
 * its window. So the darkest nearby is at most as bright as the darkest of the block, and the halo that the wrong reading
 * takes for ink is at least what the blocks show of it.
 */
export function plainPaper({ width, height, data }: Plane, radius: number): number | null {
  let brightest = 0;
  for (let at = 0; at < data.length; at++) if (data[at]! > brightest) brightest = data[at]!;
  const side = radius + 1;
  let all = 0;
  let halo = 0;
  for (let top = 0; top < height; top += side) {
    const bottom = top + side < height ? top + side : height;
    for (let left = 0; left < width; left += side) {
      const right = left + side < width ? left + side : width;
      let most = 0;
      let least = brightest;
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let at = y * width + left, end = y * width + right; at < end; at++) {
          const value = data[at]!;
          if (value > most) most = value;
          if (value < least) least = value;
          sum += value;
        }
      }
      if (most < brightest) return null;
      all += sum;
      halo += sum - least * (right - left) * (bottom - top);
    }
  }
  const area = width * height;
  const ink = (brightest * area - all) / area + (brightest - meanOfBorder({ width, height, data }));
  // Far more than all roundings of the closer look amount to.
  return halo / area > ink + 0.001 ? brightest : null;
}

function meanOfBorder({ width, height, data }: Plane): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) {
      sum += data[y * width + x]!;
      count++;
    }
  }
  return sum / count;
}
