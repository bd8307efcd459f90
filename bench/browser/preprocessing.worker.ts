import type { Ink } from '#glyph/ink';
import { glyphFromPixels } from '#glyph/pixels';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromInk } from '#glyph/strokes';
import { readInput } from '#inference/reading';
import { readServedPackage } from '../served-package.ts';
import { atWork, fetchBytes } from './at-work.ts';
import { drawInk, filling, written } from './handwriting.ts';
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
  const times: Record<keyof Preprocessing, number[]> = { readback: [], pixels: [], small: [], bitmap: [], strokes: [] };
  const context = sheet();
  for (let round = 0; round <= rounds; round++) {
    for (const label of labels) {
      const timed = <T>(what: keyof Preprocessing, run: () => T): T => {
        const start = performance.now();
        const result = run();
        if (round > 0) times[what].push(performance.now() - start);
        return result;
      };
      const ink = written(label, POINTS);
      draw(context, ink);
      const far = context.getImageData(0, 0, SIDE, SIDE);
      draw(context, filling(ink, 0.75));
      const bitmap = await createImageBitmap(context.canvas);
      const near = timed('readback', () => context.getImageData(0, 0, SIDE, SIDE));
      const picture = { kind: 'picture', bitmap, crop: null, invert: false, line: null } as const;
      const glyphs = [
        timed('pixels', () => glyphFromPixels(near, null, { invert: false }, spec)),
        timed('small', () => glyphFromPixels(far, null, { invert: false }, spec)),
        timed('strokes', () => glyphFromInk(ink, { headline: 0.35, baseline: 0.65 }, spec)),
      ];
      const start = performance.now();
      glyphs.push((await readInput(picture, spec)).glyph);
      if (round > 0) times.bitmap.push(performance.now() - start);
      bitmap.close();
      if (glyphs.some(({ kind }) => kind !== 'glyph')) throw new Error(`nothing was found of ${label}`);
    }
  }
  return times;
}

function draw(context: OffscreenCanvasRenderingContext2D, ink: Ink): void {
  context.fillRect(0, 0, SIDE, SIDE);
  drawInk(context, ink, { left: 0, top: 0, side: SIDE }, SIDE * 0.025);
}

function sheet(): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas in this worker');
  context.fillStyle = '#fdf8ea';
  context.strokeStyle = '#1c2b63';
  return context;
}
