import type { Span } from '#model/onnx-wire';
import { reach, wholeOf } from './onnx-bytes.ts';

/** Field numbers of onnx.proto on the way from the model to the length of one axis. */
const GRAPH = 7;
const INPUT = 11;
const OUTPUT = 12;
const VALUE_INFO = 13;
const TYPE = 2;
const TENSOR_TYPE = 1;
const SHAPE = 2;
const DIMENSION = 1;

/** dim_param "N" and dim_value 0, written in the same three bytes so that no length around them changes. */
const NAMED = [0x12, 0x01, 0x4e] as const;
const ZERO = [0x08, 0x80, 0x00] as const;

/**
 * A copy of an ONNX model in which every axis named `N`, of inputs, outputs and what lies between, has the length 0.
 * ONNX Runtime's WebGL backend takes no named axis, but reads 0 as "whatever the first run brings" (and keeps to
 * it from then on); its WASM backend is the other way round. Only shapes are touched: the same three bytes may well
 * occur among the weights.
 * Throws ModelError 'manifest-invalid' for bytes that are no ONNX model.
 */
export function withAnyBatch(model: Uint8Array): Uint8Array {
  const copy = model.slice();
  for (const value of valuesOf(copy, wholeOf(copy))) {
    for (const dimension of reach(copy, value, [TYPE, TENSOR_TYPE, SHAPE, DIMENSION])) {
      const isNamed =
        dimension.end - dimension.start === NAMED.length &&
        NAMED.every((byte, i) => copy[dimension.start + i] === byte);
      if (isNamed) copy.set(ZERO, dimension.start);
    }
  }
  return copy;
}

function valuesOf(bytes: Uint8Array, model: Span): Span[] {
  return reach(bytes, model, [GRAPH]).flatMap((graph) =>
    [INPUT, OUTPUT, VALUE_INFO].flatMap((number) => reach(bytes, graph, [number])),
  );
}
