import { ascii, u16le, u24le, u32le } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import type { FormatReader, PictureHeader } from './header.ts';
import { PictureRefused } from './refusal.ts';

/** WebP, RFC 9649: RIFF, length, WEBP, then chunks of name, length and data, padded to even lengths. */
const firstChunk = 12;
const damaged = (): PictureRefused => new PictureRefused({ code: 'damaged', format: 'webp' });

/** What a lossless picture, a film or an opacity channel costs its decoder on top of the finished pixels. */
const extraBytes = { lossless: 4, film: 4, opacity: 2 };

export const webp: FormatReader = {
  async header(bytes) {
    const name = ascii(await bytes.get(firstChunk, 8), 0, 4);
    if (name === 'VP8X') return extended(await bytes.get(firstChunk + 8, 10));
    if (name === 'VP8L') return lossless(await bytes.get(firstChunk + 8, 5));
    if (name === 'VP8 ') return lossy(await bytes.get(firstChunk + 8, 10));
    throw damaged();
  },

  async complete(bytes) {
    const end = firstChunk - 4 + u32le(await bytes.get(4, 4), 0);
    if (end > bytes.size) throw new PictureRefused({ code: 'truncated', format: 'webp' });
    const names = await chunkNames(bytes, end);
    if (!['VP8 ', 'VP8L', 'ANMF'].some((name) => names.has(name))) throw damaged();
  },
};

function extended(data: Uint8Array): PictureHeader {
  const flags = data[0]!;
  const film = (flags & 0x02) !== 0 ? extraBytes.film : 0;
  const opacity = (flags & 0x10) !== 0 ? extraBytes.opacity : 0;
  return { width: u24le(data, 4) + 1, height: u24le(data, 7) + 1, decodeBytes: 4 + film + opacity };
}

function lossless(data: Uint8Array): PictureHeader {
  if (data[0] !== 0x2f) throw damaged();
  const bits = u32le(data, 1);
  return {
    width: (bits & 0x3fff) + 1,
    height: ((bits >>> 14) & 0x3fff) + 1,
    decodeBytes: 4 + extraBytes.lossless,
  };
}

function lossy(data: Uint8Array): PictureHeader {
  if (data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) throw damaged();
  const width = u16le(data, 6) & 0x3fff;
  const height = u16le(data, 8) & 0x3fff;
  if (width === 0 || height === 0) throw damaged();
  return { width, height, decodeBytes: 4 };
}

async function chunkNames(bytes: Bytes, end: number): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (let at = firstChunk; at < end;) {
    if (at + 8 > end) throw damaged();
    const head = await bytes.get(at, 8);
    const length = u32le(head, 4);
    names.add(ascii(head, 0, 4));
    at += 8 + length + (length & 1);
    if (at > end) throw damaged();
  }
  return names;
}
