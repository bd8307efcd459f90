import type { Bytes } from './bytes.ts';
import { u16be } from './bytes.ts';
import type { FormatReader, PictureHeader } from './header.ts';
import { PictureRefused } from './refusal.ts';

/** Markers of ITU-T T.81, table B.1. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const damaged = (): PictureRefused => new PictureRefused({ code: 'damaged', format: 'jpeg' });

/** Start of frame: C0 to CF, but for the tables that share the range (DHT C4, JPG C8, DAC CC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Restart markers and TEM have no length behind them. */
const standsAlone = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01;

export const jpeg: FormatReader = {
  async header(bytes) {
    for await (const { marker, body, length } of segments(bytes)) {
      if (isFrame(marker)) return frameOf(marker, await bytes.get(body, length));
    }
    throw damaged();
  },

  /**
   * Walks to the EOI that ends the picture itself. The one of a preview inside an APP segment is passed over with its
   * segment, and what comes after (a second picture, a film) does not matter.
   */
  async complete(bytes) {
    let scans = 0;
    for await (const { marker } of segments(bytes)) if (marker === SOS) scans++;
    if (scans === 0) throw damaged();
  },
};

function frameOf(marker: number, frame: Uint8Array): PictureHeader {
  if (frame.length < 6) throw damaged();
  const height = u16be(frame, 1);
  const width = u16be(frame, 3);
  const parts = frame[5]!;
  // Height 0 means that it comes later (DNL), which no browser reads.
  if (width === 0 || height === 0 || parts === 0 || frame.length < 6 + parts * 3) throw damaged();
  const progressive = (marker & 3) === 2;
  if (!progressive) return { width, height, decodeBytes: 4 };
  // Progressive: all coefficients wait in memory, two bytes each, until the last scan is in. The parts of a colour
  // picture are often kept at half the size, so the sampling factors are counted.
  let widest = 1;
  let highest = 1;
  let samples = 0;
  for (let part = 0; part < parts; part++) {
    const factors = frame[6 + part * 3 + 1]!;
    const h = factors >> 4;
    const v = factors & 15;
    if (h === 0 || v === 0 || h > 4 || v > 4) throw damaged();
    widest = Math.max(widest, h);
    highest = Math.max(highest, v);
    samples += h * v;
  }
  return { width, height, decodeBytes: 4 + (2 * samples) / (widest * highest) };
}

type Segment = { readonly marker: number; readonly body: number; readonly length: number };

/** All segments from SOI to EOI, coded data between them passed over. Throws 'truncated' when there is no EOI. */
async function* segments(bytes: Bytes): AsyncGenerator<Segment> {
  let at = 2;
  for (;;) {
    const found = await nextMarker(bytes, at);
    const { marker } = found;
    at = found.after;
    if (marker === EOI) return;
    if (marker === SOI || standsAlone(marker)) continue;
    const length = u16be(await bytes.get(at, 2), 0);
    if (length < 2) throw damaged();
    yield { marker, body: at + 2, length: length - 2 };
    at += length;
  }
}

/**
 * The next FF that is followed by a marker. In coded data FF is always followed by 00; decoders pass over stray bytes
 * between segments, and so does this.
 */
async function nextMarker(bytes: Bytes, from: number): Promise<{ readonly marker: number; readonly after: number }> {
  let at = from;
  let afterFF = false;
  for (;;) {
    const piece = await bytes.some(at);
    if (piece.length === 0) throw new PictureRefused({ code: 'truncated', format: 'jpeg' });
    let index = 0;
    while (index < piece.length) {
      if (!afterFF) {
        index = piece.indexOf(0xff, index);
        if (index < 0) break;
        afterFF = true;
        index++;
        continue;
      }
      const byte = piece[index]!;
      index++;
      if (byte === 0xff) continue;
      afterFF = false;
      if (byte !== 0) return { marker: byte, after: at + index };
    }
    at += piece.length;
  }
}
