import { joined } from './packed.fixture.ts';

/** Writes ONNX, for tests: messages by the field numbers of onnx.proto. */
type Bytes = Uint8Array<ArrayBuffer>;

export const varint = (value: number | bigint): Bytes => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.of(...bytes, Number(rest));
};
/** A field that holds a message. */
export const message = (field: number, ...inside: Uint8Array[]): Bytes => {
  const body = joined(inside);
  return joined([varint(field * 8 + 2), varint(body.length), body]);
};
export const whole = (field: number, value: number | bigint): Bytes => joined([varint(field * 8), varint(value)]);
export const text = (field: number, value: string): Bytes => message(field, new TextEncoder().encode(value));

export const attribute = (name: string, ...inside: Uint8Array[]): Bytes => message(5, text(1, name), ...inside);
export const node = (operator: string, ...more: Uint8Array[]): Bytes =>
  message(1, text(1, 'x'), text(2, 'y'), text(4, operator), ...more);

/** What a tensor is made of; float32 in raw bytes where nothing else is said. */
export const tensorOf = (dims: readonly (number | bigint)[], data: Uint8Array, type = 1): Bytes =>
  joined([...dims.map((dim) => whole(1, dim)), whole(2, type), text(8, 'w'), data]);
export const raw = (bytes: number): Bytes => message(9, new Uint8Array(bytes));

/** An input (11), an output (12) or what lies between (13), of float32. */
export const value = (field: number, dims: readonly (number | bigint)[]): Bytes =>
  message(
    field,
    text(1, 'x'),
    message(2, message(1, whole(1, 1), message(2, ...dims.map((dim) => message(1, whole(1, dim)))))),
  );

export const opset = (version: number, domain = ''): Bytes => message(8, text(1, domain), whole(2, version));
export const modelOf = (graph: readonly Uint8Array[], more: readonly Uint8Array[] = [opset(13)], ir = 8): Bytes =>
  joined([whole(1, ir), message(7, ...graph), ...more]);
