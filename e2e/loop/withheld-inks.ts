/**
 * The withheld pictures as a hand would write them on the sheet: traced to strokes, and placed on its ruled line as they
 * stand on the line of their own page.
 *
 *   npx tsx e2e/loop/withheld-inks.ts --pictures DIR > inks.json
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PreprocessSpec } from '#glyph/spec';
import { listPictures, readBrightness } from '../../training/rasters/labelled-pictures.ts';
import { scanned, tracedInk } from '../../training/rasters/variants.ts';
import { inkBoxOf, lineOfNeighbours } from '../../training/rasters/writing-lines.ts';

/** Strokes in parts of the sheet's side. hand: the made-up writer, `gveret-levin-03`. */
export type WithheldInk = {
  readonly label: string;
  readonly hand: string;
  readonly strokes: readonly (readonly (readonly [x: number, y: number])[])[];
};

/** Of the sheet; data-headline and data-baseline say the same on the page. */
const HEADLINE = 0.35;
const BASELINE = 0.65;
/** A pen does not report every pixel. */
const EVERY = 4;

const { values: options } = parseArgs({ options: { pictures: { type: 'string' } } });
if (options.pictures === undefined) throw new Error('--pictures is needed');
const repository = join(import.meta.dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(repository, path), 'utf8'));
const spec = read('training/preprocess.json') as PreprocessSpec;
const labels = (read('training/labels.json') as { name: string }[]).map(({ name }) => name);

const folder = (name: string): string => join(options.pictures!, name);
const base = listPictures(folder('base'), labels);
const inks: WithheldInk[] = [];
const lines = new Map<string, ReturnType<typeof lineOfNeighbours>>();
for (const { path, label, writer } of listPictures(folder('withheld'), labels)) {
  const hand = writer!;
  if (!lines.has(hand)) {
    const neighbours = base.filter((one) => one.writer === hand);
    const boxes = neighbours.map((one) => inkBoxOf(readBrightness(join(folder('base'), one.path)), spec));
    lines.set(hand, lineOfNeighbours(boxes.filter((box) => box !== null)));
  }
  const line = lines.get(hand);
  const scan = scanned(readBrightness(join(folder('withheld'), path)), line ?? null, spec);
  const traced = tracedInk(scan);
  if (line === null || line === undefined || traced === null || scan.kind === 'empty') continue;
  const scale = (BASELINE - HEADLINE) / (line.baseline - line.headline);
  const middle = (scan.inkBox.left + scan.inkBox.right) / 2;
  inks.push({
    label,
    hand,
    strokes: traced.ink.map((stroke) =>
      stroke
        .filter((_, i) => i % EVERY === 0 || i === stroke.length - 1)
        .map(({ x, y }) => [0.5 + (x - middle) * scale, BASELINE + (y - line.baseline) * scale] as const),
    ),
  });
}
process.stdout.write(JSON.stringify(inks));
