import { EngineError } from '#inference/engine-error';

/** Where something lies in the bytes of a model. */
export type Span = { readonly start: number; readonly end: number };

/** A length-delimited field: its number, its content, and where the field begins with its key. */
export type Field = Span & { readonly number: number; readonly from: number };

/** All messages at the end of a path of field numbers. */
export function reach(bytes: Uint8Array, from: Span, path: readonly number[]): Span[] {
  return path.reduce<Span[]>(
    (spans, number) => spans.flatMap((span) => fieldsOf(bytes, span).filter((field) => field.number === number)),
    [from],
  );
}

/**
 * The length-delimited fields of one message, in order; numbers are passed over.
 * Throws EngineError 'manifest-invalid' for bytes that are no ONNX model.
 */
export function fieldsOf(bytes: Uint8Array, message: Span): Field[] {
  const found: Field[] = [];
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
    const from = at;
    const key = varint();
    const wireType = key % 8;
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else if (wireType === 2) {
      const length = varint();
      const field = { number: Math.floor(key / 8), from, start: at, end: at + length };
      if (field.end > message.end) throw notOnnx();
      found.push(field);
      at = field.end;
    } else throw notOnnx();
  }
  if (at !== message.end) throw notOnnx();
  return found;
}

export const wholeOf = (bytes: Uint8Array): Span => ({ start: 0, end: bytes.length });

const notOnnx = (): EngineError => new EngineError('manifest-invalid', 'the model file is not ONNX');
