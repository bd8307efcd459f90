import { tensorOf } from '#glyph/tensor';
import type { LoadedModel } from '#model/loaded';
import { calibrationOf } from '#model/manifest';
import type { Answer, ClassifyInput } from './answer.ts';
import { EngineError } from './engine-error.ts';
import type { Lineup } from './lineup.ts';
import { requireFile } from './openers.ts';
import { nothingToRead, predict } from './prediction.ts';
import type { StartOptions } from './protocol.ts';
import { readInput, release } from './reading.ts';

export type Watched = {
  /** Milliseconds, for the answer's own account of its time. */
  readonly now: () => number;
  /** A part of what takes long is done. */
  readonly worked: () => void;
};

/** One input through one version: read, run, judged. */
export async function answer(
  { manifest, version }: LoadedModel,
  lineup: Lineup,
  { appBuild }: StartOptions,
  input: ClassifyInput,
  { now, worked }: Watched,
): Promise<Answer> {
  const start = now();
  const { glyph, inkBox } = await readInput(input, manifest.preprocess, worked);
  // A picture may be large; the session that runs next needs none of it.
  release(input);
  const read = now();
  const receipt = (backend: Answer['receipt']['backend']): Answer['receipt'] => ({
    model: manifest.id,
    version,
    fileHash: requireFile(manifest, backend).sha256,
    backend,
    preprocess: manifest.preprocess.version,
    appBuild,
  });
  if (glyph.kind === 'empty') {
    const backend = lineup.answering();
    if (backend === null) throw new EngineError('no-backend', 'no backend answers');
    const timing = { preprocess: read - start, inference: 0, total: read - start };
    const prediction = nothingToRead(glyph.reason);
    return { prediction, raster: null, cue: null, inkBox, receipt: receipt(backend), embedding: null, timing };
  }
  const { output, backend } = await lineup.run(tensorOf([glyph], manifest.preprocess));
  const inferred = now();
  const labels = manifest.labels.map(({ name }) => name);
  const calibration = calibrationOf(manifest, requireFile(manifest, backend).name);
  return {
    prediction: predict(output.logits, labels, calibration),
    raster: glyph.raster,
    cue: [...glyph.cue],
    inkBox,
    receipt: receipt(backend),
    embedding: output.embedding,
    timing: { preprocess: read - start, inference: inferred - read, total: now() - start },
  };
}
