import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';
import { readOnnx } from '../onnx/graph.ts';
import { readServedPackage } from '../served-package.ts';
import { withFullPrecision } from './full-precision.ts';

const models = fileURLToPath(new URL('../../public/models/', import.meta.url));
const { fp32 } = await readServedPackage((path) => readFile(models + path));
const restored = withFullPrecision(fp32.onnx);
const small = (bytes: Uint8Array): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

test('weights of full precision weigh what fp32 weights weigh: compression takes little away', () => {
  expect(small(fp32.onnx) / fp32.onnx.length).toBeLessThan(0.65);
  expect(small(restored) / restored.length).toBeGreaterThan(0.85);
});

test('each weight stays within half a step of 8 bits, and biases stay as they were', () => {
  const before = readOnnx(fp32.onnx).weights;
  for (const [name, { dims, data }] of readOnnx(restored).weights) {
    const was = before.get(name)?.data ?? new Float32Array(0);
    const moved = Math.max(...data.map((value, i) => Math.abs(value - (was[i] ?? NaN))));
    const largest = Math.max(...was.map(Math.abs));
    if (dims.length < 2) expect(moved).toBe(0);
    else expect(moved).toBeLessThan(largest / 250);
  }
});

test('the same bytes in every run, and the file that was given is left as it was', () => {
  const given = fp32.onnx.slice();
  expect(Buffer.compare(withFullPrecision(given), restored)).toBe(0);
  expect(Buffer.compare(given, fp32.onnx)).toBe(0);
});
