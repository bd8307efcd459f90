import { ModelError } from './error.ts';
import { eachNumber, fieldsIn } from './onnx-wire.ts';
import type { OnnxSource, Span } from './onnx-wire.ts';

/** What one tensor may hold or promise: 64 MiB as float32, which is also the largest file. */
const MOST_ELEMENTS = 2 ** 24;
const MOST_AXES = 8;

/** Field numbers of TensorProto. */
const DIMS = 1;
const DATA_TYPE = 2;
const NAME = 8;
const RAW_DATA = 9;
const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;

/** By data type: bytes of an element in raw_data, and the field that it has where it is not raw. */
const types: Readonly<Record<number, readonly [bytes: number, field: number]>> = {
  1: [4, 4], // float32
  2: [1, 5], // uint8
  3: [1, 5], // int8
  6: [4, 5], // int32
  7: [8, 7], // int64
  9: [1, 5], // bool
  10: [2, 5], // float16
  11: [8, 10], // float64
};
/** The fields that hold elements; bytes of an element there, 0 for varints. */
const typed: Readonly<Record<number, number>> = { 4: 4, 5: 0, 7: 0, 10: 8 };
/** Of the rest: doc_string and metadata_props. */
const harmless = [NAME, 12, 16];

/**
 * Throws ModelError 'model-unsafe' unless a TensorProto keeps as many elements as its shape says, inside the file, of a
 * type that the backends know. Weights elsewhere would make the runtime read a path or an address that the file chooses.
 */
export function checkTensor(source: OnnxSource, tensor: Span): void {
  const dims: number[] = [];
  const held = new Map<number, number>();
  let type = 0;
  let name = '';
  for (const part of fieldsIn(source, tensor)) {
    const { number, wire, value, start, end } = part;
    if (number === DIMS) {
      eachNumber(source, part, (dim) => addAxis(dims, dim, name));
    } else if (number === DATA_TYPE) type = type === 0 ? value : -1;
    else if (number === EXTERNAL_DATA || (number === DATA_LOCATION && value !== 0)) {
      throw unsafe('keeps weights in another file; all must be inside');
    } else if (number === RAW_DATA) {
      if (held.has(number)) throw unsafe(`gives "${name}" its data twice`);
      held.set(number, end - start);
    } else if (number in typed) {
      const size = typed[number] ?? 0;
      let count = held.get(number) ?? 0;
      if (size === 0) eachNumber(source, part, () => void count++);
      else count += wire === 0 ? 1 : (end - start) / size;
      held.set(number, count);
    } else if (number === NAME) name = textIn(source, start, end);
    else if (number !== DATA_LOCATION && !harmless.includes(number)) {
      throw unsafe(`has a tensor "${name}" of a kind that no backend runs`);
    }
  }
  const [size, field] = types[type] ?? [0, 0];
  if (size === 0) throw unsafe(`has a tensor "${name}" of type ${type}`);
  const elements = elementsOf(dims, name);
  const [[where, count] = [field, 0]] = held;
  const has = where === RAW_DATA ? count / size : count;
  if (held.size > 1 || (where !== RAW_DATA && where !== field) || has !== elements) {
    throw unsafe(`says that "${name}" is ${dims.join(' × ')}, and holds ${has} elements`);
  }
}

/** Throws 'model-unsafe' rather than let a list of axes grow as long as a file says. */
export function addAxis(dims: number[], dim: number, name: string): void {
  if (dims.push(dim) > MOST_AXES) throw unsafe(`has a "${name}" of more than ${MOST_AXES} axes`);
}

/** The product of dims. Throws 'model-unsafe' for what is negative (it reads as huge) or larger than MOST_ELEMENTS. */
export function elementsOf(dims: readonly number[], name: string): number {
  const elements = dims.reduce((product, dim) => product * dim, 1);
  if (elements > MOST_ELEMENTS || dims.some((dim) => dim > MOST_ELEMENTS)) {
    throw unsafe(`has a "${name}" of ${dims.join(' × ')}, and ${MOST_ELEMENTS} elements are the most`);
  }
  return elements;
}

/** For names: no more of them than a message needs. */
export const textIn = ({ bytes }: OnnxSource, start: number, end: number): string =>
  new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 80)));

export const unsafe = (message: string): ModelError => new ModelError('model-unsafe', 'ONNX file', message);
