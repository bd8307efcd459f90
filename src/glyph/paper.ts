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
  const brightest = brightestNear(small, radius);
  const darkest = brightestNear(negative, radius);
  const lightOnDark = inkiness(negative, darkest) < inkiness(small, brightest);
  const inverted = lightOnDark !== invert;
  // Erosion completes the closing; a box blur then hides the blocks of the window.
  const paper = smoothed(darkestNear(inverted ? darkest : brightest, radius));
  return against(luma, paper, inverted);
}

function shrink({ width: fullWidth, height: fullHeight, data: full }: Luma, maxSide: number): Plane {
  const factor = Math.max(1, Math.max(fullWidth, fullHeight) / maxSide);
  const width = Math.max(1, Math.round(fullWidth / factor));
  const height = Math.max(1, Math.round(fullHeight / factor));
  const data = new Float32Array(width * height);
  const lefts = Uint16Array.from({ length: width }, (_, x) => Math.floor((x * fullWidth) / width));
  const rights = lefts.map((left, x) => Math.max(left + 1, Math.floor(((x + 1) * fullWidth) / width)));
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * fullHeight) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * fullHeight) / height));
    sums.fill(0);
    for (let row = top * fullWidth, end = bottom * fullWidth; row < end; row += fullWidth) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let at = row + lefts[x]!, right = row + rights[x]!; at < right; at++) sum += full[at]!;
        sums[x] = sums[x]! + sum;
      }
    }
    for (let x = 0; x < width; x++) data[y * width + x] = sums[x]! / ((bottom - top) * (rights[x]! - lefts[x]!));
  }
  return { width, height, data };
}

const negate = (plane: Plane): Plane => turnedRound(plane, 255);

/** The maximum over a square window of 2 × radius + 1; outside the plane there is nothing. */
function brightestNear(plane: Plane, radius: number): Plane {
  return alongRows(alongRows(plane, radius), radius);
}

function darkestNear(plane: Plane, radius: number): Plane {
  return mirrored(brightestNear(mirrored(plane), radius));
}

const mirrored = (plane: Plane): Plane => turnedRound(plane, 0);

/** from − value, by a loop: Float32Array.map() calls its function by name, pixel by pixel. */
function turnedRound({ width, height, data }: Plane, from: number): Plane {
  const out = new Float32Array(data.length);
  for (let at = 0; at < out.length; at++) out[at] = from - data[at]!;
  return { width, height, data: out };
}

/** One pass along the rows; the result is transposed, so that two passes come out upright again. */
function alongRows({ width, height, data }: Plane, radius: number): Plane {
  const span = 2 * radius + 1;
  const out = new Float32Array(width * height);
  const padded = Math.ceil((width + 2 * radius) / span) * span;
  const line = new Float32Array(padded).fill(-Infinity);
  const forward = new Float32Array(padded);
  const backward = new Float32Array(padded);
  for (let y = 0; y < height; y++) {
    line.set(data.subarray(y * width, (y + 1) * width), radius);
    // Van Herk and Gil-Werman: running maxima inside blocks of the window's length, three comparisons a pixel.
    for (let block = 0; block < padded; block += span) {
      let most = -Infinity;
      for (let i = block; i < block + span; i++) {
        const value = line[i]!;
        if (value > most) most = value;
        forward[i] = most;
      }
      most = -Infinity;
      for (let i = block + span - 1; i >= block; i--) {
        const value = line[i]!;
        if (value > most) most = value;
        backward[i] = most;
      }
    }
    for (let x = 0; x < width; x++) {
      const a = backward[x]!;
      const b = forward[x + span - 1]!;
      out[x * height + y] = a > b ? a : b;
    }
  }
  return { width: height, height: width, data: out };
}

