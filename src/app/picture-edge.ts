import type { ByteSource } from './pictures/bytes.ts';
import type { PictureFormat } from './pictures/refusal.ts';

/** A small copy of a picture, for the eye alone: what the model sees never comes from here. */
export type Preview = { readonly url: string; readonly width: number; readonly height: number };

/** What the browser does with a picture. Tests put another in its place. */
export type PictureBrowser = {
  /** The file's bytes, piece by piece. Its reads reject with NotFoundError or NotReadableError when it is gone. */
  bytes(file: Blob): ByteSource;
  /** The whole picture, upright by its EXIF tag; whoever asked closes or transfers it. Rejects what is not decodable. */
  decode(file: Blob, format: PictureFormat): Promise<ImageBitmap>;
  /** Leaves the bitmap as it is. */
  preview(bitmap: ImageBitmap): Promise<Preview>;
  /** Gives back what a preview holds. */
  discard(preview: Preview): void;
};

const mimeOf = (format: PictureFormat): string => `image/${format}`;

/** Longest side of a preview, in pixels: sharp on a phone's screen, and a few tens of kilobytes. */
const previewSide = 720;
/** Pixels of a source strip while a preview is made: the browser's reduced copies are of a strip, not of the whole. */
const stripPixels = 4_000_000;

export const pictureBrowser: PictureBrowser = {
  bytes: (file) => ({
    size: file.size,
    async read(at, length) {
      return new Uint8Array(await file.slice(at, at + length).arrayBuffer());
    },
  }),

  // slice() gives the same bytes the type that they really have: some decoders believe the type.
  decode: (file, format) =>
    createImageBitmap(file.slice(0, file.size, mimeOf(format)), { imageOrientation: 'from-image' }),

  async preview(bitmap) {
    const scale = Math.min(1, previewSide / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new DOMException('no 2d context', 'InvalidStateError');
    context.imageSmoothingQuality = 'medium';
    await drawInStrips(context, bitmap, width, height);
    // WebP keeps transparency; browsers that cannot write it write PNG by themselves.
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
    return { url: URL.createObjectURL(blob), width, height };
  },

  discard: ({ url }) => URL.revokeObjectURL(url),
};

async function drawInStrips(
  context: OffscreenCanvasRenderingContext2D,
  bitmap: ImageBitmap,
  width: number,
  height: number,
): Promise<void> {
  const whole = bitmap.width * bitmap.height;
  if (whole <= stripPixels) {
    context.drawImage(bitmap, 0, 0, width, height);
    return;
  }
  // Strips end on whole pixels of the preview, so that no seam is drawn.
  const strips = Math.min(height, Math.ceil(whole / stripPixels));
  for (let strip = 0; strip < strips; strip++) {
    const top = Math.round((strip * height) / strips);
    const bottom = Math.round(((strip + 1) * height) / strips);
    const from = Math.floor((top * bitmap.height) / height);
    const to = Math.max(from + 1, Math.min(bitmap.height, Math.ceil((bottom * bitmap.height) / height)));
    const piece = await createImageBitmap(bitmap, 0, from, bitmap.width, to - from);
    context.drawImage(piece, 0, top, width, bottom - top);
    piece.close();
  }
}
