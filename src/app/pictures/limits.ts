import type { PictureHeader } from './header.ts';
import { PictureRefused } from './refusal.ts';

const mebi = 1024 * 1024;

/**
 * How large a picture may be. Measured in Chromium 156 (Linux, PSS of all its processes, a picture of 8000 × 8000):
 * createImageBitmap took 246 MiB for PNG (16 bits and interlaced too), 255 for JPEG, 251 for WebP, 342 for AVIF,
 * 437 for progressive JPEG at half colour and 624 at full colour, plus up to twice the file for BMP and PNG with
 * large files. So one number of pixels cannot keep the promise of 300 MB for every kind, and the bytes are reckoned too.
 * This is the decoder's share. Reading the pixels back in the worker leaves garbage that the browser collects later:
 * at the peak 190 MiB in all for 24 megapixels, 310 for 36, 440 for 48 and up to 630 for 64.
 */
const limits = {
  /** 8000 × 8000. */
  pixels: 64_000_000,
  /** Longest side: what graphics libraries count in 16 bits with a sign. */
  side: 32_767,
  fileBytes: 64 * mebi,
  memoryBytes: 300 * mebi,
} as const;

/** Throws PictureRefused when the file alone is too large to be looked at. */
export function checkFileSize(fileBytes: number): void {
  if (fileBytes === 0) throw new PictureRefused({ code: 'empty' });
  if (fileBytes > limits.fileBytes) {
    throw new PictureRefused({
      code: 'file-too-large',
      megabytes: inMegabytes(fileBytes),
      limit: inMegabytes(limits.fileBytes),
    });
  }
}

/** Throws PictureRefused when decoding would take more than this page allows itself. */
export function checkPictureSize({ width, height, decodeBytes }: PictureHeader, fileBytes: number): void {
  if (width * height > limits.pixels) {
    throw new PictureRefused({ code: 'too-many-pixels', width, height, limit: limits.pixels });
  }
  if (Math.max(width, height) > limits.side) {
    throw new PictureRefused({ code: 'too-long-side', width, height, limit: limits.side });
  }
  const needed = memoryNeeded({ width, height, decodeBytes }, fileBytes);
  if (needed > limits.memoryBytes) {
    throw new PictureRefused({
      code: 'too-heavy',
      megabytes: inMegabytes(needed),
      limit: inMegabytes(limits.memoryBytes),
    });
  }
}

/** Bytes at the peak of decoding: what the decoder holds, and the file twice, as it is handed from process to process. */
function memoryNeeded({ width, height, decodeBytes }: PictureHeader, fileBytes: number): number {
  return width * height * decodeBytes + 2 * fileBytes;
}

const inMegabytes = (bytes: number): number => Math.ceil(bytes / mebi);
