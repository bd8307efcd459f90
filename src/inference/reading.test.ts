import { describe, expect, it } from 'vitest';
import { glyphOf } from '#glyph/seen.fixture';
import { tensorOf } from '#glyph/tensor';
import { spec } from '#glyph/spec.fixture';
import { ink } from './client.fixture.ts';
import { readInput } from './reading.ts';

describe('a raster that was kept', () => {
  it('gives the model the very numbers that it read the first time', async () => {
    const first = glyphOf((await readInput(ink, spec)).glyph);
    const again = await readInput({ kind: 'raster', raster: first.raster, cue: Array.from(first.cue) }, spec);
    expect(tensorOf([glyphOf(again.glyph)], spec)).toEqual(tensorOf([first], spec));
  });

  it('is refused where this model reads another size', async () => {
    const raster = { width: 32, height: 32, data: new Uint8Array(32 * 32) };
    await expect(readInput({ kind: 'raster', raster, cue: [0, 0, 0, 0] }, spec)).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it('is refused where pixels are missing', async () => {
    const raster = { width: spec.size, height: spec.size, data: new Uint8Array(5) };
    await expect(readInput({ kind: 'raster', raster, cue: [0, 0, 0, 0] }, spec)).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});
