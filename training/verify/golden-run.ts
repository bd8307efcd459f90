import * as ort from 'onnxruntime-node';
import { pictureOf } from '#model/goldens';
import { verdictOn } from '#model/verdict';
import type { Golden, Goldens } from '#model/goldens';
import type { Manifest, ModelFile } from '#model/manifest';

export type GoldenReport = {
  readonly largestError: number;
  readonly allowed: number;
  /** One line for each golden that came out wrong. */
  readonly failures: readonly string[];
};

/**
 * Every golden of one file through onnxruntime-node, one thread, one by one. onnx: the file's bytes, unpacked.
 * Throws what the runtime throws when it cannot read the model or the names of its inputs are others.
 */
export async function runGoldens(
  onnx: Uint8Array,
  file: ModelFile,
  manifest: Manifest,
  goldens: Goldens,
): Promise<GoldenReport> {
  const session = await ort.InferenceSession.create(onnx, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    let largestError = 0;
    let largestAllowed = 0;
    const failures: string[] = namesThatDiffer(session, manifest);
    if (failures.length > 0) return { largestError: Infinity, allowed: 0, failures };
    for (const [index, golden] of goldens.goldens.entries()) {
      const expected = golden.expected[file.name]?.logits ?? [];
      const outputs = await session.run(feedsOf(golden, manifest));
      const logits = outputs[manifest.outputs.logits.name];
      const got = logits?.data instanceof Float32Array ? logits.data : new Float32Array(0);
      const allowed = allowedFor(file, goldens, expected);
      const { largestError: error, sameTop } = verdictOn(expected, got);
      largestError = Math.max(largestError, error);
      largestAllowed = Math.max(largestAllowed, allowed);
      const name = `golden ${index} (${golden.label})`;
      if (!(error <= allowed))
        failures.push(`${name}: off by ${error.toPrecision(3)}, ${allowed.toPrecision(3)} allowed`);
      else if (!sameTop) failures.push(`${name}: another label came first`);
      const embedding = manifest.outputs.embedding;
      const length = embedding === null ? null : outputs[embedding.name]?.data.length;
      if (embedding !== null && length !== embedding.shape[1]) {
        failures.push(`${name}: embedding has ${length} numbers, the manifest says ${embedding.shape[1]}`);
      }
    }
    return { largestError, allowed: largestAllowed, failures };
  } finally {
    await session.release();
  }
}

/**
 * The bound for the native runtime: the goldens' own, else for fp32 a 1e-5th of the largest logit (it sums in another
 * order), else what is asked of wasm, which int8 equals on processors without saturating integer instructions.
 */
function allowedFor(file: ModelFile, { tolerance }: Goldens, expected: readonly number[]): number {
  const stated = tolerance[file.name];
  if (stated?.native !== undefined) return stated.native;
  if (file.precision === 'fp32') return 1e-5 * Math.max(1, ...expected.map((logit) => Math.abs(logit)));
  return stated?.wasm ?? 0;
}

function namesThatDiffer(session: ort.InferenceSession, { inputs, outputs }: Manifest): string[] {
  const wantedInputs = [inputs.picture.name, ...(inputs.line === null ? [] : [inputs.line.name])];
  const wantedOutputs = [outputs.logits.name, ...(outputs.embedding === null ? [] : [outputs.embedding.name])];
  const differ = (kind: string, wanted: readonly string[], has: readonly string[]): string[] =>
    wanted.toSorted().join() === has.toSorted().join()
      ? []
      : [`the model's ${kind} are ${has.join(', ')}, and the manifest says ${wanted.join(', ')}`];
  return [
    ...differ('inputs', wantedInputs, session.inputNames),
    ...differ('outputs', wantedOutputs, session.outputNames),
  ];
}

function feedsOf(golden: Golden, { inputs }: Manifest): Record<string, ort.Tensor> {
  const [, channels, height, width] = inputs.picture.shape;
  const picture = Float32Array.from(pictureOf(golden), (value) => value / 255);
  const feeds = { [inputs.picture.name]: new ort.Tensor('float32', picture, [1, channels, height, width]) };
  if (inputs.line !== null) {
    feeds[inputs.line.name] = new ort.Tensor('float32', Float32Array.from(golden.line), [1, golden.line.length]);
  }
  return feeds;
}
