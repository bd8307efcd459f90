import { EngineError } from '#inference/engine-error';

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
 * Throws EngineError 'manifest-invalid' for bytes that are no ONNX model.
 */
export function withAnyBatch(model: Uint8Array): Uint8Array {
  const copy = model.slice();
  const graph = { start: 0, end: copy.length };
  for (const value of valuesOf(copy, graph)) {
    for (const dimension of reach(copy, value, [TYPE, TENSOR_TYPE, SHAPE, DIMENSION])) {
      const isNamed =
        dimension.end - dimension.start === NAMED.length &&
        NAMED.every((byte, i) => copy[dimension.start + i] === byte);
      if (isNamed) copy.set(ZERO, dimension.start);
    }
  }
  return copy;
}

type Span = { readonly start: number; readonly end: number };

function valuesOf(bytes: Uint8Array, model: Span): Span[] {
  return reach(bytes, model, [GRAPH]).flatMap((graph) =>
    [INPUT, OUTPUT, VALUE_INFO].flatMap((number) => reach(bytes, graph, [number])),
  );
}

/** All messages at the end of a path of field numbers. */
function reach(bytes: Uint8Array, from: Span, path: readonly number[]): Span[] {
  return path.reduce<Span[]>((spans, number) => spans.flatMap((span) => fieldsOf(bytes, span, number)), [from]);
}

/** The length-delimited fields of that number in one message, in order. */
function fieldsOf(bytes: Uint8Array, message: Span, number: number): Span[] {
  const found: Span[] = [];
  let at = message.start;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = at < message.end ? bytes[at++] : undefined;
      // Ten bytes are the most that a varint has.
      if (byte === undefined || factor > 2 ** 63) throw notOnnx();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.end) {
    const key = varint();
    const wireType = key % 8;
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else if (wireType === 2) {
      const length = varint();
      const span = { start: at, end: at + length };
      if (span.end > message.end) throw notOnnx();
      if (Math.floor(key / 8) === number) found.push(span);
      at = span.end;
    } else throw notOnnx();
  }
  if (at !== message.end) throw notOnnx();
  return found;
}

const notOnnx = (): EngineError => new EngineError('manifest-invalid', 'the model file is not ONNX');
