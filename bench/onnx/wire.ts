/** One field of a protocol buffer: its number, and what it holds by its wire type. */
export type Field = {
  readonly number: number;
  /** Wire types 0 and 5 (the bits of a float32); 0 for bytes. */
  readonly value: number;
  /** Wire type 2; empty for numbers. */
  readonly bytes: Uint8Array;
};

const NO_BYTES = new Uint8Array(0);

/**
 * The fields of a protocol buffer in their order, as far as ONNX files of this project use them.
 * Throws RangeError for what is none: a wire type that is not known, bytes that end too early.
 */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    const { value, next } = readVarint(bytes, at);
    at = next;
    return value;
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { number, value: varint(), bytes: NO_BYTES };
        break;
      case 2: {
        const length = varint();
        if (length > bytes.length - at) throw new RangeError(`field ${number} ends too early`);
        yield { number, value: 0, bytes: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      case 5:
        yield { number, value: view.getFloat32(at, true), bytes: NO_BYTES };
        at += 4;
        break;
      default:
        throw new RangeError(`field ${number} has wire type ${tag % 8}`);
    }
  }
}

/** Whole numbers of a repeated field, whether they came packed or one by one. */
export function wholeNumbers(field: Field): readonly number[] {
  if (field.bytes.length === 0) return [field.value];
  const numbers: number[] = [];
  for (let at = 0; at < field.bytes.length;) {
    const { value, next } = readVarint(field.bytes, at);
    numbers.push(value);
    at = next;
  }
  return numbers;
}

/** Exact below 2^53; negative numbers, of which this project's files hold none, come out as large ones. */
function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let factor = 1;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: at + 1 };
    factor *= 128;
  }
  throw new RangeError('a number ends too early');
}
