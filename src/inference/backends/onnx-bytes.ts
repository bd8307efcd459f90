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

/** A field with bytes in it, key and length before them. */
export const lengthDelimited = (number: number, content: Uint8Array): Uint8Array =>
  concatenated([Uint8Array.of((number << 3) | 2, ...varint(content.length)), content]);

/** A whole number as protocol buffers write it. */
export function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) return bytes;
  }
}

export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array, { start, end }: Span): string =>
  new TextDecoder().decode(bytes.subarray(start, end));
