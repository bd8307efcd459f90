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
      for (let y = box.top; y < box.bottom; y++) {
        const start = (y * width + box.left) * 4;
        reducer.addRows(data.subarray(start, start + widthOf(box) * 4));
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
export function createReducer(width: number, height: number, maxSide: number, mode: LumaMode): Reducer {
  const factor = Math.max(1, Math.max(width, height) / maxSide);
  const outWidth = Math.max(1, Math.round(width / factor));
  const outHeight = Math.max(1, Math.round(height / factor));
  const data = new Uint8Array(outWidth * outHeight);
  const stepX = outWidth / width;
  const stepY = outHeight / height;
  const row = new Float32Array(outWidth);
  const band = new Float32Array(outWidth);
  const bright = new Uint8Array(width);
  const same = outWidth === width && outHeight === height;
  // For every source column: the output column its left edge falls into, and how much of it lies there.
  const column = new Uint16Array(width);
  const share = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const left = x * stepX;
    const at = Math.min(outWidth - 1, Math.floor(left + 1e-9));
    column[x] = at;
    share[x] = Math.min(1, (at + 1 - left) / stepX);
  }
  let y = 0;
  let outY = 0;
  let translucent = false;

  const flush = (): void => {
    const at = outY * outWidth;
    for (let x = 0; x < outWidth; x++) data[at + x] = Math.round((band[x] ?? 0) * stepX * stepY);
    band.fill(0);
    outY++;
  };

  const addRow = (rgba: Uint8Array | Uint8ClampedArray, offset: number): void => {
    for (let x = 0, i = offset; x < width; x++, i += 4) {
      const alpha = rgba[i + 3]!;
      let value: number;
      if (mode === 'opacity') value = 255 - alpha;
      else {
        // ITU-R BT.601 weights in 16-bit fixed point; they add up to 65536, so white stays 255.
        value = (rgba[i]! * 19595 + rgba[i + 1]! * 38470 + rgba[i + 2]! * 7471 + 32768) >> 16;
        if (alpha !== 255) {
          translucent = true;
          value = Math.round((value * alpha) / 255 + 255 - alpha);
        }
      }
      bright[x] = value;
    }
    if (same) {
      data.set(bright, y * width);
      y++;
      return;
    }
    row.fill(0);
    for (let x = 0; x < width; x++) {
      const at = column[x]!;
      const part = share[x]!;
      const value = bright[x]!;
      row[at] = row[at]! + value * part;
      if (part < 1 && at + 1 < outWidth) row[at + 1] = row[at + 1]! + value * (1 - part);
    }
    const edge = outY + 1;
    const top = y * stepY;
    const part = Math.min(1, (edge - top) / stepY);
    for (let x = 0; x < outWidth; x++) band[x] = band[x]! + row[x]! * part;
    y++;
    if (y * stepY >= edge - 1e-9) {
      flush();
      if (part < 1 - 1e-9 && outY < outHeight) for (let x = 0; x < outWidth; x++) band[x] = row[x]! * (1 - part);
    }
  };

  return {
    addRows(rgba) {
      for (let offset = 0; offset + width * 4 <= rgba.length && y < height; offset += width * 4) addRow(rgba, offset);
    },
    finish() {
      if (y !== height) throw new RangeError(`expected ${height} rows, got ${y}`);
      if (!same && outY < outHeight) flush();
      return { width: outWidth, height: outHeight, data, translucent };
    },
  };
}
