import type { Raster } from './raster.ts';

/** A raster that is made while it is read: row by row, from the top down, each row valid until the next is asked for. */
export type RasterRows = {
  readonly width: number;
  readonly height: number;
  readonly row: (y: number) => Uint8Array;
};

/** A raster that is there already, as rows. */
export const rowsOf = ({ width, height, data }: Raster): RasterRows => ({
  width,
  height,
  row: (y) => data.subarray(y * width, (y + 1) * width),
});

/**
 * Scales width × height values to outWidth × outHeight by averaging over the exact area of every target pixel.
 * The source is read as a surface that is linear between pixel centres: when shrinking this is area averaging,
 * when enlarging it is smooth instead of blocky, and the one turns into the other without a step.
 */
export function resample({ width, height, row: rowAt }: RasterRows, outWidth: number, outHeight: number): Raster {
  const across = weights(width, outWidth);
  const down = weights(height, outHeight);
  const wide = new Float32Array(outWidth);
  const inkBefore = new Uint16Array(width + 1);
  const sums = new Float64Array(outWidth * outHeight);
  for (let y = 0, oldest = 0; y < height; y++) {
    const row = rowAt(y);
    if (!squeeze(row, across, inkBefore, wide)) continue;
    while (lastOf(down, oldest) < y) oldest++;
    for (let i = oldest; i < outHeight && down.first[i]! <= y; i++) {
      const weight = down.weight[down.start[i]! + y - down.first[i]!]!;
      const at = i * outWidth;
      for (let x = 0; x < outWidth; x++) sums[at + x] = sums[at + x]! + wide[x]! * weight;
    }
  }
  const out = new Uint8Array(outWidth * outHeight);
  for (let at = 0; at < out.length; at++) out[at] = Math.round(sums[at]!);
  return { width: outWidth, height: outHeight, data: out };
}

/** One row, scaled; false, with nothing written, where there is no ink in it, as in most of every letter's box. */
function squeeze(row: Uint8Array, across: Weights, inkBefore: Uint16Array, wide: Float32Array): boolean {
  const { first, start, weight } = across;
  let ink = 0;
  for (let x = 0; x < row.length; x++) {
    if (row[x] !== 0) ink++;
    inkBefore[x + 1] = ink;
  }
  if (ink === 0) return false;
  for (let x = 0; x < wide.length; x++) {
    const from = first[x]!;
    const begin = start[x]!;
    const end = start[x + 1]!;
    let sum = 0;
    if (inkBefore[from] !== inkBefore[from + end - begin]) {
      for (let k = begin, at = from; k < end; k++, at++) sum += row[at]! * weight[k]!;
    }
    wide[x] = sum;
  }
  return true;
}

/** The last source pixel that target i takes. */
const lastOf = ({ first, start }: Weights, i: number): number => first[i]! + start[i + 1]! - start[i]! - 1;

/** Target i takes source pixels first[i], first[i] + 1, … with weight[start[i]] to weight[start[i + 1] - 1]. */
type Weights = { readonly first: Uint16Array; readonly start: Uint32Array; readonly weight: Float32Array };

function weights(length: number, outLength: number): Weights {
  const first = new Uint16Array(outLength);
  const start = new Uint32Array(outLength + 1);
  const weight: number[] = [];
  const step = length / outLength;
  for (let i = 0; i < outLength; i++) {
    const from = i * step;
    const to = from + step;
    // The hat of pixel p has its peak at p + 0.5 and reaches to the neighbours' centres; at the rims it stays level.
    const lowest = Math.max(0, Math.floor(from - 0.5));
    const highest = Math.min(length - 1, Math.ceil(to - 0.5));
    first[i] = lowest;
    for (let p = lowest; p <= highest; p++) {
      weight.push((hatArea(p, to, length) - hatArea(p, from, length)) / step);
    }
    start[i + 1] = weight.length;
  }
  return { first, start, weight: Float32Array.from(weight) };
}

/** Integral up to x of the hat function of pixel p among length pixels. */
function hatArea(p: number, x: number, length: number): number {
  const centre = p + 0.5;
  const rise = p === 0 ? Math.min(x, centre) : square(Math.max(0, Math.min(1, x - centre + 1))) / 2;
  if (x <= centre) return rise;
  const fall = p === length - 1 ? x - centre : 0.5 - square(Math.max(0, 1 - (x - centre))) / 2;
  return rise + fall;
}

const square = (value: number): number => value * value;
