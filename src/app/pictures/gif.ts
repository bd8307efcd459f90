import type { Bytes } from './bytes.ts';
import { u16le } from './bytes.ts';
import type { FormatReader } from './header.ts';
import { PictureRefused } from './refusal.ts';

/** GIF89a: screen, palette, then blocks: 21 = extension, 2C = frame, 3B = end. */
const EXTENSION = 0x21;
const FRAME = 0x2c;
const damaged = (): PictureRefused => new PictureRefused({ code: 'damaged', format: 'gif' });
/** Bytes of a palette by its flags: present (bit 7), and how many colours (bits 0 to 2). */
const paletteBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1));

export const gif: FormatReader = {
  async header(bytes) {
    const screen = await bytes.get(6, 7);
    const screenWidth = u16le(screen, 0);
    const screenHeight = u16le(screen, 2);
    const frame = await bytes.get(await firstFrame(bytes), 10);
    // A frame may hang over its screen; decoders make room for both.
    const width = Math.max(screenWidth, u16le(frame, 1) + u16le(frame, 5));
    const height = Math.max(screenHeight, u16le(frame, 3) + u16le(frame, 7));
    if (u16le(frame, 5) === 0 || u16le(frame, 7) === 0) throw damaged();
    return { width, height, decodeBytes: 5 };
  },

  /** The first frame is whole: that is the one that is read. What comes after it, the end marker too, may be missing. */
  async complete(bytes) {
    const at = await firstFrame(bytes);
    const flags = (await bytes.get(at + 9, 1))[0]!;
    const data = at + 10 + paletteBytes(flags);
    await bytes.get(data, 1);
    const end = await afterSubBlocks(bytes, data + 1);
    if (end === data + 2) throw damaged();
  },
};

/** Where the first frame's descriptor begins. */
async function firstFrame(bytes: Bytes): Promise<number> {
  let at = 13 + paletteBytes((await bytes.get(10, 1))[0]!);
  for (;;) {
    const kind = (await bytes.get(at, 1))[0]!;
    if (kind === FRAME) return at;
    if (kind !== EXTENSION) throw damaged();
    at = await afterSubBlocks(bytes, at + 2);
  }
}

/** Behind a chain of blocks that each begin with their length and end with a length of 0. */
async function afterSubBlocks(bytes: Bytes, from: number): Promise<number> {
  let at = from;
  for (;;) {
    const length = (await bytes.get(at, 1))[0]!;
    at += 1 + length;
    if (length === 0) return at;
  }
}
