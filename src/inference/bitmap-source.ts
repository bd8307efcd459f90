import type { Box } from '#glyph/ink';
import { heightOf, widthOf } from '#glyph/ink';
import { createReducer } from '#glyph/luma';
import type { PictureSource } from '#glyph/luma';
import { EngineError } from './engine-error.ts';

/** Pixels read back at a time: 4 MB of RGBA, whatever the size of the picture. */
const BAND_PIXELS = 1 << 20;

/**
 * The part of a bitmap inside crop (whole pixels, within the bitmap) as a source of pixels. It is read back from a
 * canvas in bands at its own scale, and reduced by our own area averaging: a browser's resampler differs from the
 * next one's by up to 174 of 255, and a 64-megapixel picture read back whole takes 256 MB.
 * luma() throws EngineError 'out-of-memory' where the device gives no canvas.
 */
export function bitmapSource(bitmap: ImageBitmap, crop: Box): PictureSource {
  return {
    width: widthOf(crop),
    height: heightOf(crop),
    luma(box, maxSide, mode) {
      const width = widthOf(box);
      const height = heightOf(box);
      const bandHeight = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
      const context = readableCanvas(width, bandHeight);
      const reducer = createReducer(width, height, maxSide, mode);
      for (let y = 0; y < height; y += bandHeight) {
        const rows = Math.min(bandHeight, height - y);
        context.drawImage(bitmap, crop.left + box.left, crop.top + box.top + y, width, rows, 0, 0, width, rows);
        reducer.addRows(context.getImageData(0, 0, width, rows).data);
      }
      return reducer.finish();
    },
  };
}

function readableCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  // In memory instead of on the graphics card, since all that is done here is to read it back.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new EngineError('out-of-memory', `no canvas of ${width} × ${height}`);
  context.imageSmoothingEnabled = false;
  // What is drawn replaces the band before it, transparent pixels too.
  context.globalCompositeOperation = 'copy';
  return context;
}
