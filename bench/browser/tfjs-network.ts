import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ModelInput } from '#glyph/tensor';
import type { Manifest } from '#model/manifest';
import { readOnnx } from '../onnx/graph.ts';
import type { Weights } from '../onnx/graph.ts';
import { planOf } from '../onnx/plan.ts';
import type { Step } from '../onnx/plan.ts';
import type { Runner } from '../runner.ts';

type Layer = (values: ReadonlyMap<string, Tensor>) => Tensor;

/** The network of an ONNX file in TF.js, with what its converter would fuse fused, weights laid out once beforehand. */
export function buildInTfjs(
  onnx: Uint8Array,
  { inputs, outputs, preprocess }: Pick<Manifest, 'inputs' | 'outputs' | 'preprocess'>,
): Runner {
  const layers = planOf(readOnnx(onnx)).map((step) => ({ output: step.output, layer: layerOf(step) }));
  const { size } = preprocess;
  const line = inputs.line;
  const wanted = [outputs.logits.name, ...(outputs.embedding === null ? [] : [outputs.embedding.name])];

  const run = (input: ModelInput): Tensor[] => {
    const { count } = input;
    // With one channel, channels first and channels last are the same bytes.
    const values = new Map<string, Tensor>([[inputs.picture.name, tf.tensor4d(input.picture, [count, size, size, 1])]]);
    if (line !== null) values.set(line.name, tf.tensor2d(input.line, [count, line.shape[1]]));
    for (const { output, layer } of layers) values.set(output, layer(values));
    return wanted.map((name) => valueOf(values, name));
  };

  return {
    async run(input) {
      const results = tf.tidy(() => run(input));
      const [logits] = await Promise.all(results.map((tensor) => tensor.data<'float32'>()));
      for (const tensor of results) tensor.dispose();
      if (logits === undefined) throw new Error('the network gave no logits');
      return { logits };
    },
  };
}

function layerOf(step: Step): Layer {
  const activation = step.relu ? ('relu' as const) : ('linear' as const);
  switch (step.kind) {
    case 'conv': {
      const filter = channelsLast(step.weights);
      const bias = tf.tensor1d(step.bias.data);
      const { input, stride, pad } = step;
      return (values) =>
        tf.fused.conv2d({
          x: valueOf(values, input) as Tensor4D,
          filter,
          strides: stride,
          pad,
          bias,
          activation,
        });
    }
    case 'dense': {
      const { input, weights, bias: given } = step;
      const [rows = 0, columns = 0] = weights.dims;
      // Laid out once, as its converter would: TF.js multiplies by a transposed matrix the slow way, and adds the bias
      // once for every 48 columns of it.
      const b = tf.tidy(() => tf.transpose(tf.tensor2d(weights.data, [rows, columns])));
      const bias = tf.tensor1d(given.data);
      return (values) => tf.fused.matMul({ a: valueOf(values, input) as Tensor2D, b, bias, activation });
    }
    case 'add': {
      const { left, right, relu } = step;
      return (values) => {
        const sum = tf.add(valueOf(values, left), valueOf(values, right));
        return relu ? tf.relu(sum) : sum;
      };
    }
    case 'mean': {
      const { input } = step;
      return (values) => tf.mean(valueOf(values, input), [1, 2]);
    }
  }
}

/** ONNX keeps filters as output, input, height, width; TF.js as height, width, input, output. */
function channelsLast({ dims, data }: Weights): Tensor4D {
  const [outputs = 0, inputs = 0, height = 0, width = 0] = dims;
  return tf.tidy(() => tf.transpose(tf.tensor4d(data, [outputs, inputs, height, width]), [2, 3, 1, 0]));
}

function valueOf(values: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const value = values.get(name);
  if (value === undefined) throw new RangeError(`the network uses "${name}" before it is there`);
  return value;
}
