import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { glyphFromInk } from '#glyph/strokes';
import type { Ink } from '#glyph/ink';
import type { PreprocessSpec } from '#glyph/spec';
import { photograph } from '../../training/rasters/photographing.ts';
import { seeded, seedOf } from '../../training/rasters/random.ts';
import { randomWarp, redraw } from '../../training/rasters/warping.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

/** A letter's picture, as a phone takes it. */
export type Picture = { readonly path: string; readonly label: string };

/**
 * Pictures of every letter into a folder: the strokes that the app shows as examples, each time in another hand, with
 * another pen, and photographed anew. The same ones each time.
 */
export function writeLetters(folder: string, ofEach: number): readonly Picture[] {
  const { letters } = read('src/ui/letters/strokes.json') as { letters: Readonly<Record<string, number[][]>> };
  const spec = read('training/preprocess.json') as PreprocessSpec;
  return Object.entries(letters).flatMap(([label, flat]) =>
    Array.from({ length: ofEach }, (_, n) => {
      const name = `${label}-${n}`;
      const path = join(folder, `${name}.png`);
      writeFileSync(path, pictureOf(inkOf(flat), name, spec));
      return { path, label };
    }),
  );
}

/** Thousandths of the sheet, x and y by turns. */
function inkOf(flat: readonly (readonly number[])[]): Ink {
  return flat.map((stroke) =>
    Array.from({ length: stroke.length / 2 }, (_, i) => ({ x: stroke[2 * i] ?? 0, y: stroke[2 * i + 1] ?? 0, t: i })),
  );
}

function pictureOf(ink: Ink, name: string, spec: PreprocessSpec): Uint8Array {
  const random = seeded(seedOf(name));
  const hand = redraw(ink, randomWarp(random, 500, 500, 150, 0.6), random, 1.5);
  const pen = { ...spec, size: 80, inkSize: 64, penWidth: random.between(0.06, 0.12) };
  const drawn = glyphFromInk(hand, null, pen);
  if (drawn.kind === 'empty') throw new Error(`${name} has no ink`);
  const { width, height, data } = drawn.raster;
  const scan = { width, height, data: data.map((value) => 255 - value) };
  const { pixels } = photograph(scan, null, randomWarp(random, width / 2, height / 2, width / 2, 0.3), random);
  return encode({ ...pixels, data: new Uint8Array(pixels.data), channels: 4, depth: 8 });
}
