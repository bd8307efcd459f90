import { fieldsIn } from '#model/onnx-wire';
import type { OnnxField, Span } from '#model/onnx-wire';

/** All messages at the end of a path of field numbers. */
export function reach(bytes: Uint8Array, from: Span, path: readonly number[]): Span[] {
  return path.reduce<Span[]>(
    (spans, number) => spans.flatMap((span) => fieldsOf(bytes, span).filter((field) => field.number === number)),
    [from],
  );
}

/**
 * The length-delimited fields of one message, in order; numbers are passed over.
 * Throws ModelError 'manifest-invalid' for bytes that are no ONNX model.
 */
export function fieldsOf(bytes: Uint8Array, message: Span): OnnxField[] {
  return [...fieldsIn({ bytes, left: Infinity }, message)].filter(({ wire }) => wire === 2);
}

export const wholeOf = (bytes: Uint8Array): Span => ({ start: 0, end: bytes.length });
