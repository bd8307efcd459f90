import { against, againstFlat } from './darkening.ts';
import type { Darkening } from './darkening.ts';
import { extremesNear } from './extremes.ts';
import type { Plane } from './extremes.ts';
import type { Luma } from './luma.ts';
import { plainPaper } from './plain-paper.ts';
import { foursOf } from './raster.ts';
import type { PictureSpec } from './spec.ts';

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
  const plain = invert ? null : plainPaper(small, radius);
  if (plain !== null) return againstFlat(luma, plain, false);
  const near = extremesNear(small, radius);
  const lightOnDark = inkinessOf(small, near.darkest, true) < inkinessOf(small, near.brightest, false);
  const inverted = lightOnDark !== invert;
  const dilated = inverted ? negative(near.darkest) : near.brightest;
  // A drawn sheet has one paper, which the erosion and the blur would leave as it is.
  const flat = oneLevelOf(dilated);
  if (flat !== null) return againstFlat(luma, flat, inverted);
  // Erosion completes the closing; a box blur then hides the blocks of the window.
  return against(luma, smoothed(extremesNear(dilated, radius).darkest), inverted);
}

/** The one value that a plane has everywhere; null where it has others. */
function oneLevelOf({ data }: Plane): number | null {
  const level = data[0]!;
  for (let at = 1; at < data.length; at++) if (data[at]! !== level) return null;
  return level;
}

function shrink({ width: fullWidth, height: fullHeight, data: full }: Luma, maxSide: number): Plane {
  const factor = Math.max(1, Math.max(fullWidth, fullHeight) / maxSide);
  const width = Math.max(1, Math.round(fullWidth / factor));
  const height = Math.max(1, Math.round(fullHeight / factor));
  const data = new Float32Array(width * height);
  if (fullWidth === 4 * width && fullHeight === 4 * height) {
    meansOfSixteen(foursOf(full), width, data);
    return { width, height, data };
  }
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

/** Four pixels at a time, two to a word's halves: the sum of eight bytes never carries from the one to the other. */
function meansOfSixteen(fours: Uint32Array, width: number, data: Float32Array): void {
  for (let at = 0, row = 0; at < data.length; row += 4 * width) {
    for (let x = row; x < row + width; x++, at++) {
      const a = fours[x]!;
      const b = fours[x + width]!;
      const c = fours[x + 2 * width]!;
      const d = fours[x + 3 * width]!;
      const even = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
      const odd = ((a >>> 8) & 0xff00ff) + ((b >>> 8) & 0xff00ff) + ((c >>> 8) & 0xff00ff) + ((d >>> 8) & 0xff00ff);
      const halves = even + odd;
      data[at] = ((halves & 0xffff) + (halves >>> 16)) / 16;
    }
  }
}

/** By a loop: Float32Array.map() calls its function by name, pixel by pixel. */
function negative({ width, height, data }: Plane): Plane {
  const out = new Float32Array(data.length);
  for (let at = 0; at < out.length; at++) out[at] = 255 - data[at]!;
  return { width, height, data: out };
}

/** Mean of every pixel and its neighbours. */
function smoothed({ width, height, data }: Plane): Plane {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = y > 0 ? y - 1 : 0;
    const bottom = y < height - 1 ? y + 1 : y;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (y > 0 && y < height - 1 && x > 0 && x < width - 1) {
        const upper = data[at - width - 1]! + data[at - width]! + data[at - width + 1]!;
        const level = upper + data[at - 1]! + data[at]! + data[at + 1]!;
        out[at] = (level + data[at + width - 1]! + data[at + width]! + data[at + width + 1]!) / 9;
        continue;
      }
      const left = x > 0 ? x - 1 : 0;
      const right = x < width - 1 ? x + 1 : x;
      let sum = 0;
      for (let sy = top; sy <= bottom; sy++) for (let sx = left; sx <= right; sx++) sum += data[sy * width + sx]!;
      out[at] = sum / ((bottom - top + 1) * (right - left + 1));
    }
  }
  return { width, height, data: out };
}

/**
 * Mean drop below the brightest nearby, over the plane plus along its border: small for the right polarity. inverted:
 * the same of the negative, whose brightest is the negative of the plane's darkest.
 */
function inkinessOf(plane: Plane, paper: Plane, inverted: boolean): number {
  const { width, height, data } = plane;
  let all = 0;
  let border = 0;
  let borderCount = 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const value = data[at]!;
      const level = paper.data[at]!;
      // The brightest nearby is at least as bright as the pixel itself, so no drop is negative.
      const drop = inverted ? Math.fround(255 - level) - Math.fround(255 - value) : level - value;
      all += drop / 255;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) {
        border += drop / 255;
        borderCount++;
      }
    }
  }
  return all / (width * height) + border / borderCount;
}
