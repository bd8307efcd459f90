import type { PictureHeader } from './header.ts';
import { PictureRefused } from './refusal.ts';

const mega = 1_000_000;

/**
 * How large a picture may be. A page may add 300 MB for one. Measured in Chromium 156 (Linux, the peaks of all its processes
 * as the kernel keeps them), decoding takes 4 bytes a pixel and the file twice for JPEG, WebP and PNG (16 bits and interlaced
 * too), and more for other kinds: progressive JPEG keeps its coefficients, AVIF its planes, BMP its pixels twice. So one
 * number of pixels cannot keep the promise for every kind, and the bytes are reckoned too. What is not decoding, such as the
 * worker's bands, the preview and the painting, took 3 to 13 MB beside it. In all, at the peak: 272 to 276 MB for a JPEG of 64
 * megapixels and a small file; e2e/large-photo-memory.chromium.spec.ts weighs each kind near its end.
 */
const limits = {
  /** 8000 × 8000. */
  pixels: 64 * mega,
  /** Longest side: what graphics libraries count in 16 bits with a sign. */
  side: 32_767,
  fileBytes: 64 * mega,
  /** For decoding: the rest of the 300 MB is for all else. */
  memoryBytes: 285 * mega,
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
