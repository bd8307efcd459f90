import type { Box } from '#glyph/ink';
import { heightOf, widthOf } from '#glyph/ink';
import type { Turns } from '#glyph/turned';
import { recordCrop } from './feedback-crop.ts';
import type { PictureOriginal } from './picture-desk.ts';
import { pictureBrowser } from './picture-edge.ts';
import type { PictureEdit, Size } from './pictures/crop.ts';

/**
 * The part of a picture that goes into a record, as the bytes of a PNG. It is drawn anew from its pixels, so that nothing
 * else that was in the file (place, camera, name, thumbnail) is in it. Rejects when the file is gone.
 */
export async function pictureForRecord(
  { file, format }: PictureOriginal,
  { crop, turns }: PictureEdit,
  ink: Box | null,
): Promise<Uint8Array> {
  const bitmap = await pictureBrowser.decode(file, format);
  const { box, drawn } = recordCrop(bitmap, crop, ink, turns);
  let near: OffscreenCanvas;
  try {
    near = drawnFrom(bitmap, box, 'low', nearby(box, drawn));
  } finally {
    bitmap.close();
  }
  const canvas = drawnFrom(near, whole(near), 'high', drawn, turns);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

/** So many times the finished size is taken out of the picture before it is averaged. */
const finer = 4;

/**
 * Averaging costs the browser a third of the whole picture more, 80 MB at 64 megapixels, however small the box is. So the
 * box is taken out first, as it is or by picking pixels where there are far more than count in the end.
 */
function nearby(box: Box, drawn: Size): Size {
  return {
    width: Math.min(widthOf(box), drawn.width * finer),
    height: Math.min(heightOf(box), drawn.height * finer),
  };
}

const whole = ({ width, height }: Size): Box => ({ left: 0, top: 0, right: width, bottom: height });

/** That part of a picture at that size, and then turned. In memory, and not on the graphics card. */
function drawnFrom(
  source: ImageBitmap | OffscreenCanvas,
  box: Box,
  smoothing: 'low' | 'high',
  { width, height }: Size,
  turns: Turns = 0,
): OffscreenCanvas {
  const sideways = turns % 2 === 1;
  const canvas = new OffscreenCanvas(sideways ? height : width, sideways ? width : height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new DOMException('no 2d context', 'InvalidStateError');
  context.imageSmoothingQuality = smoothing;
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turns * Math.PI) / 2);
  const corner = [-width / 2, -height / 2] as const;
  context.drawImage(source, box.left, box.top, widthOf(box), heightOf(box), ...corner, width, height);
  return canvas;
}
