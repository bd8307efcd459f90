import * as ort from 'onnxruntime-node';
import type { ModelInput } from '#glyph/tensor';
import type { Manifest } from '#model/manifest';
import type { Runner } from './runner.ts';

/** ONNX Runtime as a library of the machine, on one thread. Throws what the runtime throws. */
export async function openNative(onnx: Uint8Array, { inputs, outputs, preprocess }: Manifest): Promise<Runner> {
  const session = await ort.InferenceSession.create(onnx, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const { size } = preprocess;
  return {
    async run({ count, picture, line }: ModelInput) {
      const feeds: Record<string, ort.Tensor> = {
        [inputs.picture.name]: new ort.Tensor('float32', picture, [count, 1, size, size]),
      };
      if (inputs.line !== null) feeds[inputs.line.name] = new ort.Tensor('float32', line, [count, line.length / count]);
      const logits = (await session.run(feeds))[outputs.logits.name]?.data;
      if (!(logits instanceof Float32Array)) throw new Error('the model gave no logits');
      return { logits };
    },
  };
}
