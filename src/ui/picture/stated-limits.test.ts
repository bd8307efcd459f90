import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectPicture } from '#app/pictures/inspect';
import { picture as en } from '../i18n/en/picture.ts';
import { picture as he } from '../i18n/he/picture.ts';

/** What the upload screen promises, in megapixels, read out of its own words: plain, packed tighter, AVIF. */
const stated = (words: string): readonly number[] =>
  [...words.matchAll(/\d+/g)].map(([digits]) => Number(digits)).slice(0, 3);
const [plain = 0, packed = 0, avif = 0] = stated(en.formats);

type Patch = (bytes: DataView, width: number, height: number) => void;

/** Kinds of picture by where their heads name the size: what is stated for each, and where it really ends. */
const kinds: readonly (readonly [what: string, file: string, states: number, ends: number, patch: Patch])[] = [
  ['a PNG', 'alef.png', plain, 64, (png, width, height) => both32(png, 16, width, height, false)],
  ['a JPEG', 'shin.jpg', plain, 64, jpegFrame],
  ['a progressive JPEG that keeps every colour', 'qof-progressive.jpg', packed, 28.5, jpegFrame],
  ['a WebP without loss', 'tav-lossless.webp', packed, 35.6, losslessWebp],
  ['a GIF', 'mem.gif', packed, 57, (gif, width, height) => both16(gif, 6, width, height, true)],
  ['a BMP', 'tsadi.bmp', packed, 31.7, (bmp, width, height) => both32(bmp, 18, width, height, true)],
  ['an AVIF', 'bet.avif', avif, 19, avifSize],
];

function both32(bytes: DataView, at: number, width: number, height: number, littleEndian: boolean): void {
  bytes.setUint32(at, width, littleEndian);
  bytes.setUint32(at + 4, height, littleEndian);
}
function both16(bytes: DataView, at: number, width: number, height: number, littleEndian: boolean): void {
  bytes.setUint16(at, width, littleEndian);
  bytes.setUint16(at + 2, height, littleEndian);
}
function jpegFrame(jpeg: DataView, width: number, height: number): void {
  const at = indexIn(jpeg, (i) => jpeg.getUint8(i) === 0xff && [0xc0, 0xc2].includes(jpeg.getUint8(i + 1)));
  both16(jpeg, at + 5, height, width, false);
  // None of its parts is kept at half the size.
  for (let part = 0; part < jpeg.getUint8(at + 9); part++) jpeg.setUint8(at + 11 + part * 3, 0x11);
}
function losslessWebp(webp: DataView, width: number, height: number): void {
  webp.setUint32(21, (width - 1) | ((height - 1) << 14), true);
}
function avifSize(heif: DataView, width: number, height: number): void {
  const ispe = indexIn(heif, (i) => heif.getUint32(i) === 0x69_73_70_65);
  both32(heif, ispe + 8, width, height, false);
}
function indexIn(bytes: DataView, is: (at: number) => boolean): number {
  for (let at = 0; at < bytes.byteLength - 4; at++) if (is(at)) return at;
  throw new Error('the fixture has no such part');
}

/** Why a picture of this size is not taken for its size; null where only its data are found to be another picture's. */
async function tooLarge(file: string, patch: Patch, megapixels: number): Promise<string | null> {
  const bytes = new Uint8Array(readFileSync(new URL(`../../../e2e/fixtures/pictures/${file}`, import.meta.url)));
  const width = 4000;
  patch(new DataView(bytes.buffer), width, Math.floor((megapixels * 1e6) / width));
  const source = { size: bytes.length, read: async (at: number, length: number) => bytes.slice(at, at + length) };
  const inspection = await inspectPicture(new AbortController().signal, source);
  const code = inspection.kind === 'refused' ? inspection.refusal.code : null;
  return code === 'too-heavy' || code === 'too-many-pixels' ? code : null;
}

describe('the sizes that the upload screen states', () => {
  it('are the same in both languages', () => {
    expect(stated(en.formats)).toEqual([64, 25, 18]);
    expect(stated(he.formats)).toEqual(stated(en.formats));
  });

  it.each(kinds)('%s of as many megapixels is taken', async (_, file, states, __, patch) => {
    expect(await tooLarge(file, patch, states)).toBeNull();
  });

  it.each(kinds)('%s that goes well past them is not', async (_, file, __, ends, patch) => {
    expect(await tooLarge(file, patch, ends * 1.02)).not.toBeNull();
  });
});
