import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { fieldsOf, reach, wholeOf } from './onnx-bytes.ts';
import { identityModel } from './identity.ts';
import { withReluApart } from './relu-apart.ts';

type Bytes = readonly number[];
const text = (value: string): Bytes => [...new TextEncoder().encode(value)];
const field = (number: number, content: Bytes): Bytes => {
  const { length } = content;
  const size = length < 128 ? [length] : [(length % 128) + 128, Math.floor(length / 128)];
  return [(number << 3) | 2, ...size, ...content];
};
const integer = (number: number, value: number): Bytes => [number << 3, value];

const node = (op: string, inputs: readonly string[], output: string): Bytes =>
  field(1, [...inputs.flatMap((name) => field(1, text(name))), ...field(2, text(output)), ...field(4, text(op))]);

/** Weights of a 1 × 1 convolution of one channel. */
const weights = (name: string, value: number): Bytes =>
  field(5, [
    ...[1, 1, 1, 1].flatMap((dim) => integer(1, dim)),
    ...integer(2, 1),
    ...field(8, text(name)),
    ...field(9, [...new Uint8Array(Float32Array.of(value).buffer)]),
  ]);

const picture = (number: number, name: string): Bytes => {
  const shape = field(
    2,
    [1, 1, 1, 3].flatMap((dim) => field(1, integer(1, dim))),
  );
  return field(number, [...field(1, text(name)), ...field(2, field(1, [...integer(1, 1), ...shape]))]);
};

const model = (...nodes: readonly Bytes[]): Uint8Array =>
  Uint8Array.from([
    ...integer(1, 8),
    ...field(7, [
      ...nodes.flat(),
      ...field(2, text('g')),
      ...weights('w1', 2),
      ...weights('w2', -3),
      ...picture(11, 'x'),
      ...picture(12, 'y'),
    ]),
    ...field(8, [...field(1, []), ...integer(2, 13)]),
  ]);

/** What a residual network is made of: the second convolution is added to what came in before its ReLU. */
const residual = model(
  node('Conv', ['x', 'w2'], 'a'),
  node('Relu', ['a'], 'b'),
  node('Conv', ['b', 'w1'], 'c'),
  node('Add', ['c', 'x'], 'd'),
  node('Relu', ['d'], 'y'),
);

const operators = (bytes: Uint8Array): readonly string[] =>
  reach(bytes, wholeOf(bytes), [7, 1, 4]).map(({ start, end }) => new TextDecoder().decode(bytes.subarray(start, end)));

async function run(bytes: Uint8Array): Promise<readonly number[]> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const { y } = await session.run({ x: new Tensor('float32', [-4, 0.5, 3], [1, 1, 1, 3]) });
  return [...((y?.data ?? []) as Float32Array)];
}

describe('ReLU for the WebGL backend', () => {
  it('stays apart from a convolution that has a twin without one, and the model says the same', async () => {
    const changed = withReluApart(residual);
    expect(operators(changed)).toEqual(['Conv', 'LeakyRelu', 'Conv', 'Add', 'Relu']);
    expect(await run(changed)).toEqual(await run(residual));
    // x = -4: relu(-3 x) = 12, 2 · 12 + x = 20.
    expect(await run(changed)).toEqual([20, 0.5, 3]);
  });

  it('is made part of it where all convolutions have one', () => {
    const chain = model(
      node('Conv', ['x', 'w1'], 'a'),
      node('Relu', ['a'], 'b'),
      node('Conv', ['b', 'w2'], 'c'),
      node('Relu', ['c'], 'y'),
    );
    expect(withReluApart(chain)).toBe(chain);
  });

  it('is not looked for where there is no convolution', () => {
    const identity = identityModel();
    expect(withReluApart(identity)).toBe(identity);
  });

  it('is not found in what is no ONNX', () => {
    expect(() => withReluApart(Uint8Array.from(text('<!doctype html>')))).toThrow('not ONNX');
    expect(fieldsOf(residual, wholeOf(residual)).map(({ number }) => number)).toEqual([7, 8]);
  });
});
