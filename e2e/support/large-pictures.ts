import { crc32, deflateSync } from 'node:zlib';
import type { Browser } from '@playwright/test';

/**
 * A photograph of a mark like a letter, side × side, uneven and grained, as JPEG. A page of its own draws it, and is gone
 * with all that it held before anything is measured.
 */
export async function largeJpeg(browser: Browser, side: number): Promise<Buffer> {
  const page = await browser.newPage();
  const base64 = await page.evaluate(async (size) => {
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    const light = context.createLinearGradient(0, 0, size, size);
    light.addColorStop(0, '#f6efdd');
    light.addColorStop(1, '#b9b2a2');
    context.fillStyle = light;
    context.fillRect(0, 0, size, size);
    context.fillStyle = '#27335c';
    context.fillRect(size * 0.3, size * 0.25, size * 0.4, size * 0.04);
    context.fillRect(size * 0.66, size * 0.25, size * 0.04, size * 0.5);
    context.fillRect(size * 0.3, size * 0.45, size * 0.04, size * 0.3);
    for (let i = 0; i < 4000; i++) {
      context.fillStyle = `rgb(0 0 0 / ${(i % 9) / 100})`;
      context.fillRect((i * 7919) % size, (i * 104729) % size, 9, 9);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let binary = '';
    for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(binary);
  }, side);
  await page.close();
  return Buffer.from(base64, 'base64');
}

/** A dark upright bar on paper that is half transparent: PNG with eight bits of opacity. */
export function largeTranslucentPng(width: number, height: number): Buffer {
  const paper = translucentRow(width, false);
  const inked = translucentRow(width, true);
  const rows = Array.from({ length: height }, (_, y) => (y > height * 0.2 && y < height * 0.8 ? inked : paper));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One row with the byte of its filter, none, before it. */
function translucentRow(width: number, inked: boolean): Buffer {
  const row = Buffer.alloc(1 + width * 4);
  for (let x = 0; x < width; x++) {
    const dark = inked && x > width * 0.47 && x < width * 0.53;
    row.set(dark ? [30, 40, 90, 255] : [250, 240, 220, 128 + (x & 7)], 1 + x * 4);
  }
  return row;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** The same bar in a BMP of one bit a pixel, side × side: few bytes for what it decodes to. */
export function largeOneBitBmp(side: number): Buffer {
  const stride = Math.ceil(side / 32) * 4;
  const pixels = 62;
  const file = Buffer.alloc(pixels + stride * side);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(pixels, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(side, 18);
  file.writeInt32LE(side, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(1, 28);
  // Two colours, blue first: paper, ink.
  file.writeUInt32LE(2, 46);
  file.writeUInt32LE(0x00_fa_f0_dc, 54);
  file.writeUInt32LE(0x00_1e_28_5a, 58);
  const last = Math.floor(side * 0.8);
  for (let row = Math.floor(side * 0.2); row < last; row++) {
    const at = pixels + row * stride;
    file.fill(0xff, at + Math.floor((side * 0.47) / 8), at + Math.floor((side * 0.53) / 8));
  }
  return file;
}