/** Mean of every pixel and its neighbours. */
function smoothed({ width, height, data }: Plane): Plane {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = y > 0 ? y - 1 : 0;
    const bottom = y < height - 1 ? y + 1 : y;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? x - 1 : 0;
      const right = x < width - 1 ? x + 1 : x;
      let sum = 0;
      for (let sy = top; sy <= bottom; sy++) for (let sx = left; sx <= right; sx++) sum += data[sy * width + sx]!;
      out[y * width + x] = sum / ((bottom - top + 1) * (right - left + 1));
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
      // The brightest nearby is at least as bright as the pixel itself, so no drop is negative.
      const dark = (paper.data[at]! - data[at]!) / 255;
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
  // One more than the small copy has columns, so that a copy of one column has a right neighbour too.
  const line = new Float32Array(paper.width + 1);
  const { ends, across } = columnsBetween(paper.width, width);
  const flip = inverted ? 255 : 0;
  for (let y = 0; y < height; y++) {
    const py = Math.max(0, Math.min(paper.height - 1, ((y + 0.5) * paper.height) / height - 0.5));
    const upper = Math.min(Math.max(0, paper.height - 2), Math.floor(py));
    const down = py - upper;
    const lower = Math.min(paper.height - 1, upper + 1);
    for (let x = 0; x < paper.width; x++) {
      const a = paper.data[upper * paper.width + x]!;
      line[x] = a + (paper.data[lower * paper.width + x]! - a) * down;
    }
    line[paper.width] = line[paper.width - 1]!;
    const row = y * width;
    for (let left = 0, x = 0; left < ends.length; left++) {
      const a = line[left]!;
      const b = line[left + 1]!;
      const brightest = a > b ? a : b;
      for (const end = ends[left]!; x < end; x++) {
        const value = data[row + x]! ^ flip;
        // As bright as the paper on both sides is no darker than the paper in between: most of every sheet.
        if (value >= brightest) continue;
        const level = a + (b - a) * across[x]!;
        const drop = level - value;
        if (drop <= 0) continue;
        // Paper darker than 40 is a photograph of the night: a ratio there would only amplify its noise.
        const darkness = (drop * 255) / (level < 40 ? 40 : level) + 0.5;
        out[row + x] = darkness < 255 ? darkness : 255;
      }
    }
  }
  return { width, height, data: out, inverted };
}

/**
 * Where the columns of a picture lie between those of its small copy. ends: the first column that lies right of each
 * gap of the copy; across: how far a column lies from the left side of its gap to the right one, 0 to 1.
 */
function columnsBetween(
  copyWidth: number,
  width: number,
): { readonly ends: Uint16Array; readonly across: Float32Array } {
  const ends = new Uint16Array(Math.max(1, copyWidth - 1));
  const across = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const px = Math.max(0, Math.min(copyWidth - 1, ((x + 0.5) * copyWidth) / width - 0.5));
    const left = Math.min(Math.max(0, copyWidth - 2), Math.floor(px));
    across[x] = px - left;
    ends[left] = x + 1;
  }
  for (let left = 1; left < ends.length; left++) ends[left] = Math.max(ends[left]!, ends[left - 1]!);
  return { ends, across };
}

/**
 * Darkening of this picture's own strokes, 0 to 255: the mean of all pixels over 0.6 of the darkest 3 × 3 patch.
 * A patch, so that one hot pixel does not set it; relative to ink alone, so that more empty paper does not change it.
 */
export function strokeLevel({ width, height, data }: Darkening): number {
  const counts = new Uint32Array(256);
  let darkest = 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const value = data[at]!;
      // Paper, which is most of the picture and no part of any stroke.
      if (value === 0) continue;
      counts[value] = counts[value]! + 1;
      // The darkest patch has a dark middle: everything lighter than the best patch so far is passed over.
      if (value <= darkest) continue;
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
  }
  let sum = 0;
  let count = 0;
  for (let value = Math.floor(darkest * 0.6) + 1; value < 256; value++) {
    sum += value * counts[value]!;
    count += counts[value]!;
  }
  return count > 0 ? sum / count : 0;
}
