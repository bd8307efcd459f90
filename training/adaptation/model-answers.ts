import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import type { PreprocessSpec } from '#glyph/spec';
import { calibrationOf, fileFor, readManifest } from '#model/manifest';
import type { Calibration } from '#model/manifest';
import type { RasterRow } from './raster-rows.ts';

/** What a model says to one raster. */
export type ModelAnswer = { readonly logits: Float32Array; readonly embedding: Float32Array };

/** A model that answers rasters, in Node. cueless: as where no writing line is known. */
export type AnsweringModel = {
  readonly id: string;
  readonly version: string;
  readonly labels: readonly string[];
  readonly size: number;
  readonly spec: PreprocessSpec;
  readonly calibration: Calibration;
  answer(rows: readonly RasterRow[], cueless: boolean): Promise<ModelAnswer[]>;
  release(): Promise<void>;
};

/**
 * Opens the file of a package that WebAssembly runs, on one thread. Throws where the package has no embedding, or packs
 * that file.
 */
export async function openModel(folder: string): Promise<AnsweringModel> {
  const manifest = readManifest(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const file = fileFor(manifest, 'wasm');
  const { embedding, logits } = manifest.outputs;
  if (file === null || file.role !== 'onnx' || embedding === null) {
    throw new Error(`${folder}: an ONNX file for wasm and an embedding are needed`);
  }
  const session = await ort.InferenceSession.create(join(folder, file.path), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const { picture, line } = manifest.inputs;
  const [, , height, width] = picture.shape;

  const ask = async (row: RasterRow, cueless: boolean): Promise<ModelAnswer> => {
    const raster = Float32Array.from(row.raster, (value) => value / 255);
    const cue = cueless ? new Float32Array(row.cue.length) : row.cue;
    const outputs = await session.run({
      [picture.name]: new ort.Tensor('float32', raster, [1, 1, height, width]),
      ...(line === null ? {} : { [line.name]: new ort.Tensor('float32', cue, [1, cue.length]) }),
    });
    return { logits: floats(outputs[logits.name]), embedding: floats(outputs[embedding.name]) };
  };

  return {
    id: manifest.id,
    version: manifest.version,
    labels: manifest.labels.map(({ name }) => name),
    size: height,
    spec: manifest.preprocess,
    calibration: calibrationOf(manifest, file.name),
    async answer(rows, cueless) {
      const answers: ModelAnswer[] = [];
      for (const row of rows) answers.push(await ask(row, cueless));
      return answers;
    },
    release: () => session.release(),
  };
}

/**
 * The same from a file beside, where it was asked before: a run over 60 writers takes minutes, and its result is the
 * same each time. The name holds the version and what was asked; rows that are others than then are noticed by number
 * alone, so new rasters want a new folder.
 */
export async function answersFor(
  model: AnsweringModel,
  rows: readonly RasterRow[],
  cueless: boolean,
  cache: string,
  name: string,
): Promise<ModelAnswer[]> {
  const path = join(cache, `${model.id}@${model.version} ${name}${cueless ? ' cueless' : ''} ${rows.length}.f32`);
  if (!existsSync(path)) {
    mkdirSync(cache, { recursive: true });
    const fresh = await model.answer(rows, cueless);
    const flat = Float32Array.from(fresh.flatMap(({ logits, embedding }) => [...logits, ...embedding]));
    writeFileSync(`${path}.part`, new Uint8Array(flat.buffer));
    renameSync(`${path}.part`, path);
  }
  const bytes = readFileSync(path);
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const each = all.length / rows.length;
  const classes = model.labels.length;
  return rows.map((_, i) => ({
    logits: all.slice(i * each, i * each + classes),
    embedding: all.slice(i * each + classes, (i + 1) * each),
  }));
}

function floats(tensor: ort.Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new Error('the model gave no float32 output of the stated name');
  return tensor.data.slice();
}
