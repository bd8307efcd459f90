import type { Pixels } from './raster.ts';

/** Straight pieces of a round pen in a picture of any size: x1, y1, x2, y2. */
export type Piece = readonly [number, number, number, number];

/** What a picture shows at a place: red, green, blue, alpha, 0 to 255. */
export type Shade = (x: number, y: number) => readonly [number, number, number, number];

export function picture(width: number, height: number, shade: Shade): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at += 4) data.set(shade(x, y), at);
  return { width, height, data };
}

export const grey = (value: number): readonly [number, number, number, number] => [value, value, value, 255];

/** How much of the pixel at (x, y) the pen covers, 0 to 1. */
export function covered(x: number, y: number, pieces: readonly Piece[], penWidth: number): number {
  let nearest = Infinity;
  for (const [x1, y1, x2, y2] of pieces) {
    const dx = x2 - x1;
    const dy = y2 - y1;
    const px = x + 0.5 - x1;
    const py = y + 0.5 - y1;
    const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.sqrt((px - along * dx) ** 2 + (py - along * dy) ** 2));
  }
  return Math.max(0, Math.min(1, penWidth / 2 + 0.5 - nearest));
}

/** Ink of one brightness on paper of another; light tells how much light falls on a place. */
export function written(
  width: number,
  height: number,
  pieces: readonly Piece[],
  { pen = 8, ink = 30, paper = 235, light = () => 1 }: Partial<Writing> = {},
): Pixels {
  return picture(width, height, (x, y) =>
    grey(Math.round((paper + (ink - paper) * covered(x, y, pieces, pen)) * light(x, y))),
  );
}

export type Writing = {
  readonly pen: number;
  readonly ink: number;
  readonly paper: number;
  readonly light: (x: number, y: number) => number;
};

/** ה with its detached leg, in a box of 100 × 100 at (left, top). */
export function he(left: number, top: number, size = 100): readonly Piece[] {
  const at = (x: number, y: number): [number, number] => [left + x * size, top + y * size];
  return [
    [...at(0, 0), ...at(0.8, 0)],
    [...at(0.8, 0), ...at(1, 0.25)],
    [...at(1, 0.25), ...at(1, 1)],
    [...at(0.25, 0.45), ...at(0.2, 1)],
  ];
}

/** ל, one stroke, nowhere symmetrical: a turn or a mirror would show. */
export function lamed(left: number, top: number, size = 100): readonly Piece[] {
  const at = (x: number, y: number): [number, number] => [left + x * size, top + y * size];
  return [
    [...at(0.1, 0), ...at(0.1, 0.4)],
    [...at(0.1, 0.4), ...at(0.7, 0.4)],
    [...at(0.7, 0.4), ...at(0.7, 0.6)],
    [...at(0.7, 0.6), ...at(0.3, 1)],
  ];
}

/** The same numbers in every run: a linear congruential generator, 0 to 1. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function mapPixels(pixels: Pixels, change: (value: number) => number): Pixels {
  return { ...pixels, data: pixels.data.map((value, at) => (at % 4 === 3 ? value : change(value))) };
}

/** The picture with margins of its paper around it. */
export function padded(
  pixels: Pixels,
  left: number,
  top: number,
  right: number,
  bottom: number,
  paper: number,
): Pixels {
  return picture(pixels.width + left + right, pixels.height + top + bottom, (x, y) => {
    const inside = x >= left && y >= top && x < left + pixels.width && y < top + pixels.height;
    if (!inside) return grey(paper);
    const at = ((y - top) * pixels.width + x - left) * 4;
    return [pixels.data[at]!, pixels.data[at + 1]!, pixels.data[at + 2]!, pixels.data[at + 3]!];
  });
}

/** Quarter turn clockwise, as a camera's sensor lies in the hand. */
export function turnedClockwise(pixels: Pixels): Pixels {
  return picture(pixels.height, pixels.width, (x, y) => {
    const at = ((pixels.height - 1 - x) * pixels.width + y) * 4;
    return [pixels.data[at]!, pixels.data[at + 1]!, pixels.data[at + 2]!, pixels.data[at + 3]!];
  });
}
