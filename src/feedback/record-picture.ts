/** Pure: whether bytes are such a picture as a record may hold. Nothing is decoded here. */

/** Longest side of the picture in a record, in pixels. */
const pictureSide = 256;
/** 256 × 256 in four channels do not get larger by PNG's own packing than this. */
export const pictureBytes = 270_000;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/**
 * Chunks that say how the pixels look, and nothing about who took them where: what a canvas writes. Text, time, Exif
 * and anything that this list does not know is a reason to refuse.
 */
const looks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'sRGB', 'gAMA', 'cHRM', 'iCCP', 'cICP', 'sBIT', 'pHYs']);

/**
 * What is wrong with a picture for a record, in plain words, or null: a whole PNG, no side over pictureSide, no chunk
 * that could carry a place, a time or a text, nothing behind its end.
 */
export function problemOfPicture(bytes: Uint8Array): string | null {
  if (bytes.length > pictureBytes) return `has ${bytes.length} bytes, at most ${pictureBytes} are kept`;
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return 'is no PNG';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE.length;
  for (let first = true; ; first = false) {
    // Length, type, data, checksum.
    if (at + 12 > bytes.length) return 'ends too early';
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (first !== (type === 'IHDR')) return 'does not begin with one header';
    if (!looks.has(type)) return `holds more than pixels: ${type}`;
    if (at + 12 + length > bytes.length) return 'ends too early';
    if (first) {
      if (length !== 13) return 'has a header of a wrong length';
      const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
      if (Math.min(width, height) < 1 || Math.max(width, height) > pictureSide)
        return `is ${width} × ${height} pixels, at most ${pictureSide} a side are kept`;
    }
    at += 12 + length;
    if (type === 'IEND') return at === bytes.length ? null : 'has bytes behind its end';
  }
}
