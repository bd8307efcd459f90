import type { Luma } from './luma.ts';
import type { PictureSpec } from './spec.ts';

/**
 * How much darker than the paper around it each pixel is: 0 = paper, 255 = black on any paper.
 * inverted: the picture was read as light ink on dark, so it is how much lighter.
 */
export type Darkening = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly inverted: boolean;
};

type Plane = { readonly width: number; readonly height: number; readonly data: Float32Array };

/**
 * Takes the paper, with its shadow and its grain, out of a picture.
 *
 * The paper is a morphological closing of a small copy: maximum, then minimum, over a window wider than a stroke.
 * Strokes vanish in it while a shadow, being wider, keeps its place and its edge. Whether ink is darker or lighter than
 * the paper is judged by trying both against the brightest nearby: the right reading leaves less ink, above all along
 * the border, the wrong one takes a halo around every stroke for ink. invert turns that judgement round.
 */
export function darkeningOf(luma: Luma, invert: boolean, spec: PictureSpec): Darkening {
  const small = shrink(luma, spec.paperSize);
  const radius = Math.max(1, Math.round(spec.paperRadius * Math.max(small.width, small.height)));
  const negative = negate(small);
  const brightest = slide(small, radius, Math.max);
  const darkest = slide(negative, radius, Math.max);
  const lightOnDark = inkiness(negative, darkest) < inkiness(small, brightest);
  const inverted = lightOnDark !== invert;
  // Erosion completes the closing; a box blur then hides the blocks of the window.
  const paper = slideMean(slide(inverted ? darkest : brightest, radius, Math.min), 1);
  return against(luma, paper, inverted);
}

function shrink(luma: Luma, maxSide: number): Plane {
  const factor = Math.max(1, Math.max(luma.width, luma.height) / maxSide);
  const width = Math.max(1, Math.round(luma.width / factor));
  const height = Math.max(1, Math.round(luma.height / factor));
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * luma.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * luma.height) / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * luma.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * luma.width) / width));
      let sum = 0;
      for (let sy = top; sy < bottom; sy++) {
        for (let sx = left, at = sy * luma.width + left; sx < right; sx++, at++) sum += luma.data[at]!;
      }
      data[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data };
}

const negate = (plane: Plane): Plane => ({ ...plane, data: plane.data.map((value) => 255 - value) });

/** Runs a separable window of 2 × radius + 1 over the plane; outside the plane there is nothing. */
function slide(plane: Plane, radius: number, pick: (a: number, b: number) => number): Plane {
  return alongRows(alongRows(plane, radius, pick), radius, pick);
}

/** One pass along the rows; the result is transposed, so that two passes come out upright again. */
function alongRows(plane: Plane, radius: number, pick: (a: number, b: number) => number): Plane {
  const { width, height, data } = plane;
  const span = 2 * radius + 1;
  const out = new Float32Array(width * height);
  const padded = Math.ceil((width + 2 * radius) / span) * span;
  const none = pick(1, 0) === 1 ? -Infinity : Infinity;
  const line = new Float32Array(padded);
  const forward = new Float32Array(padded);
  const backward = new Float32Array(padded);
  for (let y = 0; y < height; y++) {
    line.fill(none);
    line.set(data.subarray(y * width, (y + 1) * width), radius);
    // Van Herk and Gil-Werman: running extrema inside blocks of the window's length, three picks a pixel.
    for (let i = 0; i < padded; i++) forward[i] = i % span === 0 ? line[i]! : pick(forward[i - 1]!, line[i]!);
    for (let i = padded - 1; i >= 0; i--) {
      backward[i] = i % span === span - 1 ? line[i]! : pick(backward[i + 1]!, line[i]!);
    }
    for (let x = 0; x < width; x++) out[x * height + y] = pick(backward[x]!, forward[x + span - 1]!);
  }
  return { width: height, height: width, data: out };
}

function slideMean(plane: Plane, radius: number): Plane {
  const { width, height, data } = plane;
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let count = 0;
      for (let sy = Math.max(0, y - radius); sy <= Math.min(height - 1, y + radius); sy++) {
        for (let sx = Math.max(0, x - radius); sx <= Math.min(width - 1, x + radius); sx++) {
          sum += data[sy * width + sx]!;
          count++;
        }
      }
      out[y * width + x] = sum / count;
    }
  }
  return { width, height, data: out };
}

/** Mean drop below the brightest nearby, over the plane plus along its border: small for the right polarity. */
function inkiness(plane: Plane, paper: Plane): number {
  const { width, height, data } = plane;
  let all = 0;
  let border = 0;
  let borderCount = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const dark = Math.max(0, paper.data[at]! - data[at]!) / 255;
      all += dark;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) {
        border += dark;
        borderCount++;
      }
    }
  }
  return all / (width * height) + border / borderCount;
}

/** Darkening = 1 − brightness / paper, the paper read between its small copy's pixels. */
function against(luma: Luma, paper: Plane, inverted: boolean): Darkening {
  const { width, height, data } = luma;
  const out = new Uint8Array(width * height);
  const line = new Float32Array(paper.width);
  // What belongs to a column alone: its place between two columns of the small copy.
  const column = new Uint16Array(width);
  const across = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const px = Math.max(0, Math.min(paper.width - 1, ((x + 0.5) * paper.width) / width - 0.5));
    const left = Math.min(Math.max(0, paper.width - 2), Math.floor(px));
    column[x] = left;
    across[x] = px - left;
  }
  for (let y = 0; y < height; y++) {
    const py = Math.max(0, Math.min(paper.height - 1, ((y + 0.5) * paper.height) / height - 0.5));
    const upper = Math.min(Math.max(0, paper.height - 2), Math.floor(py));
    const down = py - upper;
    const lower = Math.min(paper.height - 1, upper + 1);
    for (let x = 0; x < paper.width; x++) {
      const a = paper.data[upper * paper.width + x]!;
      line[x] = a + (paper.data[lower * paper.width + x]! - a) * down;
    }
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const left = column[x]!;
      const a = line[left]!;
      const level = paper.width > 1 ? a + (line[left + 1]! - a) * across[x]! : a;
      const value = inverted ? 255 - data[at]! : data[at]!;
      const drop = level - value;
      // Paper darker than 40 is a photograph of the night: a ratio there would only amplify its noise.
      if (drop > 0) out[at] = Math.min(255, (drop * 255) / (level < 40 ? 40 : level) + 0.5);
    }
  }
  return { width, height, data: out, inverted };
}
