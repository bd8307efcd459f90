import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { withAnyBatch } from './batch-axis.ts';
import { identityModel } from './identity.ts';
import { WASM_BYTES } from './wasm-runtimes.ts';
import { WEBGPU_WASM_BYTES } from './webgpu.ts';

describe('the identity model', () => {
  it('is ONNX that gives back what it gets', async () => {
    const session = await InferenceSession.create(identityModel());
    const { y } = await session.run({ x: new Tensor('float32', [42.5], [1]) });
    expect([...(y?.data ?? [])]).toEqual([42.5]);
  });
});

/** The identity model with its axis renamed to N, and three bytes behind the graph that look like that axis. */
function withNamedAxis(): { readonly model: Uint8Array; readonly decoyAt: number } {
  const key = 0x0a;
  const bytes = [...identityModel()];
  const named: number[] = [];
  // dim { dim_value: 1 } is 0a 02 08 01; dim { dim_param: "N" } is 0a 03 12 01 4e: every length around it grows by 1.
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === key && bytes[i + 1] === 2 && bytes[i + 2] === 8 && bytes[i + 3] === 1) {
      named.push(key, 3, 0x12, 1, 0x4e);
      i += 3;
    } else named.push(bytes[i] ?? 0);
  }
  grow(named);
  // doc_string (field 6) of the model, whose text happens to hold the same bytes.
  const decoyAt = named.length + 2;
  return { model: Uint8Array.from([...named, 0x32, 3, 0x12, 1, 0x4e]), decoyAt };
}

/** Corrects the lengths of graph, value info, type, tensor type and shape around both renamed axes. */
function grow(bytes: number[]): void {
  const add = (at: number, more: number): void => void (bytes[at] = (bytes[at] ?? 0) + more);
  add(3, 2);
  for (let i = 4; i < bytes.length; i++) {
    const isValue = (bytes[i] === 0x5a || bytes[i] === 0x62) && bytes[i + 2] === 0x0a && bytes[i + 3] === 1;
    if (!isValue) continue;
    // value info, type, tensor type, shape
    for (const at of [i + 1, i + 6, i + 8, i + 12]) add(at, 1);
  }
}

describe('a named batch axis', () => {
  it('becomes 0 in every input and output, and the same bytes elsewhere stay', () => {
    const { model, decoyAt } = withNamedAxis();
    const changed = withAnyBatch(model);
    const text = Buffer.from(changed).toString('hex');
    expect(text.match(/0a03088000/g)).toHaveLength(2);
    expect([...changed.subarray(decoyAt, decoyAt + 3)]).toEqual([0x12, 1, 0x4e]);
    expect(changed).toHaveLength(model.length);
    expect(Buffer.from(model).toString('hex')).toContain('0a0312014e');
  });

  it('is a named axis to ONNX Runtime before the change', async () => {
    const session = await InferenceSession.create(withNamedAxis().model);
    const { y } = await session.run({ x: new Tensor('float32', [1, 2, 3], [3]) });
    expect([...(y?.data ?? [])]).toEqual([1, 2, 3]);
  });

  it('is left alone in a model that has none', () => {
    expect(withAnyBatch(identityModel())).toEqual(identityModel());
  });

  it.each([
    ['text', new TextEncoder().encode('<!doctype html><html></html>')],
    ['a model that ends early', identityModel().subarray(0, 20)],
  ])('%s is no ONNX', (_, bytes) => {
    expect(() => withAnyBatch(bytes)).toThrow('not ONNX');
  });
});

describe('the sizes that progress counts with', () => {
  const sizeOf = (file: string): number =>
    statSync(createRequire(import.meta.url).resolve(`onnxruntime-web/${file}`)).size;

  it('are those of the files of ONNX Runtime', () => {
    expect(sizeOf('ort-wasm-simd-threaded.wasm')).toBe(WASM_BYTES);
    expect(sizeOf('ort-wasm-simd-threaded.jspi.wasm')).toBe(WEBGPU_WASM_BYTES);
  });
});
