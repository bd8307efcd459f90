import type { Box } from '#glyph/ink';
import { heightOf, widthOf } from '#glyph/ink';
import type { View } from '#glyph/looking';
import { createReducer } from '#glyph/luma';
import type { Luma } from '#glyph/luma';
import { EngineError } from './engine-error.ts';
import { rowsOfFrame } from './frame-rows.ts';

/**
 * Pixels drawn at a time: 4 MB of canvas, and as much again while it is read back. A picture of 64 megapixels is 256 MB
 * by itself, and 300 is all that it may take.
 */
const SHEET_PIXELS = 1 << 20;
/** Pixels read back from the canvas at a time: 1 MB of RGBA, half the time that 4 MB at a time take. */
const BAND_PIXELS = 1 << 18;

/** Views of a bitmap; to be closed when no more are asked for. */
export type BitmapViews = { readonly show: (view: View) => Promise<Luma>; readonly close: () => void };

/**
 * The part of a bitmap inside crop (whole pixels, within the bitmap), to be seen in views whose boxes count from the
 * crop's corner. Pixels are had at their own scale, in bands, and reduced by our own area averaging: a browser's
 * resampler differs from the next one's by up to 174 of 255. A large picture's rows come by the shortest way where the
 * browser has it, and are drawn on a canvas where it has not. worked is called whenever a band is done.
 * show() rejects with EngineError 'out-of-memory' where the device gives no canvas.
 */
export function bitmapViews(bitmap: ImageBitmap, crop: Box, worked: () => void): BitmapViews {
  const rows = rowsOfFrame(bitmap);
  return {
    async show({ box, maxSide, mode }) {
      const part = {
        left: crop.left + box.left,
        top: crop.top + box.top,
        right: crop.left + box.right,
        bottom: crop.top + box.bottom,
      };
      const seen = mode === 'on-white' ? await rows?.luma(part, maxSide, worked) : null;
      return seen ?? drawn(bitmap, part, { box, maxSide, mode }, worked);
    },
    close: () => rows?.close(),
  };
}

function drawn(bitmap: ImageBitmap, part: Box, { maxSide, mode }: View, worked: () => void): Luma {
  const width = widthOf(part);
  const height = heightOf(part);
  const sheetHeight = rowsWithin(SHEET_PIXELS, width, height);
  const bandHeight = rowsWithin(BAND_PIXELS, width, sheetHeight);
  const context = readableCanvas(width, sheetHeight);
  const reducer = createReducer(width, height, maxSide, mode);
  const nowhere = deadEnd();
  for (let top = 0; top < height; top += sheetHeight) {
    const rows = Math.min(sheetHeight, height - top);
    context.drawImage(bitmap, part.left, part.top + top, width, rows, 0, 0, width, rows);
    for (let y = 0; y < rows; y += bandHeight) {
      const { data } = context.getImageData(0, y, width, Math.min(bandHeight, rows - y));
      reducer.addRows(data);
      nowhere.postMessage(null, [data.buffer]);
      worked();
    }
  }
  return reducer.finish();
}

/**
 * A port with nobody at its other end: what is sent there is freed at once. Bands that wait for the garbage collector
 * were seen to pile up to 120 MB, since it counts what scripts allocate and not the pixels that a canvas gives them.
 */
function deadEnd(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}

const rowsWithin = (pixels: number, width: number, height: number): number =>
  Math.max(1, Math.min(height, Math.floor(pixels / width)));

function readableCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  // In memory instead of on the graphics card, since all that is done here is to read it back.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new EngineError('out-of-memory', `no canvas of ${width} × ${height}`);
  context.imageSmoothingEnabled = false;
  // What is drawn replaces what was there before, by transparent pixels too.
  context.globalCompositeOperation = 'copy';
  return context;
}
