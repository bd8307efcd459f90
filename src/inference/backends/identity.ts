/**
 * The smallest ONNX model: y = Identity(x), both float32 of one element, opset 13. A session on it makes ONNX
 * Runtime fetch, compile and start its WebAssembly, or take its graphics context, while the real model is on its way.
 * Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function identityModel(): Uint8Array {
  const node = [...field(1, text('x')), ...field(2, text('y')), ...field(4, text('Identity'))];
  const graph = [
    ...field(1, node),
    ...field(2, text('identity')),
    ...field(11, oneFloat('x')),
    ...field(12, oneFloat('y')),
  ];
  const opset = [...field(1, []), ...integer(2, 13)];
  return Uint8Array.from([...integer(1, 8), ...field(7, graph), ...field(8, opset)]);
}

/** ValueInfoProto: a name, and a tensor type of float32 with the shape [1]. */
function oneFloat(name: string): number[] {
  const shape = field(1, integer(1, 1));
  const tensor = [...integer(1, 1), ...field(2, shape)];
  return [...field(1, text(name)), ...field(2, field(1, tensor))];
}

/** Protocol buffers: a key of number and wire type, then length and bytes. All lengths here are under 128. */
const field = (number: number, bytes: readonly number[]): number[] => [(number << 3) | 2, bytes.length, ...bytes];
const integer = (number: number, value: number): number[] => [number << 3, value];
const text = (value: string): number[] => Array.from(value, (character) => character.charCodeAt(0));
