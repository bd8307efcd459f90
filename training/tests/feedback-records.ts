/**
 * Feedback records for the tests of ingest, as lines of a batch: letters of the learning cards in made-up hands, put
 * through the app's own preprocessing and written by its own wire form.
 *
 *   npx tsx training/tests/feedback-records.ts --count 3 --labels alef,bet --seed 1 > records.ndjson
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { FeedbackRecord } from '#feedback/record';
import { lineToJson } from '#feedback/wire';
import type { Ink } from '#glyph/ink';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromInk } from '#glyph/strokes';
import { seeded, seedOf } from '../rasters/random.ts';
import { randomWarp, redraw } from '../rasters/warping.ts';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '1' },
    labels: { type: 'string', default: 'alef' },
    seed: { type: 'string', default: '1' },
    start: { type: 'string', default: '2026-11-20T10:00:00.000Z' },
  },
});

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const spec = JSON.parse(readFileSync(at('training/preprocess.json'), 'utf8')) as PreprocessSpec;
const { letters } = JSON.parse(readFileSync(at('src/ui/letters/strokes.json'), 'utf8')) as {
  letters: Record<string, number[][]>;
};
const SHEET = 480;
const line = { headline: 0.35 * SHEET, baseline: 0.65 * SHEET };
const random = seeded(seedOf(`feedback/${options.seed}`));
const hex = (digits: number): string => Array.from({ length: digits }, () => random.whole(0, 15).toString(16)).join('');

/** Flat x, y, x, y … in thousandths of the sheet. */
function inkOf(label: string): Ink {
  let t = 0;
  const strokes = (letters[label] ?? []).map((flat) =>
    Array.from({ length: flat.length / 2 }, (_, i) => {
      t += 12;
      return { x: (flat[2 * i]! / 1000) * SHEET, y: (flat[2 * i + 1]! / 1000) * SHEET, t };
    }),
  );
  return redraw(strokes, randomWarp(random, SHEET / 2, SHEET / 2, 0.2 * SHEET, 0.8), random, 0);
}

function recordOf(label: string, made: number): FeedbackRecord {
  const ink = inkOf(label);
  const glyph = glyphFromInk(ink, line, spec);
  if (glyph.kind === 'empty') throw new Error(`no strokes for ${label}`);
  const time = made.toString(16).padStart(12, '0');
  return {
    schema: 1,
    id: `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`,
    revision: 0,
    time: new Date(made).toISOString(),
    source: 'draw',
    drawn: { ink, line },
    seen: { raster: glyph.raster, cue: [...glyph.cue] },
    picture: null,
    prediction: { label: 'resh', reason: null, top: [{ label: 'resh', probability: 0.75 }] },
    verdict: 'corrected',
    label,
    receipt: {
      model: 'hebrew-letters',
      version: '0.0.1',
      fileHash: 'a'.repeat(64),
      backend: 'wasm',
      preprocess: spec.version,
      appBuild: 'test',
    },
  };
}

const start = Date.parse(options.start);
let number = 0;
for (let k = 0; k < Number(options.count); k++)
  for (const label of options.labels.split(','))
    process.stdout.write(`${lineToJson(recordOf(label, start + number++ * 20_000))}\n`);
