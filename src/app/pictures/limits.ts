import type { PictureHeader } from './header.ts';
import { PictureRefused } from './refusal.ts';

const mega = 1_000_000;

/**
 * How large a picture may be. A page may add 300 MB for one. Measured in Chromium 156 (Linux, PSS of all its processes),
 * decoding takes 4 bytes a pixel and the file twice for JPEG, WebP and PNG (16 bits and interlaced too), and more for
 * other kinds: progressive JPEG keeps its coefficients, AVIF its planes, BMP its pixels twice. So one number of pixels
 * cannot keep the promise for every kind, and the bytes are reckoned too. Reading the pixels in the worker comes after
 * decoding, when the file's copies are gone, and needs little of its own. In all, at the peak: 280 MB for a JPEG of 64
 * megapixels (e2e/large-photo-memory.chromium.spec.ts holds that), 275 for a PNG of 48 with opacity and a file of 41 MB.
 */
const limits = {
  /** 8000 × 8000. */
  pixels: 64 * mega,
  /** Longest side: what graphics libraries count in 16 bits with a sign. */
  side: 32_767,
  fileBytes: 64 * mega,
  memoryBytes: 300 * mega,
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

const inMegabytes = (bytes: number): number => Math.ceil(bytes / mega);
