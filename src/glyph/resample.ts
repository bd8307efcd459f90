import type { Raster } from './raster.ts';

/**
 * Scales width × height values to outWidth × outHeight by averaging over the exact area of every target pixel.
 * The source is read as a surface that is linear between pixel centres: when shrinking this is area averaging,
 * when enlarging it is smooth instead of blocky, and the one turns into the other without a step.
 */
export function resample(source: Raster, outWidth: number, outHeight: number): Raster {
  const { width, height, data } = source;
  const across = weights(width, outWidth);
  const down = weights(height, outHeight);
  const wide = new Float32Array(outWidth * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let k = across.start[x]!, at = across.first[x]! + y * width; k < across.start[x + 1]!; k++, at++) {
        sum += data[at]! * across.weight[k]!;
      }
      wide[y * outWidth + x] = sum;
    }
  }
  const out = new Uint8Array(outWidth * outHeight);
  const sums = new Float64Array(outWidth);
  for (let y = 0; y < outHeight; y++) {
    sums.fill(0);
    for (let k = down.start[y]!, row = down.first[y]! * outWidth; k < down.start[y + 1]!; k++, row += outWidth) {
      const weight = down.weight[k]!;
      for (let x = 0; x < outWidth; x++) sums[x] = sums[x]! + wide[row + x]! * weight;
    }
    for (let x = 0; x < outWidth; x++) out[y * outWidth + x] = Math.round(sums[x]!);
  }
  return { width: outWidth, height: outHeight, data: out };
}

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
