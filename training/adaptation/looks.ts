/**
 * What adaptation sees of the writers that its numbers are fitted on, for training/ktav_training/fit_hand.py.
 *
 *   npx tsx training/adaptation/looks.ts --rasters DIR --out FOLDER [--model FOLDER] [--cache DIR] [--cueless]
 *
 * DIR is what training/rasters/make.ts filled. Writes looks.json and looks.f32 (little-endian, row by row): of each scan
 * of the training and validation writers the shape, the pen, the line's cue, the logarithms of the model's calibrated
 * probabilities, and the embedding of length 1; looks.json names the labels. --cueless: as for pictures, where no writing
 * line is known.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probabilities } from '#inference/prediction';
import { lookOf } from '#insight/adaptation';
import { misused, mustExist, readArguments } from '../../scripts/command-line.ts';
import { answersFor, openModel } from './model-answers.ts';
import { readRasterRows } from './raster-rows.ts';

const { values: options } = readArguments(import.meta.url, {
  options: {
    rasters: { type: 'string' },
    out: { type: 'string' },
    model: { type: 'string', default: 'public/models/hebrew-letters/0.4.0' },
    cueless: { type: 'boolean', default: false },
    cache: { type: 'string', default: '/tmp/ktav-adaptation' },
  },
});
const { rasters, out, cueless } = options;
if (rasters === undefined || out === undefined) misused('--rasters and --out are needed.');
mustExist('--rasters', rasters);
mustExist('--model', options.model);

const model = await openModel(options.model);
const { labels, size, calibration } = model;
const columns = { shape: 0, pen: 0, cue: 0, model: 0, embedding: 0 };
const rows: (readonly [split: string, writer: string, label: number])[] = [];
const numbers: number[] = [];
for (const split of ['train', 'validation'] as const) {
  const scans = readRasterRows(rasters, size, { splits: [split], variant: 'scan' });
  const answers = await answersFor(model, scans, cueless, options.cache, `${split} scan`);
  for (const [i, { writer, label, raster, cue }] of scans.entries()) {
    const { logits, embedding } = answers[i]!;
    const known = cueless ? new Float32Array(cue.length) : cue;
    const look = lookOf(embedding, { width: size, height: size, data: raster }, known);
    const parts = {
      shape: look.shape,
      pen: [look.pen],
      cue: known,
      model: probabilities(logits, calibration.temperature).map((one) => Math.log(Math.max(one, 1e-9))),
      embedding: look.embedding,
    };
    for (const name of ['shape', 'pen', 'cue', 'model', 'embedding'] as const) {
      columns[name] = parts[name].length;
      numbers.push(...parts[name]);
    }
    rows.push([split, writer, labels.indexOf(label)]);
  }
}
await model.release();

mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'looks.f32'), new Uint8Array(Float32Array.from(numbers).buffer));
writeFileSync(join(out, 'looks.json'), `${JSON.stringify({ columns, labels, rows })}\n`);
console.log(`${rows.length} letters`);
