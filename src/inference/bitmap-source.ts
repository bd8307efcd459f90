import type { Box } from '#glyph/ink';
import { heightOf, widthOf } from '#glyph/ink';
import { createReducer } from '#glyph/luma';
import type { PictureSource } from '#glyph/luma';
import { EngineError } from './engine-error.ts';
import { lumaByFrame } from './frame-rows.ts';

/**
 * Pixels drawn at a time: 64 MB of canvas. Not less, because a bitmap that lies on the graphics card is fetched from
 * there whole for every part that is drawn; not more, because a picture of 64 megapixels is 256 MB by itself.
 */
const SHEET_PIXELS = 1 << 24;
/** Pixels read back from the canvas at a time: 1 MB of RGBA, half the time that 4 MB at a time take. */
const BAND_PIXELS = 1 << 18;

/**
 * The part of a bitmap inside crop (whole pixels, within the bitmap) as a source of pixels. They are had at their own
 * scale, in bands, and reduced by our own area averaging: a browser's resampler differs from the next one's by up to
 * 174 of 255. The whole of a large picture at workingSize, which is what is looked at first, is read at once and by
 * the shortest way; any other part is drawn on a canvas when it is asked for.
 * luma() throws EngineError 'out-of-memory' where the device gives no canvas.
 */
export async function bitmapSource(bitmap: ImageBitmap, crop: Box, workingSize: number): Promise<PictureSource> {
  const whole = await lumaByFrame(bitmap, crop, workingSize);
  return {
    width: widthOf(crop),
    height: heightOf(crop),
    luma(box, maxSide, mode) {
      const isWhole = widthOf(box) === widthOf(crop) && heightOf(box) === heightOf(crop);
      if (whole !== null && isWhole && maxSide === workingSize && mode === 'on-white') return whole;
      const width = widthOf(box);
      const height = heightOf(box);
      const sheetHeight = rowsWithin(SHEET_PIXELS, width, height);
      const bandHeight = rowsWithin(BAND_PIXELS, width, sheetHeight);
      const context = readableCanvas(width, sheetHeight);
      const reducer = createReducer(width, height, maxSide, mode);
      for (let top = 0; top < height; top += sheetHeight) {
        const rows = Math.min(sheetHeight, height - top);
        context.drawImage(bitmap, crop.left + box.left, crop.top + box.top + top, width, rows, 0, 0, width, rows);
        for (let y = 0; y < rows; y += bandHeight) {
          reducer.addRows(context.getImageData(0, y, width, Math.min(bandHeight, rows - y)).data);
        }
      }
      return reducer.finish();
    },
  };
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
