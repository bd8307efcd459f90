import type { Bytes } from './bytes.ts';
import { ascii, u32be } from './bytes.ts';
import type { FormatReader } from './header.ts';
import { PictureRefused } from './refusal.ts';

/** PNG, W3C Recommendation (third edition): 8 bytes of signature, then chunks of length, type, data and CRC. */
const firstChunk = 8;
const damaged = (): PictureRefused => new PictureRefused({ code: 'damaged', format: 'png' });

const bitDepths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export const png: FormatReader = {
  async header(bytes) {
    const head = await bytes.get(firstChunk, 8 + 13);
    if (ascii(head, 4, 4) !== 'IHDR' || u32be(head, 0) !== 13) throw damaged();
    const width = u32be(head, 8);
    const height = u32be(head, 12);
    const depth = head[16]!;
    if (width === 0 || height === 0 || !(bitDepths[head[17]!]?.includes(depth) ?? false) || head[20]! > 1) {
      throw damaged();
    }
    // An interlaced picture was seen to cost no more in Chromium than a plain one, and 16 bits no more than 8.
    return { width, height, decodeBytes: 4 };
  },

  /**
   * Every chunk up to IEND is there and has its checksum. A file that was cut off and filled up with zeros, as an
   * unfinished download is, has its length but not its checksums.
   */
  async complete(bytes) {
    let at = firstChunk;
    let dataSeen = false;
    for (;;) {
      const head = await bytes.get(at, 8);
      const length = u32be(head, 0);
      const type = ascii(head, 4, 4);
      if (!/^[A-Za-z]{4}$/.test(type) || length > 0x7fffffff) throw damaged();
      const body = at + 8;
      // Asked for before the data is read, so that an absurd length is found at once.
      if (body + length + 4 > bytes.size) throw new PictureRefused({ code: 'truncated', format: 'png' });
      const critical = type[0] === type[0]!.toUpperCase();
      if (critical && (await crcOf(bytes, at + 4, length + 4)) !== u32be(await bytes.get(body + length, 4), 0)) {
        throw damaged();
      }
      dataSeen ||= type === 'IDAT';
      if (type === 'IEND') break;
      at = body + length + 4;
    }
    if (!dataSeen) throw damaged();
  },
};

const crcTable = new Uint32Array(256).map((_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 as in ISO 3309, of length bytes from at. */
async function crcOf(bytes: Bytes, at: number, length: number): Promise<number> {
  let crc = 0xffffffff;
  for (let done = 0; done < length;) {
    const piece = (await bytes.some(at + done)).subarray(0, length - done);
    if (piece.length === 0) throw new PictureRefused({ code: 'truncated', format: 'png' });
    for (const byte of piece) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
    done += piece.length;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
