import { eachNumber, fieldsIn } from '#model/onnx-wire';
import type { Span } from '#model/onnx-wire';
import { bytesOf, concatenated, fieldsOf, lengthDelimited, reach, textOf, varint, wholeOf } from './onnx-bytes.ts';

/** Field numbers of onnx.proto. */
const MODEL = { graph: 7 } as const;
const GRAPH = { initializer: 5, input: 11 } as const;
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9 } as const;
const VALUE = { name: 1, type: 2 } as const;
/** From a value's type down to the dimensions of its shape, and the length of one. */
const TO_DIMENSIONS = [VALUE.type, 1, 2, 1] as const;
const LENGTH = 1;
const FLOAT = 1;

export type Weight = { readonly name: string; readonly dims: readonly number[]; readonly data: Float32Array };
export type Apart = { readonly graph: Uint8Array; readonly weights: readonly Weight[] };

/**
 * An ONNX model as a graph that takes its weights as inputs, and the weights. The graph alone is a few KB, and WebGL
 * compiles the same programs for it. Null where a weight is no raw float32.
 * Throws ModelError 'manifest-invalid' for bytes that are no ONNX model.
 */
export function weightsApart(model: Uint8Array): Apart | null {
  const graph = fieldsOf(model, wholeOf(model)).find(({ number }) => number === MODEL.graph);
  if (graph === undefined) return null;
  const kept: Uint8Array[] = [];
  const weights: Weight[] = [];
  let done = graph.start;
  for (const field of fieldsOf(model, graph)) {
    if (field.number !== GRAPH.initializer) continue;
    const weight = weightOf(model, field);
    if (weight === null) return null;
    weights.push(weight);
    kept.push(model.subarray(done, field.from));
    done = field.end;
  }
  const inputs = weights.map((weight) => lengthDelimited(GRAPH.input, valueOf(weight)));
  const without = concatenated([...kept, model.subarray(done, graph.end), ...inputs]);
  const around = [model.subarray(0, graph.from), lengthDelimited(MODEL.graph, without), model.subarray(graph.end)];
  return { graph: concatenated(around), weights };
}

/** What a graph takes, by name, with the lengths of its axes; an axis without one has length 1. */
export function inputsOf(graph: Uint8Array): readonly Omit<Weight, 'data'>[] {
  return reach(graph, wholeOf(graph), [MODEL.graph, GRAPH.input]).map((value) => {
    const [name] = reach(graph, value, [VALUE.name]);
    const dims = reach(graph, value, TO_DIMENSIONS).map((dimension) => numberIn(graph, dimension, LENGTH) || 1);
    return { name: name === undefined ? '' : textOf(graph, name), dims };
  });
}

function weightOf(model: Uint8Array, tensor: Span): Weight | null {
  const [name] = reach(model, tensor, [TENSOR.name]);
  const [raw] = reach(model, tensor, [TENSOR.rawData]);
  if (name === undefined || raw === undefined || numberIn(model, tensor, TENSOR.dataType) !== FLOAT) return null;
  const source = { bytes: model, left: Infinity };
  const dims: number[] = [];
  for (const field of fieldsIn(source, tensor)) {
    if (field.number === TENSOR.dims) eachNumber(source, field, (length) => dims.push(length));
  }
  // A copy: it may begin anywhere, and floats begin at a fourth byte.
  return { name: textOf(model, name), dims, data: new Float32Array(model.slice(raw.start, raw.end).buffer) };
}

/** ValueInfoProto of float32. */
function valueOf({ name, dims }: Weight): Uint8Array {
  const lengths = dims.map((length) => lengthDelimited(1, Uint8Array.of(LENGTH << 3, ...varint(length))));
  const tensor = [Uint8Array.of(1 << 3, FLOAT), lengthDelimited(2, concatenated(lengths))];
  const type = lengthDelimited(1, concatenated(tensor));
  return concatenated([lengthDelimited(VALUE.name, bytesOf(name)), lengthDelimited(VALUE.type, type)]);
}

/** A whole number of a message; 0 where it has none. */
function numberIn(bytes: Uint8Array, message: Span, number: number): number {
  for (const field of fieldsIn({ bytes, left: Infinity }, message)) {
    if (field.number === number && field.wire === 0) return field.value;
  }
  return 0;
}
