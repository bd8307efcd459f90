import { addRuns, brightenByOpacity, brightenOnWhite, climb, sumOpaque, writeLevels } from './brightness.ts';
import type { Box } from './ink.ts';
import { heightOf, widthOf } from './ink.ts';
import type { Pixels } from './raster.ts';

/** Brightness, one byte a pixel: 0 = black, 255 = white. translucent: some source pixel let the paper through. */
export type Luma = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly translucent: boolean;
};

/** Which brightness is meant: the picture laid on white paper, or its opacity as if it were ink. */
export type LumaMode = 'on-white' | 'opacity';

/**
 * Where a picture comes from. luma() gives the part inside box (whole pixels, within the picture), reduced by exact
 * area averaging so that its longest side is at most maxSide pixels, and never enlarged.
 */
export type PictureSource = {
  readonly width: number;
  readonly height: number;
  luma(box: Box, maxSide: number, mode: LumaMode): Luma;
};

/** A picture that is in memory whole. Throws RangeError when data is shorter than width × height × 4. */
export function pixelsSource(pixels: Pixels): PictureSource {
  const { width, height, data } = pixels;
  if (data.length < width * height * 4) {
    throw new RangeError(`${width} × ${height} pixels need ${width * height * 4} bytes, got ${data.length}`);
  }
  return {
    width,
    height,
    luma(box, maxSide, mode) {
      const reducer = createReducer(widthOf(box), heightOf(box), maxSide, mode);
      if (widthOf(box) === width) reducer.addRows(data.subarray(box.top * width * 4, box.bottom * width * 4));
      else {
        for (let y = box.top; y < box.bottom; y++) {
          reducer.addRows(data.subarray((y * width + box.left) * 4, (y * width + box.right) * 4));
        }
      }
      return reducer.finish();
    },
  };
}

export type Reducer = {
  /** RGBA of whole rows, from the top down; any number of rows a call. */
  addRows(rgba: Uint8Array | Uint8ClampedArray): void;
  finish(): Luma;
};

/**
 * Exact area averaging, fed row by row so that no second copy of a large picture is ever needed.
 * width and height are those of the source in pixels; the result keeps the aspect, each side at least 1 pixel.
 */
export function createReducer(fullWidth: number, fullHeight: number, maxSide: number, mode: LumaMode): Reducer {
  // Whole numbers that were computed may come as doubles, and every index in the loops below would then be one.
  const width = fullWidth | 0;
  const height = fullHeight | 0;
  const factor = Math.max(1, Math.max(width, height) / maxSide);
  const outWidth = Math.max(1, Math.round(width / factor));
  const outHeight = Math.max(1, Math.round(height / factor));
  const data = new Uint8Array(outWidth * outHeight);
  const stepX = outWidth / width;
  const stepY = outHeight / height;
  const bright = new Uint8Array(width);
  // Single precision throughout: sums of bytes stay exact for any whole factor, and every engine rounds alike.
  const row = new Float32Array(outWidth);
  const band = new Float32Array(outWidth);
  const steps = new Int32Array(outWidth + 1);
  const { last, share } = columnsOf(width, outWidth);
  const parts = wholeParts(share, width / outWidth);
  const whole = width % outWidth === 0;
  const columns = (width / outWidth) | 0;
  const same = outWidth === width && outHeight === height;
  let y = 0;
  let outY = 0;
  let translucent = false;
  let drawn = true;
  /** Whether anything of the band is in `band`, and not in steps alone. */
  let added = false;

  const flush = (): void => {
    const means = data.subarray(outY * outWidth, (outY + 1) * outWidth);
    if (added) {
      if (whole) climb(steps, band);
      writeMeans(band, stepX, stepY, means);
      band.fill(0);
    } else writeLevels(steps, stepX, stepY, means);
    added = false;
    outY++;
  };

  /** False, with nothing added, where a row lets the paper through, or columns begin anywhere. */
  const addOpaque = (pixels: Int32Array, offset: number, part: number): boolean => {
    if (drawn && whole && part === 1) {
      const runs = addRuns(pixels, offset, columns, steps);
      if (runs < 0) translucent = true;
      // A photograph has hardly two pixels alike, and is not looked at in this way again.
      drawn = Math.abs(runs) * 8 <= width;
      return true;
    }
    if (parts === null || translucent || !sumOpaque(pixels, offset, last, parts, row)) return false;
    added = true;
    addPart(band, row, part);
    return true;
  };

  const addRow = (pixels: Int32Array, offset: number): void => {
    const edge = outY + 1;
    const part = Math.min(1, (edge - y * stepY) / stepY);
    if (mode === 'on-white' && !same && addOpaque(pixels, offset, part)) {
      // The shortest way through, which most pictures take from their first row to their last.
    } else {
      if (mode === 'opacity') brightenByOpacity(pixels, offset, bright);
      else if (brightenOnWhite(pixels, offset, bright)) translucent = true;
      if (same) {
        data.set(bright, y * width);
        y++;
        return;
      }
      added = true;
      if (whole && part === 1) addWholeColumns(bright, columns, band);
      else {
        sumColumns(bright, last, share, row);
        addPart(band, row, part);
      }
    }
    y++;
    if (y * stepY >= edge - 1e-9) {
      flush();
      if (part < 1 - 1e-9 && outY < outHeight) {
        added = true;
        for (let x = 0; x < outWidth; x++) band[x] = row[x]! * (1 - part);
      }
    }
  };

  return {
    addRows(rgba) {
      const rows = Math.min(height - y, Math.floor(rgba.length / (width * 4)));
      const pixels = wordsOf(rgba, rows * width);
      for (let i = 0; i < rows; i++) addRow(pixels, i * width);
    },
    finish() {
      if (y !== height) throw new RangeError(`expected ${height} rows, got ${y}`);
      if (!same && outY < outHeight) flush();
      return { width: outWidth, height: outHeight, data, translucent };
    },
  };
}

