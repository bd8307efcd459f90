import { ModelError } from './error.ts';

/**
 * The parts of ONNX that can hold a tensor, by field number, out of onnx.proto. Walking these is enough to find every
 * tensor that keeps its data outside the file.
 */
const parts = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
} as const satisfies Record<string, Record<number, string>>;
type Kind = keyof typeof parts;

const GRAPH_OF_MODEL = 7;
const EXTERNAL_DATA_OF_TENSOR = 13;
const DATA_LOCATION_OF_TENSOR = 14;
const DEEPEST = 32;

/**
 * Throws ModelError 'manifest-invalid' unless the bytes are a whole ONNX model that keeps all its weights inside.
 * External data would make the runtime read a path (or, by a magic location, an address) that the file chooses.
 */
export function checkOnnx(bytes: Uint8Array): void {
  let graphs = 0;
  walk(bytes, 0, bytes.length, 'model', 0, (kind, field) => {
    if (kind === 'model' && field === GRAPH_OF_MODEL) graphs++;
    if (kind === 'tensor' && (field === EXTERNAL_DATA_OF_TENSOR || field === DATA_LOCATION_OF_TENSOR)) {
      throw broken('keeps weights in another file; all must be inside');
    }
  });
  if (graphs !== 1) throw broken(`has ${graphs} graphs instead of one`);
}

/** Calls visit for each field of each part. A default value (location 0) is never written, so presence is enough. */
function walk(
  bytes: Uint8Array,
  start: number,
  end: number,
  kind: Kind,
  depth: number,
  visit: (kind: Kind, field: number) => void,
): void {
  if (depth > DEEPEST) throw broken(`nests deeper than ${DEEPEST} levels`);
  const children: Readonly<Record<number, Kind>> = parts[kind];
  let at = start;
  while (at < end) {
    const tag = varint(bytes, at, end);
    at = tag.next;
    const field = Math.floor(tag.value / 8);
    const wire = tag.value % 8;
    if (field === 0) throw broken('is no protocol buffer');
    let length = wire === 1 ? 8 : wire === 5 ? 4 : 0;
    if (wire === 0) at = varint(bytes, at, end).next;
    else if (wire === 2) {
      const size = varint(bytes, at, end);
      at = size.next;
      length = size.value;
    } else if (wire !== 1 && wire !== 5) throw broken('is no protocol buffer');
    if (length > end - at) throw broken('ends too early');
    visit(kind, field);
    const child = children[field];
    if (child !== undefined) {
      if (wire !== 2) throw broken('is no protocol buffer');
      walk(bytes, at, at + length, child, depth + 1, visit);
    }
    at += length;
  }
}

/** Up to ten bytes; the value is exact below 2^53 and only too large above. */
function varint(bytes: Uint8Array, start: number, end: number): { value: number; next: number } {
  let value = 0;
  let factor = 1;
  for (let at = start; at < end && at < start + 10; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: at + 1 };
    factor *= 128;
  }
  throw broken('ends too early');
}

function broken(message: string): ModelError {
  return new ModelError('manifest-invalid', 'ONNX file', message);
}
