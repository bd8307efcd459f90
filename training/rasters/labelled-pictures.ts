import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { decode } from 'fast-png';
import type { Raster } from '#glyph/raster';

/**
 * One labelled picture of a folder. source is the top folder under the root; writer is null where none is known.
 * Two layouts are read: SOURCE/WRITER/LABEL-K.png, where all cells of a writer share scale and place on the line, and
 * SOURCE/LABEL/ANY.png, letters cut out one by one.
 */
export type LabelledPicture = {
  readonly path: string;
  readonly label: string;
  readonly source: string;
  readonly writer: string | null;
};

/** What is wrong with a folder of pictures, as a person is told. */
export class UnfitPictures extends Error {
  readonly code = 'unfit-pictures';
}

/** Lists a folder in a stable order. Throws UnfitPictures when a file fits neither layout, naming it. */
export function listPictures(root: string, labels: readonly string[]): LabelledPicture[] {
  const known = new Set(labels);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => extname(path) === '.png');
  return paths.toSorted().map((path) => {
    const source = relative('.', path).split(sep)[0]!;
    const folder = basename(dirname(path));
    const stem = basename(path, '.png').replace(/-\d+$/, '');
    if (known.has(stem)) return { path, label: stem, source, writer: folder };
    if (known.has(folder)) return { path, label: folder, source, writer: null };
    throw new UnfitPictures(`${join(root, path)}: neither the file nor its folder is named after a label.`);
  });
}

/** The picture's brightness, one byte a pixel: 0 = black, 255 = white. Throws on what is no PNG. */
export function readBrightness(path: string): Raster {
  const { width, height, data, channels, depth } = decode(readFileSync(path));
  if (depth !== 8) throw new Error(`${path}: ${depth} bits a channel, expected 8`);
  const out = new Uint8Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const grey = channels < 3;
    const at = i * channels;
    const value = grey ? data[at]! : 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    const alpha = channels === 2 || channels === 4 ? data[at + channels - 1]! / 255 : 1;
    out[i] = Math.round(value * alpha + 255 * (1 - alpha));
  }
  return { width, height, data: out };
}