function writeMeans(sums: Float32Array, stepX: number, stepY: number, means: Uint8Array): void {
  for (let x = 0; x < sums.length; x++) means[x] = sums[x]! * stepX * stepY + 0.5;
}

const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The same bytes as 32-bit numbers, red lowest: one load a pixel instead of four. Copied only where they must be. */
function wordsOf(rgba: Uint8Array | Uint8ClampedArray, count: number): Int32Array {
  const aligned = LITTLE_ENDIAN && rgba.byteOffset % 4 === 0 ? rgba : rgba.slice(0, count * 4);
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, count);
  if (!LITTLE_ENDIAN) {
    const bytes = new DataView(words.buffer);
    for (let i = 0; i < count; i++) words[i] = bytes.getInt32(i * 4, true);
  }
  return words;
}

/** For every target column: the last source column that begins in it, and how much of that one lies inside. */
function columnsOf(width: number, outWidth: number): { readonly last: Uint32Array; readonly share: Float32Array } {
  const last = new Uint32Array(outWidth);
  const share = new Float32Array(outWidth);
  const step = outWidth / width;
  for (let x = 0; x < width; x++) {
    const left = x * step;
    const at = Math.min(outWidth - 1, Math.floor(left + 1e-9));
    last[at] = x;
    share[at] = Math.min(1, (at + 1 - left) / step);
  }
  return { last, share };
}

/**
 * The shares as whole 256ths, where that is what they are and sums of so many columns stay exact in single precision:
 * for every picture whose longest side is reduced to a power of two. Null elsewhere.
 */
function wholeParts(share: Float32Array, columns: number): Uint16Array | null {
  if (columns > 256) return null;
  const parts = Uint16Array.from(share, (part) => part * 256);
  return parts.every((part, at) => part === share[at]! * 256) ? parts : null;
}

function addPart(band: Float32Array, row: Float32Array, part: number): void {
  for (let x = 0; x < band.length; x++) band[x] = band[x]! + row[x]! * part;
}

function sumColumns(bright: Uint8Array, last: Uint32Array, share: Float32Array, sums: Float32Array): void {
  let x = 0;
  let carried = 0;
  for (let at = 0; at < sums.length; at++) {
    const end = last[at]!;
    const part = share[at]!;
    let sum = carried;
    while (x < end) sum = Math.fround(sum + bright[x++]!);
    const value = bright[x++]!;
    sums[at] = sum + value * part;
    carried = Math.fround(value * (1 - part));
  }
}

/** The same where every target column takes the same number of whole source columns: whole numbers, added exactly. */
function addWholeColumns(bright: Uint8Array, factor: number, band: Float32Array): void {
  for (let at = 0, x = 0; at < band.length; at++) {
    let sum = 0;
    for (const end = x + factor; x < end; x++) sum += bright[x]!;
    band[at] = band[at]! + sum;
  }
}
