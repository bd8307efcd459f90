import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-web';
import { LINE_CUE_LENGTH } from '#glyph/spec';
import type { ModelInput } from '#glyph/tensor';
import { EngineError } from '#inference/engine-error';
import type { ModelGraph, ModelOutput } from './backend.ts';

/** What the three bundles of ONNX Runtime Web have in common: each brings classes of its own. */
export type OnnxRuntime = { readonly Tensor: typeof Tensor; readonly InferenceSession: typeof InferenceSession };

/**
 * One run of a session. weights: of a graph that takes them as inputs. Throws what the runtime throws, and EngineError 'internal' where the session has not the
 * inputs and outputs that the manifest names.
 */
export async function runOnnx(
  runtime: OnnxRuntime,
  session: InferenceSession,
  graph: ModelGraph,
  { count, picture, line }: ModelInput,
  weights: Readonly<Record<string, Tensor>> = {},
): Promise<ModelOutput> {
  const feeds: Record<string, Tensor> = {
    ...weights,
    [graph.inputs.picture]: new runtime.Tensor('float32', picture, [count, 1, graph.size, graph.size]),
  };
  if (graph.inputs.line !== null) {
    feeds[graph.inputs.line] = new runtime.Tensor('float32', line, [count, LINE_CUE_LENGTH]);
  }
  const results = await session.run(feeds);
  const { logits, embedding } = graph.outputs;
  return {
    logits: await floats(results, logits),
    embedding: embedding === null ? null : await floats(results, embedding),
  };
}

/** A copy: the runtime may write the next result into the same memory. */
async function floats(results: InferenceSession.OnnxValueMapType, name: string): Promise<Float32Array> {
  const tensor = results[name];
  if (tensor === undefined) throw new EngineError('internal', `the model has no output "${name}"`);
  if (!isFloats(tensor)) throw new EngineError('internal', `output "${name}" is ${tensor.type}, float32 expected`);
  return Float32Array.from(await tensor.getData());
}

const isFloats = (tensor: Tensor): tensor is TypedTensor<'float32'> => tensor.type === 'float32';
