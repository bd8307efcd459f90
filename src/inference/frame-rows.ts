import type { Box } from '#glyph/ink';
import { heightOf, widthOf } from '#glyph/ink';
import { createReducer } from '#glyph/luma';
import type { Luma } from '#glyph/luma';

/** Pixels copied at a time: 1 MB of RGBA, which the processor still has at hand when they are added up. */
const BAND_PIXELS = 1 << 18;

/** Smaller pictures are read from a canvas in less time than it takes to wait for the first rows. */
const WORTH_IT = 1 << 20;

/**
 * The part of a bitmap inside box, reduced to maxSide by our own area averaging, without a canvas: WebCodecs hands out
 * rows of the bitmap as they are, a sixth of the time that drawing and reading back takes, and no copy of the whole.
 * The bytes are those that a canvas gives. Null where that is not sure (a picture that lets the paper through, is
 * turned by its EXIF tag, or is no sRGB), not worth it, or where the browser cannot do it.
 */
export async function lumaByFrame(bitmap: ImageBitmap, box: Box, maxSide: number): Promise<Luma | null> {
  const width = widthOf(box);
  const height = heightOf(box);
  if (typeof VideoFrame === 'undefined' || width * height < WORTH_IT) return null;
  let frame: VideoFrame | null = null;
  try {
    frame = new VideoFrame(bitmap, { timestamp: 0 });
    if (!isPlain(frame)) return null;
    const reducer = createReducer(width, height, maxSide, 'on-white');
    const bandHeight = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
    const band = new Uint8Array(width * bandHeight * 4);
    for (let y = 0; y < height; y += bandHeight) {
      const rows = Math.min(bandHeight, height - y);
      await frame.copyTo(band, { format: 'RGBA', rect: { x: box.left, y: box.top + y, width, height: rows } });
      reducer.addRows(band.subarray(0, rows * width * 4));
    }
    return reducer.finish();
  } catch (error) {
    // A size or a format that this browser's WebCodecs refuses: its canvas may still do.
    if (error instanceof DOMException || error instanceof TypeError) return null;
    throw error;
  } finally {
    frame?.close();
  }
}

/** Rows as they are shown, and bytes as a canvas has them. */
function isPlain(frame: VideoFrame): boolean {
  const { format, colorSpace } = frame;
  const opaque = format === 'RGBX' || format === 'BGRX';
  // A photograph that its EXIF tag turns keeps its rows as they were taken; where a browser does not say, it may be one.
  const upright = 'rotation' in frame && frame.rotation === 0 && 'flip' in frame && frame.flip === false;
  return opaque && upright && colorSpace.primaries === 'bt709' && colorSpace.transfer === 'iec61966-2-1';
}
