import type { PictureFormat } from './refusal.ts';
import { PictureRefused } from './refusal.ts';

/** A file, or a part of memory in a test: read() gives exactly length bytes from at, which lie within size. */
export type ByteSource = { readonly size: number; read(at: number, length: number): Promise<Uint8Array> };

/** Reads a file by pieces, so that a file of 60 MB is never in memory whole. */
export type Bytes = {
  readonly size: number;
  /** length bytes from at. Throws PictureRefused 'truncated' when the file ends before. Valid until the next call. */
  get(at: number, length: number): Promise<Uint8Array>;
  /** As many bytes from at as there are, at most a window; empty at the end of the file. */
  some(at: number): Promise<Uint8Array>;
};

const windowSize = 1 << 18;
/** Who goes through a file to its end waits for every piece, and the browser takes a millisecond for each. */
const strideSize = 1 << 20;

export function createBytes(signal: AbortSignal, source: ByteSource, format: PictureFormat): Bytes {
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);

  const load = async (at: number, length: number): Promise<void> => {
    signal.throwIfAborted();
    window = await source.read(at, Math.min(source.size - at, length));
    start = at;
  };

  return {
    size: source.size,
    async get(at, length) {
      if (at + length > source.size) throw new PictureRefused({ code: 'truncated', format });
      if (at < start || at + length > start + window.length) await load(at, Math.max(windowSize, length));
      return window.subarray(at - start, at - start + length);
    },
    async some(at) {
      if (at >= source.size) return new Uint8Array(0);
      if (at < start || at >= start + window.length) await load(at, strideSize);
      return window.subarray(at - start);
    },
  };
}

export const u16be = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
export const u16le = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8);
export const u24le = (bytes: Uint8Array, at: number): number => u16le(bytes, at) | (bytes[at + 2]! << 16);
export const u32be = (bytes: Uint8Array, at: number): number => u16be(bytes, at) * 65536 + u16be(bytes, at + 2);
export const u32le = (bytes: Uint8Array, at: number): number => u16le(bytes, at) + u16le(bytes, at + 2) * 65536;
export const i32le = (bytes: Uint8Array, at: number): number => u32le(bytes, at) | 0;

/** length bytes from at as characters: names of chunks, boxes and brands are ASCII. */
export const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));
