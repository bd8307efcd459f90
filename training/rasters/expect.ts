/**
 * Fills in what WebAssembly answers to the goldens of a package, through the runtime that the browser uses.
 *
 *   npx tsx training/rasters/expect.ts GOLDENS.json NAME=FILE.onnx [NAME=FILE.onnx …]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';

type Unfilled = {
  goldens: { line: number[]; picture: string; expected: Record<string, { logits: number[] }> }[];
};

const [path, ...files] = process.argv.slice(2);
if (path === undefined || files.length === 0) throw new Error('usage: expect.ts GOLDENS.json NAME=FILE.onnx …');
const document = JSON.parse(readFileSync(path, 'utf8')) as Unfilled;
ort.env.wasm.numThreads = 1;

for (const entry of files) {
  const [name, file] = entry.split('=') as [string, string];
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(file)), {
    executionProviders: ['wasm'],
  });
  for (const golden of document.goldens) {
    const raster = Buffer.from(golden.picture, 'base64');
    const side = Math.sqrt(raster.length);
    const picture = Float32Array.from(raster, (value) => value / 255);
    const answer = await session.run({
      picture: new ort.Tensor('float32', picture, [1, 1, side, side]),
      line: new ort.Tensor('float32', Float32Array.from(golden.line), [1, golden.line.length]),
    });
    const logits = answer['logits']!.data as Float32Array;
    // Shortest decimal that reads back as the same float32 is at most nine digits long.
    golden.expected[name] = { logits: Array.from(logits, (value) => Number(value.toPrecision(9))) };
  }
  await session.release();
}
writeFileSync(path, JSON.stringify(document) + '\n');
