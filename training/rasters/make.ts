/**
 * Labelled pictures → the rasters that Python trains on, by the very code that the app runs.
 *
 *   npx tsx training/rasters/make.ts --pictures DIR --out DIR [--drawn 4] [--photos 4] [--shard 0/2]
 *
 * Writes, for each shard: rasters.K.u8 (N × size × size), cues.K.f32 (N × 4) and rows.K.tsv, one line for each raster:
 * label (or - for what is no letter), split, source, writer, variant, path.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GlyphResult } from '#glyph/glyph';
import type { Box, Ink, LineHeight, WritingLine } from '#glyph/ink';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromInk } from '#glyph/strokes';
import { misused, mustExist, readArguments } from '../../scripts/command-line.ts';
import type { LabelledPicture } from './labelled-pictures.ts';
import { UnfitPictures, readBrightness } from './labelled-pictures.ts';
import { scribble, texture, word } from './negatives.ts';
import type { NegativeKind } from './negatives.ts';
import { seeded, seedOf } from './random.ts';
import { readablePictures } from './readable-pictures.ts';
import { splitPictures } from './splitting.ts';
import type { Split } from './splitting.ts';
import { drawn, photographed, scanned, tracedInk } from './variants.ts';
import type { Variant } from './variants.ts';
import { heightOfNeighbours, inkBoxOf, lineOfNeighbours } from './writing-lines.ts';

const here = import.meta.dirname;
const { values: options } = readArguments(import.meta.url, {
  options: {
    pictures: { type: 'string' },
    out: { type: 'string' },
    labels: { type: 'string', default: join(here, '../labels.json') },
    spec: { type: 'string', default: join(here, '../preprocess.json') },
    drawn: { type: 'string', default: '4' },
    photos: { type: 'string', default: '4' },
    negatives: { type: 'string', default: '0.15' },
    shard: { type: 'string', default: '0/1' },
    seed: { type: 'string', default: '1' },
  },
});
if (options.pictures === undefined || options.out === undefined) misused('--pictures and --out are needed.');
mustExist('--pictures', options.pictures);

const spec = JSON.parse(readFileSync(options.spec, 'utf8')) as PreprocessSpec;
const labels = (JSON.parse(readFileSync(options.labels, 'utf8')) as { name: string }[]).map(({ name }) => name);
const [shard, shards] = options.shard.split('/').map(Number) as [number, number];
const root = resolve(options.pictures);
const pictures = picturesOf(root);
const splits = splitPictures(pictures, { seed: Number(options.seed), testWriters: 0.2, validationWriters: 0.05 });

const rasters: Uint8Array[] = [];
const cues: Float32Array[] = [];
const rows: string[] = [];
const missed = new Map<string, number>();

function picturesOf(folder: string): LabelledPicture[] {
  try {
    return readablePictures(folder, labels);
  } catch (error) {
    if (!(error instanceof UnfitPictures)) throw error;
    // One of the shards says it, or all would.
    if (shard === 0) return misused(error.message);
    process.exit(2);
  }
}

function add(
  result: GlyphResult,
  split: Split,
  variant: Variant | NegativeKind,
  picture: LabelledPicture | null,
): void {
  if (result.kind === 'empty') {
    const key = `${variant} ${result.reason}`;
    missed.set(key, (missed.get(key) ?? 0) + 1);
    return;
  }
  rasters.push(result.raster.data);
  cues.push(result.cue);
  const { label, source, writer, path } = picture ?? { label: '-', source: 'made', writer: null, path: '-' };
  rows.push([label, split, source, writer ?? '-', variant, path].join('\t'));
}

/** Everything that one picture gives; its centre lines come back for the words of the negatives. */
function addPicture(picture: LabelledPicture, line: WritingLine | LineHeight | null): Ink | null {
  const split = splits.get(picture.path)!;
  const random = seeded(seedOf(`${options.seed}/${picture.path}`));
  const brightness = readBrightness(join(root, picture.path));
  const scan = scanned(brightness, line, spec);
  add(scan, split, 'scan', picture);
  const traced = tracedInk(scan);
  if (scan.kind === 'empty' || traced === null) return null;
  add(glyphFromInk(traced.ink, line, spec), split, 'traced', picture);
  if (split !== 'train') return traced.ink;
  for (let k = 0; k < Number(options.drawn); k++)
    add(drawn(traced.ink, scan.inkBox, line, random, spec), split, 'drawn', picture);
  for (let k = 0; k < Number(options.photos); k++)
    add(photographed(brightness, line, random, spec), split, 'photo', picture);
  return traced.ink;
}

/** What is no letter, for every split; its words are written with the letters of one group. */
function addNegatives(inks: readonly Ink[], split: Split, name: string): void {
  const random = seeded(seedOf(`${options.seed}/negatives/${name}`));
  for (let k = 0; k < inks.length * Number(options.negatives); k++) {
    add(scribble(random, spec), split, 'scribble', null);
    add(texture(random, spec), split, 'texture', null);
    const letters = Array.from({ length: random.whole(2, 5) }, () => inks[random.whole(0, inks.length - 1)]!);
    add(word(letters, random, spec), split, 'word', null);
  }
}

const boxesOf = (group: readonly LabelledPicture[]): Box[] =>
  group.map(({ path }) => inkBoxOf(readBrightness(join(root, path)), spec)).filter((box) => box !== null);

const heights = new Map<string, LineHeight | null>();

/** A writer's boxes share a line. Letters cut out one by one share the scanner's scale with their split of the set. */
function lineFor(group: readonly LabelledPicture[]): WritingLine | LineHeight | null {
  const { source, writer, path } = group[0]!;
  if (writer !== null) return lineOfNeighbours(boxesOf(group));
  const split = splits.get(path)!;
  const key = `${source}/${split}`;
  if (!heights.has(key)) {
    const neighbours = pictures.filter((one) => one.source === source && splits.get(one.path) === split);
    heights.set(key, heightOfNeighbours(boxesOf(neighbours)));
  }
  return heights.get(key)!;
}

const groups = new Map<string, LabelledPicture[]>();
for (const picture of pictures) {
  const key = `${picture.source}/${picture.writer ?? picture.label}/${splits.get(picture.path)}`;
  groups.set(key, [...(groups.get(key) ?? []), picture]);
}
let number = 0;
for (const [name, group] of groups) {
  if (number++ % shards !== shard) continue;
  const line = lineFor(group);
  const inks = group.map((picture) => addPicture(picture, line)).filter((ink) => ink !== null);
  addNegatives(inks, splits.get(group[0]!.path)!, name);
  if (number % 20 < shards) console.log(`${number} of ${groups.size} groups, ${rows.length} rasters`);
}

mkdirSync(options.out, { recursive: true });
writeFileSync(join(options.out, `rasters.${shard}.u8`), Buffer.concat(rasters));
writeFileSync(join(options.out, `cues.${shard}.f32`), Buffer.concat(cues.map(({ buffer }) => new Uint8Array(buffer))));
writeFileSync(join(options.out, `rows.${shard}.tsv`), rows.join('\n') + '\n');
console.log(`${rows.length} rasters; nothing found in: ${JSON.stringify(Object.fromEntries(missed))}`);
