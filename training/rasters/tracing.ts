import type { Ink, Point } from '#glyph/ink';
import type { Raster } from '#glyph/raster';
import { thin } from './thinning.ts';

/** Ink of at least this much counts as pen when a scan is thinned. */
const PEN = 128;

/**
 * The centre lines of a raster as strokes, in pixels of the raster: what a pen would have to draw to make it.
 * Lines are followed from their ends, straight on through crossings; spurs shorter than minSpur pixels, which
 * thinning leaves at corners, are dropped. Time is not known and counts points.
 */
export function traceInk(raster: Raster, minSpur: number): Ink {
  const width = raster.width + 2;
  const height = raster.height + 2;
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      if (raster.data[y * raster.width + x]! >= PEN) mask[(y + 1) * width + x + 1] = 1;
    }
  }
  thin(mask, width, height);
  const lines = followLines(mask, width, height);
  const longest = Math.max(0, ...lines.map((line) => line.length));
  return lines
    .filter((line) => line.length >= Math.min(minSpur, longest))
    .map((line) => smooth(line.map((at, t) => ({ x: (at % width) - 0.5, y: Math.floor(at / width) - 0.5, t }))));
}

function followLines(mask: Uint8Array, width: number, height: number): number[][] {
  const ring = [-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1];
  const left = Uint8Array.from(mask);
  const degree = (at: number): number => ring.reduce((sum, step) => sum + mask[at + step]!, 0);
  const pixels: number[] = [];
  for (let at = 0; at < width * height; at++) if (mask[at] === 1) pixels.push(at);
  // Ends first, so that open lines are not cut in the middle; what is left then are loops.
  const starts = [...pixels.filter((at) => degree(at) === 1), ...pixels];
  const lines: number[][] = [];
  for (const start of starts) {
    if (left[start] !== 1) continue;
    const line = [start];
    left[start] = 0;
    for (let here = start; ;) {
      const next = straightest(
        line,
        ring.map((step) => here + step).filter((at) => left[at] === 1),
        width,
      );
      if (next === null) break;
      line.push(next);
      left[next] = 0;
      here = next;
    }
    closeGap(line, mask, ring, width);
    lines.push(line);
  }
  return lines;
}

/** Of the pixels to go to, the one that bends least against the last few steps. */
function straightest(line: readonly number[], choices: readonly number[], width: number): number | null {
  const here = line.at(-1)!;
  const back = line[Math.max(0, line.length - 5)]!;
  const column = (at: number): number => at % width;
  const row = (at: number): number => Math.floor(at / width);
  const dx = column(here) - column(back);
  const dy = row(here) - row(back);
  let best: number | null = null;
  let bestScore = -Infinity;
  for (const at of choices) {
    const sx = column(at) - column(here);
    const sy = row(at) - row(here);
    const score = (sx * dx + sy * dy) / Math.hypot(sx, sy) - Math.hypot(sx, sy) * 0.01;
    if (score > bestScore) {
      bestScore = score;
      best = at;
    }
  }
  return best;
}

/** A line that stops beside ink already taken, at a crossing or where a loop closes, is joined to it. */
function closeGap(line: number[], mask: Uint8Array, ring: readonly number[], width: number): void {
  const near = (at: number, not: readonly number[]): number | undefined =>
    ring.map((step) => at + step).find((other) => mask[other] === 1 && !not.includes(other));
  const end = near(line.at(-1)!, line.slice(-4));
  if (end !== undefined && line.length > 3) line.push(end);
  const start = near(line[0]!, [...line.slice(0, 4), ...(end === undefined ? [] : [end])]);
  if (start !== undefined && line.length > 3 && width > 0) line.unshift(start);
}

/** Takes the staircase out of a pixel line: a moving mean of five points that keeps both ends. */
function smooth(points: readonly Point[]): Point[] {
  return points.map((point, i) => {
    const reach = Math.min(2, i, points.length - 1 - i);
    let x = 0;
    let y = 0;
    for (let k = i - reach; k <= i + reach; k++) {
      x += points[k]!.x;
      y += points[k]!.y;
    }
    return { x: x / (2 * reach + 1), y: y / (2 * reach + 1), t: point.t };
  });
}
