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
  /** Takes a rough copy at once and leaves the bitmap as it is; what comes back makes a preview of the copy. */
  preview(bitmap: ImageBitmap): () => Promise<Preview>;
  /** Gives back what a preview holds. */
  discard(preview: Preview): void;
};

const mimeOf = (format: PictureFormat): string => `image/${format}`;

/** Longest side of a preview, in pixels: sharp on a phone's screen, and a few hundred kilobytes at most. */
const previewSide = 720;

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

  preview(bitmap) {
    const scale = Math.min(1, previewSide / Math.max(bitmap.width, bitmap.height));
    // Half as large again in a first step that only picks pixels, then by averaging: averaging the whole costs a quarter of
    // a second and 80 MB at 64 megapixels, picking some milliseconds and nothing, and what is left of its roughness is
    // gone after it.
    const rough = drawnAt(bitmap, Math.min(1, scale * 1.5), 'low');
    return async () => {
      // A task of its own: the first one has just handed the picture over, and the page may have more to do.
      await new Promise((resolve) => setTimeout(resolve));
      const canvas = drawnAt(rough, scale / Math.min(1, scale * 1.5), 'medium');
      // WebP keeps transparency; browsers that cannot write it write PNG by themselves.
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
      return { url: URL.createObjectURL(blob), width: canvas.width, height: canvas.height };
    };
  },

  discard: ({ url }) => URL.revokeObjectURL(url),
};

/** In memory and not on the graphics card, which would have to take the whole picture first. */
function drawnAt(source: ImageBitmap | OffscreenCanvas, scale: number, smoothing: 'low' | 'medium'): OffscreenCanvas {
  const width = Math.max(1, Math.round(source.width * scale));
  const height = Math.max(1, Math.round(source.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new DOMException('no 2d context', 'InvalidStateError');
  context.imageSmoothingQuality = smoothing;
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}
