import { glyphFromPixels } from '#glyph/pixels';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromInk } from '#glyph/strokes';
import { readInput } from '#inference/reading';
import { readServedPackage } from '../served-package.ts';
import { atWork, fetchBytes } from './at-work.ts';
import { drawInk, written } from './handwriting.ts';
import type { Preprocessing } from './orders.ts';

const SIDE = 512;
/** As a pointer of 120 Hz reports a letter of two and a half seconds. */
const POINTS = 300;

/** What comes before the model, in the worker where the app does it too. */
atWork(async (order) => {
  if (order.kind !== 'preprocess') throw new Error('that is for the other workers');
  const { manifest } = await readServedPackage(fetchBytes(order.models));
  return measure(
    manifest.labels.map(({ name }) => name),
    manifest.preprocess,
    order.rounds,
  );
});

/** Every letter once a round, and all ways in turn for each; the first round is not counted. */
async function measure(labels: readonly string[], spec: PreprocessSpec, rounds: number): Promise<Preprocessing> {
  const times: Record<keyof Preprocessing, number[]> = { readback: [], pixels: [], bitmap: [], strokes: [] };
  const context = sheet();
  for (let round = 0; round <= rounds; round++) {
    for (const label of labels) {
      const ink = written(label, POINTS);
      context.clearRect(0, 0, SIDE, SIDE);
      context.fillRect(0, 0, SIDE, SIDE);
      drawInk(context, ink, { left: 0, top: 0, side: SIDE }, SIDE * 0.025);
      const bitmap = await createImageBitmap(context.canvas);
      const start = performance.now();
      const pixels = context.getImageData(0, 0, SIDE, SIDE);
      const readBack = performance.now();
      const fromPixels = glyphFromPixels(pixels, null, { invert: false }, spec);
      const made = performance.now();
      const fromBitmap = readInput({ kind: 'picture', bitmap, crop: null, invert: false, line: null }, spec).glyph;
      const madeOfBitmap = performance.now();
      const fromInk = glyphFromInk(ink, { headline: 0.35, baseline: 0.65 }, spec);
      const drawn = performance.now();
      bitmap.close();
      if ([fromPixels, fromBitmap, fromInk].some(({ kind }) => kind !== 'glyph')) throw new Error(`${label} is empty`);
      if (round === 0) continue;
      times.readback.push(readBack - start);
      times.pixels.push(made - readBack);
      times.bitmap.push(madeOfBitmap - made);
      times.strokes.push(drawn - madeOfBitmap);
    }
  }
  return times;
}

function sheet(): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas in this worker');
  context.fillStyle = '#fdf8ea';
  context.strokeStyle = '#1c2b63';
  return context;
}
