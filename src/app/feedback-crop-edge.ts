import type { Box } from '#glyph/ink';
import { recordCrop } from './feedback-crop.ts';
import type { PictureOriginal } from './picture-desk.ts';
import { pictureBrowser } from './picture-edge.ts';
import type { PictureEdit } from './pictures/crop.ts';

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
  try {
    const { box, drawn } = recordCrop(bitmap, crop, ink, turns);
    const sideways = turns % 2 === 1;
    const canvas = new OffscreenCanvas(sideways ? drawn.height : drawn.width, sideways ? drawn.width : drawn.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new DOMException('no 2d context', 'InvalidStateError');
    context.imageSmoothingQuality = 'high';
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate((turns * Math.PI) / 2);
    const { width, height } = drawn;
    context.drawImage(
      bitmap,
      box.left,
      box.top,
      box.right - box.left,
      box.bottom - box.top,
      -width / 2,
      -height / 2,
      width,
      height,
    );
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    bitmap.close();
  }
}
