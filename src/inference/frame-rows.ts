import type { Box } from '#glyph/ink';
import { heightOf, widthOf } from '#glyph/ink';
import { createReducer } from '#glyph/luma';
import type { Luma } from '#glyph/luma';
import type { Turns } from '#glyph/turned';
import { storedBox, turnRows } from './turned-rows.ts';

type Size = { readonly width: number; readonly height: number };

/** Pixels copied at a time: 1 MB of RGBA, which the processor still has at hand when they are added up. */
const BAND_PIXELS = 1 << 18;

/** Smaller pictures are read from a canvas in less time than it takes to wait for the first rows. */
const WORTH_IT = 1 << 20;

/** Rows of a bitmap; to be closed when nothing more is asked of it. */
export type FrameRows = {
  /**
   * The part of the bitmap inside box, reduced to maxSide by our own area averaging; null where it is refused after all.
   * worked: called whenever a band is done.
   */
  luma(box: Box, maxSide: number, worked: () => void): Promise<Luma | null>;
  close(): void;
};

/**
 * A bitmap without a canvas: WebCodecs hands out its rows as they are, a sixth of the time that drawing and reading back
 * takes, and no copy of the whole. The bytes are those that a canvas gives: a picture that its EXIF tag turns is turned
 * here, pixel by pixel. Null where that is not sure (a picture that lets the paper through, is mirrored, or is no sRGB),
 * not worth it, or where the browser cannot do it.
 */
export function rowsOfFrame(bitmap: ImageBitmap): FrameRows | null {
  if (typeof VideoFrame === 'undefined' || bitmap.width * bitmap.height < WORTH_IT) return null;
  const frame = frameOf(bitmap);
  if (frame === null) return null;
  const turns = turnsOf(frame);
  if (turns === null) {
    frame.close();
    return null;
  }
  // The frame keeps its rows as they were taken; boxes are in those that are shown.
  const size =
    turns % 2 === 0 ? { width: bitmap.width, height: bitmap.height } : { width: bitmap.height, height: bitmap.width };
  return {
    luma: (box, maxSide, worked) => unlessRefused(() => reduced(frame, size, turns, { box, maxSide, worked })),
    close: () => frame.close(),
  };
}

type Wish = { readonly box: Box; readonly maxSide: number; readonly worked: () => void };

async function reduced(frame: VideoFrame, size: Size, turns: Turns, { box, maxSide, worked }: Wish): Promise<Luma> {
  const width = widthOf(box);
  const height = heightOf(box);
  const reducer = createReducer(width, height, maxSide, 'on-white');
  const bandHeight = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
  const stored = new Uint32Array(width * bandHeight);
  const shown = turns === 0 ? stored : new Uint32Array(width * bandHeight);
  for (let y = 0; y < height; y += bandHeight) {
    const rows = Math.min(bandHeight, height - y);
    const { left, right, top, bottom } = box;
    const band = storedBox({ left, right, top: top + y, bottom: Math.min(bottom, top + y + rows) }, size, turns);
    const rect = { x: band.left, y: band.top, width: widthOf(band), height: heightOf(band) };
    await frame.copyTo(stored, { format: 'RGBA', rect });
    if (turns !== 0) turnRows(stored, rect, turns, shown);
    reducer.addRows(new Uint8Array(shown.buffer, 0, rows * width * 4));
    worked();
  }
  return reducer.finish();
}

/** A size or a format that this browser's WebCodecs refuses: its canvas may still do. */
const isRefusal = (error: unknown): boolean => error instanceof DOMException || error instanceof TypeError;

function frameOf(bitmap: ImageBitmap): VideoFrame | null {
  try {
    return new VideoFrame(bitmap, { timestamp: 0 });
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

async function unlessRefused(read: () => Promise<Luma>): Promise<Luma | null> {
  try {
    return await read();
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** How the rows are to be turned until they are shown; null where their bytes may not be those that a canvas has. */
function turnsOf(frame: VideoFrame): Turns | null {
  const { format, colorSpace } = frame;
  const opaque = format === 'RGBX' || format === 'BGRX';
  if (!opaque || colorSpace.primaries !== 'bt709' || colorSpace.transfer !== 'iec61966-2-1') return null;
  // Where a browser does not say, it may be turned.
  if (!('rotation' in frame && 'flip' in frame) || frame.flip !== false) return null;
  switch (frame.rotation) {
    case 0:
      return 0;
    case 90:
      return 1;
    case 180:
      return 2;
    case 270:
      return 3;
    default:
      return null;
  }
}
