import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { fileFor, readManifest } from '#model/manifest';
import { expandPacked } from '#model/packed';
import { identityModel } from './identity.ts';
import { inputsOf, weightsApart } from './weights-apart.ts';

const folder = fileURLToPath(new URL('../../../public/models/hebrew-letters/0.4.0/', import.meta.url));
const file = fileFor(readManifest(JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'))), 'webgl');
if (file?.role !== 'packed') throw new Error('the served model has no packed file');
const served = expandPacked(new Uint8Array(readFileSync(folder + file.path)), file.expanded.bytes);

it('the served model says the same with its weights as inputs, and its graph is small', async () => {
  const apart = weightsApart(served);
  const feeds = {
    picture: new Tensor(
      'float32',
      Float32Array.from({ length: 4096 }, (_, i) => (i % 7) / 7),
      [1, 1, 64, 64],
    ),
    line: new Tensor('float32', [1, 0.5, 1, 0.1], [1, 4]),
  };
  const weights = (apart?.weights ?? []).map(
    ({ name, dims, data }) => [name, new Tensor('float32', data, dims)] as const,
  );
  expect(weights.length).toBeGreaterThan(10);
  expect(apart?.graph.length).toBeLessThan(10_000);
  const whole = await (await InferenceSession.create(served)).run(feeds);
  const graph = await InferenceSession.create(apart?.graph ?? new Uint8Array());
  const split = await graph.run({ ...feeds, ...Object.fromEntries(weights) });
  // onnxruntime prepares constant weights for its own convolutions, and rounds otherwise then.
  const [one, other] = [whole, split].map(({ logits }) => [...((logits?.data ?? []) as Float32Array)]);
  expect(one).toHaveLength(27);
  for (const [i, logit] of (one ?? []).entries()) expect(other?.[i]).toBeCloseTo(logit, 4);
});

it('what the graph takes is known by name and shape, the batch being one', () => {
  const apart = weightsApart(served);
  const inputs = inputsOf(apart?.graph ?? new Uint8Array());
  expect(inputs.slice(0, 2)).toEqual([
    { name: 'picture', dims: [1, 1, 64, 64] },
    { name: 'line', dims: [1, 4] },
  ]);
  expect(inputs.slice(2)).toEqual((apart?.weights ?? []).map(({ name, dims }) => ({ name, dims })));
});

it('other weights leave the same graph, another graph does not', () => {
  const [weight] = weightsApart(served)?.weights ?? [];
  const bytes = Buffer.from(served);
  const at = bytes.indexOf(Buffer.from(weight?.data.buffer ?? new ArrayBuffer(8)));
  const changed = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));
  expect(at).toBeGreaterThan(0);
  expect(weightsApart(changed)?.graph).toEqual(weightsApart(served)?.graph);
  expect(weightsApart(identityModel())).toEqual({ graph: identityModel(), weights: [] });
});

it('weights that are no raw float32 stay where they are', () => {
  const renamed = Buffer.from(served);
  // data_type (field 2) of the first weight, behind its dimensions: float16 instead of float32.
  const dims = weightsApart(served)?.weights[0]?.dims ?? [];
  const dimensions = Buffer.from(dims.flatMap((length) => [0x08, length]));
  const at = renamed.indexOf(Buffer.concat([dimensions, Buffer.of(0x10, 1)]));
  expect(at).toBeGreaterThan(0);
  renamed[at + dimensions.length + 1] = 10;
  expect(weightsApart(new Uint8Array(renamed))).toBeNull();
});
