import type { LineHeight, WritingLine } from '#glyph/ink';
import type { Pixels, Raster } from '#glyph/raster';
import type { Random } from './random.ts';
import type { Warp } from './warping.ts';

export type Photograph = { readonly pixels: Pixels; readonly line: WritingLine | LineHeight | null };

/**
 * A scan as a phone might have taken it: warped, on paper with grain and uneven light, sometimes with the edge of a
 * shadow, blurred, noisy, with remains of a frame or of a ruled line, now and then light on dark.
 * brightness is the scan, 0 = black; line is in its pixels. The photograph is a few times as large.
 */
export function photograph(
  brightness: Raster,
  line: WritingLine | LineHeight | null,
  warp: Warp,
  random: Random,
): Photograph {
  const zoom = random.between(0.8, 2.6);
  const padX = random.chance(0.4) ? 0 : random.between(0, 0.5) * brightness.width;
  const padY = random.chance(0.4) ? 0 : random.between(0, 0.5) * brightness.height;
  const width = Math.max(8, Math.round((brightness.width + 2 * padX) * zoom));
  const height = Math.max(8, Math.round((brightness.height + 2 * padY) * zoom));
  const paper = paperLevel(brightness);
  const ink = new Float32Array(width * height);
  // Warping backwards: where each pixel of the photograph comes from on the scan.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = warp.apply((x + 0.5) / zoom - padX, (y + 0.5) / zoom - padY);
      ink[y * width + x] = 1 - Math.min(1, sample(brightness, sx - 0.5, sy - 0.5, paper) / paper);
    }
  }
  const thickness = random.chance(0.3) ? random.whole(-1, 1) : 0;
  const drawn = thickness === 0 ? ink : grow(ink, width, height, thickness > 0);
  blur(drawn, width, height, random.chance(0.5) ? random.between(0, 0.02) * Math.max(width, height) : 0);
  if (random.chance(0.25)) frameRemains(drawn, width, height, random);
  const light = lighting(width, height, random);
  const contrast = random.between(0.45, 1);
  const grain = random.chance(0.6) ? random.between(0, 0.03) : 0;
  const negative = random.chance(0.1);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const value = light(i % width, Math.floor(i / width)) * (1 - contrast * drawn[i]!) + random.normal() * grain;
    const byte = Math.max(0, Math.min(255, Math.round((negative ? 1 - value : value) * 255)));
    data[i * 4] = data[i * 4 + 1] = data[i * 4 + 2] = byte;
    data[i * 4 + 3] = 255;
  }
  return { pixels: { width, height, data }, line: line && onPhotograph(line, padY, zoom) };
}

function onPhotograph(line: WritingLine | LineHeight, padY: number, zoom: number): WritingLine | LineHeight {
  if ('lineHeight' in line) return { lineHeight: line.lineHeight * zoom };
  return { headline: (line.headline + padY) * zoom, baseline: (line.baseline + padY) * zoom };
}

/** The scan's own paper: its 90th percentile, so that ink stays the minority. */
function paperLevel({ data }: Raster): number {
  const histogram = new Uint32Array(256);
  for (const value of data) histogram[value] = histogram[value]! + 1;
  let seen = 0;
  for (let level = 255; level > 0; level--) {
    seen += histogram[level]!;
    if (seen >= data.length * 0.1) return level;
  }
  return 255;
}

function sample({ width, height, data }: Raster, x: number, y: number, outside: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const at = (sx: number, sy: number): number =>
    sx < 0 || sy < 0 || sx >= width || sy >= height ? outside : data[sy * width + sx]!;
  const u = x - left;
  const v = y - top;
  const upper = at(left, top) * (1 - u) + at(left + 1, top) * u;
  const lower = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u;
  return upper * (1 - v) + lower * v;
}

function grow(ink: Float32Array, width: number, height: number, thicker: boolean): Float32Array {
  const out = new Float32Array(ink.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let best = ink[y * width + x]!;
      for (const [dx, dy] of [
        [0, -1],
        [0, 1],
        [-1, 0],
        [1, 0],
      ] as const) {
        const sx = x + dx;
        const sy = y + dy;
        if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue;
        const value = ink[sy * width + sx]!;
        if (thicker ? value > best : value < best) best = value;
      }
      out[y * width + x] = best;
    }
  }
  return out;
}

/** Two passes of a box of about the given radius in pixels, in place. */
function blur(ink: Float32Array, width: number, height: number, radius: number): void {
  const reach = Math.round(radius);
  if (reach < 1) return;
  const along = (count: number, length: number, start: (i: number) => number, step: number): void => {
    const line = new Float32Array(length);
    for (let i = 0; i < count; i++) {
      const from = start(i);
      for (let k = 0; k < length; k++) {
        let sum = 0;
        let parts = 0;
        for (let j = Math.max(0, k - reach); j <= Math.min(length - 1, k + reach); j++) {
          sum += ink[from + j * step]!;
          parts++;
        }
        line[k] = sum / parts;
      }
      for (let k = 0; k < length; k++) ink[from + k * step] = line[k]!;
    }
  };
  along(height, width, (y) => y * width, 1);
  along(width, height, (x) => x, width);
}

/** A printed box that was cut a little too wide: a thin line along one or two edges. */
function frameRemains(ink: Float32Array, width: number, height: number, random: Random): void {
  const depth = Math.max(1, Math.round(random.between(0.005, 0.03) * Math.min(width, height)));
  const dark = random.between(0.4, 1);
  for (const edge of [0, 1, 2, 3]) {
    if (!random.chance(0.4)) continue;
    const [w, h] = edge < 2 ? [width, depth] : [depth, height];
    const left = edge === 3 ? width - depth : 0;
    const top = edge === 1 ? height - depth : 0;
    for (let y = top; y < top + h; y++) for (let x = left; x < left + w; x++) ink[y * width + x] = dark;
  }
}

/** Light over the paper, 0 to 1: a slope, and sometimes the edge of a shadow, hard or soft. */
function lighting(width: number, height: number, random: Random): (x: number, y: number) => number {
  const base = random.between(0.6, 1);
  const slopeX = random.normal() * 0.12;
  const slopeY = random.normal() * 0.12;
  const shadow = random.chance(0.35);
  const direction = random.between(0, 2 * Math.PI);
  const [nx, ny] = [Math.cos(direction), Math.sin(direction)];
  const offset = random.between(-0.4, 0.4);
  const softness = random.between(0.02, 0.3);
  const depth = random.between(0.2, 0.5);
  return (x, y) => {
    const u = x / width - 0.5;
    const v = y / height - 0.5;
    let light = base + slopeX * u + slopeY * v;
    if (shadow) light *= 1 - depth / (1 + Math.exp(-(u * nx + v * ny - offset) / (softness / 4)));
    return Math.max(0.15, Math.min(1, light));
  };
}
