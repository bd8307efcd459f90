import type * as Ort from 'onnxruntime-web';
import { inputsOf, weightsApart } from './weights-apart.ts';
import { startWebgl, WEBGL_SETTINGS } from './webgl-start.ts';

type Compiled = { readonly graph: Uint8Array; readonly session: Ort.InferenceSession };

let ahead: Promise<Compiled | null> | null = null;

/**
 * Compiles a graph that takes its weights as inputs (weights-apart.ts), by running it once on zeros, while the weights are
 * on their way. In software that is two thirds of a second of work, which would else come after the last byte.
 */
export function compileAhead(graph: Uint8Array): void {
  // Whatever is wrong with it shows where the model itself is opened.
  ahead ??= compiled(graph).catch(() => null);
}

async function compiled(graph: Uint8Array): Promise<Compiled> {
  const ort = await startWebgl();
  const session = await ort.InferenceSession.create(graph, WEBGL_SETTINGS);
  const zeros = inputsOf(graph).map(({ name, dims }) => {
    const length = dims.reduce((product, one) => product * one, 1);
    return [name, new ort.Tensor('float32', new Float32Array(length), dims)] as const;
  });
  await session.run(Object.fromEntries(zeros));
  return { graph, session };
}

/**
 * What was compiled ahead, once, if it is this very model; and the weights, to go in with every input. Null where the
 * model has to be opened as it is.
 */
export async function takeCompiled(
  ort: typeof Ort,
  model: Uint8Array,
): Promise<{ readonly session: Ort.InferenceSession; readonly weights: Readonly<Record<string, Ort.Tensor>> } | null> {
  const taken = ahead;
  ahead = null;
  const ready = await taken;
  const apart = ready === null ? null : weightsApart(model);
  if (ready === null || apart === null) return null;
  if (!same(ready.graph, apart.graph)) {
    await ready.session.release();
    return null;
  }
  const weights = apart.weights.map(({ name, dims, data }) => [name, new ort.Tensor('float32', data, dims)] as const);
  return { session: ready.session, weights: Object.fromEntries(weights) };
}

const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);
