/** Pure: what a model is given while it is watched: every golden, in batches of every size, and what no letter looks like. */
import { LINE_CUE_LENGTH } from '#glyph/spec';
import type { ModelInput } from '#glyph/tensor';
import { pictureOf } from '#model/goldens';
import type { Golden } from '#model/goldens';

/** Sizes of batches: one row takes other ways through the arithmetic than many, and odd ones others than even ones. */
const SIZES = [1, 2, 3, 7, 16, 64];
/** Beyond what Ktav asks for in one go: so much that the runtime's memory has to grow. */
const MANY = 256;

/** Every golden by itself, all of them in each size of batch, and last a batch for which memory has to grow. */
export function* batches(goldens: readonly Golden[], size: number): Generator<ModelInput> {
  for (const count of SIZES) {
    for (let at = 0; at < goldens.length; at += count) yield batchOf(goldens, at, count, size);
  }
  for (const value of [0, 1, 1e30, -1e30, Number.NaN, Infinity]) {
    const picture = new Float32Array(size * size).fill(value);
    yield { count: 1, picture, line: new Float32Array(LINE_CUE_LENGTH).fill(value) };
  }
  yield batchOf(goldens, 0, MANY, size);
}

/** count goldens from one on, beginning anew at the end of the list. */
function batchOf(goldens: readonly Golden[], from: number, count: number, size: number): ModelInput {
  const area = size * size;
  const picture = new Float32Array(count * area);
  const line = new Float32Array(count * LINE_CUE_LENGTH);
  for (let n = 0; n < count; n++) {
    const golden = goldens[(from + n) % goldens.length];
    if (golden === undefined) continue;
    picture.set(
      Float32Array.from(pictureOf(golden), (value) => value / 255),
      n * area,
    );
    line.set(golden.line, n * LINE_CUE_LENGTH);
  }
  return { count, picture, line };
}
