import { ModelError } from './error.ts';

/** Where something lies in the bytes of a model. */
export type Span = { readonly start: number; readonly end: number };

/** A model's bytes, and how many fields of it may still be read: a file of nothing but tiny ones would take seconds. */
export type OnnxSource = { readonly bytes: Uint8Array; left: number };

/** One field of a message: from is where its key begins, start to end its content without key and length. */
export type OnnxField = Span & {
  readonly number: number;
  readonly from: number;
  /** 0 a whole number, 1 eight bytes, 2 a length and bytes, 5 four bytes. */
  readonly wire: number;
  /** The whole number of wire type 0: exact below 2^53, about right above, and at least 2^63 for what is negative. */
  readonly value: number;
};

/**
 * The fields of one message, in order and one at a time: what they say of their length is held against what is there
 * before anything is read. Throws ModelError 'manifest-invalid' for bytes that are no protocol buffer, 'model-unsafe' where
 * none are left.
 */
export function* fieldsIn(source: OnnxSource, { start: begin, end: close }: Span): Generator<OnnxField> {
  const { bytes } = source;
  let at = begin;
  const varint = (): number => {
    let value = 0;
    // Ten bytes are the most that a varint has.
    for (let factor = 1; at < close && factor <= 2 ** 63; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw notOnnx();
  };
  while (at < close) {
    const from = at;
    const key = varint();
    const wire = key % 8;
    const number = Math.floor(key / 8);
    const value = wire === 0 ? varint() : 0;
    const length = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : 0;
    if (number === 0 || wire === 3 || wire === 4 || wire > 5 || length > close - at) throw notOnnx();
    if (--source.left < 0) throw new ModelError('model-unsafe', 'ONNX file', 'has more fields than any network');
    const start = at;
    at += length;
    yield { number, from, wire, value, start, end: at };
  }
}

/** The whole numbers of a repeated field, packed or one by one, and never a list of them. */
export function eachNumber(
  { bytes }: OnnxSource,
  { wire, value, start, end }: OnnxField,
  visit: (value: number) => void,
): void {
  if (wire !== 2) return visit(value);
  let sum = 0;
  let factor = 1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    sum += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte < 0x80) {
      visit(sum);
      sum = 0;
      factor = 1;
    }
  }
  if (factor !== 1) throw notOnnx();
}

const notOnnx = (): ModelError => new ModelError('manifest-invalid', 'ONNX file', 'is not ONNX, or ends too early');
