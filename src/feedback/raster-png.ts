/** Pure: a raster as a picture that any program opens: grey, black ink on white paper. */
import { zlibSync } from 'fflate';
import type { Raster } from '#glyph/raster';
import { crc32 } from './crc32.ts';

/**
 * The bytes of a PNG (https://www.w3.org/TR/png-3/): one byte a pixel, no filter. Not by CompressionStream: to set up
 * a stream takes far longer than to pack 4 KB, and there may be 100 000 of these.
 */
export function pngOfRaster({ width, height, data }: Raster): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head[8] = 8;
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = 255 - (data[y * width + x] ?? 0);
  }
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const packed = zlibSync(rows);
  const parts = [signature, chunk('IHDR', head), chunk('IDAT', packed), chunk('IEND', new Uint8Array(0))];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(data.length + 12);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(new TextEncoder().encode(type), 4);
  whole.set(data, 8);
  view.setUint32(data.length + 8, crc32(whole.subarray(4, data.length + 8)));
  return whole;
}
