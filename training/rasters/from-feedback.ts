/**
 * Feedback records → rasters for Python, by the very code that the app runs.
 *
 *   npx tsx training/rasters/from-feedback.ts --records FILE.ndjson --out DIR [--hands 6]
 *
 * Reads what ingest hands over, one JSON line a record: id, label, split, batch, drawn (ink and line, or null), and seen
 * (raster as base64 and cue). Writes rasters.0.u8, cues.0.f32 and rows.0.tsv as make.ts does, with the batch as writer
 * and the record's id as path. What was drawn is drawn again from its strokes (`ink`), and for training in other hands
 * (`hand`); of a picture there is the raster that the model saw (`picture`).
 */
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Ink, WritingLine } from '#glyph/ink';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromInk } from '#glyph/strokes';
import { misused, mustExist, readArguments } from '../../scripts/command-line.ts';
import { seeded, seedOf } from './random.ts';
import { drawn as inAnotherHand } from './variants.ts';

type Handed = {
  readonly id: string;
  readonly label: string;
  readonly split: 'train' | 'test';
  readonly batch: string;
  readonly drawn: { readonly ink: Ink; readonly line: WritingLine } | null;
  readonly seen: { readonly raster: string; readonly cue: readonly number[] };
};

const { values: options } = readArguments(import.meta.url, {
  options: {
    records: { type: 'string' },
    out: { type: 'string' },
    spec: { type: 'string', default: join(import.meta.dirname, '../preprocess.json') },
    hands: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
  },
});
if (options.records === undefined || options.out === undefined) misused('--records and --out are needed.');
mustExist('--records', options.records);

const spec = JSON.parse(readFileSync(options.spec, 'utf8')) as PreprocessSpec;
const rasters: Uint8Array[] = [];
const cues: Float32Array[] = [];
const rows: string[] = [];

function add(raster: Uint8Array, cue: Float32Array, variant: string, { id, label, split, batch }: Handed): void {
  rasters.push(raster);
  cues.push(cue);
  rows.push([label, split, 'feedback', batch, variant, id].join('\t'));
}

function addDrawing(record: Handed, ink: Ink, line: WritingLine): void {
  const glyph = glyphFromInk(ink, line, spec);
  if (glyph.kind === 'empty') return;
  add(glyph.raster.data, glyph.cue, 'ink', record);
  if (record.split !== 'train') return;
  const random = seeded(seedOf(`${options.seed}/${record.id}`));
  for (let k = 0; k < Number(options.hands); k++) {
    const made = inAnotherHand(ink, glyph.inkBox, line, random, spec);
    if (made.kind === 'glyph') add(made.raster.data, made.cue, 'hand', record);
  }
}

for await (const text of createInterface({ input: createReadStream(options.records, 'utf8') })) {
  const record = JSON.parse(text) as Handed;
  if (record.drawn !== null) addDrawing(record, record.drawn.ink, record.drawn.line);
  else add(Buffer.from(record.seen.raster, 'base64'), Float32Array.from(record.seen.cue), 'picture', record);
}

mkdirSync(options.out, { recursive: true });
writeFileSync(join(options.out, 'rasters.0.u8'), Buffer.concat(rasters));
writeFileSync(join(options.out, 'cues.0.f32'), Buffer.concat(cues.map(({ buffer }) => new Uint8Array(buffer))));
writeFileSync(join(options.out, 'rows.0.tsv'), rows.map((row) => `${row}\n`).join(''));
